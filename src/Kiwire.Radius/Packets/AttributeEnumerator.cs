namespace Kiwire.Radius.Packets;

/// <summary>Walks the attributes of a packet whose structure has been checked, in wire order, without allocation.</summary>
public ref struct AttributeEnumerator
{
    private readonly ReadOnlySpan<byte> _packet;
    private int _next;

    internal AttributeEnumerator(ReadOnlySpan<byte> packet)
    {
        _packet = packet;
        _next = PacketView.HeaderLength;
    }

    /// <summary>The attribute at which the enumerator stands.</summary>
    public AttributeView Current { get; private set; }

    /// <summary>Goes to the next attribute; false at the end of the packet.</summary>
    public bool MoveNext()
    {
        if (_next >= _packet.Length)
        {
            return false;
        }

        int length = _packet[_next + 1];
        Current = new AttributeView(_packet[_next], _packet.Slice(_next + 2, length - 2), _next + 2);
        _next += length;
        return true;
    }
}
