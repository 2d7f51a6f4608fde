namespace Kiwire.Radius.Eap;

/// <summary>
/// The keys that a method agreed on with the peer, as the authenticator gets them: the values of MS-MPPE-Send-Key and MS-MPPE-Recv-Key
/// (RFC 2548, 2.4.2 and 2.4.3) before they are hidden. The master session key is the receive key, the send key, and zeros up to 64
/// octets. They never print themselves.
/// </summary>
/// <param name="sendKey">MS-MPPE-Send-Key.</param>
/// <param name="receiveKey">MS-MPPE-Recv-Key.</param>
public sealed class EapKeys(ReadOnlyMemory<byte> sendKey, ReadOnlyMemory<byte> receiveKey)
{
    /// <summary>MS-MPPE-Send-Key: 16 or 32 octets.</summary>
    public ReadOnlyMemory<byte> SendKey { get; } = sendKey;

    /// <summary>MS-MPPE-Recv-Key: 16 or 32 octets.</summary>
    public ReadOnlyMemory<byte> ReceiveKey { get; } = receiveKey;

    /// <summary>Never the keys.</summary>
    public override string ToString() => "(keys)";
}
