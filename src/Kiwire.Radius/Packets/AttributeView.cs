namespace Kiwire.Radius.Packets;

/// <summary>One attribute as it lies in a packet: its type and the octets of its value, which belong to the packet's buffer.</summary>
public readonly ref struct AttributeView
{
    internal AttributeView(byte type, ReadOnlySpan<byte> value, int offset)
    {
        Type = type;
        Value = value;
        Offset = offset;
    }

    /// <summary>The attribute's type: the first octet.</summary>
    public byte Type { get; }

    /// <summary>The value: 0 to 253 octets.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Where the value begins in the packet, in octets from its start.</summary>
    public int Offset { get; }
}
