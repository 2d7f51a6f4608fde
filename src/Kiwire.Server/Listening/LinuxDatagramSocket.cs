using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Kiwire.Server.Listening.LinuxSocketCalls;

namespace Kiwire.Server.Listening;

/// <summary>
/// A socket read and written with recvmmsg and sendmmsg: one call for up to 64 datagrams, into memory that the collector does not know.
/// Bound to every address, it asks for the address that each datagram was sent to, and answers from that.
/// </summary>
internal sealed unsafe class LinuxDatagramSocket : DatagramSocket
{
    // Not a multiple of a page: the headers of all packets would fall into the same few cache sets.
    private const int Stride = DatagramRoom + 127 & ~63;

    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly bool _isIPv4;
    private readonly bool _wantsLocal;
    private readonly byte* _buffers;
    private readonly byte* _names;
    private readonly Octets* _pieces;
    private readonly PacketInfo* _controls;
    private readonly BatchedMessage* _messages;
    private readonly DatagramPath[] _paths = new DatagramPath[BatchSize];
    private int _received;
    private volatile bool _stopping;
    private bool _disposed;

    /// <summary>Takes over a bound socket.</summary>
    public LinuxDatagramSocket(Socket socket)
    {
        _socket = socket;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _isIPv4 = socket.AddressFamily == AddressFamily.InterNetwork;
        _wantsLocal = EndPoint.Address.Equals(IPAddress.Any) || EndPoint.Address.Equals(IPAddress.IPv6Any);
        if (_wantsLocal)
        {
            socket.SetRawSocketOption(_isIPv4 ? IPv4Level : IPv6Level, _isIPv4 ? IPv4PacketInfo : IPv6ReceivePacketInfo, [1, 0, 0, 0]);
        }

        bool held = false;
        socket.SafeHandle.DangerousAddRef(ref held);
        _descriptor = (int)socket.SafeHandle.DangerousGetHandle();

        _buffers = (byte*)NativeMemory.AlignedAlloc(BatchSize * Stride, 64);
        _names = (byte*)NativeMemory.AllocZeroed(BatchSize * DatagramPath.IPv6Length);
        _pieces = (Octets*)NativeMemory.AllocZeroed((nuint)(BatchSize * sizeof(Octets)));
        _controls = (PacketInfo*)NativeMemory.AllocZeroed((nuint)(BatchSize * sizeof(PacketInfo)));
        _messages = (BatchedMessage*)NativeMemory.AllocZeroed((nuint)(BatchSize * sizeof(BatchedMessage)));
        for (int i = 0; i < BatchSize; i++)
        {
            _pieces[i] = new Octets { Start = _buffers + (i * Stride), Length = DatagramRoom };
            _messages[i].Header.Name = _names + (i * DatagramPath.IPv6Length);
            _messages[i].Header.Pieces = _pieces + i;
            _messages[i].Header.PieceCount = 1;
            _messages[i].Header.Control = _wantsLocal ? (byte*)(_controls + i) : null;
            _paths[i].IsIPv4 = _isIPv4;
        }

        _received = BatchSize;
    }

    public override IPEndPoint EndPoint { get; }

    public override int ReceiveBufferOctets => SocketBinder.GrantedReceiveBuffer(_socket);

    public override int Receive()
    {
        // The last call wrote these lengths.
        for (int i = 0; i < _received; i++)
        {
            _messages[i].Header.NameLength = DatagramPath.IPv6Length;
            _messages[i].Header.ControlLength = _wantsLocal ? (nuint)sizeof(PacketInfo) : 0;
        }

        while (true)
        {
            int count = ReceiveMessages(_descriptor, _messages, BatchSize, WaitForOne, null);
            _received = Math.Max(count, 0);
            if (_stopping)
            {
                // A socket that was shut down reads as an endless row of empty datagrams from nobody.
                return 0;
            }

            if (count > 0)
            {
                ReadPaths();
                return count;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error is not (Interrupted or TryAgain or NoMemory or NoBuffers))
            {
                throw new SocketException(error, $"Receiving on {EndPoint} failed with error {error}.");
            }
        }
    }

    public override ReadOnlySpan<byte> Datagram(int index) => new(_buffers + (index * Stride), (int)_messages[index].Length);

    public override ref readonly DatagramPath Path(int index) => ref _paths[index];

    public override DatagramBatch CreateBatch() => new LinuxDatagramBatch(_descriptor, _isIPv4);

    // A UDP socket is not connected, and the call says so; but it wakes whoever receives.
    public override void StopReceiving()
    {
        _stopping = true;
        _ = ShutDown(_descriptor, ShutDownReceive);
    }

    public override void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _socket.SafeHandle.DangerousRelease();
        _socket.Dispose();
        NativeMemory.AlignedFree(_buffers);
        NativeMemory.Free(_names);
        NativeMemory.Free(_pieces);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_messages);
    }

    private void ReadPaths()
    {
        for (int i = 0; i < _received; i++)
        {
            ref DatagramPath path = ref _paths[i];
            new ReadOnlySpan<byte>(_messages[i].Header.Name, _isIPv4 ? DatagramPath.IPv4Length : DatagramPath.IPv6Length).CopyTo(path.Remote);
            if (!_wantsLocal)
            {
                continue;
            }

            PacketInfo* info = _controls + i;
            path.HasLocal = _messages[i].Header.ControlLength > 0
                && info->Type == (_isIPv4 ? IPv4PacketInfo : IPv6PacketInfo)
                && info->Level == (_isIPv4 ? IPv4Level : IPv6Level);
            if (path.HasLocal)
            {
                new ReadOnlySpan<byte>(_isIPv4 ? info->Value + 4 : info->Value, _isIPv4 ? 4 : 16).CopyTo(path.Local);
            }
        }
    }
}
