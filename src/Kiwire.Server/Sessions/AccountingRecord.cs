using System.Buffers;
using System.Text;
using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>
/// One accounting record: all that is kept of an Accounting-Request. Immutable; its texts lie in the packet or in the journal's octets,
/// and live no longer than they do.
/// </summary>
/// <remarks>
/// In the journal:
/// <code>
/// version 1 | status 1 | marks 1 | tenant 8 | nas 8 | record id 8 | arrival 8 | event 8 | source 16 | seconds 8 | in 8 | out 8
/// | terminate cause 4 | interim 4 | class: account 8, login 8 | client address 16 | NAS-Port 8
/// | session id, user name, calling, called, port id, multi-session id: length 2 and octets each
/// </code>
/// </remarks>
internal readonly ref struct AccountingRecord
{
    /// <summary>The most octets that a record takes: a value that had to be escaped takes four octets for each of its 253.</summary>
    public const int MaximumLength = FixedLength + (6 * (2 + (4 * 253)));

    /// <summary>More octets in one direction than a session can have carried; a counter beyond is not one (and many of them could overflow).</summary>
    public const long CounterLimit = 1L << 50;

    /// <summary>The most octets of a client key: lower case takes at most three octets for one.</summary>
    public const int MaximumClientKeyLength = 3 * 4 * 253;

    private const byte Version = 1;
    private const byte TimeToldMark = 1;
    private const byte WholeNasMark = 2;
    private const int FixedLength = 3 + (8 * 5) + 16 + (8 * 3) + 8 + 16 + 16 + 8;

    public required AccountingStatus Status { get; init; }

    public required long TenantId { get; init; }

    public required long NasId { get; init; }

    /// <summary>From <see cref="Storage.IdSource"/>; the id of the session, where the record makes one.</summary>
    public required long RecordId { get; init; }

    /// <summary>When it arrived: Unix milliseconds.</summary>
    public required long ReceivedAt { get; init; }

    /// <summary>When it happened: Event-Timestamp, else the arrival less Acct-Delay-Time.</summary>
    public required long EventAt { get; init; }

    /// <summary>Whether the NAS told <see cref="EventAt"/> (else it is the arrival).</summary>
    public bool TimeIsTold { get; init; }

    /// <summary>
    /// For Accounting-On and -Off: the NAS entry is this one piece of equipment; else (a prefix, and no NAS-Identifier) only the sessions
    /// from the same source address are meant.
    /// </summary>
    public bool IsWholeNas { get; init; }

    /// <summary>The packet's source, IPv4-mapped.</summary>
    public UInt128 SourceAddress { get; init; }

    /// <summary>Acct-Session-Time; <see cref="AccountingNews.Absent"/> where there is none.</summary>
    public required long SessionSeconds { get; init; }

    /// <summary>Gigawords included; <see cref="AccountingNews.Absent"/> where there is none, over <see cref="CounterLimit"/> where it is no count.</summary>
    public required long OctetsIn { get; init; }

    public required long OctetsOut { get; init; }

    public int TerminateCause { get; init; }

    public int InterimSeconds { get; init; }

    /// <summary>From our Class; default where the record has none.</summary>
    public LoginClass Login { get; init; }

    /// <summary>Framed-IP-Address (IPv4-mapped), else Framed-IPv6-Address; 0: none.</summary>
    public UInt128 ClientAddress { get; init; }

    /// <summary>NAS-Port; <see cref="AccountingNews.Absent"/> where there is none.</summary>
    public required long NasPort { get; init; }

    public ReadOnlySpan<byte> SessionId { get; init; }

    public ReadOnlySpan<byte> UserName { get; init; }

    public ReadOnlySpan<byte> CallingStationId { get; init; }

    public ReadOnlySpan<byte> CalledStationId { get; init; }

    public ReadOnlySpan<byte> NasPortId { get; init; }

    public ReadOnlySpan<byte> MultiSessionId { get; init; }

    /// <summary>What it says in numbers.</summary>
    public AccountingNews News => new()
    {
        Status = Status,
        RecordId = RecordId,
        EventAt = EventAt,
        TimeIsTold = TimeIsTold,
        SessionSeconds = SessionSeconds,
        OctetsIn = OctetsIn,
        OctetsOut = OctetsOut,
        TerminateCause = TerminateCause,
        InterimSeconds = InterimSeconds,
    };

    /// <summary>Whether it speaks of one session.</summary>
    public bool IsOfSession => Status is AccountingStatus.Start or AccountingStatus.Stop or AccountingStatus.Interim or AccountingStatus.Stale;

    /// <summary>The client device; none where Calling-Station-Id is absent or not a MAC address.</summary>
    public MacAddress Device => MacAddress.TryParse(CallingStationId, out MacAddress device) ? device : default;

    /// <summary>Why it can never be stored; null where it can.</summary>
    public string? Fault =>
        IsOfSession && SessionId.IsEmpty ? "no Acct-Session-Id"
        : OctetsIn > CounterLimit || OctetsOut > CounterLimit ? "an octet counter is beyond any that a session can reach"
        : null;

    /// <summary>
    /// Writes what identifies the client within the NAS's session id: its MAC address in the one notation, else the folded
    /// Calling-Station-Id, else the folded User-Name.
    /// </summary>
    /// <param name="destination">At least <see cref="MaximumClientKeyLength"/> octets.</param>
    /// <returns>The number of octets.</returns>
    public int WriteClientKey(Span<byte> destination)
    {
        if (MacAddress.TryParse(CallingStationId, out MacAddress device))
        {
            return WriteMac(device, destination);
        }

        return Fold(CallingStationId.IsEmpty ? UserName : CallingStationId, destination);
    }

    /// <summary>Writes the record.</summary>
    /// <param name="destination">At least <see cref="MaximumLength"/> octets.</param>
    /// <returns>The number of octets.</returns>
    public int Write(Span<byte> destination)
    {
        JournalSpanWriter writer = new(destination);
        writer.Write(Version);
        writer.Write((byte)Status);
        writer.Write((byte)((TimeIsTold ? TimeToldMark : 0) | (IsWholeNas ? WholeNasMark : 0)));
        writer.Write(TenantId);
        writer.Write(NasId);
        writer.Write(RecordId);
        writer.Write(ReceivedAt);
        writer.Write(EventAt);
        writer.Write(SourceAddress);
        writer.Write(SessionSeconds);
        writer.Write(OctetsIn);
        writer.Write(OctetsOut);
        writer.Write(TerminateCause);
        writer.Write(InterimSeconds);
        writer.Write(Login.AccountId);
        writer.Write(Login.LoginId);
        writer.Write(ClientAddress);
        writer.Write(NasPort);
        writer.Write(SessionId);
        writer.Write(UserName);
        writer.Write(CallingStationId);
        writer.Write(CalledStationId);
        writer.Write(NasPortId);
        writer.Write(MultiSessionId);
        return writer.Length;
    }

    /// <summary>Reads a record; false where it is of another version, cut short, or has something behind it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out AccountingRecord record)
    {
        JournalSpanReader reader = new(source);
        byte version = reader.ReadByte();
        AccountingStatus status = (AccountingStatus)reader.ReadByte();
        byte marks = reader.ReadByte();
        record = new AccountingRecord
        {
            Status = status,
            TimeIsTold = (marks & TimeToldMark) != 0,
            IsWholeNas = (marks & WholeNasMark) != 0,
            TenantId = reader.ReadInt64(),
            NasId = reader.ReadInt64(),
            RecordId = reader.ReadInt64(),
            ReceivedAt = reader.ReadInt64(),
            EventAt = reader.ReadInt64(),
            SourceAddress = reader.ReadUInt128(),
            SessionSeconds = reader.ReadInt64(),
            OctetsIn = reader.ReadInt64(),
            OctetsOut = reader.ReadInt64(),
            TerminateCause = reader.ReadInt32(),
            InterimSeconds = reader.ReadInt32(),
            Login = new LoginClass(reader.ReadInt64(), reader.ReadInt64()),
            ClientAddress = reader.ReadUInt128(),
            NasPort = reader.ReadInt64(),
            SessionId = reader.ReadText(),
            UserName = reader.ReadText(),
            CallingStationId = reader.ReadText(),
            CalledStationId = reader.ReadText(),
            NasPortId = reader.ReadText(),
            MultiSessionId = reader.ReadText(),
        };
        return version == Version && reader.IsComplete && IsKnown(status);
    }

    private static bool IsKnown(AccountingStatus status) => status is
        AccountingStatus.Start or AccountingStatus.Stop or AccountingStatus.Interim or AccountingStatus.AccountingOn or AccountingStatus.AccountingOff
        or AccountingStatus.Stale;

    private static int Fold(ReadOnlySpan<byte> text, Span<byte> destination) =>
        Ascii.ToLower(text, destination, out int length) == OperationStatus.Done
            ? length
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).ToLowerInvariant(), destination);

    private static int WriteMac(MacAddress device, Span<byte> destination)
    {
        const string Digits = "0123456789abcdef";
        for (int i = 0, at = 0; i < 6; i++)
        {
            int octet = (int)(device.Value >> (40 - (8 * i))) & 0xff;
            destination[at++] = (byte)Digits[octet >> 4];
            destination[at++] = (byte)Digits[octet & 0xf];
            if (i < 5)
            {
                destination[at++] = (byte)':';
            }
        }

        return 17;
    }
}
