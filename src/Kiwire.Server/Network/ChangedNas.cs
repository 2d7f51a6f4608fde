using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>Which NAS entries were announced as changed and are to be read again.</summary>
internal sealed class ChangedNas
{
    // More at once are read with all others in one go.
    private const int Most = 16;

    private readonly Lock _lock = new();
    private readonly HashSet<(long TenantId, long NasId)> _entries = [];
    private bool _all;

    public ChangedNas(ChangeFeed changes) => changes.Subscribe(Add);

    /// <summary>Those since it was last asked; null: too many to name.</summary>
    public IReadOnlyCollection<(long TenantId, long NasId)>? Take()
    {
        lock (_lock)
        {
            IReadOnlyCollection<(long TenantId, long NasId)>? taken = _all ? null : [.. _entries];
            _entries.Clear();
            _all = false;
            return taken;
        }
    }

    private void Add(Change change)
    {
        if (change.Kind != ChangeKind.Nas)
        {
            return;
        }

        lock (_lock)
        {
            _all |= change.Id == 0 || _entries.Count == Most;
            if (!_all)
            {
                _ = _entries.Add((change.TenantId, change.Id));
            }
        }
    }
}
