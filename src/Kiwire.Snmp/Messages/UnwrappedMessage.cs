namespace Kiwire.Snmp.Messages;

/// <summary>A message as its model judged it.</summary>
internal readonly ref struct UnwrappedMessage
{
    public MessageVerdict Verdict { get; private init; }

    /// <summary>The answer.</summary>
    public PduView Pdu { get; private init; }

    /// <summary>What it failed by.</summary>
    public SnmpFault Fault { get; private init; }

    /// <summary>What there is to say of that beyond its name.</summary>
    public string? Detail { get; private init; }

    public static UnwrappedMessage Ignored => default;

    public static UnwrappedMessage SendAgain => new() { Verdict = MessageVerdict.SendAgain };

    public static UnwrappedMessage Answer(PduView pdu) => new() { Verdict = MessageVerdict.Answer, Pdu = pdu };

    public static UnwrappedMessage Failed(SnmpFault fault, string? detail = null) => new() { Verdict = MessageVerdict.Failed, Fault = fault, Detail = detail };
}
