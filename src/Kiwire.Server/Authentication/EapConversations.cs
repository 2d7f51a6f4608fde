using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Kiwire.Radius.Eap;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Authentication;

/// <summary>
/// The EAP conversations that wait for their peer: a bounded table under a State that nobody can guess. A conversation is taken out by one
/// request at a time; one whose peer has not answered in time is forgotten.
/// </summary>
/// <remarks>
/// State is 16 octets: 15 random ones that name the conversation, then the round, so that it is another in each round and a request of an
/// older round is known for what it is. A conversation belongs to the NAS it began with.
/// <para>How a handler goes about it, for an Access-Request that has EAP-Message:</para>
/// <code>
/// EapMessage.TryJoin(packet, buffer, out int length);
/// if (!conversations.TryTake(new EapNas(tenantId, nasId), policy.EapMethods, state, userName, buffer[..length], out EapTurn? turn))
///     no answer at all: another request of this conversation is being worked on;
/// switch (turn.Outcome)
///     NeedsCredential: look the name up, in memory or with an await (keep the turn across it), and call turn.Supply; look at Outcome again
///     NeedsVerdict:    judge the text, with an await or without, and call turn.Resume; look at Outcome again
///     Challenge:       Access-Challenge with EAP-Message = Message, State = turn.State, Session-Timeout = conversations.AnswerSeconds and, if
///                      Repeated, Error-Cause 202; if WrongPassword, count it for the lock-out now
///     Succeeded:       admission of turn.Identity; Access-Accept with EAP-Message = Message and, where there are Keys, MS-MPPE-Send-Key and
///                      MS-MPPE-Recv-Key; or Access-Reject with EAP-Message = FailureMessage
///     Failed:          Access-Reject with EAP-Message = Message; if WrongPassword, count it for the lock-out
/// </code>
/// Nothing needs to be given back: a turn returns its conversation by itself once its outcome is a challenge, and drops it at the end. One
/// that is left in the middle (the database is away) is forgotten like any other. No answer with EAP-Message carries Reply-Message
/// (RFC 3579, 2.6.5).
/// </remarks>
internal sealed class EapConversations
{
    /// <summary>Octets in a State.</summary>
    public const int StateLength = 16;

    private static readonly UInt128 s_roundMask = 0xff;

    private readonly TimeProvider _time;
    private readonly EapMetrics _metrics;
    private readonly int _capacity;
    private readonly TimeSpan _lifetime;
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Held> _held = [];

    // In the order in which their last challenges left: the first is the next to be forgotten.
    private readonly LinkedList<Held> _byAge = new();

    public EapConversations(TimeProvider time, IOptions<EapOptions> options, EapMetrics metrics)
    {
        _time = time;
        _metrics = metrics;
        _capacity = options.Value.MaximumConversations;
        _lifetime = TimeSpan.FromSeconds(options.Value.AnswerSeconds);
    }

    /// <summary>Session-Timeout of a challenge.</summary>
    public uint AnswerSeconds => (uint)_lifetime.TotalSeconds;

    /// <summary>How many wait for their peer, or are being worked on after they did.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Puts a message of a peer into its conversation, or begins one.</summary>
    /// <param name="nas">Tenant and NAS that the request comes from.</param>
    /// <param name="methods">What the tenant offers, most wanted first; names that are unknown are left out.</param>
    /// <param name="state">The request's State; empty where it has none.</param>
    /// <param name="userName">The request's User-Name, which must be the peer's own name; empty where it has none.</param>
    /// <param name="message">The EAP message, joined.</param>
    /// <param name="turn">What became of it.</param>
    /// <returns>False: the conversation is at work on another request, so leave this one unanswered.</returns>
    public bool TryTake(
        EapNas nas,
        IReadOnlyList<string> methods,
        ReadOnlySpan<byte> state,
        ReadOnlySpan<byte> userName,
        ReadOnlySpan<byte> message,
        [NotNullWhen(true)] out EapTurn? turn)
    {
        if (state.IsEmpty)
        {
            turn = Begin(nas, methods, userName, message);
            return true;
        }

        Held? held = null;
        bool current = false;
        lock (_lock)
        {
            Expire();
            if (state.Length == StateLength)
            {
                UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(state);
                if (_held.TryGetValue(value & ~s_roundMask, out held) && held.Nas == nas)
                {
                    if (held.InUse)
                    {
                        _metrics.Busy();
                        turn = null;
                        return false;
                    }

                    held.InUse = true;
                    current = (byte)value == held.Round;
                }
                else
                {
                    held = null;
                }
            }
        }

        if (held is null)
        {
            turn = Refuse(message, EapFailure.NoConversation);
            return true;
        }

        turn = new EapTurn(this, held);
        turn.Settle(current ? Receive(held.Conversation, userName, message) : held.Conversation.Repeat());
        return true;
    }

    /// <summary>Takes note of an outcome: the conversation waits, or is over, or stays with its turn.</summary>
    internal void Settle(Held held, EapOutcome outcome)
    {
        switch (outcome)
        {
            case EapOutcome.Challenge { Repeated: true }:
                Release(held);
                break;
            case EapOutcome.Challenge:
                held.Round++;
                Keep(held);
                break;
            case EapOutcome.Succeeded:
                _metrics.Succeeded();
                Forget(held);
                break;
            case EapOutcome.Failed(_, EapFailure reason):
                _metrics.Failed(reason);
                Forget(held);
                break;
        }
    }

    private EapTurn Begin(EapNas nas, IReadOnlyList<string> methods, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            Expire();
            if (_held.Count >= _capacity)
            {
                return Refuse(message, EapFailure.TooManyConversations);
            }
        }

        _metrics.Begun();
        EapConversation conversation = new(Kinds(methods));
        EapTurn turn = new(this, new Held(nas, NewKey(), conversation));
        turn.Settle(Receive(conversation, userName, message));
        return turn;
    }

    private EapTurn Refuse(ReadOnlySpan<byte> message, EapFailure reason)
    {
        _metrics.Failed(reason);
        return new EapTurn(new EapOutcome.Failed(EapMessage.Failure(message.Length > 1 ? message[1] : (byte)0), reason));
    }

    private static EapOutcome Receive(EapConversation conversation, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> message)
    {
        if (!conversation.Identity.IsEmpty && !Agree(userName, conversation.Identity.Span))
        {
            return conversation.Abandon(EapFailure.NameMismatch);
        }

        EapOutcome outcome = conversation.Receive(message);
        return outcome is EapOutcome.NeedsCredential(ReadOnlyMemory<byte> identity) && !Agree(userName, identity.Span)
            ? conversation.Abandon(EapFailure.NameMismatch)
            : outcome;
    }

    // The NAS copies the peer's name into User-Name (RFC 3579, 2.1), with what may follow a NUL in it.
    private static bool Agree(ReadOnlySpan<byte> userName, ReadOnlySpan<byte> identity)
    {
        int end = userName.IndexOf((byte)0);
        return userName.IsEmpty || (end < 0 ? userName : userName[..end]).SequenceEqual(identity);
    }

    private void Keep(Held held)
    {
        lock (_lock)
        {
            held.LastChallenge = _time.GetTimestamp();
            held.InUse = false;
            if (held.Place.List is not null)
            {
                _byAge.Remove(held.Place);
                _byAge.AddLast(held.Place);
            }
            else if (held.Round == 1)
            {
                _held.Add(held.Key, held);
                _byAge.AddLast(held.Place);
                _metrics.Opened();
            }
        }
    }

    private void Release(Held held)
    {
        lock (_lock)
        {
            held.InUse = false;
        }
    }

    private void Forget(Held held)
    {
        lock (_lock)
        {
            if (_held.Remove(held.Key))
            {
                _byAge.Remove(held.Place);
                _metrics.Closed();
            }
        }
    }

    private void Expire()
    {
        while (_byAge.First is { } oldest && _time.GetElapsedTime(oldest.Value.LastChallenge) >= _lifetime)
        {
            _byAge.RemoveFirst();
            _held.Remove(oldest.Value.Key);
            _metrics.Expired();
        }
    }

    private static UInt128 NewKey()
    {
        Span<byte> octets = stackalloc byte[StateLength];
        RandomNumberGenerator.Fill(octets);
        return BinaryPrimitives.ReadUInt128BigEndian(octets) & ~s_roundMask;
    }

    private static List<EapMethodKind> Kinds(IReadOnlyList<string> names)
    {
        List<EapMethodKind> kinds = new(names.Count);
        foreach (string name in names)
        {
            if (EapMethodKind.TryFind(name, out EapMethodKind? kind))
            {
                kinds.Add(kind);
            }
        }

        return kinds;
    }

    /// <summary>A conversation and its place in the table.</summary>
    internal sealed class Held
    {
        public Held(EapNas nas, UInt128 key, EapConversation conversation)
        {
            Nas = nas;
            Key = key;
            Conversation = conversation;
            InUse = true;
            Place = new LinkedListNode<Held>(this);
        }

        public EapNas Nas { get; }

        public UInt128 Key { get; }

        public EapConversation Conversation { get; }

        public LinkedListNode<Held> Place { get; }

        public CodeTurn? Code { get; set; }

        public byte Round { get; set; }

        public bool InUse { get; set; }

        public bool HasProvedPassword { get; set; }

        public long LastChallenge { get; set; }
    }
}

/// <summary>The tenant and the NAS to which a conversation belongs.</summary>
internal readonly record struct EapNas(long TenantId, long NasId);
