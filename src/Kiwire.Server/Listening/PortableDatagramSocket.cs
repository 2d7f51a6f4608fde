using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Packets;

namespace Kiwire.Server.Listening;

/// <summary>
/// A socket read and written with the platform's own blocking calls, a datagram at a time, on any system. Bound to every address, it
/// answers from whichever address the routes choose: on a machine with several, bind one endpoint for each.
/// </summary>
internal sealed class PortableDatagramSocket : DatagramSocket
{
    // How late a stop may be seen; there is no portable way to wake a blocking receive without closing the socket.
    private const int StopCheckMicroseconds = 200_000;

    // Windows: do not report that an earlier answer found no listener (SIO_UDP_CONNRESET).
    private const int ReportUnreachable = unchecked((int)0x9800000C);

    private readonly Socket _socket;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(DatagramRoom, pinned: true);
    private readonly SocketAddress _sender;
    private DatagramPath _path;
    private int _length;
    private volatile bool _stopping;

    /// <summary>Takes over a bound socket.</summary>
    public PortableDatagramSocket(Socket socket)
    {
        _socket = socket;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _sender = new SocketAddress(socket.AddressFamily);
        _path.IsIPv4 = socket.AddressFamily == AddressFamily.InterNetwork;
        if (OperatingSystem.IsWindows())
        {
            socket.IOControl(ReportUnreachable, [0, 0, 0, 0], null);
        }
    }

    public override IPEndPoint EndPoint { get; }

    public override int ReceiveBufferOctets => SocketBinder.GrantedReceiveBuffer(_socket);

    public override int Receive()
    {
        while (!_stopping)
        {
            if (!_socket.Poll(StopCheckMicroseconds, SelectMode.SelectRead))
            {
                continue;
            }

            try
            {
                _length = _socket.ReceiveFrom(_buffer, SocketFlags.None, _sender);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
            {
                // Windows's word for a datagram that does not fit; its first octets are there.
                _length = DatagramRoom;
            }
            catch (SocketException) when (_stopping)
            {
                return 0;
            }

            _sender.Buffer.Span[.._path.RemoteLength].CopyTo(_path.Remote);
            return 1;
        }

        return 0;
    }

    public override ReadOnlySpan<byte> Datagram(int index) => _buffer.AsSpan(0, _length);

    public override ref readonly DatagramPath Path(int index) => ref _path;

    public override DatagramBatch CreateBatch() => new Batch(_socket);

    public override void StopReceiving() => _stopping = true;

    public override void Dispose() => _socket.Dispose();

    private sealed class Batch(Socket socket) : DatagramBatch
    {
        private readonly SocketAddress _receiver = new(socket.AddressFamily);
        private int _count;
        private int _failed;

        public override int Count => _count;

        public override void Add(ReadOnlySpan<byte> octets, in DatagramPath path)
        {
            ((ReadOnlySpan<byte>)path.Remote)[..path.RemoteLength].CopyTo(_receiver.Buffer.Span);
            _receiver.Size = path.RemoteLength;
            _count++;
            try
            {
                socket.SendTo(octets[..Math.Min(octets.Length, PacketView.MaximumLength)], SocketFlags.None, _receiver);
            }
            catch (SocketException)
            {
                _failed++;
            }
        }

        public override int Flush()
        {
            int failed = _failed;
            _failed = 0;
            _count = 0;
            return failed;
        }

        public override void Dispose()
        {
        }
    }
}
