namespace Kiwire.Snmp.Security;

/// <summary>
/// Many agents are silent, instead of sending the report that RFC 3413 and RFC 3414 ask for, where they do not know the context or decipher
/// nonsense. A request for nothing that leaves the suspected thing out tells: if that is answered, the thing was it.
/// </summary>
internal enum UsmProbe
{
    /// <summary>The request itself is asked.</summary>
    None,

    /// <summary>Nothing, in the default context.</summary>
    DefaultContext,

    /// <summary>Nothing, authenticated but not enciphered, in the default context.</summary>
    InTheClear,
}
