namespace Kiwire.Snmp;

/// <summary>What a value is: its tag on the wire (RFC 2578, 2; RFC 3416, 3).</summary>
public enum SnmpType
{
    /// <summary>INTEGER, -2^31 to 2^31 - 1.</summary>
    Integer32 = 0x02,

    /// <summary>OCTET STRING.</summary>
    OctetString = 0x04,

    /// <summary>NULL: no value, as in a request.</summary>
    Null = 0x05,

    /// <summary>OBJECT IDENTIFIER.</summary>
    ObjectIdentifier = 0x06,

    /// <summary>An IPv4 address in four octets.</summary>
    IpAddress = 0x40,

    /// <summary>Counts up from any value, and from 2^32 - 1 goes on at 0.</summary>
    Counter32 = 0x41,

    /// <summary>Goes up and down, 0 to 2^32 - 1; Unsigned32 has the same tag.</summary>
    Gauge32 = 0x42,

    /// <summary>Hundredths of a second, modulo 2^32.</summary>
    TimeTicks = 0x43,

    /// <summary>Octets that hold another BER encoding; agents put floating point numbers there.</summary>
    Opaque = 0x44,

    /// <summary>Counts up, modulo 2^64. SNMPv1 does not know it.</summary>
    Counter64 = 0x46,

    /// <summary>Instead of a value: the agent has no such object.</summary>
    NoSuchObject = 0x80,

    /// <summary>Instead of a value: the agent has the object, and not this instance of it.</summary>
    NoSuchInstance = 0x81,

    /// <summary>Instead of a value: nothing comes after the identifier asked for.</summary>
    EndOfMibView = 0x82,
}
