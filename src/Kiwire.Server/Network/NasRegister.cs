using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Network;

/// <summary>
/// Creates, changes and deletes NAS entries. When a call returns, the change is committed, this server acts on it, and other servers
/// have been told.
/// </summary>
internal sealed class NasRegister(
    NasStore store, NasValidator validator, NasTypeCatalog types, NetworkLoader loader, CommitQueue commits, IdSource ids, TimeProvider time)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "nas";

    public Task<Nas?> GetAsync(long tenantId, long nasId, CancellationToken cancellationToken) =>
        store.GetAsync(tenantId, nasId, cancellationToken);

    /// <summary>The tenant's NAS of that identity, whatever the case it is written in.</summary>
    public Task<Nas?> FindAsync(long tenantId, string identity, CancellationToken cancellationToken) =>
        store.FindAsync(tenantId, identity, cancellationToken);

    /// <summary>By identity, <paramref name="limit"/> of them from the <paramref name="start"/>-th (0 is the first).</summary>
    public Task<IReadOnlyList<Nas>> ListAsync(long tenantId, int start, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(new NasQuery { TenantId = tenantId, Start = start, Limit = limit }, cancellationToken);

    /// <summary>By identity, those of a query.</summary>
    public Task<IReadOnlyList<Nas>> ListAsync(NasQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

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
                if (!await store.InsertAsync(unit, nas, settings))
                {
                    return false;
                }

                unit.Announce(new Change(ChangeKind.Nas, tenantId, nas.NasId));
                await unit.AuditAsync(tenantId, AuditAction.Create, Kind, nas.Identity, Changes(null, nas, settings));
                return true;
            },
            cancellationToken);
        if (!inserted)
        {
            return new SaveOutcome.Exists();
        }

        await loader.LoadNasAsync(tenantId, nas.NasId, cancellationToken);
        return new SaveOutcome.Saved(nas.NasId);
    }

    /// <summary>Changes what is given of a NAS; a secret that is changed is the one that its next packet must be made with.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="nasId">Which.</param>
    /// <param name="settings">What is given.</param>
    /// <param name="ifVersion">Only if the NAS still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, long nasId, NasSettings settings, long ifVersion, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldFault> faults = validator.FindFaults(settings, creating: false);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        SaveOutcome outcome = await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                await NasStore.LockAsync(unit, tenantId, nasId);
                if (await NasStore.GetAsync(unit, tenantId, nasId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                Nas changed = Apply(current, settings);
                if (await NasStore.IsIdentityTakenAsync(unit, tenantId, changed.Identity, nasId))
                {
                    return new SaveOutcome.Exists();
                }

                unit.Announce(new Change(ChangeKind.Nas, tenantId, nasId));
                _ = await store.UpdateAsync(unit, changed, settings);
                await unit.AuditAsync(tenantId, AuditAction.Update, Kind, current.Identity, Changes(current, changed, settings));
                return new SaveOutcome.Saved(nasId);
            },
            cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await loader.LoadNasAsync(tenantId, nasId, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Deletes a NAS, and what it was seen to send.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="nasId">Which.</param>
    /// <param name="ifVersion">Only if the NAS still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Saved, Missing or Stale.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> DeleteAsync(long tenantId, long nasId, long ifVersion, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                await NasStore.LockAsync(unit, tenantId, nasId);
                if (await NasStore.GetAsync(unit, tenantId, nasId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                unit.Announce(new Change(ChangeKind.Nas, tenantId, nasId));
                _ = await NasStore.DeleteAsync(unit, tenantId, nasId);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, current.Identity, AuditChanges.None);
                return new SaveOutcome.Saved(nasId);
            },
            cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await loader.LoadNasAsync(tenantId, nasId, cancellationToken);
        }

        return outcome;
    }

    /// <summary>
    /// The way back where require_message_authenticator = auto has come to act as yes (<see cref="NasObservations.Relax"/>), on all
    /// servers. False: there is no such entry.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<bool> RelaxMessageAuthenticatorAsync(long tenantId, long nasId, CancellationToken cancellationToken) =>
        loader.RelaxAsync(tenantId, nasId, cancellationToken);

    private NasType TypeOf(string name) => types.TryGet(name, out NasType? type) ? type : types.Generic;

    private static AuditChanges Changes(Nas? before, Nas after, NasSettings given) => new AuditChanges()
        .Compare("identity", before?.Identity, after.Identity)
        .Compare("address", before?.Address, after.Address)
        .Compare("type", before?.Type, after.Type)
        .Compare<int?>("coaPort", before?.CoaPort, after.CoaPort)
        .Secret("secret", given.Secret is not null)
        .Compare("requireMessageAuthenticator", Word(before?.RequireMessageAuthenticator), Word(after.RequireMessageAuthenticator))
        .Compare("location", before?.Location, after.Location)
        .Compare("server", before?.Server, after.Server)
        .Compare("description", before?.Description, after.Description)
        .Secret("community", given.Community is not null)
        .Compare("username", before?.Username, after.Username)
        .Secret("password", given.Password is not null)
        .Secret("uamSecret", given.UamSecret is not null);

    private static string? Word(MessageAuthenticatorPolicy? policy) => policy?.ToString().ToLowerInvariant();

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
