using System.Text;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Security;

/// <summary>
/// The messages of SNMPv3 with the User-based Security Model (RFC 3412, RFC 3414), for one user, towards agents: they are authoritative,
/// we are not. A target's engine is discovered (RFC 3414, 4), its clock learnt from authenticated messages, and set right once in a request.
/// <para>
/// Reports without authentication are believed as far as there is nothing better. To a request without authentication they are an answer.
/// To an authenticated one they are a hint: the genuine answer is waited for as if they had not come, and only where there is none when its
/// time is up do they count. What is known of an engine is replaced only by an engine that has answered authentically.
/// </para>
/// </summary>
internal sealed class UsmModel : MessageModel
{
    /// <summary>Octets in the longest context name (RFC 3411, 5: SnmpAdminString).</summary>
    public const int LongestContext = 255;

    [ThreadStatic]
    private static byte[]? _scopedOfThread;

    private readonly UsmCredentials _credentials;
    private readonly byte[] _user;
    private readonly byte[] _context;
    private readonly UsmFlags _level;

    public UsmModel(UsmCredentials credentials)
    {
        if (credentials.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(credentials));
        }

        _credentials = credentials;
        _user = Encoding.UTF8.GetBytes(credentials.User);
        _context = Encoding.UTF8.GetBytes(credentials.ContextName);
        _level = UserKeys.LevelOf(credentials.AuthenticationProtocol, credentials.PrivacyProtocol);
    }

    public override SnmpVersion Version => SnmpVersion.V3;

    public override int Wrap(SnmpTarget target, in PduRequest request, int id, TimeProvider time, ref object? exchange, ref byte[] buffer)
    {
        UsmExchange step = (UsmExchange)(exchange ??= new UsmExchange(target.ModelState is AgentEngine { IsStale: false } known ? known : null));
        if (step.Engine is not { } engine)
        {
            // The passwords' keys take milliseconds; they are made here, on the thread of whoever asks, and not when the answer comes.
            _ = (AuthenticationKey, PrivacyKey);
            return EngineProbe.Write(id, ref buffer);
        }

        PduRequest asked = step.Probe == UsmProbe.None ? request : new PduRequest { Type = PduType.GetRequest };
        byte[] scoped = _scopedOfThread ??= new byte[1024];
        BerWriter writer = BerWriter.Begin();
        ScopedPdu.Begin(writer.Asn, engine.Id, step.Probe == UsmProbe.None ? _context : []);
        asked.WriteTo(writer, id);
        ScopedPdu.End(writer.Asn);
        int length = writer.CopyTo(ref scoped);
        _scopedOfThread = scoped;

        UsmFlags level = step.Probe == UsmProbe.InTheClear ? UsmFlags.Authenticated : _level;

        // Without authentication the clock is not said (RFC 3414, 3.1, 6b). A Set waits for a clock that is proven: with one that a forged
        // report made up, it could be kept back and be in time later.
        bool saysClock = level != UsmFlags.None && (asked.Type != PduType.SetRequest || engine.Time.IsKnown);
        (int boots, int seconds) = saysClock ? engine.Time.Now : default;
        V3Header header = new()
        {
            Id = id, Flags = level | UsmFlags.Reportable, EngineId = engine.Id, Boots = boots, Seconds = seconds, User = _user,
        };
        return V3MessageWriter.Write(header, engine.Keys, scoped.AsSpan(0, length), ref buffer);
    }

    public override UnwrappedMessage Unwrap(SnmpTarget target, Span<byte> message, int id, TimeProvider time, ref object? exchange)
    {
        if (exchange is not UsmExchange step)
        {
            return UnwrappedMessage.Ignored;
        }

        if (!V3Message.TryParse(message, out V3Message received, out string fault))
        {
            step.Suspect(SnmpFault.Malformed, $"what came is no SNMPv3 message: {fault}");
            return UnwrappedMessage.Ignored;
        }

        if (received.Id != id)
        {
            return UnwrappedMessage.Ignored;
        }

        return step.Engine is { } engine ? Judge(target, step, engine, received) : Discover(target, step, received, time);
    }

    public override UnwrappedMessage Expired(SnmpTarget target, ref object? exchange, bool last)
    {
        if (exchange is not UsmExchange step)
        {
            return UnwrappedMessage.Ignored;
        }

        switch (step.Hint)
        {
            case SnmpFault.None when last && step.Engine is { } engine:
                if (engine != target.ModelState && NextProbe(step.Probe) is var probe and not UsmProbe.None)
                {
                    step.Probe = probe;
                    return UnwrappedMessage.SendAgain;
                }

                return UnwrappedMessage.Failed(
                    SnmpFault.NoAnswer, $"its engine {Convert.ToHexStringLower(engine.Id)} made itself known, but is silent to {_credentials.User}");
            case SnmpFault.None:
            case SnmpFault.Malformed when !last:
                return UnwrappedMessage.Ignored;
            case SnmpFault.UnknownEngine when !step.Rediscovered:
            case SnmpFault.NotInTimeWindow when !step.Rediscovered && !step.Engine!.IsStale && !step.Synchronised:
                // Some agents say this without authentication, against RFC 3414, 3.2, 7a: their clock is learnt as at first.
                step.Rediscover();
                return UnwrappedMessage.SendAgain;
            default:
                return UnwrappedMessage.Failed(step.Hint, step.Detail);
        }
    }

    private byte[] AuthenticationKey => field ??= PasswordKeyCache.Get(_credentials.AuthenticationProtocol, _credentials.AuthenticationPassword);

    private byte[] PrivacyKey => field ??=
        _credentials.PrivacyProtocol == PrivacyProtocol.None ? [] : PasswordKeyCache.Get(_credentials.AuthenticationProtocol, _credentials.PrivacyPassword);

    private UserKeys KeysOn(byte[] engineId) =>
        new(_credentials.AuthenticationProtocol, _credentials.PrivacyProtocol, AuthenticationKey, PrivacyKey, engineId);

    private UsmProbe NextProbe(UsmProbe last) => last switch
    {
        UsmProbe.None when _context.Length > 0 => UsmProbe.DefaultContext,
        UsmProbe.None or UsmProbe.DefaultContext when _level == UsmFlags.Level => UsmProbe.InTheClear,
        _ => UsmProbe.None,
    };

    // RFC 3414, 4: the report says the engine's id. Its clock is a guess that the first authenticated message corrects.
    private UnwrappedMessage Discover(SnmpTarget target, UsmExchange step, scoped in V3Message report, TimeProvider time)
    {
        if (!EngineProbe.IsReport(report))
        {
            step.Suspect(SnmpFault.Malformed, "asked for its engine id, it sent something else than a report that has one");
            return UnwrappedMessage.Ignored;
        }

        if (step is { Rediscovered: true, IsLearntAnew: false } && target.ModelState is AgentEngine { IsStale: false } known && known.Id.SequenceEqual(report.EngineId))
        {
            // It is the one that we know: whatever said otherwise was not it.
            step.Engine = known;
            return UnwrappedMessage.SendAgain;
        }

        byte[] engineId = report.EngineId.ToArray();
        step.Engine = new AgentEngine(engineId, new Lazy<UserKeys>(() => KeysOn(engineId)), time);
        step.Engine.Time.Guess(report.Boots, report.Seconds);
        return UnwrappedMessage.SendAgain;
    }

    private UnwrappedMessage Judge(SnmpTarget target, UsmExchange step, AgentEngine engine, V3Message received)
    {
        bool isOfEngine = received.EngineId.SequenceEqual(engine.Id);
        if (received.IsAuthenticated && !(isOfEngine && IsGenuine(step, engine, received)))
        {
            return UnwrappedMessage.Ignored;
        }

        if (step.Probe == UsmProbe.InTheClear && received.IsAuthenticated)
        {
            return UnwrappedMessage.Failed(
                SnmpFault.DecryptionFailed, "it knows the user and the authentication password, but is silent to what is enciphered");
        }

        ReadOnlySpan<byte> octets = received.Data;
        if (received.IsPrivate)
        {
            octets = engine.Keys.TryDecrypt(received, out byte[]? plain) ? plain : default;
        }

        if (!ScopedPdu.TryParse(octets, out ScopedPdu scoped) || !PduView.TryParse(scoped.Pdu, out PduView pdu, out _))
        {
            step.Suspect(
                received.IsPrivate ? SnmpFault.DecryptionFailed : SnmpFault.Malformed,
                received.IsPrivate ? "its answer is authentic, but deciphered it is no PDU" : "its answer has no PDU that can be read");
            return UnwrappedMessage.Ignored;
        }

        if (pdu.Type == PduType.Report)
        {
            return Reported(step, engine, received, UsmReport.FaultOf(pdu), isOfEngine);
        }

        // RFC 3412, 7.2, 12: an answer is at its request's level.
        if (pdu.Type != PduType.Response || !isOfEngine || (received.Flags & UsmFlags.Level) != _level)
        {
            return UnwrappedMessage.Ignored;
        }

        if (step.Probe == UsmProbe.DefaultContext)
        {
            return UnwrappedMessage.Failed(SnmpFault.UnknownContext, "it is silent in this one, but answers in its default context");
        }

        target.ModelState = engine;
        return UnwrappedMessage.Answer(pdu);
    }

    private bool IsGenuine(UsmExchange step, AgentEngine engine, in V3Message received)
    {
        if (!received.User.SequenceEqual(_user) || !engine.Keys.Verify(received))
        {
            step.Suspect(SnmpFault.Malformed, "what came has a digest that is not the user's");
            return false;
        }

        if (engine.Time.TryAccept(received.Boots, received.Seconds))
        {
            return true;
        }

        (int boots, int seconds) = engine.Time.Now;
        engine.IsStale = true;
        step.Suspect(
            SnmpFault.NotInTimeWindow,
            $"its clock says boots {received.Boots}, time {received.Seconds} s, which is behind boots {boots}, time {seconds} s known of it; the next request begins anew");
        return false;
    }

    private UnwrappedMessage Reported(UsmExchange step, AgentEngine engine, scoped in V3Message report, SnmpFault fault, bool isOfEngine)
    {
        if (fault == SnmpFault.UnknownEngine && isOfEngine)
        {
            // By the very engine that it was asked of: a late answer to a discovery.
            return UnwrappedMessage.Ignored;
        }

        string detail = $"its report says so{(report.IsAuthenticated ? "" : ", unauthenticated")}";
        if (!report.IsAuthenticated && _level != UsmFlags.None)
        {
            step.Suspect(fault, detail);
            return UnwrappedMessage.Ignored;
        }

        switch (fault)
        {
            case SnmpFault.NotInTimeWindow when report.IsAuthenticated && !step.Synchronised:
                // The clock was learnt with the report.
                step.Synchronised = true;
                return UnwrappedMessage.SendAgain;
            case SnmpFault.NotInTimeWindow when report.IsAuthenticated:
                // It may be the same report once more: the answer may still come.
                step.Suspect(fault, "its report says so again, after its clock was set right");
                return UnwrappedMessage.Ignored;
            case SnmpFault.UnknownEngine when !step.Rediscovered:
                step.Rediscover();
                return UnwrappedMessage.SendAgain;
            default:
                return UnwrappedMessage.Failed(fault, detail);
        }
    }
}
