using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Kiwire.Snmp.Notifications;

/// <summary>
/// Receives traps (SNMPv1, v2c, v3) and informs (v2c, v3), answers informs, and gives out each notification once. Whoever is not known by
/// community or user is not heard. It begins with its construction and ends with its disposal.
/// </summary>
public sealed class SnmpNotificationListener : IAsyncDisposable
{
    private const int LongestDatagram = 65_536;
    private static readonly DateTimeOffset s_bootsEpoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Socket _socket;
    private readonly Channel<SnmpNotification> _queue;
    private readonly NotificationIntake _intake;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

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

        time ??= TimeProvider.System;
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
            int boots = options.EngineBoots > 0 ? options.EngineBoots : (int)Math.Clamp((time.GetUtcNow() - s_bootsEpoch).TotalSeconds, 1, int.MaxValue - 1);
            UsmReceiver usm = new(options.Users, options.EngineId.IsEmpty ? OwnEngineId() : options.EngineId.ToArray(), boots, time);
            _intake = new NotificationIntake(options.Communities, usm, _queue.Writer, time);
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
    public SnmpListenerStatistics Statistics => _intake.Statistics;

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
        ReadOnlyMemory<byte> answer = _intake.Take(from, datagram);
        if (answer.IsEmpty)
        {
            return;
        }

        try
        {
            _socket.SendTo(answer.Span, SocketFlags.None, from);
        }
        catch (SocketException)
        {
            // The sender asks again, or does not care.
        }
    }

    // RFC 3411, 5 (SnmpEngineID): the first bit set, an enterprise (Net-SNMP's, which has no use for this format), format 5: octets, here of
    // what stays the same after a restart.
    private byte[] OwnEngineId()
    {
        byte[] name = Encoding.UTF8.GetBytes($"{Environment.MachineName}:{LocalEndPoint.Port}");
        return [0x80, 0x00, 0x1f, 0x88, 0x05, .. SHA256.HashData(name).AsSpan(0, 8)];
    }
}
