using System.Buffers.Binary;
using System.Text;

namespace Kiwire.Server.Sessions;

/// <summary>
/// What identifies a session: NAS, Acct-Session-Id, and the client. Kept as one run of octets, so that it can be looked up without
/// allocation.
/// </summary>
/// <remarks><code>tenant 8 | NAS 8 | length of the session id 2 | session id | client key</code></remarks>
internal static class SessionKey
{
    /// <summary>The most octets of a key.</summary>
    public const int MaximumLength = HeaderLength + (4 * 253) + AccountingRecord.MaximumClientKeyLength;

    private const int HeaderLength = 18;

    /// <summary>Writes the key of a record's session.</summary>
    /// <param name="record">A record of a session.</param>
    /// <param name="destination">At least <see cref="MaximumLength"/> octets.</param>
    /// <returns>The number of octets.</returns>
    public static int Write(scoped in AccountingRecord record, Span<byte> destination)
    {
        WriteHeader(record.TenantId, record.NasId, record.SessionId.Length, destination);
        record.SessionId.CopyTo(destination[HeaderLength..]);
        int length = HeaderLength + record.SessionId.Length;
        return length + record.WriteClientKey(destination[length..]);
    }

    /// <summary>The key of a session as the database has it.</summary>
    public static byte[] Of(long tenantId, long nasId, string sessionId, string clientKey)
    {
        int sessionIdLength = Encoding.UTF8.GetByteCount(sessionId);
        byte[] key = new byte[HeaderLength + sessionIdLength + Encoding.UTF8.GetByteCount(clientKey)];
        WriteHeader(tenantId, nasId, sessionIdLength, key);
        Encoding.UTF8.GetBytes(sessionId, key.AsSpan(HeaderLength));
        Encoding.UTF8.GetBytes(clientKey, key.AsSpan(HeaderLength + sessionIdLength));
        return key;
    }

    public static long TenantId(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key);

    public static long NasId(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[8..]);

    public static ReadOnlySpan<byte> SessionId(ReadOnlySpan<byte> key) => key.Slice(HeaderLength, BinaryPrimitives.ReadUInt16BigEndian(key[16..]));

    public static ReadOnlySpan<byte> ClientKey(ReadOnlySpan<byte> key) => key[(HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(key[16..]))..];

    private static void WriteHeader(long tenantId, long nasId, int sessionIdLength, Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64BigEndian(destination, tenantId);
        BinaryPrimitives.WriteInt64BigEndian(destination[8..], nasId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[16..], (ushort)sessionIdLength);
    }
}

/// <summary>Compares keys by their octets; a run of octets that is not an array finds the array that is equal to it.</summary>
internal sealed class SessionKeyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>, IComparer<byte[]>
{
    public static SessionKeyComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        // Seeded in each process, so that nobody can choose keys that collide.
        HashCode hash = default;
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
