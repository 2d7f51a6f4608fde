namespace Kiwire.Snmp.Security;

/// <summary>msgFlags (RFC 3412, 6.4). The two lower bits are the security level.</summary>
[Flags]
internal enum UsmFlags : byte
{
    None = 0,

    /// <summary>The message is authenticated.</summary>
    Authenticated = 1,

    /// <summary>The scoped PDU is enciphered.</summary>
    Private = 2,

    /// <summary>A Report-PDU may be sent about it.</summary>
    Reportable = 4,

    /// <summary>The bits that are the security level.</summary>
    Level = Authenticated | Private,
}
