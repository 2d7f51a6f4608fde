namespace Kiwire.Radius.Attributes;

/// <summary>How an attribute is hidden under the shared secret (the flag encrypt= of FreeRADIUS dictionaries).</summary>
public enum HiddenAs
{
    /// <summary>Not hidden.</summary>
    None = 0,

    /// <summary>As User-Password (RFC 2865, 5.2): encrypt=1.</summary>
    UserPassword = 1,

    /// <summary>As Tunnel-Password and the MS-MPPE keys, with a salt (RFC 2868, 3.5; RFC 2548, 2.4.2): encrypt=2.</summary>
    TunnelPassword = 2,

    /// <summary>As Ascend-Send-Secret: encrypt=3.</summary>
    Ascend = 3,
}
