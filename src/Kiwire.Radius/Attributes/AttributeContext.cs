using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Attributes;

/// <summary>What hidden attributes (User-Password, Tunnel-Password, MS-MPPE keys, Ascend's) need besides their octets.</summary>
public readonly ref struct AttributeContext
{
    /// <summary>A context for attributes hidden under <paramref name="secret"/> and the request's authenticator.</summary>
    public AttributeContext(SharedSecret secret, ReadOnlySpan<byte> requestAuthenticator)
    {
        Secret = secret;
        RequestAuthenticator = requestAuthenticator;
    }

    /// <summary>The shared secret; null where nothing hidden can be read or written.</summary>
    public SharedSecret? Secret { get; }

    /// <summary>The authenticator of the request to which the packet belongs: 16 octets.</summary>
    public ReadOnlySpan<byte> RequestAuthenticator { get; }
}
