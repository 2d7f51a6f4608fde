using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Kiwire.Snmp.LinuxSocketCalls;

namespace Kiwire.Snmp;

/// <summary>Sends one datagram, and says what went wrong.</summary>
internal delegate SocketError SendAlone(ReadOnlySpan<byte> octets, SocketAddress to);

/// <summary>Datagrams gathered to leave in one call of sendmmsg. For its owner's lock.</summary>
internal sealed unsafe class LinuxSendBatch : IDisposable
{
    /// <summary>What does not fit in an Ethernet frame is sent by itself.</summary>
    public const int LongestDatagram = 1472;

    private const int Size = 32;
    private const int NameRoom = 28;
    private const int Stride = LongestDatagram + 64;

    private readonly int _descriptor;
    private readonly byte* _buffers = (byte*)NativeMemory.Alloc(Size * Stride);
    private readonly byte* _names = (byte*)NativeMemory.AllocZeroed(Size * NameRoom);
    private readonly Octets* _pieces = (Octets*)NativeMemory.AllocZeroed((nuint)(Size * sizeof(Octets)));
    private readonly BatchedMessage* _messages = (BatchedMessage*)NativeMemory.AllocZeroed((nuint)(Size * sizeof(BatchedMessage)));
    private readonly (Exchange Exchange, int Id, SocketAddress To)[] _senders = new (Exchange, int, SocketAddress)[Size];
    private int _count;

    public LinuxSendBatch(int descriptor)
    {
        _descriptor = descriptor;
        for (int i = 0; i < Size; i++)
        {
            _pieces[i].Start = _buffers + (i * Stride);
            _messages[i].Header.Name = _names + (i * NameRoom);
            _messages[i].Header.Pieces = _pieces + i;
            _messages[i].Header.PieceCount = 1;
        }
    }

    public bool IsFull => _count == Size;

    public void Add(Exchange exchange, ReadOnlySpan<byte> octets, SocketAddress to)
    {
        octets.CopyTo(new Span<byte>(_pieces[_count].Start, LongestDatagram));
        _pieces[_count].Length = (nuint)octets.Length;
        to.Buffer.Span[..to.Size].CopyTo(new Span<byte>(_messages[_count].Header.Name, NameRoom));
        _messages[_count].Header.NameLength = (uint)to.Size;
        _senders[_count++] = (exchange, exchange.Id, to);
    }

    /// <summary>Sends what was gathered.</summary>
    /// <param name="sendAlone">Sends one datagram, and says what went wrong.</param>
    public void Send(SendAlone sendAlone)
    {
        int first = 0;
        while (first < _count)
        {
            int sent = SendMessages(_descriptor, _messages + first, (uint)(_count - first), 0);
            if (sent > 0)
            {
                first += sent;
                continue;
            }

            // The call's error is the first datagram's. By itself it is sent again, or shows what the system has against it.
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                (Exchange exchange, int id, SocketAddress to) = _senders[first];
                SocketError error = sendAlone(new ReadOnlySpan<byte>(_pieces[first].Start, (int)_pieces[first].Length), to);
                first++;
                if (error != SocketError.Success)
                {
                    Tell(exchange, id, error);
                }
            }
        }

        Array.Clear(_senders, 0, _count);
        _count = 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(_buffers);
        NativeMemory.Free(_names);
        NativeMemory.Free(_pieces);
        NativeMemory.Free(_messages);
    }

    // From a thread that holds no lock: an exchange's is taken before its port's.
    private static void Tell(Exchange exchange, int id, SocketError error) => ThreadPool.UnsafeQueueUserWorkItem(
        static told => told.exchange.SendFailed(told.id, told.error), (exchange, id, error), preferLocal: false);
}
