using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Kiwire.Snmp;

/// <summary>An OBJECT IDENTIFIER: up to 128 sub-identifiers of 32 bits (RFC 2578, 3.5). Ordered as a walk goes: lexicographically.</summary>
public readonly struct ObjectId : IEquatable<ObjectId>, IComparable<ObjectId>, ISpanParsable<ObjectId>
{
    /// <summary>How many sub-identifiers there may be.</summary>
    public const int MaximumLength = 128;

    private readonly uint[]? _subIdentifiers;

    /// <summary>An identifier of these sub-identifiers.</summary>
    /// <exception cref="ArgumentException">There are more than 128.</exception>
    public ObjectId(params ReadOnlySpan<uint> subIdentifiers)
    {
        if (subIdentifiers.Length > MaximumLength)
        {
            throw new ArgumentException($"An object identifier has up to {MaximumLength} sub-identifiers, not {subIdentifiers.Length}.", nameof(subIdentifiers));
        }

        _subIdentifiers = subIdentifiers.ToArray();
    }

    /// <summary>How many sub-identifiers it has; 0 for the default value.</summary>
    public int Length => _subIdentifiers?.Length ?? 0;

    /// <summary>Its sub-identifiers.</summary>
    public ReadOnlySpan<uint> SubIdentifiers => _subIdentifiers;

    /// <summary>Reads "1.3.6.1.2.1.1.3.0"; a leading dot may be there.</summary>
    /// <exception cref="FormatException">It is not an object identifier.</exception>
    public static ObjectId Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static ObjectId Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static ObjectId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => TryParse(s, provider, out ObjectId id)
        ? id
        : throw new FormatException($"\"{s}\" is not an object identifier such as 1.3.6.1.2.1.1.3.0: up to 128 numbers below 2^32 with a dot between each two.");

    /// <summary>Reads "1.3.6.1.2.1.1.3.0"; a leading dot may be there. False: it is not an object identifier.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out ObjectId result) => TryParse(s.AsSpan(), null, out result);

    /// <inheritdoc cref="TryParse(string?, out ObjectId)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ObjectId result) => TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(string?, out ObjectId)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ObjectId result)
    {
        result = default;
        if (s is ['.', ..])
        {
            s = s[1..];
        }

        Span<uint> subIdentifiers = stackalloc uint[MaximumLength];
        int count = 0;
        foreach (Range part in s.Split('.'))
        {
            if (count == MaximumLength || !uint.TryParse(s[part], NumberStyles.None, CultureInfo.InvariantCulture, out subIdentifiers[count]))
            {
                return false;
            }

            count++;
        }

        // The first two share one number on the wire (X.690, 8.19.4): the first is 0, 1 or 2, and under 0 and 1 the second is below 40.
        if (subIdentifiers[0] > 2 || (count > 1 && subIdentifiers[0] < 2 && subIdentifiers[1] > 39))
        {
            return false;
        }

        result = new ObjectId(subIdentifiers[..count]);
        return true;
    }

    /// <summary>This identifier with more sub-identifiers behind it, as an instance is named by its object and an index.</summary>
    /// <exception cref="ArgumentException">There would be more than 128.</exception>
    public ObjectId Append(params ReadOnlySpan<uint> subIdentifiers)
    {
        Span<uint> all = stackalloc uint[MaximumLength];
        if (Length + subIdentifiers.Length > MaximumLength)
        {
            throw new ArgumentException($"An object identifier has up to {MaximumLength} sub-identifiers.", nameof(subIdentifiers));
        }

        SubIdentifiers.CopyTo(all);
        subIdentifiers.CopyTo(all[Length..]);
        return new ObjectId(all[..(Length + subIdentifiers.Length)]);
    }

    /// <summary>Whether it is that identifier or below it.</summary>
    public bool StartsWith(ObjectId prefix) => SubIdentifiers.StartsWith(prefix.SubIdentifiers);

    /// <inheritdoc/>
    public bool Equals(ObjectId other) => ReferenceEquals(_subIdentifiers, other._subIdentifiers) || SubIdentifiers.SequenceEqual(other.SubIdentifiers);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ObjectId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(MemoryMarshal.AsBytes(SubIdentifiers));
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(ObjectId other) => SubIdentifiers.SequenceCompareTo(other.SubIdentifiers);

    /// <summary>"1.3.6.1.2.1.1.3.0": numbers, no leading dot.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Length * 4);
        foreach (uint subIdentifier in SubIdentifiers)
        {
            if (text.Length > 0)
            {
                text.Append('.');
            }

            text.Append(CultureInfo.InvariantCulture, $"{subIdentifier}");
        }

        return text.ToString();
    }

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(ObjectId left, ObjectId right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(ObjectId left, ObjectId right) => !left.Equals(right);

    /// <summary>Whether left comes before right in a walk.</summary>
    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    /// <summary>Whether left comes behind right in a walk.</summary>
    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    /// <summary>Whether left does not come behind right in a walk.</summary>
    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether left does not come before right in a walk.</summary>
    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;
}
