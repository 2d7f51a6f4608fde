namespace Kiwire.Snmp;

/// <summary>What became of a request: bindings, or a fault.</summary>
public readonly struct SnmpOutcome
{
    private readonly VariableBinding[]? _bindings;

    private SnmpOutcome(VariableBinding[] bindings) => _bindings = bindings;

    private SnmpOutcome(SnmpFault fault, string? detail)
    {
        Fault = fault;
        Detail = detail;
    }

    /// <summary>Whether it was answered.</summary>
    public bool IsAnswered => Fault == SnmpFault.None;

    /// <summary>What the agent answered; empty where there is a fault.</summary>
    public VariableBinding[] Bindings => _bindings ?? [];

    /// <summary>What it failed by; <see cref="SnmpFault.None"/>: it was answered.</summary>
    public SnmpFault Fault { get; }

    /// <summary>What there is to say of the fault beyond its name; null: nothing.</summary>
    public string? Detail { get; }

    /// <summary>What the agent said, where it refused.</summary>
    public SnmpErrorStatus ErrorStatus { get; private init; }

    /// <summary>Which of the bindings the agent meant, from 1; 0: none, or it did not refuse.</summary>
    public int ErrorIndex { get; private init; }

    /// <summary>How often it was sent; where it went in several requests, the last of them.</summary>
    public int Sends { get; private init; }

    /// <summary>How long after its last sending the answer came; zero where none came.</summary>
    public TimeSpan RoundTrip { get; private init; }

    /// <summary>The fault as a sentence for whoever looks after the device.</summary>
    public string Describe(SnmpTarget target) => SnmpFaultText.Of(this, target);

    /// <summary>The fault as an exception.</summary>
    public SnmpException ToException(SnmpTarget target) => new(this, target);

    internal static SnmpOutcome Answered(VariableBinding[] bindings) => new(bindings);

    internal static SnmpOutcome Failed(SnmpFault fault, string? detail = null) => new(fault, detail);

    internal static SnmpOutcome Refused(SnmpErrorStatus status, int index) =>
        new(status == SnmpErrorStatus.TooBig ? SnmpFault.TooBig : SnmpFault.ErrorStatus, null) { ErrorStatus = status, ErrorIndex = index };

    internal SnmpOutcome WithTrip(int sends, TimeSpan roundTrip) => this with { Sends = sends, RoundTrip = roundTrip };

    internal SnmpOutcome WithBindings(VariableBinding[] bindings) => new(bindings) { Sends = Sends, RoundTrip = RoundTrip };
}
