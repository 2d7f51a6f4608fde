using System.Diagnostics.CodeAnalysis;
using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Paths are the same where vendor and numbers are; the vendor's format goes with the vendor.</summary>
internal sealed class AttributePathComparer : IEqualityComparer<AttributePath>
{
    public static readonly AttributePathComparer Instance = new();

    public bool Equals(AttributePath? x, AttributePath? y)
    {
        if (x is null || y is null)
        {
            return ReferenceEquals(x, y);
        }

        if (x.Vendor != y.Vendor || x.First != y.First || x.Rest.Count != y.Rest.Count)
        {
            return false;
        }

        for (int at = 0; at < x.Rest.Count; at++)
        {
            if (x.Rest[at] != y.Rest[at])
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode([DisallowNull] AttributePath path)
    {
        var hash = new HashCode();
        hash.Add(path.Vendor);
        hash.Add(path.First);
        for (int at = 0; at < path.Rest.Count; at++)
        {
            hash.Add(path.Rest[at]);
        }

        return hash.ToHashCode();
    }
}
