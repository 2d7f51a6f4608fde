namespace Kiwire.Radius.Eap;

/// <summary>
/// One run of an authentication method with one peer: it turns each piece that it receives into the next one, an outcome, or a wait.
/// A method knows nothing of RADIUS, of sockets, or of the packet around its data; the conversation keeps identifiers, order and
/// repetitions, so what a method is handed answers its last request. Not for use by two threads at once.
/// </summary>
public abstract class EapMethod
{
    /// <summary>The method's type.</summary>
    public abstract EapType Type { get; }

    /// <summary>The first request. It is made only once the peer's name is known.</summary>
    /// <param name="peer">Whom to talk to.</param>
    /// <param name="identifier">The identifier that the request will have.</param>
    public abstract EapStep Begin(EapPeer peer, byte identifier);

    /// <summary>Takes the peer's answer to the last request.</summary>
    /// <param name="typeData">What follows the type in the Response.</param>
    /// <param name="nextIdentifier">The identifier that a next request will have.</param>
    public abstract EapStep Handle(ReadOnlySpan<byte> typeData, byte nextIdentifier);

    /// <summary>Goes on after an <see cref="EapStep.Wait"/>.</summary>
    /// <param name="verdict">What the caller made of the text.</param>
    /// <exception cref="InvalidOperationException">The method never waits.</exception>
    public virtual EapStep HandleVerdict(EapVerdict verdict) =>
        throw new InvalidOperationException($"{Type} does not wait for a verdict.");
}
