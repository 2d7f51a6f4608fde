using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Sms;

/// <summary>Creates, changes and deletes connectors. When a call returns, the change is committed and this server acts on it.</summary>
internal sealed class SmsConnectorRegister(
    SmsConnectorStore store,
    SmsConnectorValidator validator,
    SmsPresetCatalog presets,
    IEnumerable<ISmsConnectorUse> uses,
    CommitQueue commits,
    IdSource ids,
    TimeProvider time)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "sms-connector";

    public Task<IReadOnlyList<SmsConnector>> ListAsync(long tenantId, string afterKey, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(tenantId, afterKey, limit, cancellationToken);

    /// <summary>The tenant's connector of that name, whatever the case; null: there is none.</summary>
    public Task<SmsConnector?> FindAsync(long tenantId, string name, CancellationToken cancellationToken) =>
        store.FindAsync(tenantId, name, cancellationToken);

    /// <summary>The connector that a request would make of a saved one, without saving it.</summary>
    public IReadOnlyList<FieldFault> Try(SmsConnectorRequest request, SmsConnector? before, out SmsConnector connector)
    {
        connector = SmsConnectorDraft.Apply(request, before, presets, out IReadOnlyList<FieldFault> faults);
        return [.. faults, .. validator.FindFaults(connector)];
    }

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(long tenantId, SmsConnectorRequest request, CancellationToken cancellationToken)
    {
        if (Try(request, before: null, out SmsConnector drafted) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        SmsConnector connector = drafted with { TenantId = tenantId, ConnectorId = ids.Next() };
        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (!await store.InsertAsync(unit, connector, time.GetUtcNow().ToUnixTimeMilliseconds()))
                {
                    return new SaveOutcome.Exists();
                }

                unit.Announce(new Change(ChangeKind.SmsConnector, tenantId, connector.ConnectorId));
                await unit.AuditAsync(tenantId, AuditAction.Create, Kind, connector.Name, Compare(None(connector), connector));
                return new SaveOutcome.Saved(connector.ConnectorId);
            },
            cancellationToken);
    }

    /// <summary>Changes what is given; secrets that are not stay.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="connectorId">Which.</param>
    /// <param name="request">What is given.</param>
    /// <param name="ifVersion">Only if it still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> UpdateAsync(
        long tenantId, long connectorId, SmsConnectorRequest request, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await store.GetAsync(unit, tenantId, connectorId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                if (Try(request, current, out SmsConnector connector) is { Count: > 0 } faults)
                {
                    return new SaveOutcome.Refused(faults);
                }

                if (current.Active && !connector.Active && await FindUseAsync(unit, tenantId, connectorId) is { } use)
                {
                    return new SaveOutcome.Refused([new("active", $"cannot be false: {use} has chosen this connector; choose another one there first.")]);
                }

                if (await SmsConnectorStore.IsNameTakenAsync(unit, connector))
                {
                    return new SaveOutcome.Exists();
                }

                await store.UpdateAsync(unit, connector);
                unit.Announce(new Change(ChangeKind.SmsConnector, tenantId, connectorId));
                await unit.AuditAsync(tenantId, AuditAction.Update, Kind, current.Name, Compare(current, connector));
                return new SaveOutcome.Saved(connectorId);
            },
            cancellationToken);

    /// <summary>Deletes a connector with its picture.</summary>
    /// <returns>Saved, Missing, Stale, or Refused where it is chosen.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> DeleteAsync(long tenantId, long connectorId, long ifVersion, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenantId,
            connectorId,
            ifVersion,
            async (unit, current) =>
            {
                if (await FindUseAsync(unit, tenantId, connectorId) is { } use)
                {
                    return new SaveOutcome.Refused([new("name", $"is that of a connector that {use} has chosen; choose another one there first.")]);
                }

                await SmsConnectorStore.DeleteAsync(unit, tenantId, connectorId);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, current.Name, AuditChanges.None);
                return new SaveOutcome.Saved(connectorId);
            },
            cancellationToken);

    /// <summary>Its picture; null: it has none.</summary>
    public Task<SmsLogo?> FindLogoAsync(SmsConnector connector, CancellationToken cancellationToken) =>
        store.FindLogoAsync(connector.TenantId, connector.ConnectorId, cancellationToken);

    /// <summary>Gives it a picture; null takes the one it has.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> SetLogoAsync(long tenantId, long connectorId, SmsLogo? logo, long ifVersion, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenantId,
            connectorId,
            ifVersion,
            async (unit, current) =>
            {
                if (logo is null && !await SmsConnectorStore.DeleteLogoAsync(unit, tenantId, connectorId))
                {
                    return new SaveOutcome.Missing();
                }

                if (logo is not null)
                {
                    await SmsConnectorStore.SaveLogoAsync(unit, tenantId, connectorId, logo);
                }

                string? now = logo is null ? null : $"{logo.MediaType}, {logo.Picture.Length} octets";
                await unit.AuditAsync(tenantId, AuditAction.Update, Kind, current.Name, new AuditChanges().Compare("logo", logo is null ? "a picture" : null, now));
                return new SaveOutcome.Saved(connectorId);
            },
            cancellationToken);

    private Task<SaveOutcome> ChangeAsync(
        long tenantId, long connectorId, long ifVersion, Func<UnitOfWork, SmsConnector, Task<SaveOutcome>> change, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(
            async unit =>
            {
                if (await store.GetAsync(unit, tenantId, connectorId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                unit.Announce(new Change(ChangeKind.SmsConnector, tenantId, connectorId));
                return await change(unit, current);
            },
            cancellationToken);

    private async Task<string?> FindUseAsync(UnitOfWork unit, long tenantId, long connectorId)
    {
        foreach (ISmsConnectorUse use in uses)
        {
            if (await use.FindUseAsync(unit, tenantId, connectorId) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static SmsConnector None(SmsConnector connector) => connector with
    {
        Name = "",
        Active = false,
        Settings = new SmsConnectorSettings(),
        Secrets = SmsSecrets.None,
    };

    private static AuditChanges Compare(SmsConnector before, SmsConnector after)
    {
        AuditChanges changes = new AuditChanges()
            .Compare("name", before.Name, after.Name)
            .Compare("active", before.Active, after.Active)
            .Compare("settings", before.Settings.ToJson(), after.Settings.ToJson());
        foreach (string name in before.Secrets.Values.Keys.Union(after.Secrets.Values.Keys))
        {
            changes.Secret(name, before.Secrets[name] != after.Secrets[name]);
        }

        return changes;
    }
}
