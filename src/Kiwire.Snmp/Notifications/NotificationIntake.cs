using System.Net;
using System.Text;
using System.Threading.Channels;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Notifications;

/// <summary>Judges what a listener receives: puts notifications into its queue, and says what is to be answered. For one thread.</summary>
internal sealed class NotificationIntake(
    IReadOnlyList<CommunityCredentials> communities, UsmReceiver usm, ChannelWriter<SnmpNotification> queue, TimeProvider time)
{
    private const int Remembered = 8192;

    private readonly RecentNotifications _recent = new(time, Remembered);
    private long _received;
    private long _duplicates;
    private long _dropped;
    private long _malformed;
    private long _refused;
    private long _reports;

    /// <summary>What it has done so far; for any thread.</summary>
    public SnmpListenerStatistics Statistics => new(
        Interlocked.Read(ref _received),
        Interlocked.Read(ref _duplicates),
        Interlocked.Read(ref _dropped),
        Interlocked.Read(ref _malformed),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _reports));

    /// <summary>Takes a datagram.</summary>
    /// <returns>What to answer, until the next is taken; empty: nothing.</returns>
    public ReadOnlyMemory<byte> Take(IPEndPoint from, ReadOnlySpan<byte> datagram)
    {
        if (!MessageHeader.TryParse(datagram, out MessageHeader header))
        {
            return Count(ref _malformed);
        }

        return header.Version == SnmpVersion.V3 ? TakeV3(from, datagram) : TakeCommunity(from, header);
    }

    private ReadOnlyMemory<byte> TakeCommunity(IPEndPoint from, in MessageHeader header)
    {
        bool isKnown = false;
        foreach (CommunityCredentials community in communities)
        {
            isKnown |= community.Matches(header.Version, header.Community);
        }

        if (!isKnown)
        {
            return Count(ref _refused);
        }

        SnmpNotification envelope = Envelope(from, header.Version);
        UInt128 key = RecentNotifications.KeyOf(from, [], header.Pdu);
        if (header.Version == SnmpVersion.V1)
        {
            if (!NotificationReader.TryReadV1(header.Pdu, envelope, out SnmpNotification? trap))
            {
                return Count(ref _malformed);
            }

            _ = Deliver(trap, key);
            return default;
        }

        if (!PduView.TryParse(header.Pdu, out PduView pdu, out _)
            || pdu.Type is not (PduType.TrapV2 or PduType.InformRequest)
            || !NotificationReader.TryRead(pdu, envelope with { IsInform = pdu.Type == PduType.InformRequest }, out VariableBinding[] bindings, out SnmpNotification? notification))
        {
            return Count(ref _malformed);
        }

        return Deliver(notification, key) && notification.IsInform ? Answer(header, pdu.RequestId, bindings) : default;
    }

    private static byte[] Answer(in MessageHeader inform, int requestId, VariableBinding[] bindings)
    {
        BerWriter writer = BerWriter.Begin();
        using (writer.Asn.PushSequence())
        {
            writer.Asn.WriteInteger((int)inform.Version);
            writer.Asn.WriteOctetString(inform.Community);
            new PduRequest { Type = PduType.Response, Bindings = bindings }.WriteTo(writer, requestId);
        }

        return writer.Asn.Encode();
    }

    private ReadOnlyMemory<byte> TakeV3(IPEndPoint from, ReadOnlySpan<byte> datagram)
    {
        if (!V3Message.TryParse(datagram, out V3Message message, out _))
        {
            return Count(ref _malformed);
        }

        UsmReceived received = usm.Receive(message, out ReadOnlySpan<byte> plain, out UsmUser? user, out ReadOnlyMemory<byte> report);
        if (received != UsmReceived.Taken)
        {
            if (received != UsmReceived.Discovery)
            {
                _ = Count(ref received == UsmReceived.Malformed ? ref _malformed : ref _refused);
            }

            if (!report.IsEmpty)
            {
                _ = Count(ref _reports);
            }

            return report;
        }

        // A trap's engine is its sender's; an inform's is ours.
        bool isInform = usm.IsOwn(message.EngineId);
        SnmpNotification envelope = Envelope(from, SnmpVersion.V3) with
        {
            IsInform = isInform,
            User = user!.User,
            EngineId = isInform ? null : Convert.ToHexStringLower(message.EngineId),
        };
        if (!ScopedPdu.TryParse(plain, out ScopedPdu scoped)
            || !PduView.TryParse(scoped.Pdu, out PduView pdu, out _)
            || pdu.Type != (isInform ? PduType.InformRequest : PduType.TrapV2)
            || !NotificationReader.TryRead(
                pdu, envelope with { ContextName = Encoding.UTF8.GetString(scoped.ContextName) }, out VariableBinding[] bindings, out SnmpNotification? notification))
        {
            return Count(ref _malformed);
        }

        UInt128 key = RecentNotifications.KeyOf(from, message.IsAuthenticated ? [.. message.EngineId, .. message.User] : [], scoped.Pdu);
        return Deliver(notification, key) && isInform ? usm.Answer(message, scoped, pdu, user, bindings) : default;
    }

    /// <summary>Puts it into the queue, unless it was there lately.</summary>
    /// <returns>False: there was no room.</returns>
    private bool Deliver(SnmpNotification notification, UInt128 key)
    {
        if (_recent.Contains(key))
        {
            _ = Count(ref _duplicates);
            return true;
        }

        // Before it is given out, so that whoever has it finds it counted.
        _ = Count(ref _received);
        if (!queue.TryWrite(notification))
        {
            Interlocked.Decrement(ref _received);
            _ = Count(ref _dropped);
            return false;
        }

        _recent.Add(key);
        return true;
    }

    // Nothing to answer.
    private static ReadOnlyMemory<byte> Count(ref long counter)
    {
        Interlocked.Increment(ref counter);
        return default;
    }

    private SnmpNotification Envelope(IPEndPoint from, SnmpVersion version) => new()
    {
        ReceivedAt = time.GetUtcNow(),
        From = from.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(from.Address.MapToIPv4(), from.Port) : from,
        Version = version,
        IsInform = false,
        TrapId = default,
        UpTimeTicks = 0,
        Bindings = [],
    };
}
