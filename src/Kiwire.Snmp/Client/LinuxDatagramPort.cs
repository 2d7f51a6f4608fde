using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Kiwire.Snmp.LinuxSocketCalls;

namespace Kiwire.Snmp;

/// <summary>
/// A port that moves many datagrams in one call: recvmmsg on a thread of its own, and sendmmsg for what is sent in the same moment while
/// many requests are under way.
/// </summary>
internal sealed unsafe class LinuxDatagramPort : DatagramPort, IThreadPoolWorkItem
{
    private const int BatchSize = 32;
    private const int NameRoom = 28;

    // Not a multiple of a page: the headers of all datagrams would fall into the same few cache sets.
    private const int Stride = LongestDatagram + 192;

    // So many errors in a row are the socket's end. Fewer may be an interface's that went down.
    private const int MostErrors = 100;

    // While fewer than these are under way, gathering would only delay.
    private const int GatherFrom = 8;

    private readonly DatagramReceived _received;
    private readonly int _descriptor;
    private readonly byte* _buffers;
    private readonly byte* _names;
    private readonly Octets* _pieces;
    private readonly BatchedMessage* _messages;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _sendLock = new();
    private readonly LinuxSendBatch _batch;
    private readonly SendAlone _sendAlone;
    private bool _flushAsked;
    private bool _closed;
    private volatile bool _stopping;
    private volatile int _lastCount;

    public LinuxDatagramPort(AddressFamily family, SnmpClientOptions options, DatagramReceived received)
        : base(family, options)
    {
        _received = received;
        _sendAlone = SendAlone;
        bool held = false;
        Socket.SafeHandle.DangerousAddRef(ref held);
        _descriptor = (int)Socket.SafeHandle.DangerousGetHandle();
        _batch = new LinuxSendBatch(_descriptor);
        _buffers = (byte*)NativeMemory.Alloc(BatchSize * Stride);
        _names = (byte*)NativeMemory.AllocZeroed(BatchSize * NameRoom);
        _pieces = (Octets*)NativeMemory.AllocZeroed((nuint)(BatchSize * sizeof(Octets)));
        _messages = (BatchedMessage*)NativeMemory.AllocZeroed((nuint)(BatchSize * sizeof(BatchedMessage)));
        for (int i = 0; i < BatchSize; i++)
        {
            _pieces[i] = new Octets { Start = _buffers + (i * Stride), Length = LongestDatagram };
            _messages[i].Header.Name = _names + (i * NameRoom);
            _messages[i].Header.Pieces = _pieces + i;
            _messages[i].Header.PieceCount = 1;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "snmp " + Socket.LocalEndPoint };
        _thread.Start();
    }

    public override SocketError Send(Exchange exchange, ReadOnlySpan<byte> octets, SocketAddress to, int underWay)
    {
        // Where answers come one by one, requests go one by one: there is nothing to gather, and a thread's turn to lose.
        if (underWay < GatherFrom || _lastCount == 1 || octets.Length > LinuxSendBatch.LongestDatagram)
        {
            return SendAlone(octets, to);
        }

        lock (_sendLock)
        {
            if (_closed)
            {
                return SocketError.Shutdown;
            }

            if (_batch.IsFull)
            {
                _batch.Send(_sendAlone);
            }

            _batch.Add(exchange, octets, to);
            if (!_flushAsked)
            {
                // Behind the continuations that wait for a thread already: what these send goes along.
                _flushAsked = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        return SocketError.Success;
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_sendLock)
        {
            _flushAsked = false;
            if (!_closed)
            {
                _batch.Send(_sendAlone);
            }
        }
    }

    // A UDP socket is not connected, and the call says so; but it wakes whoever receives.
    public override Task StopAsync()
    {
        _stopping = true;
        _ = ShutDown(_descriptor, ShutDownReceive);
        return _ended.Task;
    }

    public override void Dispose()
    {
        lock (_sendLock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        _thread.Join();
        Socket.SafeHandle.DangerousRelease();
        base.Dispose();
        _batch.Dispose();
        NativeMemory.Free(_buffers);
        NativeMemory.Free(_names);
        NativeMemory.Free(_pieces);
        NativeMemory.Free(_messages);
    }

    private void Run()
    {
        try
        {
            for (int count = Receive(); count > 0; count = Receive())
            {
                _lastCount = count;
                for (int i = 0; i < count; i++)
                {
                    PeerAddress from = PeerAddress.Read(new ReadOnlySpan<byte>(_messages[i].Header.Name, NameRoom), IsIPv4);
                    _received(from, new Span<byte>(_pieces[i].Start, (int)_messages[i].Length));
                }
            }

            _ended.SetResult();
        }
        catch (SocketException e)
        {
            // Requests under way are given up in their time; whoever disposes the client hears of it.
            _ended.SetException(e);
        }
    }

    /// <summary>Waits for datagrams. 0: the port is being closed.</summary>
    private int Receive()
    {
        for (int i = 0; i < BatchSize; i++)
        {
            _messages[i].Header.NameLength = NameRoom;
        }

        for (int errors = 0; ;)
        {
            int count = ReceiveMessages(_descriptor, _messages, BatchSize, WaitForOne, null);
            if (_stopping)
            {
                // A socket that was shut down reads as an endless row of empty datagrams from nobody.
                return 0;
            }

            if (count > 0)
            {
                return count;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error is not (Interrupted or TryAgain or NoMemory or NoBuffers) && ++errors > MostErrors)
            {
                throw new SocketException(error);
            }
        }
    }
}
