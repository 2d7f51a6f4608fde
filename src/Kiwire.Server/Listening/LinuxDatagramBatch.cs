using System.Runtime.InteropServices;
using Kiwire.Radius.Packets;
using static Kiwire.Server.Listening.LinuxSocketCalls;

namespace Kiwire.Server.Listening;

/// <summary>Up to 64 datagrams that leave by one sendmmsg.</summary>
internal sealed unsafe class LinuxDatagramBatch : DatagramBatch
{
    private const int Stride = PacketView.MaximumLength + 64;

    // sizeof(cmsghdr) and the value; a control message takes its length rounded up to a word.
    private static readonly nuint HeaderLength = (nuint)sizeof(nuint) + 8;

    private readonly int _descriptor;
    private readonly bool _isIPv4;
    private readonly byte* _buffers;
    private readonly byte* _names;
    private readonly Octets* _pieces;
    private readonly PacketInfo* _controls;
    private readonly BatchedMessage* _messages;
    private int _count;
    private bool _disposed;

    public LinuxDatagramBatch(int descriptor, bool isIPv4)
    {
        _descriptor = descriptor;
        _isIPv4 = isIPv4;
        _buffers = (byte*)NativeMemory.AlignedAlloc(DatagramSocket.BatchSize * Stride, 64);
        _names = (byte*)NativeMemory.AllocZeroed(DatagramSocket.BatchSize * DatagramPath.IPv6Length);
        _pieces = (Octets*)NativeMemory.AllocZeroed((nuint)(DatagramSocket.BatchSize * sizeof(Octets)));
        _controls = (PacketInfo*)NativeMemory.AllocZeroed((nuint)(DatagramSocket.BatchSize * sizeof(PacketInfo)));
        _messages = (BatchedMessage*)NativeMemory.AllocZeroed((nuint)(DatagramSocket.BatchSize * sizeof(BatchedMessage)));
        for (int i = 0; i < DatagramSocket.BatchSize; i++)
        {
            _pieces[i].Start = _buffers + (i * Stride);
            _messages[i].Header.Name = _names + (i * DatagramPath.IPv6Length);
            _messages[i].Header.NameLength = (uint)(isIPv4 ? DatagramPath.IPv4Length : DatagramPath.IPv6Length);
            _messages[i].Header.Pieces = _pieces + i;
            _messages[i].Header.PieceCount = 1;
            _controls[i].Level = isIPv4 ? IPv4Level : IPv6Level;
            _controls[i].Type = isIPv4 ? IPv4PacketInfo : IPv6PacketInfo;
            _controls[i].Length = HeaderLength + (nuint)(isIPv4 ? 12 : 20);
        }
    }

    public override int Count => _count;

    public override void Add(ReadOnlySpan<byte> octets, in DatagramPath path)
    {
        ref Message message = ref _messages[_count].Header;
        octets.CopyTo(new Span<byte>(_pieces[_count].Start, PacketView.MaximumLength));
        _pieces[_count].Length = (nuint)octets.Length;
        ((ReadOnlySpan<byte>)path.Remote)[..path.RemoteLength].CopyTo(new Span<byte>(message.Name, DatagramPath.IPv6Length));
        if (path.HasLocal)
        {
            // in_pktinfo: interface 0 (the routes decide), local address. in6_pktinfo: address, interface 0.
            PacketInfo* info = _controls + _count;
            ((ReadOnlySpan<byte>)path.Local)[..(_isIPv4 ? 4 : 16)].CopyTo(new Span<byte>(_isIPv4 ? info->Value + 4 : info->Value, 16));
            message.Control = (byte*)info;
            message.ControlLength = HeaderLength + (nuint)(_isIPv4 ? 16 : 24);
        }
        else
        {
            message.Control = null;
            message.ControlLength = 0;
        }

        _count++;
    }

    public override int Flush()
    {
        int failed = 0;
        for (int at = 0; at < _count;)
        {
            int sent = SendMessages(_descriptor, _messages + at, (uint)(_count - at), 0);
            if (sent > 0)
            {
                at += sent;
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                // The error is the first one's; the rest may well go.
                failed++;
                at++;
            }
        }

        _count = 0;
        return failed;
    }

    public override void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        NativeMemory.AlignedFree(_buffers);
        NativeMemory.Free(_names);
        NativeMemory.Free(_pieces);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_messages);
    }
}
