namespace Kiwire.Radius.Eap;

/// <summary>What a method makes of a piece that it received: the next piece, an outcome, or a wait.</summary>
public abstract record EapStep
{
    private EapStep()
    {
    }

    /// <summary>Send this to the peer.</summary>
    /// <param name="TypeData">What follows the method's type in the Request.</param>
    /// <param name="WrongPassword">The peer was found not to know the password; the method is only saying so politely before it fails.</param>
    public sealed record Request(ReadOnlyMemory<byte> TypeData, bool WrongPassword = false) : EapStep;

    /// <summary>The peer has proved itself.</summary>
    /// <param name="Keys">What was agreed on; null for a method that makes no keys.</param>
    public sealed record Success(EapKeys? Keys) : EapStep;

    /// <summary>The peer has not.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="WrongPassword">It was found out in this step that the peer does not know the password.</param>
    public sealed record Failure(EapFailure Reason, bool WrongPassword = false) : EapStep;

    /// <summary>The caller must judge what the peer typed; <see cref="EapMethod.HandleVerdict"/> follows.</summary>
    /// <param name="Text">What was typed.</param>
    public sealed record Wait(ReadOnlyMemory<byte> Text) : EapStep
    {
        /// <summary>Never the text.</summary>
        public override string ToString() => nameof(Wait);
    }

    /// <summary>The piece is not one; it is answered by the same request again (RFC 3579, 2.6.2).</summary>
    public sealed record Ignore : EapStep
    {
        /// <summary>The one there is.</summary>
        public static Ignore Instance { get; } = new();
    }
}
