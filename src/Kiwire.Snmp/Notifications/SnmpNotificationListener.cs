using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Notifications;

/// <summary>
/// Receives traps (SNMPv1, v2c, v3) and informs (v2c, v3), answers informs, and gives out each notification once. Whoever is not known by
/// community or user is not heard. It begins with its construction and ends with its disposal.
/// </summary>
public sealed class SnmpNotificationListener : IAsyncDisposable
{
    private const int LongestDatagram = 65_536;
    private const int Remembered = 8192;

    private static readonly DateTimeOffset s_bootsEpoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CommunityCredentials[] _communities;
    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly UsmReceiver _usm;
    private readonly RecentNotifications _recent;
    private readonly Channel<SnmpNotification> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _received;
    private long _duplicates;
    private long _dropped;
    private long _malformed;
    private long _refused;
    private long _reports;

    /// <summary>Listens from now on.</summary>
    /// <param name="options">Where, and to whom.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <exception cref="ArgumentException">A user's credentials lack something; the message says what.</exception>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public SnmpNotificationListener(SnmpListenerOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Users.FirstOrDefault(static user => user.Fault is not null) is { } wrong)
        {
            throw new ArgumentException($"{wrong.User}: {wrong.Fault}", nameof(options));
        }

        _time = time ?? TimeProvider.System;
        _communities = [.. options.Communities];
        _recent = new RecentNotifications(_time, Remembered);
        _queue = Channel.CreateBounded<SnmpNotification>(new BoundedChannelOptions(options.Capacity) { SingleWriter = true });
        _socket = new Socket(options.EndPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (options.EndPoint.Address.Equals(IPAddress.IPv6Any))
            {
                _socket.DualMode = true;
            }

            _socket.ReceiveBufferSize = 1 << 20;
            _socket.Bind(options.EndPoint);
            LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
            int boots = options.EngineBoots > 0 ? options.EngineBoots : (int)Math.Clamp((_time.GetUtcNow() - s_bootsEpoch).TotalSeconds, 1, int.MaxValue - 1);
            _usm = new UsmReceiver(options.Users, options.EngineId.IsEmpty ? OwnEngineId() : options.EngineId.ToArray(), boots, _time);
        }
        catch
        {
            _socket.Dispose();
            _stop.Dispose();
            throw;
        }

        _loop = ReceiveAsync(_stop.Token);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>What it has done so far.</summary>
    public SnmpListenerStatistics Statistics => new(
        Interlocked.Read(ref _received),
        Interlocked.Read(ref _duplicates),
        Interlocked.Read(ref _dropped),
        Interlocked.Read(ref _malformed),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _reports));

    /// <summary>The notifications as they come, each to one reader; it ends when the listener is disposed.</summary>
    public IAsyncEnumerable<SnmpNotification> ReadAllAsync(CancellationToken cancellationToken = default) => _queue.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Closes the port. What was taken can still be read.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        byte[] buffer = new byte[LongestDatagram];
        IPEndPoint any = new(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    SocketReceiveFromResult result = await _socket
                        .ReceiveFromAsync(buffer, SocketFlags.None, any, cancellationToken)
                        .ConfigureAwait(false);
                    Take((IPEndPoint)result.RemoteEndPoint, buffer.AsSpan(0, result.ReceivedBytes));
                }
                catch (SocketException) when (!cancellationToken.IsCancellationRequested)
                {
                    // Some systems report an ICMP message about an earlier answer here.
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It is being disposed.
        }
        finally
        {
            _queue.Writer.TryComplete();
        }
    }

    private void Take(IPEndPoint from, ReadOnlySpan<byte> datagram)
    {
        if (!MessageHeader.TryParse(datagram, out MessageHeader header))
        {
            Interlocked.Increment(ref _malformed);
        }
        else if (header.Version == SnmpVersion.V3)
        {
            TakeV3(from, datagram);
        }
        else
        {
            TakeCommunity(from, header);
        }
    }

    private void TakeCommunity(IPEndPoint from, in MessageHeader header)
    {
        bool isKnown = false;
        foreach (CommunityCredentials community in _communities)
        {
            isKnown |= community.Matches(header.Version, header.Community);
        }

        if (!isKnown)
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        SnmpNotification envelope = Envelope(from, header.Version);
        UInt128 key = RecentNotifications.KeyOf(from, [], header.Pdu);
        if (header.Version == SnmpVersion.V1)
        {
            if (NotificationReader.TryReadV1(header.Pdu, envelope, out SnmpNotification? trap))
            {
                _ = Deliver(trap, key);
            }
            else
            {
                Interlocked.Increment(ref _malformed);
            }

            return;
        }

        if (!PduView.TryParse(header.Pdu, out PduView pdu, out _)
            || pdu.Type is not (PduType.TrapV2 or PduType.InformRequest)
            || !NotificationReader.TryRead(pdu, envelope with { IsInform = pdu.Type == PduType.InformRequest }, out VariableBinding[] bindings, out SnmpNotification? notification))
        {
            Interlocked.Increment(ref _malformed);
            return;
        }

        if (Deliver(notification, key) && notification.IsInform)
        {
            BerWriter writer = BerWriter.Begin();
            using (writer.Asn.PushSequence())
            {
                writer.Asn.WriteInteger((int)header.Version);
                writer.Asn.WriteOctetString(header.Community);
                new PduRequest { Type = PduType.Response, Bindings = bindings }.WriteTo(writer, pdu.RequestId);
            }

            Send(writer.Asn.Encode(), from);
        }
    }

    private void TakeV3(IPEndPoint from, ReadOnlySpan<byte> datagram)
    {
        if (!V3Message.TryParse(datagram, out V3Message message, out _))
        {
            Interlocked.Increment(ref _malformed);
            return;
        }

        UsmReceived received = _usm.Receive(message, out ReadOnlySpan<byte> plain, out UsmUser? user, out ReadOnlySpan<byte> report);
        if (received != UsmReceived.Taken)
        {
            _ = received switch
            {
                UsmReceived.Malformed => Interlocked.Increment(ref _malformed),
                UsmReceived.Refused => Interlocked.Increment(ref _refused),
                _ => 0,
            };
            if (!report.IsEmpty)
            {
                Interlocked.Increment(ref _reports);
                Send(report, from);
            }

            return;
        }

        // A trap's engine is its sender's; an inform's is ours.
        bool isInform = _usm.IsOwn(message.EngineId);
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
            Interlocked.Increment(ref _malformed);
            return;
        }

        UInt128 key = RecentNotifications.KeyOf(from, message.IsAuthenticated ? [.. message.EngineId, .. message.User] : [], scoped.Pdu);
        if (Deliver(notification, key) && isInform)
        {
            Send(_usm.Answer(message, scoped, pdu, user, bindings), from);
        }
    }

    /// <summary>Puts it into the queue, unless it was there lately.</summary>
    /// <returns>False: there was no room.</returns>
    private bool Deliver(SnmpNotification notification, UInt128 key)
    {
        if (_recent.Contains(key))
        {
            Interlocked.Increment(ref _duplicates);
            return true;
        }

        if (!_queue.Writer.TryWrite(notification))
        {
            Interlocked.Increment(ref _dropped);
            return false;
        }

        _recent.Add(key);
        Interlocked.Increment(ref _received);
        return true;
    }

    private void Send(ReadOnlySpan<byte> octets, IPEndPoint to)
    {
        try
        {
            _socket.SendTo(octets, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            // The sender asks again, or does not care.
        }
    }

    private SnmpNotification Envelope(IPEndPoint from, SnmpVersion version) => new()
    {
        ReceivedAt = _time.GetUtcNow(),
        From = from.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(from.Address.MapToIPv4(), from.Port) : from,
        Version = version,
        IsInform = false,
        TrapId = default,
        UpTimeTicks = 0,
        Bindings = [],
    };

    // RFC 3411, 5 (SnmpEngineID): the first bit set, an enterprise (Net-SNMP's, which has no use for this format), format 5: octets, here of
    // what stays the same after a restart.
    private byte[] OwnEngineId()
    {
        byte[] name = Encoding.UTF8.GetBytes($"{Environment.MachineName}:{LocalEndPoint.Port}");
        return [0x80, 0x00, 0x1f, 0x88, 0x05, .. SHA256.HashData(name).AsSpan(0, 8)];
    }
}
