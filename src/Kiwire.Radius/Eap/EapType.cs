namespace Kiwire.Radius.Eap;

/// <summary>What a Request or Response carries: its fifth octet (RFC 3748, 5).</summary>
public enum EapType : byte
{
    /// <summary>Not a type; in a Nak, that no other method would do.</summary>
    None = 0,

    /// <summary>Who the peer is (RFC 3748, 5.1).</summary>
    Identity = 1,

    /// <summary>Something to show to the peer's user (RFC 3748, 5.2).</summary>
    Notification = 2,

    /// <summary>The peer wants another method; responses only (RFC 3748, 5.3.1).</summary>
    Nak = 3,

    /// <summary>A CHAP challenge (RFC 3748, 5.4).</summary>
    Md5Challenge = 4,

    /// <summary>A one-time password (RFC 3748, 5.5).</summary>
    OneTimePassword = 5,

    /// <summary>Generic Token Card: a prompt and what is typed (RFC 3748, 5.6).</summary>
    GenericTokenCard = 6,

    /// <summary>EAP-TLS (RFC 5216).</summary>
    Tls = 13,

    /// <summary>EAP-TTLS (RFC 5281).</summary>
    Ttls = 21,

    /// <summary>Protected EAP.</summary>
    Peap = 25,

    /// <summary>EAP-MSCHAPv2 (draft-kamath-pppext-eap-mschapv2).</summary>
    MsChapV2 = 26,

    /// <summary>Expanded types (RFC 3748, 5.7).</summary>
    Expanded = 254,
}
