using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Accounts;

/// <summary>
/// All profiles, from memory. Accounts in memory point at a profile's holder, so an edit takes effect on all of them at once, and nobody
/// walks through a million of them.
/// </summary>
internal sealed class ProfileDirectory : IDisposable
{
    private readonly ConcurrentDictionary<(long TenantId, long ProfileId), ProfileHolder> _holders = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile bool _anyReset;
    private volatile FrozenDictionary<(long TenantId, string NameKey), Profile> _byName = FrozenDictionary<(long, string), Profile>.Empty;

    /// <summary>Whether any profile resets its accounts' usage.</summary>
    public bool AnyReset => _anyReset;

    /// <summary>The profile of that name, whatever the case.</summary>
    public bool TryGetByName(long tenantId, string name, [NotNullWhen(true)] out Profile? profile) =>
        _byName.TryGetValue((tenantId, AccountName.KeyOf(name.Trim())), out profile);

    /// <summary>A tenant's profiles by name.</summary>
    public IReadOnlyList<Profile> List(long tenantId) =>
    [
        .. _byName.Where(profile => profile.Key.TenantId == tenantId)
            .OrderBy(profile => profile.Key.NameKey, StringComparer.Ordinal)
            .Select(profile => profile.Value),
    ];

    public bool TryGet(long tenantId, long profileId, [NotNullWhen(true)] out Profile? profile)
    {
        profile = _holders.TryGetValue((tenantId, profileId), out ProfileHolder? holder) ? holder.Current : null;
        return profile is not null;
    }

    /// <summary>Where that profile is; empty until it is read, where another server has just made it.</summary>
    public ProfileHolder HolderOf(long tenantId, long profileId) =>
        _holders.GetOrAdd((tenantId, profileId), static _ => new ProfileHolder(null));

    public void Dispose() => _loading.Dispose();

    /// <summary>Takes in all profiles as they are now. One reading follows another, so the newest stays.</summary>
    internal async Task LoadAsync(Func<CancellationToken, Task<IReadOnlyList<Profile>>> read, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<Profile> profiles = await read(cancellationToken);
            HashSet<(long, long)> present = [];
            foreach (Profile profile in profiles)
            {
                present.Add((profile.TenantId, profile.ProfileId));
                HolderOf(profile.TenantId, profile.ProfileId).Current = profile;
            }

            foreach (((long, long) key, ProfileHolder holder) in _holders)
            {
                if (!present.Contains(key))
                {
                    holder.Current = null;
                }
            }

            _anyReset = profiles.Any(profile => profile.AutoReset != UsageReset.Never);
            _byName = profiles.ToFrozenDictionary(profile => (profile.TenantId, AccountName.KeyOf(profile.Name)));
        }
        finally
        {
            _loading.Release();
        }
    }
}
