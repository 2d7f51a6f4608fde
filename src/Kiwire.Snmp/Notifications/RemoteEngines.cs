using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Notifications;

/// <summary>
/// The engines that traps came from, with their users' keys and their clocks: only those that have proved themselves, and no more than so
/// many; the one not heard of for longest makes room.
/// </summary>
internal sealed class RemoteEngines(TimeProvider time, int capacity)
{
    private readonly Dictionary<(string EngineId, UsmUser User), LinkedListNode<Known>> _known = [];
    private readonly LinkedList<Known> _byUse = [];

    /// <summary>How many there are.</summary>
    public int Count => _known.Count;

    /// <summary>An engine and user that are known; null: they are not.</summary>
    public AgentEngine? Find(ReadOnlySpan<byte> engineId, UsmUser user)
    {
        if (!_known.TryGetValue((Convert.ToHexString(engineId), user), out LinkedListNode<Known>? node))
        {
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddLast(node);
        return node.Value.Engine;
    }

    /// <summary>Adds an engine that has proved itself.</summary>
    public AgentEngine Add(ReadOnlySpan<byte> engineId, UsmUser user)
    {
        if (_known.Count >= capacity)
        {
            _ = _known.Remove(_byUse.First!.Value.Key);
            _byUse.RemoveFirst();
        }

        byte[] id = engineId.ToArray();
        AgentEngine engine = new(id, new Lazy<UserKeys>(user.KeysOn(id)), time);
        (string, UsmUser) key = (Convert.ToHexString(engineId), user);
        _known.Add(key, _byUse.AddLast(new Known(key, engine)));
        return engine;
    }

    private sealed record Known((string EngineId, UsmUser User) Key, AgentEngine Engine);
}
