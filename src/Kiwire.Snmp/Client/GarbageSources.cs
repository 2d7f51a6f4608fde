namespace Kiwire.Snmp;

/// <summary>Who lately sent datagrams that are no SNMP messages: the last few, so that a request given up can say so.</summary>
internal sealed class GarbageSources
{
    private const int Capacity = 16;

    private readonly Lock _lock = new();
    private readonly PeerAddress[] _peers = new PeerAddress[Capacity];
    private int _next;

    public void Add(PeerAddress peer)
    {
        lock (_lock)
        {
            if (!_peers.AsSpan().Contains(peer))
            {
                _peers[_next] = peer;
                _next = (_next + 1) % Capacity;
            }
        }
    }

    /// <summary>Whether it is among them; from now on it is not.</summary>
    public bool Remove(PeerAddress peer)
    {
        lock (_lock)
        {
            int index = _peers.AsSpan().IndexOf(peer);
            if (index >= 0)
            {
                _peers[index] = default;
            }

            return index >= 0;
        }
    }
}
