namespace Kiwire.Radius.Attributes;

/// <summary>
/// Where an attribute lies: the vendor (0 for the standard space), the vendor's format, and the numbers from the outermost type
/// inwards - <c>[27]</c> for Session-Timeout, <c>[8]</c> for Mikrotik-Rate-Limit, <c>[241, 1]</c> for an extended attribute
/// (RFC 6929), <c>[26, 2]</c> for a TLV's member.
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
    /// <summary>A standard attribute with one number.</summary>
    public static AttributePath Standard(byte type) => new(0, 1, 1, false, type, []);

    /// <summary>A vendor's attribute in the usual form.</summary>
    public static AttributePath OfVendor(uint vendor, byte type) => new(vendor, 1, 1, false, type, []);

    /// <summary>Whether it is a standard attribute with one number.</summary>
    public bool IsPlainStandard => Vendor == 0 && Rest.Count == 0;
}
