using Kiwire.Radius.Packets;

namespace Kiwire.Server.Listening;

/// <summary>What the checks need to know of a request's attributes, from one walk over them.</summary>
internal readonly ref struct RequestTraits
{
    private const byte NasIdentifierType = 32;
    private const byte ProxyStateType = 33;
    private const byte EapMessageType = 79;

    private RequestTraits(ReadOnlySpan<byte> nasIdentifier, bool hasProxyState, bool hasEap)
    {
        NasIdentifier = nasIdentifier;
        HasProxyState = hasProxyState;
        HasEap = hasEap;
    }

    /// <summary>The value of NAS-Identifier, empty where there is none.</summary>
    public ReadOnlySpan<byte> NasIdentifier { get; }

    public bool HasProxyState { get; }

    /// <summary>Whether there is an EAP-Message.</summary>
    public bool HasEap { get; }

    public static RequestTraits Read(PacketView packet)
    {
        ReadOnlySpan<byte> nasIdentifier = default;
        bool hasProxyState = false;
        bool hasEap = false;
        ReadOnlySpan<byte> octets = packet.Octets;
        for (int at = PacketView.HeaderLength; at < octets.Length; at += octets[at + 1])
        {
            switch (octets[at])
            {
                case NasIdentifierType:
                    nasIdentifier = octets[(at + 2)..(at + octets[at + 1])];
                    break;
                case ProxyStateType:
                    hasProxyState = true;
                    break;
                case EapMessageType:
                    hasEap = true;
                    break;
                default:
                    break;
            }
        }

        return new RequestTraits(nasIdentifier, hasProxyState, hasEap);
    }

    /// <summary>Copies the request's Proxy-States to an answer, in order (RFC 2865, 5.33).</summary>
    public static void CopyProxyStates(PacketView packet, PacketWriter writer)
    {
        foreach (AttributeView attribute in packet)
        {
            if (attribute.Type == ProxyStateType)
            {
                writer.Append(ProxyStateType, attribute.Value);
            }
        }
    }
}
