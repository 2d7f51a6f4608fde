using System.Net;

namespace Kiwire.Snmp.Notifications;

/// <summary>A trap or an inform, of whatever version; those of SNMPv1 are told as SNMPv2 has them (RFC 3584, 3.1).</summary>
public sealed record SnmpNotification
{
    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Where it came from.</summary>
    public required IPEndPoint From { get; init; }

    /// <summary>Its version.</summary>
    public required SnmpVersion Version { get; init; }

    /// <summary>Whether its sender waited for an answer, and has got it.</summary>
    public required bool IsInform { get; init; }

    /// <summary>What happened: the value of snmpTrapOID.0.</summary>
    public required ObjectId TrapId { get; init; }

    /// <summary>How long the sender has been up, in hundredths of a second: the value of sysUpTime.0.</summary>
    public required uint UpTimeTicks { get; init; }

    /// <summary>What it tells beside that. A community that a proxy put there is left out.</summary>
    public required IReadOnlyList<VariableBinding> Bindings { get; init; }

    /// <summary>SNMPv3: the user; else null.</summary>
    public string? User { get; init; }

    /// <summary>SNMPv3: the engine that sent it, in hexadecimal; of an inform it is not known. Else null.</summary>
    public string? EngineId { get; init; }

    /// <summary>SNMPv3: the context; else empty.</summary>
    public string ContextName { get; init; } = "";

    /// <summary>SNMPv1: the agent's own idea of its address; else null.</summary>
    public IPAddress? AgentAddress { get; init; }

    /// <summary>SNMPv1: what kind of device sent it; else null.</summary>
    public ObjectId? Enterprise { get; init; }
}
