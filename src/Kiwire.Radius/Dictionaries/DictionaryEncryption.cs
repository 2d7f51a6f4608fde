namespace Kiwire.Radius.Dictionaries;

/// <summary>How an attribute's value is hidden under the shared secret (the dictionary's <c>encrypt=</c>).</summary>
public enum DictionaryEncryption
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary><c>encrypt=1</c>, <c>encrypt=User-Password</c>: RFC 2865, 5.2.</summary>
    UserPassword = 1,

    /// <summary><c>encrypt=2</c>, <c>encrypt=Tunnel-Password</c>: with a salt, RFC 2868, 3.5.</summary>
    TunnelPassword = 2,

    /// <summary><c>encrypt=3</c>, <c>encrypt=Ascend-Secret</c>: Ascend's, XOR with one MD5.</summary>
    AscendSecret = 3,
}
