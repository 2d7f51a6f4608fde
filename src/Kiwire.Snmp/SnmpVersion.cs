namespace Kiwire.Snmp;

/// <summary>The version that a message names itself by (RFC 3584, 4; RFC 3412, 6).</summary>
public enum SnmpVersion
{
    /// <summary>SNMPv1 (RFC 1157).</summary>
    V1 = 0,

    /// <summary>Community-based SNMPv2 (RFC 1901).</summary>
    V2c = 1,

    /// <summary>SNMPv3 (RFC 3412).</summary>
    V3 = 3,
}
