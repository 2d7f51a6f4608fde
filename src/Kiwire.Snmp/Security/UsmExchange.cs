namespace Kiwire.Snmp.Security;

/// <summary>How far one request has come; under the lock of whoever it is.</summary>
internal sealed class UsmExchange(AgentEngine? engine)
{
    /// <summary>The engine that it is asked of; null: its id is asked for first.</summary>
    public AgentEngine? Engine { get; set; } = engine;

    /// <summary>Whether the engine's clock has been set right once.</summary>
    public bool Synchronised { get; set; }

    /// <summary>Whether the engine's id has been asked for again.</summary>
    public bool Rediscovered { get; private set; }

    /// <summary>Whether the engine is learnt from the start though its id is known.</summary>
    public bool IsLearntAnew { get; private set; }

    /// <summary>What is asked instead of the request to find out why it is not answered.</summary>
    public UsmProbe Probe { get; set; }

    /// <summary>What messages said or looked like that proved nothing; None: there were none.</summary>
    public SnmpFault Hint { get; private set; }

    /// <summary>More about that.</summary>
    public string? Detail { get; private set; }

    /// <summary>Remembers the like. What a report says outweighs what could not be read.</summary>
    public void Suspect(SnmpFault fault, string detail)
    {
        if (Hint is SnmpFault.None or SnmpFault.Malformed)
        {
            (Hint, Detail) = (fault, detail);
        }
    }

    /// <summary>Begins with the engine's id again; if its clock was what was wrong, with that too.</summary>
    public void Rediscover()
    {
        IsLearntAnew = Hint == SnmpFault.NotInTimeWindow;
        (Engine, Rediscovered, Hint, Detail) = (null, true, SnmpFault.None, null);
    }
}
