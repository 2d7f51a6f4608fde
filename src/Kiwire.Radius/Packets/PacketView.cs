using System.Buffers.Binary;

namespace Kiwire.Radius.Packets;

/// <summary>
/// A RADIUS packet read in place. <see cref="TryParse"/> checks the whole structure once (RFC 2865, 3 and 5); everything after that
/// reads without checks and without allocation. The view lives no longer than the buffer: <see cref="RadiusPacket"/> is the copy
/// that may be kept.
/// </summary>
public readonly ref struct PacketView
{
    /// <summary>Octets of code, identifier, length and authenticator.</summary>
    public const int HeaderLength = 20;

    /// <summary>The longest packet (RFC 2865, 3).</summary>
    public const int MaximumLength = 4096;

    /// <summary>Octets of an authenticator.</summary>
    public const int AuthenticatorLength = 16;

    private const byte MessageAuthenticatorType = 80;

    /// <summary>A view of octets whose structure has been checked.</summary>
    internal PacketView(ReadOnlySpan<byte> octets, int messageAuthenticatorOffset)
    {
        Octets = octets;
        MessageAuthenticatorOffset = messageAuthenticatorOffset;
    }

    /// <summary>The packet's octets, without the padding that may follow it in its datagram.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Where the 16 octets of the Message-Authenticator begin, or 0 where the packet has none (RFC 2869, 5.14).</summary>
    public int MessageAuthenticatorOffset { get; }

    /// <summary>Whether the packet has a Message-Authenticator; says nothing about its being right.</summary>
    public bool HasMessageAuthenticator => MessageAuthenticatorOffset != 0;

    /// <summary>The packet's code.</summary>
    public RadiusCode Code => (RadiusCode)Octets[0];

    /// <summary>The identifier that ties an answer to its request.</summary>
    public byte Identifier => Octets[1];

    /// <summary>The Request or Response Authenticator: 16 octets.</summary>
    public ReadOnlySpan<byte> Authenticator => Octets.Slice(4, AuthenticatorLength);

    /// <summary>
    /// Checks a datagram's structure: 20 to 4096 octets, a Length field within them, attributes that fill the length exactly, at most
    /// one Message-Authenticator, of 16 octets. Octets past the length are padding (RFC 2865, 3).
    /// </summary>
    /// <param name="datagram">What arrived.</param>
    /// <param name="packet">The packet, where the answer is true.</param>
    /// <param name="fault">What is wrong, where the answer is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out PacketView packet, out PacketFault fault)
    {
        packet = default;
        if (datagram.Length < HeaderLength)
        {
            fault = PacketFault.TooShort;
            return false;
        }

        if (datagram.Length > MaximumLength)
        {
            fault = PacketFault.TooLong;
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (length < HeaderLength || length > datagram.Length)
        {
            fault = PacketFault.BadLengthField;
            return false;
        }

        int messageAuthenticator = 0;
        ReadOnlySpan<byte> octets = datagram[..length];
        for (int at = HeaderLength; at < octets.Length;)
        {
            if (at + 1 >= octets.Length || octets[at + 1] < 2 || at + octets[at + 1] > octets.Length)
            {
                fault = PacketFault.BadAttributeLength;
                return false;
            }

            if (octets[at] == MessageAuthenticatorType)
            {
                if (messageAuthenticator != 0 || octets[at + 1] != 2 + AuthenticatorLength)
                {
                    fault = PacketFault.BadMessageAuthenticator;
                    return false;
                }

                messageAuthenticator = at + 2;
            }

            at += octets[at + 1];
        }

        packet = new PacketView(octets, messageAuthenticator);
        fault = PacketFault.None;
        return true;
    }

    /// <summary>Walks the attributes in wire order.</summary>
    public AttributeEnumerator GetEnumerator() => new(Octets);

    /// <summary>The first attribute of a type; false where there is none.</summary>
    public bool TryGet(byte type, out ReadOnlySpan<byte> value)
    {
        foreach (AttributeView attribute in this)
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether there is an attribute of a type.</summary>
    public bool Has(byte type) => TryGet(type, out _);

    /// <summary>A copy that may outlive the buffer.</summary>
    public RadiusPacket ToPacket() => RadiusPacket.Copy(this);
}
