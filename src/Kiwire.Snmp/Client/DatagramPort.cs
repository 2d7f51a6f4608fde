using System.Net;
using System.Net.Sockets;

namespace Kiwire.Snmp;

/// <summary>Takes what a port receives; the octets are the port's again afterwards.</summary>
internal delegate void DatagramReceived(PeerAddress from, Span<byte> datagram);

/// <summary>One UDP socket of a client, and the loop that receives from it.</summary>
internal sealed class DatagramPort : IDisposable
{
    private const int LongestDatagram = 65_536;

    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public DatagramPort(AddressFamily family, SnmpClientOptions options, DatagramReceived received)
    {
        _socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = options.ReceiveBufferOctets;
            IPAddress any = family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
            _socket.Bind(new IPEndPoint(options.LocalAddress?.AddressFamily == family ? options.LocalAddress : any, 0));
        }
        catch
        {
            _socket.Dispose();
            _stop.Dispose();
            throw;
        }

        _loop = ReceiveAsync(received, _stop.Token);
    }

    /// <summary>Sends a datagram; says what went wrong where it could not.</summary>
    public SocketError Send(ReadOnlySpan<byte> octets, SocketAddress to)
    {
        try
        {
            _socket.SendTo(octets, SocketFlags.None, to);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
        catch (ObjectDisposedException)
        {
            return SocketError.Shutdown;
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync(DatagramReceived received, CancellationToken cancellationToken)
    {
        // Not on the thread of whoever opens the port: it holds the client's lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        byte[] buffer = new byte[LongestDatagram];
        bool isIPv4 = _socket.AddressFamily == AddressFamily.InterNetwork;
        SocketAddress from = new(_socket.AddressFamily);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                int length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, cancellationToken).ConfigureAwait(false);
                received(PeerAddress.Read(from.Buffer.Span, isIPv4), buffer.AsSpan(0, length));
            }
            catch (SocketException) when (!cancellationToken.IsCancellationRequested)
            {
                // Some systems report an ICMP message about an earlier datagram here; the request it concerns is sent again or given up.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
