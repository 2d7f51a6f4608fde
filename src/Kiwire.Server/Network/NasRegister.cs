using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// Creates, changes and deletes NAS entries. When a call returns, the change is committed, this server acts on it, and other servers
/// have been told.
/// </summary>
internal sealed class NasRegister(
    NasStore store, NasValidator validator, NasTypeCatalog types, NetworkLoader loader, CommitQueue commits, IdSource ids, TimeProvider time)
{
    public Task<Nas?> GetAsync(long tenantId, long nasId, CancellationToken cancellationToken) =>
        store.GetAsync(tenantId, nasId, cancellationToken);

    /// <summary>The tenant's NAS of that identity, whatever the case it is written in.</summary>
    public Task<Nas?> FindAsync(long tenantId, string identity, CancellationToken cancellationToken) =>
        store.FindAsync(tenantId, identity, cancellationToken);

    /// <summary>By identity, <paramref name="limit"/> of them from the <paramref name="start"/>-th (0 is the first).</summary>
    public Task<IReadOnlyList<Nas>> ListAsync(long tenantId, int start, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(tenantId, start, limit, cancellationToken);

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(long tenantId, NasSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldFault> faults = validator.FindFaults(settings, creating: true);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        Nas blank = new()
        {
            TenantId = tenantId,
            NasId = ids.Next(),
            Identity = "",
            Address = "",
            Type = NasTypeCatalog.GenericName,
            CoaPort = TypeOf(settings.Type ?? NasTypeCatalog.GenericName).CoaPort,
            RequireMessageAuthenticator = MessageAuthenticatorPolicy.Auto,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        Nas nas = Apply(blank, settings);
        bool inserted = await commits.EnqueueAsync(
            async unit =>
            {
                unit.Announce(new Change(ChangeKind.Nas, tenantId, nas.NasId));
                return await store.InsertAsync(unit, nas, settings);
            },
            cancellationToken);
        if (!inserted)
        {
            return new SaveOutcome.Exists();
        }

        await loader.LoadNasAsync(cancellationToken);
        return new SaveOutcome.Saved(nas.NasId);
    }

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(long tenantId, long nasId, NasSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldFault> faults = validator.FindFaults(settings, creating: false);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        SaveOutcome outcome = await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await NasStore.GetAsync(unit, tenantId, nasId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                Nas changed = Apply(current, settings);
                if (await NasStore.IsIdentityTakenAsync(unit, tenantId, changed.Identity, nasId))
                {
                    return new SaveOutcome.Exists();
                }

                unit.Announce(new Change(ChangeKind.Nas, tenantId, nasId));
                _ = await store.UpdateAsync(unit, changed, settings);
                return new SaveOutcome.Saved(nasId);
            },
            cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await loader.LoadNasAsync(cancellationToken);
        }

        return outcome;
    }

    /// <summary>False: there is no such entry.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<bool> DeleteAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        bool deleted = await commits.EnqueueAsync(
            async unit =>
            {
                unit.Announce(new Change(ChangeKind.Nas, tenantId, nasId));
                return await NasStore.DeleteAsync(unit, tenantId, nasId);
            },
            cancellationToken);
        if (deleted)
        {
            await loader.LoadNasAsync(cancellationToken);
        }

        return deleted;
    }

    /// <summary>
    /// The way back where require_message_authenticator = auto has come to act as yes (<see cref="NasObservations.Relax"/>), on all
    /// servers. False: there is no such entry.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<bool> RelaxMessageAuthenticatorAsync(long tenantId, long nasId, CancellationToken cancellationToken) =>
        loader.RelaxAsync(tenantId, nasId, cancellationToken);

    private NasType TypeOf(string name) => types.TryGet(name, out NasType? type) ? type : types.Generic;

    private static Nas Apply(Nas nas, NasSettings given) => nas with
    {
        Identity = given.Identity?.Trim() ?? nas.Identity,
        Address = given.Address is { } text && NasAddress.TryParse(text, out System.Net.IPNetwork network) ? NasAddress.ToText(network) : nas.Address,
        Type = given.Type?.Trim().ToLowerInvariant() ?? nas.Type,
        CoaPort = given.CoaPort ?? nas.CoaPort,
        RequireMessageAuthenticator = given.RequireMessageAuthenticator ?? nas.RequireMessageAuthenticator,
        Location = given.Location?.Trim() ?? nas.Location,
        Server = given.Server ?? nas.Server,
        Description = given.Description ?? nas.Description,
        Username = given.Username ?? nas.Username,
    };
}
