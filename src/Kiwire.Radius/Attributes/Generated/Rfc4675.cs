// Written by dictionaries/Generate.cs from dictionary.rfc4675: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 4675: RADIUS Attributes for Virtual LAN and Priority Support.</summary>
public static class Rfc4675
{
    /// <summary>Egress-VLANID (56): integer; one octet 0x31 tagged or 0x32 untagged, 12 bits of VLAN.</summary>
    public static readonly AttributeKey<uint> EgressVlanid =
        new("Egress-VLANID", AttributePath.Standard(56), Codecs.Integer);

    /// <summary>Ingress-Filters (57): integer.</summary>
    public static readonly AttributeKey<uint> IngressFilters =
        new("Ingress-Filters", AttributePath.Standard(57), Codecs.Integer);

    /// <summary>Egress-VLAN-Name (58): string.</summary>
    public static readonly AttributeKey<string> EgressVlanName =
        new("Egress-VLAN-Name", AttributePath.Standard(58), Codecs.Text);

    /// <summary>User-Priority-Table (59): octets.</summary>
    public static readonly AttributeKey<byte[]> UserPriorityTable =
        new("User-Priority-Table", AttributePath.Standard(59), Codecs.Octets);
}

/// <summary>Values of Ingress-Filters (57).</summary>
public enum IngressFilters : uint
{
    /// <summary>Enabled.</summary>
    Enabled = 1,

    /// <summary>Disabled.</summary>
    Disabled = 2,
}
