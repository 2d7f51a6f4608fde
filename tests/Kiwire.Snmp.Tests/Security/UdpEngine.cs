using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>An engine on a loopback port that answers each message with what it is told to.</summary>
internal sealed class UdpEngine : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>();
    private readonly Func<byte[], IEnumerable<byte[]>> _respond;
    private readonly Task _loop;

    public UdpEngine(Func<byte[], IEnumerable<byte[]>> respond)
    {
        _respond = respond;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _loop = Task.Run(AnswerAsync);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>The next message that came, its answers sent.</summary>
    public ValueTask<byte[]> ArrivalAsync(CancellationToken cancellationToken) => _arrived.Reader.ReadAsync(cancellationToken);

    public void Dispose()
    {
        _socket.Dispose();
        _loop.GetAwaiter().GetResult();
    }

    private async Task AnswerAsync()
    {
        byte[] buffer = new byte[65_536];
        IPEndPoint any = new(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                SocketReceiveFromResult result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any);
                byte[] message = buffer[..result.ReceivedBytes];
                foreach (byte[] answer in _respond(message))
                {
                    _socket.SendTo(answer, result.RemoteEndPoint);
                }

                _ = _arrived.Writer.TryWrite(message);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
