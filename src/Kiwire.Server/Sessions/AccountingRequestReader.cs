using System.Buffers.Binary;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>Makes a record of an Accounting-Request (RFC 2866, 5; RFC 2869, 5), in place.</summary>
internal static class AccountingRequestReader
{
    // Equipment without a clock counts from 1970 or from its making; such a time says nothing.
    private const long EarliestEventSeconds = 946_684_800;
    private const long LatestAheadMilliseconds = 86_400_000;
    private const long LongestDelaySeconds = 366 * 86_400;

    // RFC 2865, 5; RFC 2866, 5; RFC 2869, 5; RFC 3162, 2; RFC 6911, 3.1.
    private const byte UserName = 1;
    private const byte NasPort = 5;
    private const byte FramedIpAddress = 8;
    private const byte Class = 25;
    private const byte CalledStationId = 30;
    private const byte CallingStationId = 31;
    private const byte NasIdentifier = 32;
    private const byte AcctStatusType = 40;
    private const byte AcctDelayTime = 41;
    private const byte AcctInputOctets = 42;
    private const byte AcctOutputOctets = 43;
    private const byte AcctSessionId = 44;
    private const byte AcctSessionTime = 46;
    private const byte AcctTerminateCause = 49;
    private const byte AcctMultiSessionId = 50;
    private const byte AcctInputGigawords = 52;
    private const byte AcctOutputGigawords = 53;
    private const byte EventTimestamp = 55;
    private const byte AcctInterimInterval = 85;
    private const byte NasPortId = 87;
    private const byte FramedIpV6Address = 168;

    /// <summary>Reads the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="recordId">The record's id.</param>
    /// <param name="record">The record; its texts lie in the packet.</param>
    /// <returns>False: there is no Acct-Status-Type, or none that is kept.</returns>
    public static bool TryRead(scoped in RadiusRequest request, long recordId, out AccountingRecord record)
    {
        uint status = 0;
        uint? delay = null, seconds = null, timestamp = null, input = null, output = null, port = null;
        uint inputGigawords = 0, outputGigawords = 0, cause = 0, interim = 0;
        LoginClass login = default;
        UInt128 address = 0;
        bool identified = false;
        ReadOnlySpan<byte> sessionId = default, userName = default, calling = default, called = default, portId = default, multi = default;

        foreach (AttributeView attribute in request.Packet)
        {
            ReadOnlySpan<byte> value = attribute.Value;
            switch (attribute.Type)
            {
                case AcctStatusType: status = Integer(value) ?? 0; break;
                case AcctDelayTime: delay = Integer(value); break;
                case AcctSessionTime: seconds = Integer(value); break;
                case EventTimestamp: timestamp = Integer(value); break;
                case AcctInputOctets: input = Integer(value); break;
                case AcctOutputOctets: output = Integer(value); break;
                case AcctInputGigawords: inputGigawords = Integer(value) ?? 0; break;
                case AcctOutputGigawords: outputGigawords = Integer(value) ?? 0; break;
                case AcctTerminateCause: cause = Integer(value) ?? 0; break;
                case AcctInterimInterval: interim = Integer(value) ?? 0; break;
                case NasPort: port = Integer(value); break;
                case UserName: userName = value; break;
                case CallingStationId: calling = value; break;
                case CalledStationId: called = value; break;
                case AcctSessionId: sessionId = value; break;
                case AcctMultiSessionId: multi = value; break;
                case NasPortId: portId = value; break;
                case NasIdentifier: identified |= FoldedName.Matches(request.Nas.IdentityKey, value); break;
                case FramedIpAddress when value.Length == 4: address = IPv4Mapped(value); break;
                case FramedIpV6Address when value.Length == 16 && address == 0: address = BinaryPrimitives.ReadUInt128BigEndian(value); break;
                case Class when LoginClass.TryRead(value, out LoginClass ours): login = ours; break;
                default: break;
            }
        }

        bool timestampIsSound = timestamp >= EarliestEventSeconds && timestamp * 1000L <= request.ReceivedAt + LatestAheadMilliseconds;
        bool delayIsSound = !timestampIsSound && delay <= LongestDelaySeconds;
        record = new AccountingRecord
        {
            Status = (AccountingStatus)(status is (>= 1 and <= 3) or 7 or 8 ? status : 0),
            TenantId = request.Nas.TenantId,
            NasId = request.Nas.NasId,
            RecordId = recordId,
            ReceivedAt = request.ReceivedAt,
            EventAt = timestampIsSound ? timestamp!.Value * 1000L : delayIsSound ? request.ReceivedAt - (delay!.Value * 1000L) : request.ReceivedAt,
            TimeIsTold = timestampIsSound || delayIsSound,
            IsWholeNas = identified || request.Nas.IsOneAddress,
            SourceAddress = request.Source.Address,
            SessionSeconds = seconds ?? AccountingNews.Absent,
            OctetsIn = Octets(input, inputGigawords),
            OctetsOut = Octets(output, outputGigawords),
            TerminateCause = (int)Math.Min(cause, int.MaxValue),
            InterimSeconds = (int)Math.Min(interim, int.MaxValue),
            Login = login,
            ClientAddress = address,
            NasPort = port ?? AccountingNews.Absent,
            SessionId = JournalText.Clean(sessionId),
            UserName = JournalText.Clean(userName),
            CallingStationId = JournalText.Clean(calling),
            CalledStationId = JournalText.Clean(called),
            NasPortId = JournalText.Clean(portId),
            MultiSessionId = JournalText.Clean(multi),
        };
        return record.Status != AccountingStatus.None;
    }

    private static uint? Integer(ReadOnlySpan<byte> value) => value.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    private static UInt128 IPv4Mapped(ReadOnlySpan<byte> value) => new(0, 0xffff_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(value));

    private static long Octets(uint? octets, uint gigawords) => octets is { } low
        ? gigawords > int.MaxValue ? long.MaxValue : ((long)gigawords << 32) | low
        : AccountingNews.Absent;
}
