namespace Kiwire.Snmp;

/// <summary>A request that failed, and by what. The message is a sentence for whoever looks after the device.</summary>
public sealed class SnmpException : Exception
{
    /// <summary>A request that failed.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="target">Who was asked.</param>
    internal SnmpException(in SnmpOutcome outcome, SnmpTarget target)
        : base(SnmpFaultText.Of(outcome, target))
    {
        Fault = outcome.Fault;
        ErrorStatus = outcome.ErrorStatus;
        ErrorIndex = outcome.ErrorIndex;
    }

    /// <summary>What it failed by.</summary>
    public SnmpFault Fault { get; }

    /// <summary>What the agent said, where it refused.</summary>
    public SnmpErrorStatus ErrorStatus { get; }

    /// <summary>Which of the bindings the agent meant, from 1; 0: none, or it did not refuse.</summary>
    public int ErrorIndex { get; }
}
