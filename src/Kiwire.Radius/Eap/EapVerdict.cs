namespace Kiwire.Radius.Eap;

/// <summary>A caller's judgement on what a peer typed (<see cref="EapOutcome.NeedsVerdict"/>).</summary>
public abstract record EapVerdict
{
    private EapVerdict()
    {
    }

    /// <summary>It was right; the peer is in.</summary>
    public static EapVerdict Right { get; } = new Accepted();

    /// <summary>It was wrong.</summary>
    public static EapVerdict Wrong { get; } = new Refused();

    /// <summary>It was right, or may be tried again: the peer is to type something else.</summary>
    /// <param name="prompt">What to show, UTF-8.</param>
    public static EapVerdict Ask(ReadOnlyMemory<byte> prompt) => new Asked(prompt);

    internal sealed record Accepted : EapVerdict;

    internal sealed record Refused : EapVerdict;

    internal sealed record Asked(ReadOnlyMemory<byte> Prompt) : EapVerdict;
}
