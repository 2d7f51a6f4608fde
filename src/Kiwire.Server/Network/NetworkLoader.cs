using System.Net;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// Brings NAS entries, their observations and zones from the database into the directories, and what was seen back into it. One such
/// act at a time.
/// </summary>
internal sealed partial class NetworkLoader(
    NasStore nases,
    NasObservationStore observations,
    ZoneStore zones,
    NasDirectory nasDirectory,
    ZoneDirectory zoneDirectory,
    NasTypeCatalog types,
    CommitQueue commits,
    TimeProvider time,
    ILogger<NetworkLoader> logger,
    ILogger<NasObservations> observationsLogger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Dictionary<(long TenantId, long NasId), NasObservations> _observed = [];

    /// <summary>Reads NAS entries and zones.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await LoadNasAsync(cancellationToken);
        await LoadZonesAsync(cancellationToken);
    }

    /// <summary>Reads some NAS entries, and the zones.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    public async Task LoadAsync(IReadOnlyCollection<(long TenantId, long NasId)> entries, CancellationToken cancellationToken)
    {
        foreach ((long tenantId, long nasId) in entries)
        {
            await LoadNasAsync(tenantId, nasId, cancellationToken);
        }

        await LoadZonesAsync(cancellationToken);
    }

    /// <summary>Reads one NAS entry and what it was seen to send: among ten thousand a change is not to wait for the reading of all.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    public async Task LoadNasAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await LoadNasLockedAsync(tenantId, nasId, cancellationToken);
        }
        finally
        {
            _ = _one.Release();
        }
    }

    /// <summary>Reads the NAS entries and what they were seen to send.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    public async Task LoadNasAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await LoadNasLockedAsync(cancellationToken);
        }
        finally
        {
            _ = _one.Release();
        }
    }

    /// <summary>Reads the zones.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    public async Task LoadZonesAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            zoneDirectory.Replace(await zones.ListAllAsync(cancellationToken));
        }
        finally
        {
            _ = _one.Release();
        }
    }

    /// <summary>Writes what was seen since the last time, where anything was.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; it will be written the next time.</exception>
    public async Task SaveObservationsAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await SaveLockedAsync(cancellationToken);
        }
        finally
        {
            _ = _one.Release();
        }
    }

    /// <summary>Undoes auto's having become yes, in the database and on all servers. False: there is no such NAS.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<bool> RelaxAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!nasDirectory.TryGet(tenantId, nasId, out NasEntry? entry))
            {
                return false;
            }

            await SaveLockedAsync(cancellationToken);
            long now = time.GetUtcNow().ToUnixTimeMilliseconds();
            _ = await commits.EnqueueAsync(
                async unit =>
                {
                    await NasObservationStore.RelaxAsync(unit, tenantId, nasId, now);
                    unit.Announce(new Change(ChangeKind.Nas, tenantId, nasId));
                    await unit.AuditAsync(tenantId, "relax-message-authenticator", "nas", entry.Identity, AuditChanges.None);
                    return true;
                },
                cancellationToken);
            entry.Observations.Relax(now);
            await LoadNasLockedAsync(tenantId, nasId, cancellationToken);
            return true;
        }
        finally
        {
            _ = _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task LoadNasLockedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(Nas Nas, byte[]? Secret)> rows = await nases.ListAllAsync(cancellationToken);
        Dictionary<(long, long), NasSightings> sightings = await observations.ListAllAsync(cancellationToken);
        Dictionary<(long TenantId, long NasId), NasObservations> observed = [];
        List<NasEntry> entries = [];
        foreach ((Nas nas, byte[]? secret) in rows)
        {
            if (TryBuild(nas, secret) is not { } entry)
            {
                continue;
            }

            entry.Observations.Adopt(sightings.GetValueOrDefault((nas.TenantId, nas.NasId)));
            observed.Add((nas.TenantId, nas.NasId), entry.Observations);
            entries.Add(entry);
        }

        _observed = observed;
        nasDirectory.Replace(entries);
    }

    private async Task LoadNasLockedAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        (Nas Nas, byte[]? Secret)? row = await nases.GetWithSecretAsync(tenantId, nasId, cancellationToken);
        NasSightings sightings = await observations.GetAsync(tenantId, nasId, cancellationToken);
        List<NasEntry> entries = [.. nasDirectory.Entries.Where(entry => entry.NasId != nasId || entry.TenantId != tenantId)];
        if (row is not { } read || TryBuild(read.Nas, read.Secret) is not { } built)
        {
            _ = _observed.Remove((tenantId, nasId));
        }
        else if (entries.Exists(other => other.TenantId == tenantId && other.IdentityKey == built.IdentityKey))
        {
            // Whoever had that identity was renamed or deleted meanwhile, and is not read again yet.
            await LoadNasLockedAsync(cancellationToken);
            return;
        }
        else
        {
            built.Observations.Adopt(sightings);
            _observed[(tenantId, nasId)] = built.Observations;
            entries.Add(built);
        }

        nasDirectory.Replace(entries);
    }

    private NasEntry? TryBuild(Nas nas, byte[]? secret)
    {
        if (secret is not { Length: > 0 })
        {
            LogNoSecret(logger, nas.Identity, nas.TenantId);
            return null;
        }

        if (!NasAddress.TryParse(nas.Address, out IPNetwork address))
        {
            LogNoAddress(logger, nas.Identity, nas.TenantId, nas.Address);
            return null;
        }

        if (!types.TryGet(nas.Type, out NasType? type))
        {
            LogNoType(logger, nas.Identity, nas.TenantId, nas.Type);
            type = types.Generic;
        }

        NasObservations seen = _observed.GetValueOrDefault((nas.TenantId, nas.NasId)) ?? new NasObservations(observationsLogger);
        seen.Identity = nas.Identity;
        return new NasEntry
        {
            TenantId = nas.TenantId,
            NasId = nas.NasId,
            Identity = nas.Identity,
            Location = nas.Location,
            Address = address,
            Type = type,
            Secret = new SharedSecret(secret),
            CoaPort = nas.CoaPort,
            RequireMessageAuthenticator = nas.RequireMessageAuthenticator,
            Observations = seen,
        };
    }

    private async Task SaveLockedAsync(CancellationToken cancellationToken)
    {
        List<Unsaved> unsaved = [];
        // In one order on all servers: each waits for the rows of the others.
        foreach (((long tenantId, long nasId), NasObservations seen) in _observed.OrderBy(one => one.Key))
        {
            if (seen.TryGetUnsaved(out NasSightings now, out NasSightings saved))
            {
                unsaved.Add(new Unsaved(tenantId, nasId, seen, now, saved));
            }
        }

        if (unsaved.Count == 0)
        {
            return;
        }

        _ = await commits.EnqueueAsync(
            async unit =>
            {
                foreach (Unsaved one in unsaved)
                {
                    await NasObservationStore.AddAsync(unit, one.TenantId, one.NasId, one.Now, one.Saved);
                    if (one.Now.EnforcedAt != 0 && one.Saved.EnforcedAt == 0)
                    {
                        unit.Announce(new Change(ChangeKind.Nas, one.TenantId, one.NasId));
                    }
                }

                return true;
            },
            cancellationToken);
        foreach (Unsaved one in unsaved)
        {
            one.Observations.MarkSaved(one.Now);
        }
    }

    [LoggerMessage(210, LogLevel.Error,
        "The secret of NAS {Identity} (tenant {TenantId}) cannot be decrypted, so its packets are dropped: the key ring is not the one it was saved under. Set the secret again.")]
    private static partial void LogNoSecret(ILogger logger, string identity, long tenantId);

    [LoggerMessage(211, LogLevel.Error, "NAS {Identity} (tenant {TenantId}) has the address '{Address}', which is none, so its packets are dropped.")]
    private static partial void LogNoAddress(ILogger logger, string identity, long tenantId, string address);

    [LoggerMessage(212, LogLevel.Warning, "NAS {Identity} (tenant {TenantId}) is of type '{Type}', of which there is no file; it is treated as generic.")]
    private static partial void LogNoType(ILogger logger, string identity, long tenantId, string type);

    private sealed record Unsaved(long TenantId, long NasId, NasObservations Observations, NasSightings Now, NasSightings Saved);
}
