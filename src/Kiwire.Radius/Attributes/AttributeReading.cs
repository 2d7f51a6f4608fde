using System.Diagnostics.CodeAnalysis;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Attributes;

/// <summary>
/// Reads typed attributes from packets, wherever they lie. Octets that are not a value of the attribute's type, or that are malformed
/// on the way to it, count as absent: nothing here throws for what a packet holds.
/// </summary>
public static class AttributeReading
{
    /// <summary>The first value of an attribute that is not hidden; false where there is none.</summary>
    public static bool TryGet<T>(this PacketView packet, AttributeKey<T> key, [MaybeNullWhen(false)] out T value) =>
        packet.TryGet(key, default, out value);

    /// <summary>The first value of an attribute; false where there is none.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="key">The attribute.</param>
    /// <param name="context">Secret and request authenticator, for hidden attributes.</param>
    /// <param name="value">The value.</param>
    public static bool TryGet<T>(
        this PacketView packet, AttributeKey<T> key, in AttributeContext context, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Concat)
        {
            return TryGetJoined(packet, key, context, out value);
        }

        FirstVisitor<T> first = new(key.Codec, context);
        AttributeWalker.Walk(packet, key.Path, ref first);
        value = first.Value;
        return first.Found;
    }

    /// <summary>The first value of an attribute that is not hidden; false where there is none.</summary>
    public static bool TryGet<T>(this RadiusPacket packet, AttributeKey<T> key, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(packet);
        return packet.View.TryGet(key, default, out value);
    }

    /// <summary>The first value of an attribute; false where there is none.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="key">The attribute.</param>
    /// <param name="context">Secret and request authenticator, for hidden attributes.</param>
    /// <param name="value">The value.</param>
    public static bool TryGet<T>(
        this RadiusPacket packet, AttributeKey<T> key, in AttributeContext context, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(packet);
        return packet.View.TryGet(key, context, out value);
    }

    /// <summary>All values of an attribute, in wire order; a concatenated one has at most one.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="key">The attribute.</param>
    /// <param name="context">Secret and request authenticator, for hidden attributes.</param>
    public static IReadOnlyList<T> GetAll<T>(this PacketView packet, AttributeKey<T> key, in AttributeContext context = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Concat)
        {
            return TryGetJoined(packet, key, context, out T? joined) ? [joined] : [];
        }

        ListVisitor<T> list = new(key.Codec, context);
        AttributeWalker.Walk(packet, key.Path, ref list);
        return list.Values;
    }

    /// <summary>All values of an attribute, in wire order; a concatenated one has at most one.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="key">The attribute.</param>
    /// <param name="context">Secret and request authenticator, for hidden attributes.</param>
    public static IReadOnlyList<T> GetAll<T>(this RadiusPacket packet, AttributeKey<T> key, in AttributeContext context = default)
    {
        ArgumentNullException.ThrowIfNull(packet);
        return packet.View.GetAll(key, context);
    }

    /// <summary>
    /// The octets of all values of an attribute, as they lie in the packet but for joined pieces: tags and hiding are still there.
    /// For dumps, which know an attribute by name only.
    /// </summary>
    public static IReadOnlyList<byte[]> GetAllOctets(this PacketView packet, AttributeKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return packet.GetAll(new AttributeKey<byte[]>(key.Name, key.Path, Codecs.Octets, key.Concat));
    }

    private static bool TryGetJoined<T>(
        PacketView packet, AttributeKey<T> key, in AttributeContext context, [MaybeNullWhen(false)] out T value)
    {
        JoinVisitor join = new(new byte[packet.Octets.Length]);
        AttributeWalker.Walk(packet, key.Path, ref join);
        value = default;
        return join.Pieces > 0 && key.Codec.TryRead(join.Joined, context, out value);
    }

    private ref struct FirstVisitor<T>(AttributeCodec<T> codec, AttributeContext context) : IValueVisitor
    {
        private readonly AttributeContext _context = context;

        [MemberNotNullWhen(true, nameof(Value))]
        public bool Found { get; private set; }

        public T? Value { get; private set; }

        public bool Visit(scoped ReadOnlySpan<byte> value)
        {
            Found = codec.TryRead(value, _context, out T? read);
            Value = read;
            return !Found;
        }
    }

    private ref struct ListVisitor<T>(AttributeCodec<T> codec, AttributeContext context) : IValueVisitor
    {
        private readonly AttributeContext _context = context;

        public List<T> Values { get; } = [];

        public readonly bool Visit(scoped ReadOnlySpan<byte> value)
        {
            if (codec.TryRead(value, _context, out T? read))
            {
                Values.Add(read);
            }

            return true;
        }
    }

    private struct JoinVisitor(byte[] buffer) : IValueVisitor
    {
        private int _length;

        public int Pieces { get; private set; }

        public readonly ReadOnlySpan<byte> Joined => buffer.AsSpan(0, _length);

        public bool Visit(scoped ReadOnlySpan<byte> value)
        {
            value.CopyTo(buffer.AsSpan(_length));
            _length += value.Length;
            Pieces++;
            return true;
        }
    }
}
