namespace Kiwire.Radius.Eap;

/// <summary>What a conversation makes of a message: what to send, or what it needs to know first.</summary>
public abstract record EapOutcome
{
    private EapOutcome()
    {
    }

    /// <summary>
    /// It was found in this very step that the peer does not know the password: true once in a conversation, so it is what to count for a
    /// lock-out. A peer need not wait for its failure.
    /// </summary>
    public bool WrongPassword { get; init; }

    /// <summary>Send this Request, in an Access-Challenge.</summary>
    /// <param name="Message">The EAP packet.</param>
    /// <param name="Repeated">It is the last one again, for what arrived did not answer it (RFC 3579, 2.6.2: Error-Cause 202).</param>
    public sealed record Challenge(ReadOnlyMemory<byte> Message, bool Repeated = false) : EapOutcome;

    /// <summary>Look up this name, then call <see cref="EapConversation.Supply"/>.</summary>
    /// <param name="Identity">The name that the peer gave.</param>
    public sealed record NeedsCredential(ReadOnlyMemory<byte> Identity) : EapOutcome;

    /// <summary>Judge what the peer typed, then call <see cref="EapConversation.Resume"/>.</summary>
    /// <param name="Text">What was typed.</param>
    public sealed record NeedsVerdict(ReadOnlyMemory<byte> Text) : EapOutcome
    {
        /// <summary>Never the text.</summary>
        public override string ToString() => nameof(NeedsVerdict);
    }

    /// <summary>The peer has proved itself: send this Success, in an Access-Accept, or a Failure if it may not come in all the same.</summary>
    /// <param name="Message">The EAP packet.</param>
    /// <param name="Method">How it was proved.</param>
    /// <param name="Keys">What was agreed on; null for a method that makes no keys.</param>
    public sealed record Succeeded(ReadOnlyMemory<byte> Message, EapType Method, EapKeys? Keys) : EapOutcome
    {
        /// <summary>The Failure to send in an Access-Reject where the peer is known but may not come in.</summary>
        public ReadOnlyMemory<byte> FailureMessage => EapMessage.Failure(Message.Span[1]);
    }

    /// <summary>The peer has not: send this Failure, in an Access-Reject.</summary>
    /// <param name="Message">The EAP packet.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Failed(ReadOnlyMemory<byte> Message, EapFailure Reason) : EapOutcome;
}
