using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Notifications;

/// <summary>
/// Takes SNMPv3 messages (RFC 3414, 3.2): informs, for which this engine is the authoritative one, and traps, for which their senders' are.
/// For one thread.
/// </summary>
internal sealed class UsmReceiver
{
    private const int MaximumEngines = 4096;
    private const int MostSeconds = int.MaxValue;

    private static readonly ObjectId[] s_counters =
    [
        UsmReport.UnsupportedSecLevels, UsmReport.NotInTimeWindows, UsmReport.UnknownUserNames,
        UsmReport.UnknownEngineIds, UsmReport.WrongDigests, UsmReport.DecryptionErrors,
    ];

    private readonly byte[] _engineId;
    private readonly int _boots;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly UsmUser[] _users;
    private readonly RemoteEngines _engines;
    private readonly uint[] _counts = new uint[s_counters.Length];
    private byte[] _buffer = new byte[512];

    public UsmReceiver(IEnumerable<UsmCredentials> users, byte[] engineId, int boots, TimeProvider time)
    {
        _engineId = engineId;
        _boots = boots;
        _time = time;
        _started = time.GetTimestamp();
        _users = [.. users.Select(user => new UsmUser(user, engineId))];
        _engines = new RemoteEngines(time, MaximumEngines);
    }

    /// <summary>How many engines are known of by their traps.</summary>
    public int KnownEngines => _engines.Count;

    /// <summary>Whether it is this engine's id.</summary>
    public bool IsOwn(ReadOnlySpan<byte> engineId) => engineId.SequenceEqual(_engineId);

    /// <summary>Takes a message.</summary>
    /// <param name="message">The message, its parts found.</param>
    /// <param name="plain">Its scoped PDU; empty where it is not taken.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="report">The report to be sent; empty: none.</param>
    public UsmReceived Receive(in V3Message message, out ReadOnlySpan<byte> plain, out UsmUser? user, out ReadOnlyMemory<byte> report)
    {
        plain = default;
        user = null;
        report = default;
        bool isForUs = IsOwn(message.EngineId);
        bool isReportable = (message.Flags & UsmFlags.Reportable) != 0;
        if (!isForUs && (isReportable || !EngineId.IsUsable(message.EngineId)))
        {
            report = Report(message, UsmReport.UnknownEngineIds);
            return report.IsEmpty ? UsmReceived.Malformed : UsmReceived.Discovery;
        }

        ObjectId? fault = Verify(message, isForUs, out user, out UserKeys? keys, out bool isGenuine);
        if (fault is null && message.IsPrivate)
        {
            if (keys!.TryDecrypt(message, out byte[]? octets) && new BerReader(octets).NextTag == BerTag.Sequence)
            {
                plain = octets;
                return UsmReceived.Taken;
            }

            fault = UsmReport.DecryptionErrors;
        }

        if (fault is null)
        {
            plain = message.Data;
            return UsmReceived.Taken;
        }

        // Of a clock that is not ours the report is authenticated, so that the sender may learn ours from it (RFC 3414, 3.2, 7a).
        report = Report(message, fault.Value, isGenuine && fault == UsmReport.NotInTimeWindows ? user : null);
        return UsmReceived.Refused;
    }

    /// <summary>The answer to an inform: its own bindings, at its own level.</summary>
    public ReadOnlyMemory<byte> Answer(in V3Message inform, in ScopedPdu scoped, in PduView pdu, UsmUser user, VariableBinding[] bindings)
    {
        byte[] answer = Write(scoped.ContextEngineId, scoped.ContextName, new PduRequest { Type = PduType.Response, Bindings = bindings }, pdu.RequestId);
        return Send(inform.Id, inform.Flags & UsmFlags.Level, user, answer);
    }

    // Null: nothing is wrong.
    private ObjectId? Verify(in V3Message message, bool isForUs, out UsmUser? user, out UserKeys? keys, out bool isGenuine)
    {
        keys = null;
        user = null;
        isGenuine = false;
        UsmFlags level = message.Flags & UsmFlags.Level;
        ObjectId fault = UsmReport.UnknownUserNames;
        foreach (UsmUser candidate in _users)
        {
            if (!message.User.SequenceEqual(candidate.Name))
            {
                continue;
            }

            if (level != candidate.OwnKeys.Level)
            {
                fault = fault == UsmReport.UnknownUserNames ? UsmReport.UnsupportedSecLevels : fault;
                continue;
            }

            fault = UsmReport.WrongDigests;
            AgentEngine? engine = isForUs ? null : _engines.Find(message.EngineId, candidate);
            UserKeys? known = isForUs ? candidate.OwnKeys : engine?.Keys;
            if (message.IsAuthenticated && !(known?.Verify(message) ?? candidate.Proves(message)))
            {
                continue;
            }

            user = candidate;
            isGenuine = message.IsAuthenticated;
            if (!isGenuine)
            {
                return null;
            }

            if (isForUs)
            {
                keys = candidate.OwnKeys;
                return IsInTime(message) ? null : UsmReport.NotInTimeWindows;
            }

            engine ??= _engines.Add(message.EngineId, candidate);
            keys = engine.Keys;
            return engine.Time.TryAccept(message.Boots, message.Seconds) ? null : UsmReport.NotInTimeWindows;
        }

        return fault;
    }

    // RFC 3414, 3.2, 7a.
    private bool IsInTime(in V3Message message) =>
        _boots != EngineTime.LatchedBoots && message.Boots == _boots && Math.Abs((long)message.Seconds - SecondsNow) <= EngineTime.Window;

    private int SecondsNow => (int)Math.Min(MostSeconds, (long)_time.GetElapsedTime(_started).TotalSeconds);

    private ReadOnlyMemory<byte> Report(in V3Message message, ObjectId counter, UsmUser? authenticated = null)
    {
        uint count = ++_counts[Array.IndexOf(s_counters, counter)];
        if ((message.Flags & UsmFlags.Reportable) == 0)
        {
            return default;
        }

        int requestId = !message.IsPrivate && ScopedPdu.TryParse(message.Data, out ScopedPdu scoped) && PduView.TryParse(scoped.Pdu, out PduView pdu, out _)
            ? pdu.RequestId
            : 0;
        PduRequest report = new() { Type = PduType.Report, Bindings = new VariableBinding[] { new(counter, SnmpValue.Counter32(count)) } };
        byte[] octets = Write(_engineId, [], report, requestId);
        return Send(message.Id, authenticated is null ? UsmFlags.None : UsmFlags.Authenticated, authenticated, octets);
    }

    private static byte[] Write(ReadOnlySpan<byte> contextEngineId, ReadOnlySpan<byte> contextName, in PduRequest pdu, int requestId)
    {
        BerWriter writer = BerWriter.Begin();
        ScopedPdu.Begin(writer.Asn, contextEngineId, contextName);
        pdu.WriteTo(writer, requestId);
        ScopedPdu.End(writer.Asn);
        return writer.Asn.Encode();
    }

    private ReadOnlyMemory<byte> Send(int messageId, UsmFlags level, UsmUser? user, ReadOnlySpan<byte> scoped)
    {
        V3Header header = new()
        {
            Id = messageId, Flags = level, EngineId = _engineId, Boots = _boots, Seconds = SecondsNow, User = user is null ? [] : user.Name,
        };

        // The buffer may be another afterwards.
        int length = V3MessageWriter.Write(header, user?.OwnKeys, scoped, ref _buffer);
        return _buffer.AsMemory(0, length);
    }
}
