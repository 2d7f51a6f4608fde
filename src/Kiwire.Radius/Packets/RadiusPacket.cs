using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Radius.Packets;

/// <summary>A RADIUS packet that owns its octets and may be kept across an await. Immutable.</summary>
public sealed class RadiusPacket
{
    private readonly byte[] _octets;
    private readonly int _messageAuthenticatorOffset;

    private RadiusPacket(byte[] octets, int messageAuthenticatorOffset)
    {
        _octets = octets;
        _messageAuthenticatorOffset = messageAuthenticatorOffset;
    }

    /// <summary>The packet's octets, 20 to 4096 of them.</summary>
    public ReadOnlyMemory<byte> Octets => _octets;

    /// <summary>The packet's code.</summary>
    public RadiusCode Code => (RadiusCode)_octets[0];

    /// <summary>The identifier.</summary>
    public byte Identifier => _octets[1];

    /// <summary>The packet, to be read in place.</summary>
    public PacketView View => new(_octets, _messageAuthenticatorOffset);

    /// <summary>Copies a datagram that is a RADIUS packet; false, and why, where it is not.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out RadiusPacket? packet, out PacketFault fault)
    {
        if (!PacketView.TryParse(datagram, out PacketView view, out fault))
        {
            packet = null;
            return false;
        }

        packet = Copy(view);
        return true;
    }

    internal static RadiusPacket Copy(PacketView view) => new(view.Octets.ToArray(), view.MessageAuthenticatorOffset);
}
