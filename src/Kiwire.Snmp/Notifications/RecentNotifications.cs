using System.Net;
using System.Security.Cryptography;

namespace Kiwire.Snmp.Notifications;

/// <summary>
/// What was taken lately, so that an inform whose answer was lost, and a datagram that the network doubled or somebody sent once more, count
/// once. Two notifications are the same if their PDUs are, request-id and time and all, and their senders: their engine, or where there is
/// none, address and port. The oldest make room for the newest.
/// </summary>
internal sealed class RecentNotifications(TimeProvider time, int capacity)
{
    // Longer than any sender repeats, and than a message of SNMPv3 is in time for (RFC 3414, 2.2.3).
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(5);

    private readonly Queue<(UInt128 Key, long At)> _order = [];
    private readonly HashSet<UInt128> _keys = [];

    /// <summary>The key of a notification.</summary>
    public static UInt128 KeyOf(IPEndPoint from, ReadOnlySpan<byte> engineId, ReadOnlySpan<byte> pdu)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (engineId.IsEmpty)
        {
            hash.AppendData(from.Address.GetAddressBytes());
            hash.AppendData(BitConverter.GetBytes(from.Port));
        }
        else
        {
            hash.AppendData(engineId);
        }

        hash.AppendData(pdu);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _ = hash.GetHashAndReset(digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Whether it was taken lately.</summary>
    public bool Contains(UInt128 key)
    {
        while (_order.TryPeek(out (UInt128 Key, long At) oldest) && time.GetElapsedTime(oldest.At) > s_memory)
        {
            _ = _keys.Remove(_order.Dequeue().Key);
        }

        return _keys.Contains(key);
    }

    /// <summary>Remembers it.</summary>
    public void Add(UInt128 key)
    {
        if (!_keys.Add(key))
        {
            return;
        }

        _order.Enqueue((key, time.GetTimestamp()));
        if (_order.Count > capacity)
        {
            _ = _keys.Remove(_order.Dequeue().Key);
        }
    }
}
