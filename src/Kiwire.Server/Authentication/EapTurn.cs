using System.Buffers.Binary;
using Kiwire.Radius.Eap;

namespace Kiwire.Server.Authentication;

/// <summary>
/// One request's turn in an EAP conversation: what it led to, and what is still needed for that. It may be kept across an await; it is
/// for one thread at a time. <see cref="EapConversations"/> says how it is used.
/// </summary>
internal sealed class EapTurn
{
    private readonly EapConversations? _conversations;
    private readonly EapConversations.Held? _held;

    /// <summary>The turn of a request that belongs to no conversation.</summary>
    internal EapTurn(EapOutcome outcome) => Outcome = outcome;

    internal EapTurn(EapConversations conversations, EapConversations.Held held)
    {
        _conversations = conversations;
        _held = held;
        Outcome = null!;
    }

    /// <summary>What to send, or what is needed first.</summary>
    public EapOutcome Outcome { get; private set; }

    /// <summary>The name that the peer gave: whose account it is. Empty where it has not given one.</summary>
    public ReadOnlyMemory<byte> Identity => _held is null ? default : _held.Conversation.Identity;

    /// <summary>The method that is under way or was; <see cref="EapType.None"/> where none has been offered yet.</summary>
    public EapType Method => _held is null ? EapType.None : _held.Conversation.Method;

    /// <summary>Check 10, where the peer's account needs a one-time code: kept with the conversation.</summary>
    public CodeTurn? Code
    {
        get => _held?.Code;
        set => Held.Code = value;
    }

    /// <summary>The State that goes out with a challenge; empty where there is no conversation.</summary>
    public byte[] State { get; private set; } = [];

    /// <summary>The peer has typed its account's password, and is asked for a code.</summary>
    public bool HasProvedPassword
    {
        get => Held.HasProvedPassword;
        set => Held.HasProvedPassword = value;
    }

    /// <summary>The peer has typed a code of its account's authenticator.</summary>
    public bool HasProvedCode { get; set; }

    private EapConversations.Held Held => _held ?? throw new InvalidOperationException("The request belongs to no conversation.");

    /// <summary>Goes on after <see cref="EapOutcome.NeedsCredential"/>.</summary>
    /// <exception cref="InvalidOperationException">That is not the outcome.</exception>
    public void Supply(EapCredential credential) => Settle(Held.Conversation.Supply(credential));

    /// <summary>Goes on after <see cref="EapOutcome.NeedsVerdict"/>.</summary>
    /// <exception cref="InvalidOperationException">That is not the outcome.</exception>
    public void Resume(EapVerdict verdict) => Settle(Held.Conversation.Resume(verdict));

    internal void Settle(EapOutcome outcome)
    {
        Outcome = outcome;
        byte round = outcome is EapOutcome.Challenge { Repeated: false } ? (byte)(Held.Round + 1) : Held.Round;
        State = new byte[EapConversations.StateLength];
        BinaryPrimitives.WriteUInt128BigEndian(State, Held.Key | round);
        _conversations!.Settle(Held, outcome);
    }
}
