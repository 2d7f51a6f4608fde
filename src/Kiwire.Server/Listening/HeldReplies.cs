using Kiwire.Server.Storage;

namespace Kiwire.Server.Listening;

/// <summary>
/// Accounting-Responses that are signed and wait for their records to be on disc; the journal's thread sends them. Places are bounded
/// and made beforehand. The listening thread takes places and fills them; the journal's gives them back.
/// </summary>
internal sealed class HeldReplies : IDurableSink, IDisposable
{
    private const int SlotOctets = 256;

    // A ticket is the place in its low bits and the low bits of its generation above: one told late releases nobody else's answer.
    private const int SlotBits = 20;
    private const int SlotMask = (1 << SlotBits) - 1;
    private const uint TicketGenerationMask = 0x7FF;

    private readonly byte[] _octets;
    private readonly byte[]?[] _long;
    private readonly int[] _lengths;
    private readonly DatagramPath[] _paths;

    // Odd: held. Each taking and each release adds one.
    private readonly uint[] _generations;
    private readonly DatagramBatch _batch;
    private readonly ListenerCounters _counters;
    private readonly Lock _gate = new();

    // Free places that the listening thread has, and those that came back since it last looked.
    private int[] _free;
    private int _freeCount;
    private int[] _returned;
    private int _returnedCount;
    private bool _disposed;

    public HeldReplies(int capacity, DatagramBatch batch, ListenerCounters counters)
    {
        _octets = GC.AllocateUninitializedArray<byte>(capacity * SlotOctets);
        _long = new byte[capacity][];
        _lengths = new int[capacity];
        _paths = new DatagramPath[capacity];
        _generations = new uint[capacity];
        _batch = batch;
        _counters = counters;
        _free = new int[capacity];
        _returned = new int[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _free[i] = capacity - 1 - i;
        }

        _freeCount = capacity;
    }

    /// <summary>How many answers wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _free.Length - Volatile.Read(ref _freeCount) - _returnedCount;
            }
        }
    }

    /// <summary>Takes a place for an answer and copies it there; false where all are taken. For the listening thread.</summary>
    public bool TryHold(ReadOnlySpan<byte> reply, in DatagramPath path, out int ticket, out uint generation)
    {
        if (_freeCount == 0 && !TakeReturned())
        {
            ticket = 0;
            generation = 0;
            return false;
        }

        int slot = _free[--_freeCount];
        _lengths[slot] = reply.Length;
        _paths[slot] = path;
        if (reply.Length <= SlotOctets)
        {
            reply.CopyTo(_octets.AsSpan(slot * SlotOctets));
        }
        else
        {
            // Long Proxy-States, of a NAS that proved itself.
            _long[slot] = reply.ToArray();
        }

        generation = _generations[slot] + 1;
        Volatile.Write(ref _generations[slot], generation);
        ticket = Ticket(slot, generation);
        return true;
    }

    /// <summary>Whether the answer that was given this ticket and generation still waits.</summary>
    public bool IsHeld(int ticket, uint generation) => Volatile.Read(ref _generations[ticket & SlotMask]) == generation;

    /// <summary>Gives up an answer that waits; no matter where it has left already.</summary>
    public void Release(int ticket)
    {
        lock (_gate)
        {
            if (TryGetSlot(ticket, out int slot))
            {
                Return(slot);
            }
        }
    }

    /// <summary>Sends the answers that waited for these records, in this order.</summary>
    public void Durable(ReadOnlySpan<int> tickets)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                _counters.CountElsewhere(DropReason.SendFailed, tickets.Length);
                return;
            }

            int released = 0;
            int failed = 0;
            foreach (int ticket in tickets)
            {
                if (!TryGetSlot(ticket, out int slot))
                {
                    // Told twice, or for an answer that was given up.
                    continue;
                }

                if (_batch.IsFull)
                {
                    failed += _batch.Flush();
                }

                _batch.Add(_long[slot] is { } octets ? octets : _octets.AsSpan(slot * SlotOctets, _lengths[slot]), _paths[slot]);
                Return(slot);
                released++;
            }

            failed += _batch.Flush();
            _counters.CountElsewhere(ListenerEvent.AccountingResponse, released - failed);
            _counters.CountElsewhere(DropReason.SendFailed, failed);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _batch.Dispose();
        }
    }

    private static int Ticket(int slot, uint generation) => slot | (int)(generation & TicketGenerationMask) << SlotBits;

    private bool TryGetSlot(int ticket, out int slot)
    {
        slot = ticket & SlotMask;
        return slot < _generations.Length && Ticket(slot, _generations[slot]) == ticket && (_generations[slot] & 1) == 1;
    }

    private void Return(int slot)
    {
        _long[slot] = null;
        Volatile.Write(ref _generations[slot], _generations[slot] + 1);
        _returned[_returnedCount++] = slot;
    }

    private bool TakeReturned()
    {
        lock (_gate)
        {
            (_free, _returned) = (_returned, _free);
            (_freeCount, _returnedCount) = (_returnedCount, 0);
            return _freeCount != 0;
        }
    }
}
