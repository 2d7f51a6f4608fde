namespace Kiwire.Radius.Dictionaries;

/// <summary>The data types that a dictionary can give an attribute (RFC 8044, and what FreeRADIUS 3.2 has besides).</summary>
public enum DictionaryType
{
    /// <summary><c>string</c>: UTF-8 text.</summary>
    Text,

    /// <summary><c>octets</c>, <c>octets[n]</c>: octets without a meaning here.</summary>
    Octets,

    /// <summary><c>ipaddr</c>: four octets of an IPv4 address.</summary>
    IPv4Address,

    /// <summary><c>ipv6addr</c>: sixteen octets of an IPv6 address.</summary>
    IPv6Address,

    /// <summary><c>combo-ip</c>: an IPv4 or an IPv6 address; the length tells which.</summary>
    IPAddress,

    /// <summary><c>ipv4prefix</c>: RFC 8044, 3.11.</summary>
    IPv4Prefix,

    /// <summary><c>ipv6prefix</c>: RFC 8044, 3.10.</summary>
    IPv6Prefix,

    /// <summary><c>ifid</c>: the eight octets of an interface identifier.</summary>
    InterfaceId,

    /// <summary><c>ether</c>: the six octets of an Ethernet address.</summary>
    EthernetAddress,

    /// <summary><c>byte</c>: one octet.</summary>
    Unsigned8,

    /// <summary><c>short</c>: two octets.</summary>
    Unsigned16,

    /// <summary><c>integer</c>: four octets.</summary>
    Unsigned32,

    /// <summary><c>integer64</c>: eight octets.</summary>
    Unsigned64,

    /// <summary><c>int8</c>: one octet, two's complement.</summary>
    Signed8,

    /// <summary><c>int16</c>: two octets, two's complement.</summary>
    Signed16,

    /// <summary><c>signed</c>: four octets, two's complement.</summary>
    Signed32,

    /// <summary><c>int64</c>: eight octets, two's complement.</summary>
    Signed64,

    /// <summary><c>bool</c>: one octet, 0 or 1.</summary>
    Truth,

    /// <summary><c>date</c>: four octets, seconds since 1970-01-01 UTC.</summary>
    Date,

    /// <summary><c>time_delta</c>: four octets, seconds.</summary>
    Duration,

    /// <summary><c>timeval</c>: four octets of seconds since 1970-01-01 UTC and four of microseconds.</summary>
    PreciseDate,

    /// <summary><c>abinary</c>: Ascend's packet filter in its binary form.</summary>
    AscendFilter,

    /// <summary><c>tlv</c>: holds attributes of its own, with one octet of type and one of length.</summary>
    Tlv,

    /// <summary><c>vsa</c>: holds vendors' attributes (RFC 2865, 5.26).</summary>
    VendorSpecific,

    /// <summary><c>extended</c>: holds attributes by a second octet of type (RFC 6929, 2.1).</summary>
    Extended,

    /// <summary><c>long-extended</c>: as extended, and may go on in further attributes (RFC 6929, 2.2).</summary>
    LongExtended,

    /// <summary><c>evs</c>: holds vendors' attributes inside an extended one (RFC 6929, 2.4).</summary>
    ExtendedVendorSpecific,
}
