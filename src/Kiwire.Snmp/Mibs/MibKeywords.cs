namespace Kiwire.Snmp.Mibs;

/// <summary>What the SMI itself defines, and so is known without a module.</summary>
internal static class MibKeywords
{
    /// <summary>What a type is on the wire (RFC 2578, 7.1; RFC 1155, 3.2).</summary>
    public static readonly Dictionary<string, SnmpType> BaseTypes = new(StringComparer.Ordinal)
    {
        ["INTEGER"] = SnmpType.Integer32,
        ["Integer32"] = SnmpType.Integer32,
        ["OCTET STRING"] = SnmpType.OctetString,
        ["BIT STRING"] = SnmpType.OctetString,
        ["BITS"] = SnmpType.OctetString,
        ["OBJECT IDENTIFIER"] = SnmpType.ObjectIdentifier,
        ["NULL"] = SnmpType.Null,
        ["IpAddress"] = SnmpType.IpAddress,
        ["NetworkAddress"] = SnmpType.IpAddress,
        ["Counter"] = SnmpType.Counter32,
        ["Counter32"] = SnmpType.Counter32,
        ["Gauge"] = SnmpType.Gauge32,
        ["Gauge32"] = SnmpType.Gauge32,
        ["Unsigned32"] = SnmpType.Gauge32,
        ["UInteger32"] = SnmpType.Gauge32,
        ["TimeTicks"] = SnmpType.TimeTicks,
        ["Opaque"] = SnmpType.Opaque,
        ["Counter64"] = SnmpType.Counter64,
    };

    /// <summary>Where names are looked for that a module forgot to import.</summary>
    public static readonly string[] BaseModules = ["SNMPv2-SMI", "SNMPv2-TC", "SNMPv2-MIB"];

    private static readonly HashSet<string> Macros = new(StringComparer.Ordinal)
    {
        "OBJECT-TYPE", "MODULE-IDENTITY", "OBJECT-IDENTITY", "NOTIFICATION-TYPE", "TRAP-TYPE", "OBJECT-GROUP", "NOTIFICATION-GROUP", "MODULE-COMPLIANCE",
        "AGENT-CAPABILITIES", "TEXTUAL-CONVENTION",
    };

    /// <summary>Whether it is a macro or a type of the SMI, which need not be looked up.</summary>
    public static bool Contains(string name) => Macros.Contains(name) || BaseTypes.ContainsKey(name);

    public static bool IsMacro(string name) => Macros.Contains(name);
}
