namespace Kiwire.Snmp.Security;

/// <summary>The limits of an snmpEngineID (RFC 3411, 5: SnmpEngineID).</summary>
internal static class EngineId
{
    public const int MinimumLength = 5;
    public const int MaximumLength = 32;

    /// <summary>
    /// Whether an engine can have this id. Some agents in the field have ids shorter than 5 octets, which does no harm; none at all is
    /// how a message asks for the id.
    /// </summary>
    public static bool IsUsable(ReadOnlySpan<byte> engineId) => engineId.Length is > 0 and <= MaximumLength;
}
