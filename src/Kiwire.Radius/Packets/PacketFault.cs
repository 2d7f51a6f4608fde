namespace Kiwire.Radius.Packets;

/// <summary>Why a datagram is not a RADIUS packet (RFC 2865, 3 and 5; RFC 2869, 5.14).</summary>
public enum PacketFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Fewer than 20 octets arrived.</summary>
    TooShort,

    /// <summary>More than 4096 octets arrived.</summary>
    TooLong,

    /// <summary>The Length field is under 20, over 4096, or greater than what arrived.</summary>
    BadLengthField,

    /// <summary>An attribute's length is under 2 or reaches past the end of the packet.</summary>
    BadAttributeLength,

    /// <summary>There are two Message-Authenticators, or one whose length is not 18.</summary>
    BadMessageAuthenticator,
}
