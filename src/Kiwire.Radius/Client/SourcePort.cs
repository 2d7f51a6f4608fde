using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Client;

/// <summary>One UDP socket of a client, and the loop that receives from it.</summary>
internal sealed class SourcePort : IDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public SourcePort(AddressFamily family, int index, RadiusClientOptions options, Action<SourcePort, IPEndPoint, Memory<byte>> received)
    {
        Index = index;
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

    /// <summary>Which of its family's source ports it is.</summary>
    public int Index { get; }

    /// <summary>Sends a datagram; says what went wrong where it could not.</summary>
    public SocketError Send(ReadOnlySpan<byte> octets, IPEndPoint to)
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

    private async Task ReceiveAsync(Action<SourcePort, IPEndPoint, Memory<byte>> received, CancellationToken cancellationToken)
    {
        // Not on the thread of whoever opens the port: it holds the client's lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        // One octet more than a packet may have, so that a longer datagram is known for one.
        byte[] buffer = new byte[PacketView.MaximumLength + 1];
        IPEndPoint any = new(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult result = await _socket
                    .ReceiveFromAsync(buffer, SocketFlags.None, any, cancellationToken)
                    .ConfigureAwait(false);
                received(this, (IPEndPoint)result.RemoteEndPoint, buffer.AsMemory(0, result.ReceivedBytes));
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
