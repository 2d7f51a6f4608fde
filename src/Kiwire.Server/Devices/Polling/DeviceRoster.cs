using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// All devices that are to be polled by anybody, in memory: read once, and then what has changed. Not for several threads.
/// </summary>
internal sealed class DeviceRoster
{
    private readonly DeviceStore _store;
    private readonly CredentialsSource _credentials;
    private readonly Dictionary<(long TenantId, long DeviceId), DeviceAccess> _devices = [];

    private readonly Lock _lock = new();
    private readonly HashSet<(long TenantId, long DeviceId)> _changed = [];
    private bool _readAll = true;

    public DeviceRoster(DeviceStore store, CredentialsSource credentials, ChangeFeed changes)
    {
        _store = store;
        _credentials = credentials;
        changes.Subscribe(Note);
    }

    public IReadOnlyDictionary<(long TenantId, long DeviceId), DeviceAccess> Devices => _devices;

    /// <summary>Reads what has changed since the last time; false: nothing has.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; it is read the next time.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        bool readAll;
        (long TenantId, long DeviceId)[] changed;
        lock (_lock)
        {
            (readAll, _readAll) = (_readAll, false);
            changed = [.. _changed];
            _changed.Clear();
        }

        try
        {
            if (readAll)
            {
                await ReadAllAsync(cancellationToken);
            }
            else
            {
                foreach ((long TenantId, long DeviceId) key in changed)
                {
                    Set(key, await _store.FindAccessAsync(key.TenantId, key.DeviceId, cancellationToken));
                }
            }
        }
        catch
        {
            lock (_lock)
            {
                _readAll |= readAll;
                _changed.UnionWith(changed);
            }

            throw;
        }

        return readAll || changed.Length > 0;
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        HashSet<(long, long)> gone = [.. _devices.Keys];
        await foreach ((Device Device, DeviceSecrets Secrets) read in _store.ReadAccessAsync(cancellationToken))
        {
            (long TenantId, long DeviceId) key = (read.Device.TenantId, read.Device.DeviceId);
            _ = gone.Remove(key);
            Set(key, read);
        }

        foreach ((long, long) key in gone)
        {
            _ = _devices.Remove(key);
        }
    }

    private void Set((long TenantId, long DeviceId) key, (Device Device, DeviceSecrets Secrets)? read)
    {
        if (read is not ({ PollSeconds: > 0 } device, var secrets) || !DeviceAddress.TryParse(device.Address, out DeviceAddress address))
        {
            _ = _devices.Remove(key);
            return;
        }

        if (_devices.TryGetValue(key, out DeviceAccess? known) && known.Version == device.Version)
        {
            return;
        }

        _devices[key] = new DeviceAccess
        {
            TenantId = key.TenantId,
            DeviceId = key.DeviceId,
            Identity = device.Identity,
            Address = address,
            Credentials = _credentials.Find(device, secrets, out string fault),
            Fault = fault,
            Mib = device.Mib,
            Mac = device.Mac,
            PollSeconds = device.PollSeconds,
            Version = device.Version,
        };
    }

    private void Note(Change change)
    {
        if (change.Kind != ChangeKind.Device)
        {
            return;
        }

        lock (_lock)
        {
            if (change.Id == 0)
            {
                _readAll = true;
            }
            else
            {
                _ = _changed.Add((change.TenantId, change.Id));
            }
        }
    }
}
