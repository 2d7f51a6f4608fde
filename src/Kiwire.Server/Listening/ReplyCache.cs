using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Listening;

/// <summary>What the cache knows of a request.</summary>
internal enum RequestNovelty
{
    /// <summary>It is new, and now being worked on.</summary>
    New,

    /// <summary>It is being worked on, or its answer is being held back.</summary>
    InProgress,

    /// <summary>It was answered.</summary>
    Answered,
}

/// <summary>A request's place in the cache; stale once the place was given to another.</summary>
internal readonly record struct CachePlace(int Index, uint Generation);

/// <summary>
/// The requests that one socket has seen of late, and their answers (RFC 5080, 2.2.2). Belongs to the listening thread alone; nothing in
/// it is locked. Requests share places in sets of 16: a full set forgets the request it has known longest.
/// </summary>
internal sealed class ReplyCache
{
    private const int Ways = 16;
    private const int ReplyOctetsPerEntry = 128;

    // The hash of each place's request, 0 where there is none: a set's are one cache line.
    private readonly uint[] _tags;

    // When each place's request arrived, in milliseconds.
    private readonly long[] _arrivals;
    private readonly Entry[] _entries;
    private readonly ReplyRing _replies;
    private readonly HeldReplies? _held;
    private readonly ListenerCounters _counters;
    private readonly long _lifetimeMilliseconds;
    private readonly int _setMask;
    private readonly ulong _seed = (ulong)Random.Shared.NextInt64();

    /// <param name="capacity">How many requests are known; rounded up to a power of two.</param>
    /// <param name="lifetime">For how long.</param>
    /// <param name="held">Where answers wait for the disc, on an accounting port.</param>
    /// <param name="counters">The listener's.</param>
    public ReplyCache(int capacity, TimeSpan lifetime, HeldReplies? held, ListenerCounters counters)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, Ways));
        _tags = new uint[places];
        _arrivals = new long[places];
        _entries = new Entry[places];
        _replies = new ReplyRing((int)Math.Clamp((long)places * ReplyOctetsPerEntry, 1 << 18, 1 << 30));
        _held = held;
        _counters = counters;
        _lifetimeMilliseconds = (long)lifetime.TotalMilliseconds;
        _setMask = (places / Ways) - 1;
    }

    /// <summary>
    /// Looks a genuine request up and, where it is new, gives it a place.
    /// </summary>
    /// <param name="packet">The request.</param>
    /// <param name="source">Its sender.</param>
    /// <param name="now">Milliseconds on a clock that never goes back.</param>
    /// <param name="place">Its place, where it is new.</param>
    /// <param name="reply">The answer it got, where it was answered; valid until the next call.</param>
    public RequestNovelty Enter(PacketView packet, in SourceAddress source, long now, out CachePlace place, out ReadOnlySpan<byte> reply)
    {
        ReadOnlySpan<byte> octets = packet.Octets;
        Key key = new(source, octets[0], octets[1]);
        ReadOnlySpan<ulong> authenticator = MemoryMarshal.Cast<byte, ulong>(packet.Authenticator);
        ulong hash = key.Hash(_seed);
        uint tag = (uint)(hash >> 32) | 1;
        int set = ((int)hash & _setMask) * Ways;
        reply = default;

        int index = Find(key, tag, set);
        if (index >= 0)
        {
            ref Entry known = ref _entries[index];
            if (known.Authenticator0 == authenticator[0] && known.Authenticator1 == authenticator[1]
                && now - _arrivals[index] < _lifetimeMilliseconds
                && TryRecall(known, now, out RequestNovelty novelty, out reply))
            {
                place = default;
                return novelty;
            }
        }
        else
        {
            index = ChoosePlace(set, now);
            _tags[index] = tag;
            _entries[index].Key = key;
        }

        ref Entry entry = ref _entries[index];
        entry.Authenticator0 = authenticator[0];
        entry.Authenticator1 = authenticator[1];
        entry.State = EntryState.InProgress;
        entry.Generation++;
        _arrivals[index] = now;
        place = new CachePlace(index, entry.Generation);
        return RequestNovelty.New;
    }

    /// <summary>Keeps an answer that leaves at <paramref name="leavesAt"/>; until then a retransmission is one of a request in progress.</summary>
    public void Answer(CachePlace place, ReadOnlySpan<byte> reply, long leavesAt)
    {
        ref Entry entry = ref _entries[place.Index];
        if (entry.Generation == place.Generation)
        {
            Store(ref entry, reply);
            entry.State = EntryState.Answered;
            entry.LeavesAt = leavesAt;
        }
    }

    /// <summary>Keeps an answer that waits in a held slot; until it has left, a retransmission is one of a request in progress.</summary>
    public void Hold(CachePlace place, ReadOnlySpan<byte> reply, int ticket, uint generation)
    {
        ref Entry entry = ref _entries[place.Index];
        Store(ref entry, reply);
        entry.State = EntryState.Held;
        entry.LeavesAt = (long)ticket << 32 | generation;
    }

    /// <summary>Forgets a request that got no answer: a retransmission will be handled anew.</summary>
    public void Forget(CachePlace place)
    {
        ref Entry entry = ref _entries[place.Index];
        if (entry.Generation == place.Generation)
        {
            entry.Generation++;
            _tags[place.Index] = 0;
        }
    }

    private void Store(ref Entry entry, ReadOnlySpan<byte> reply)
    {
        entry.ReplyPosition = _replies.Add(reply);
        entry.ReplyLength = (ushort)reply.Length;
    }

    private bool TryRecall(in Entry entry, long now, out RequestNovelty novelty, out ReadOnlySpan<byte> reply)
    {
        reply = default;
        novelty = RequestNovelty.InProgress;
        if (entry.State == EntryState.InProgress
            || (entry.State == EntryState.Answered && now < entry.LeavesAt)
            || (entry.State == EntryState.Held && _held!.IsHeld((int)(entry.LeavesAt >> 32), (uint)entry.LeavesAt)))
        {
            return true;
        }

        novelty = RequestNovelty.Answered;
        if (_replies.TryGet(entry.ReplyPosition, entry.ReplyLength, out reply))
        {
            return true;
        }

        // Answers that are long, or many, have pushed this one out.
        _counters.Count(ListenerEvent.RequestForgotten);
        return false;
    }

    private int Find(in Key key, uint tag, int set)
    {
        for (uint matches = Matches(tag, set); matches != 0; matches &= matches - 1)
        {
            int index = set + BitOperations.TrailingZeroCount(matches);
            if (_entries[index].Key == key)
            {
                return index;
            }
        }

        return -1;
    }

    private int ChoosePlace(int set, long now)
    {
        uint free = Matches(0, set);
        if (free != 0)
        {
            return set + BitOperations.TrailingZeroCount(free);
        }

        int oldest = set;
        for (int i = set + 1; i < set + Ways; i++)
        {
            if (_arrivals[i] < _arrivals[oldest])
            {
                oldest = i;
            }
        }

        if (now - _arrivals[oldest] < _lifetimeMilliseconds)
        {
            _counters.Count(ListenerEvent.RequestForgotten);
        }

        return oldest;
    }

    private uint Matches(uint tag, int set)
    {
        ref uint first = ref _tags[set];
        Vector256<uint> wanted = Vector256.Create(tag);
        return Vector256.Equals(Vector256.LoadUnsafe(ref first), wanted).ExtractMostSignificantBits()
            | Vector256.Equals(Vector256.LoadUnsafe(ref first, 8), wanted).ExtractMostSignificantBits() << 8;
    }

    private enum EntryState : byte
    {
        InProgress,
        Answered,
        Held,
    }

    private readonly record struct Key
    {
        private readonly ulong _addressHigh;
        private readonly ulong _addressLow;
        private readonly uint _portCodeIdentifier;

        public Key(in SourceAddress source, byte code, byte identifier)
        {
            _addressHigh = (ulong)(source.Address >> 64);
            _addressLow = (ulong)source.Address;
            _portCodeIdentifier = (uint)source.Port << 16 | (uint)code << 8 | identifier;
        }

        // Only requests that proved themselves get here, so a seed is enough against chosen collisions.
        public ulong Hash(ulong seed)
        {
            ulong mixed = (_addressLow ^ seed) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ _portCodeIdentifier ^ BitOperations.RotateLeft(_addressHigh, 29)) * 0xD6E8FEB86659FD93;
            mixed ^= mixed >> 32;
            mixed *= 0xD6E8FEB86659FD93;
            return mixed ^ (mixed >> 29);
        }
    }

    private struct Entry
    {
        public Key Key;
        public uint Generation;
        public ulong Authenticator0;
        public ulong Authenticator1;
        public long ReplyPosition;

        // When the answer leaves; of a held one, its ticket and generation.
        public long LeavesAt;
        public ushort ReplyLength;
        public EntryState State;
    }
}
