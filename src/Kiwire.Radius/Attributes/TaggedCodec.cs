using System.Globalization;

namespace Kiwire.Radius.Attributes;

/// <summary>A value with a tag, in whichever of the three places RFC 2868, 3 gives it.</summary>
internal sealed class TaggedCodec<T>(AttributeCodec<T> inner) : AttributeCodec<Tagged<T>>
{
    private const byte HighestTag = 0x1f;

    public override bool IsHidden => inner.IsHidden;

    public override bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, out Tagged<T> value)
    {
        value = default;
        if (octets.IsEmpty && inner.TagPlace != TagPlace.BeforeUnlessPrintable)
        {
            return false;
        }

        // RFC 2868, 3.1 ff.: an octet over 0x1F is no tag. Before a string it belongs to the string; elsewhere it is ignored.
        bool tagged = !octets.IsEmpty && octets[0] <= HighestTag;
        byte tag = tagged ? octets[0] : (byte)0;
        T? read;
        if (inner.TagPlace == TagPlace.InHighestOctet)
        {
            Span<byte> whole = stackalloc byte[sizeof(uint)];
            if (octets.Length != whole.Length)
            {
                return false;
            }

            octets.CopyTo(whole);
            whole[0] = 0;
            if (!inner.TryRead(whole, context, out read))
            {
                return false;
            }
        }
        else if (!inner.TryRead(tagged || inner.TagPlace == TagPlace.Before ? octets[1..] : octets, context, out read))
        {
            return false;
        }

        value = new Tagged<T>(tag, read);
        return true;
    }

    public override int MaximumLength(Tagged<T> value) => 1 + inner.MaximumLength(value.Value);

    public override int Write(Tagged<T> value, in AttributeContext context, Span<byte> destination)
    {
        if (value.Tag > HighestTag)
        {
            throw new ArgumentException($"A tag lies between 0 and 31, not {value.Tag} (RFC 2868, 3.1).", nameof(value));
        }

        if (inner.TagPlace == TagPlace.InHighestOctet)
        {
            int length = inner.Write(value.Value, context, destination);
            if (destination[0] != 0)
            {
                throw new ArgumentException("A tagged integer has 24 bits (RFC 2868, 3.1).", nameof(value));
            }

            destination[0] = value.Tag;
            return length;
        }

        int written = inner.Write(value.Value, context, destination[1..]);

        // A string without a tag goes without the octet, since some readers take a zero for part of it, unless its own first octet would be taken for a tag.
        if (value.Tag == 0 && inner.TagPlace == TagPlace.BeforeUnlessPrintable && written > 0 && destination[1] > HighestTag)
        {
            destination.Slice(1, written).CopyTo(destination);
            return written;
        }

        destination[0] = value.Tag;
        return 1 + written;
    }

    public override string Format(Tagged<T> value) =>
        value.Tag == 0 ? inner.Format(value.Value) : string.Create(CultureInfo.InvariantCulture, $":{value.Tag}:{inner.Format(value.Value)}");

    public override bool TryParse(string text, out Tagged<T> value)
    {
        value = default;
        byte tag = 0;
        int end = text.StartsWith(':') ? text.IndexOf(':', 1) : -1;
        if (end > 0 && byte.TryParse(text.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out tag) && tag <= HighestTag)
        {
            text = text[(end + 1)..];
        }
        else
        {
            tag = 0;
        }

        if (!inner.TryParse(text, out T? parsed))
        {
            return false;
        }

        value = new Tagged<T>(tag, parsed);
        return true;
    }
}
