namespace Kiwire.Snmp;

/// <summary>How a message of SNMPv3 is encrypted (RFC 3414, 8; RFC 3826; for longer keys than 128 bits two drafts).</summary>
public enum PrivacyProtocol
{
    /// <summary>Not at all: noPriv.</summary>
    None,

    /// <summary>CBC-DES.</summary>
    Des,

    /// <summary>CFB128-AES-128.</summary>
    Aes128,

    /// <summary>AES-192, its key extended as draft-blumenthal-aes-usm has it.</summary>
    Aes192,

    /// <summary>AES-256, its key extended as draft-blumenthal-aes-usm has it.</summary>
    Aes256,

    /// <summary>AES-192, its key extended as draft-reeder-snmpv3-usm-3desede has it (Cisco).</summary>
    Aes192Reeder,

    /// <summary>AES-256, its key extended as draft-reeder-snmpv3-usm-3desede has it (Cisco).</summary>
    Aes256Reeder,
}
