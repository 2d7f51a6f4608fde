using System.Globalization;
using System.Text;

namespace Kiwire.Radius.Attributes;

/// <summary>
/// Where an attribute lies: the vendor (0 for the standard space), the vendor's format, and the numbers from the outermost type
/// inwards - <c>[27]</c> for Session-Timeout, <c>[8]</c> for Mikrotik-Rate-Limit, <c>[241, 1]</c> for an extended attribute
/// (RFC 6929), <c>[245, 26, 11344, 1]</c> for a vendor's inside an extended one (its type 26 holds vendor, type and value: EVS),
/// <c>[26, 2]</c> for a TLV's member. Paths with the same numbers are equal.
/// </summary>
/// <param name="Vendor">The vendor's private enterprise number, or 0.</param>
/// <param name="TypeOctets">How many octets the vendor's types take: 1, 2 or 4 (FreeRADIUS dictionary format= of VENDOR).</param>
/// <param name="LengthOctets">How many octets the vendor's lengths take: 0, 1 or 2.</param>
/// <param name="Continuation">Whether a continuation octet follows the length (WiMAX; format=1,1,c).</param>
/// <param name="First">The outermost number.</param>
/// <param name="Rest">The numbers inside it, outermost first; empty for a plain attribute.</param>
public sealed record AttributePath(
    uint Vendor, byte TypeOctets, byte LengthOctets, bool Continuation, uint First, IReadOnlyList<uint> Rest)
{
    /// <summary>Whether it is a standard attribute with one number.</summary>
    public bool IsPlainStandard => Vendor == 0 && Rest.Count == 0;

    /// <summary>Whether it is an extended attribute of the standard space (RFC 6929): the first number inside is the extended type.</summary>
    internal bool IsExtended => Vendor == 0 && Rest.Count > 0 && First is >= 241 and <= 246;

    /// <summary>Whether it is a vendor's attribute inside an extended one (RFC 6929, 2.4): vendor and type follow the 26.</summary>
    internal bool IsExtendedVendor => IsExtended && Rest.Count >= 3 && Rest[0] == 26;

    /// <summary>The extended attribute that carries a vendor's (241 to 246); 0 where none does.</summary>
    internal byte ExtendedBy => IsExtendedVendor ? (byte)First : (byte)0;

    /// <summary>How many of the numbers inside name the attribute itself; those after them name nested TLVs.</summary>
    internal int Outermost => IsExtendedVendor ? 3 : IsExtended ? 1 : 0;

    /// <summary>A standard attribute with one number.</summary>
    public static AttributePath Standard(byte type) => new(0, 1, 1, false, type, []);

    /// <summary>A vendor's attribute in the usual form.</summary>
    public static AttributePath OfVendor(uint vendor, byte type) => new(vendor, 1, 1, false, type, []);

    /// <summary>An extended attribute: <paramref name="type"/> is 241 to 246 (RFC 6929, 2.1 and 2.2).</summary>
    public static AttributePath Extended(byte type, byte extendedType) => new(0, 1, 1, false, type, [extendedType]);

    /// <summary>A vendor's attribute inside an extended one; <paramref name="type"/> is 241 to 246 (RFC 6929, 2.4).</summary>
    public static AttributePath ExtendedVendor(byte type, uint vendor, byte vendorType) =>
        new(0, 1, 1, false, type, [26, vendor, vendorType]);

    /// <summary>The member with this number of the TLV that lies here.</summary>
    public AttributePath Member(byte type) => this with { Rest = [.. Rest, type] };

    /// <summary>Whether the other path leads to the same place by the same format.</summary>
    public bool Equals(AttributePath? other)
    {
        if (other is null || (Vendor, TypeOctets, LengthOctets, Continuation, First, Rest.Count)
            != (other.Vendor, other.TypeOctets, other.LengthOctets, other.Continuation, other.First, other.Rest.Count))
        {
            return false;
        }

        for (int i = 0; i < Rest.Count; i++)
        {
            if (Rest[i] != other.Rest[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Vendor);
        hash.Add(First);
        for (int i = 0; i < Rest.Count; i++)
        {
            hash.Add(Rest[i]);
        }

        return hash.ToHashCode();
    }

    /// <summary>The numbers with dots between, as RFC 6929, 2.7 writes them: <c>27</c>, <c>26.14988.8</c>, <c>241.1</c>, <c>245.26.11344.1</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        if (Vendor != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"26.{Vendor}.");
        }

        text.Append(First);
        for (int i = 0; i < Rest.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $".{Rest[i]}");
        }

        return text.ToString();
    }
}
