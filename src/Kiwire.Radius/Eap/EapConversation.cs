using System.Security.Cryptography;

namespace Kiwire.Radius.Eap;

/// <summary>
/// The server's side of one EAP conversation (RFC 3748; RFC 4137): Identity, agreement on a method, the method, the end. It sends
/// nothing itself and knows no clock: each message from the peer goes into <see cref="Receive"/>, and what comes out says what to send
/// or what is needed first. Not for use by two threads at once.
/// </summary>
public sealed class EapConversation
{
    /// <summary>How many messages of the peer a conversation takes; no method of this library needs half of it.</summary>
    public const int MaximumRounds = 20;

    /// <summary>Octets in the longest name: User-Name, into which the NAS copies it, holds no more (RFC 3579, 2.1).</summary>
    public const int MaximumIdentityLength = 253;

    private readonly IReadOnlyList<EapMethodKind> _methods;
    private ReadOnlyMemory<byte> _identity;
    private EapCredential _credential = EapCredential.Unknown;
    private EapMethod? _method;
    private byte[] _lastRequest = [];
    private byte _identifier;
    private int _rounds;
    private Stage _stage;

    /// <summary>A conversation that has not begun.</summary>
    /// <param name="methods">What to offer, most wanted first.</param>
    public EapConversation(IReadOnlyList<EapMethodKind> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        _methods = methods;
    }

    private enum Stage
    {
        /// <summary>Nothing was sent, or an Identity request.</summary>
        Identity,

        /// <summary>The caller is looking up the name.</summary>
        Lookup,

        /// <summary>A method's first request was sent; the peer may still ask for another.</summary>
        Offer,

        /// <summary>The peer has taken the method.</summary>
        Method,

        /// <summary>The caller is judging what the peer typed.</summary>
        Verdict,

        Ended,
    }

    /// <summary>The name that the peer gave; empty until it has.</summary>
    public ReadOnlyMemory<byte> Identity => _identity;

    /// <summary>The method that was offered last; <see cref="EapType.None"/> until one is.</summary>
    public EapType Method => _method?.Type ?? EapType.None;

    /// <summary>Whether it is over, so that nothing more may be received.</summary>
    public bool HasEnded => _stage == Stage.Ended;

    /// <summary>Takes a message of the peer. An empty one is an EAP-Start, which asks for an Identity request (RFC 3579, 2.1).</summary>
    /// <exception cref="InvalidOperationException">The conversation has ended, or waits for its caller.</exception>
    public EapOutcome Receive(ReadOnlySpan<byte> message)
    {
        if (_stage is Stage.Lookup or Stage.Verdict or Stage.Ended)
        {
            throw new InvalidOperationException("The conversation has ended, or waits for its caller.");
        }

        if (++_rounds > MaximumRounds)
        {
            return Fail(EapFailure.TooManyRounds);
        }

        if (_stage == Stage.Identity && _lastRequest.Length == 0)
        {
            return ReceiveFirst(message);
        }

        // RFC 3748, 4.1: what does not answer the last request is not looked at further.
        if (!EapView.TryParse(message, out EapView packet) || packet.Code != EapCode.Response || packet.Identifier != _identifier)
        {
            return Repeat();
        }

        return _stage switch
        {
            Stage.Identity => packet.Type == EapType.Identity ? TakeIdentity(packet.TypeData) : Repeat(),
            Stage.Offer when packet.Type == EapType.Nak => OfferWanted(packet.TypeData),
            _ when packet.Type == _method!.Type => Advance(_method.Handle(packet.TypeData, (byte)(_identifier + 1))),
            _ => Repeat(),
        };
    }

    /// <summary>Goes on after <see cref="EapOutcome.NeedsCredential"/>, with the method most wanted.</summary>
    /// <param name="credential">What the peer has to prove; <see cref="EapCredential.Unknown"/> for a name that does not exist.</param>
    /// <exception cref="InvalidOperationException">The conversation does not wait for one.</exception>
    public EapOutcome Supply(EapCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        Expect(Stage.Lookup);
        _credential = credential;
        return _methods.Count == 0 ? Fail(EapFailure.NoCommonMethod) : Offer(_methods[0]);
    }

    /// <summary>Goes on after <see cref="EapOutcome.NeedsVerdict"/>.</summary>
    /// <exception cref="InvalidOperationException">The conversation does not wait for one.</exception>
    public EapOutcome Resume(EapVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Expect(Stage.Verdict);
        _stage = Stage.Method;
        return Advance(_method!.HandleVerdict(verdict));
    }

    /// <summary>The last request again, for a message that came twice.</summary>
    /// <exception cref="InvalidOperationException">Nothing was sent yet, or the conversation has ended.</exception>
    public EapOutcome Repeat() => _lastRequest.Length == 0 || HasEnded
        ? throw new InvalidOperationException("There is nothing to repeat.")
        : new EapOutcome.Challenge(_lastRequest, Repeated: true);

    /// <summary>Ends the conversation for a reason of the caller's own.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public EapOutcome Abandon(EapFailure reason) =>
        HasEnded ? throw new InvalidOperationException("The conversation has ended.") : Fail(reason);

    private EapOutcome ReceiveFirst(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            _identifier = (byte)RandomNumberGenerator.GetInt32(256);
            return Send(EapType.Identity, default);
        }

        if (!EapView.TryParse(message, out EapView packet))
        {
            return Fail(EapFailure.Malformed);
        }

        // The NAS has asked for the name itself and chosen the identifier.
        _identifier = packet.Identifier;
        return packet is { Code: EapCode.Response, Type: EapType.Identity } ? TakeIdentity(packet.TypeData) : Fail(EapFailure.Malformed);
    }

    private EapOutcome TakeIdentity(ReadOnlySpan<byte> name)
    {
        // RFC 3748, 5.1: what follows a NUL is not part of the name.
        int end = name.IndexOf((byte)0);
        name = end < 0 ? name : name[..end];
        if (name.Length > MaximumIdentityLength)
        {
            return Fail(EapFailure.Malformed);
        }

        _identity = name.ToArray();
        _stage = Stage.Lookup;
        return new EapOutcome.NeedsCredential(_identity);
    }

    private EapOutcome OfferWanted(ReadOnlySpan<byte> wanted)
    {
        EapType refused = _method!.Type;
        foreach (EapMethodKind kind in _methods)
        {
            if (kind.Type != refused && wanted.Contains((byte)kind.Type))
            {
                return Offer(kind);
            }
        }

        return Fail(EapFailure.NoCommonMethod);
    }

    private EapOutcome Offer(EapMethodKind kind)
    {
        _method = kind.Create();
        _stage = Stage.Offer;
        return Advance(_method.Begin(new EapPeer(_identity, _credential), (byte)(_identifier + 1)), Stage.Offer);
    }

    private EapOutcome Advance(EapStep step, Stage next = Stage.Method)
    {
        switch (step)
        {
            case EapStep.Request(ReadOnlyMemory<byte> typeData, bool wrongPassword):
                _stage = next;
                _identifier++;
                return Send(_method!.Type, typeData.Span) with { WrongPassword = wrongPassword };
            case EapStep.Success(var keys):
                _stage = Stage.Ended;
                return new EapOutcome.Succeeded(EapMessage.Success(_identifier), _method!.Type, keys);
            case EapStep.Failure(EapFailure reason, bool wrongPassword):
                return Fail(reason) with { WrongPassword = wrongPassword };
            case EapStep.Wait(ReadOnlyMemory<byte> text):
                _stage = Stage.Verdict;
                return new EapOutcome.NeedsVerdict(text);
            default:
                return Repeat();
        }
    }

    private EapOutcome.Challenge Send(EapType type, ReadOnlySpan<byte> typeData)
    {
        _lastRequest = EapMessage.Request(_identifier, type, typeData);
        return new EapOutcome.Challenge(_lastRequest);
    }

    private EapOutcome.Failed Fail(EapFailure reason)
    {
        _stage = Stage.Ended;
        return new EapOutcome.Failed(EapMessage.Failure(_identifier), reason);
    }

    private void Expect(Stage stage)
    {
        if (_stage != stage)
        {
            throw new InvalidOperationException("The conversation does not wait for this.");
        }
    }
}
