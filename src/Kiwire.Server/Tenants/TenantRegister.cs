using System.Data.Common;
using System.Globalization;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Tenants;

/// <summary>What a new tenant's first administrator and programs get in with; shown once and kept nowhere in clear.</summary>
/// <param name="Outcome">Saved, or why not; nothing else is set then.</param>
/// <param name="Credentials">The administrator, whose password is a temporary one, and the API key.</param>
internal sealed record TenantCreation(SaveOutcome Outcome, FirstCredentials? Credentials = null);

/// <summary>What became of putting another API key in the place of a tenant's.</summary>
/// <param name="Outcome">Saved, or why not.</param>
/// <param name="ApiKey">To be shown once; null: not saved.</param>
internal sealed record ApiKeyRotation(SaveOutcome Outcome, string? ApiKey = null)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Outcome.ToString();
}

/// <summary>
/// Creates and changes tenants. When a call returns, the change is committed, <see cref="TenantDirectory"/> has it, and other servers have been
/// told. A tenant is not deleted but suspended: what sessions it had, and what its journal still holds, stays accounted for.
/// </summary>
internal sealed partial class TenantRegister(
    TenantStore store,
    TenantDirectory directory,
    AdministratorRegister administrators,
    IEnumerable<INewTenant> beginnings,
    CommitQueue commits,
    IdSource ids,
    TimeProvider time,
    ILogger<TenantRegister> logger)
{
    /// <summary>The longest that an API key is valid beside its successor.</summary>
    public const int MostKeptSeconds = 30 * 24 * 60 * 60;

    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "tenant";

    /// <summary>Makes a tenant with one administrator, whose password is generated, an API key and what other rooms give it.</summary>
    /// <param name="given">At least a cloud id.</param>
    /// <param name="administrator">Its first administrator's name, full name and e-mail address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<TenantCreation> CreateAsync(TenantSettings given, AdministratorSettings administrator, CancellationToken cancellationToken)
    {
        AdministratorSettings first = administrator with
        {
            Username = administrator.Username ?? FirstStart.AdministratorName,
            Role = AdministratorRole.Administrator,
            MustChangePassword = true,
            Password = null,
        };
        List<FieldFault> faults = FindFaults(given, first, out Tenant? tenant);
        if (tenant is null || faults.Count > 0)
        {
            return new(new SaveOutcome.Refused(faults));
        }

        (Administrator owner, string password) = administrators.New(tenant.TenantId, first);
        string hash = await administrators.HashAsync(owner.Username, password, cancellationToken);
        FirstCredentials credentials = new(owner.Username, password, TenantStore.GenerateApiKey());
        bool created = await commits.EnqueueAsync(unit => InsertAsync(unit, tenant, owner, hash, credentials.ApiKey), cancellationToken);
        if (!created)
        {
            return new(new SaveOutcome.Exists());
        }

        await TakeInAsync(beginnings, tenant.TenantId);
        return new(new SaveOutcome.Saved(tenant.TenantId), credentials);
    }

    /// <summary>Changes what is given of a tenant.</summary>
    /// <param name="tenantId">Which.</param>
    /// <param name="given">What changes.</param>
    /// <param name="ifVersion">Only if it still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="DbException">The database is away.</exception>
    public Task<SaveOutcome> UpdateAsync(long tenantId, TenantSettings given, long ifVersion, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenantId,
            ifVersion,
            async (unit, current) =>
            {
                if (!TenantValidator.TryApply(current, given, out Tenant? changed, out List<FieldFault> faults))
                {
                    return new SaveOutcome.Refused(faults);
                }

                await TenantStore.UpdateAsync(unit, changed);
                await AuditAsync(unit, current, AuditAction.Update, Compare(current, changed));
                return new SaveOutcome.Saved(tenantId);
            },
            cancellationToken);

    /// <summary>Puts a new API key in the place of a tenant's.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="keepSeconds">For how long the old one is valid too: 0 to <see cref="MostKeptSeconds"/>.</param>
    /// <param name="ifVersion">Only if the tenant still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<ApiKeyRotation> RotateApiKeyAsync(long tenantId, long keepSeconds, long ifVersion, CancellationToken cancellationToken)
    {
        if (keepSeconds is < 0 or > MostKeptSeconds)
        {
            string most = string.Create(CultureInfo.InvariantCulture, $"{MostKeptSeconds} (30 days)");
            return new(new SaveOutcome.Refused([new("keepOldSeconds", $"is {keepSeconds}; it must be 0, which ends the old key at once, to {most}.")]));
        }

        string apiKey = TenantStore.GenerateApiKey();
        SaveOutcome outcome = await ChangeAsync(
            tenantId,
            ifVersion,
            async (unit, current) =>
            {
                DateTimeOffset? until = keepSeconds == 0 ? null : time.GetUtcNow().AddSeconds(keepSeconds);
                await store.ReplaceApiKeyAsync(unit, tenantId, apiKey, until);
                await AuditAsync(
                    unit,
                    current,
                    AuditAction.Update,
                    new AuditChanges().Secret("apiKey", given: true).Set("previousApiKeyUntil", until?.ToString("O", CultureInfo.InvariantCulture)));
                return new SaveOutcome.Saved(tenantId);
            },
            cancellationToken);
        return new(outcome, outcome is SaveOutcome.Saved ? apiKey : null);
    }

    private List<FieldFault> FindFaults(TenantSettings given, AdministratorSettings administrator, out Tenant? tenant)
    {
        Tenant blank = new()
        {
            TenantId = ids.Next(),
            CloudId = given.CloudId?.Trim() ?? "",
            Name = given.CloudId?.Trim() ?? "",
            Active = true,
            TimeZone = TimeZoneInfo.Utc,
            Policy = new TenantPolicy(),
            ApiEnabled = true,
            Permissions = ApiPermissions.All,
        };
        FieldFault? ofCloudId = TenantValidator.FindFaultOfCloudId(blank.CloudId);
        _ = TenantValidator.TryApply(ofCloudId is null ? blank : blank with { Name = "x" }, given, out tenant, out List<FieldFault> faults);
        faults.AddRange(AdministratorValidator.FindFaultsOfNew(administrator).Select(fault => fault with { Field = "administrator." + fault.Field }));
        return ofCloudId is null ? faults : [ofCloudId, .. faults];
    }

    private async Task<bool> InsertAsync(UnitOfWork unit, Tenant tenant, Administrator owner, string loginHash, string apiKey)
    {
        if (!await store.InsertAsync(unit, tenant, apiKey))
        {
            return false;
        }

        await AuditAsync(
            unit, tenant, AuditAction.Create, Compare(null, tenant).Set("cloudId", tenant.CloudId).Secret("apiKey", given: true));
        return await administrators.InsertAsync(unit, owner, loginHash);
    }

    private async Task<SaveOutcome> ChangeAsync(
        long tenantId, long ifVersion, Func<UnitOfWork, Tenant, Task<SaveOutcome>> change, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await commits.EnqueueAsync(
            async unit =>
            {
                await TenantStore.LockAsync(unit, tenantId);
                return await TenantStore.GetAsync(unit, tenantId) is not { } current ? new SaveOutcome.Missing()
                    : !EntityTags.Matches(ifVersion, current.Version) ? new SaveOutcome.Stale()
                    : await change(unit, current);
            },
            cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await TakeInAsync([], tenantId);
        }

        return outcome;
    }

    /// <summary>
    /// What follows a commit. It is not given up halfway, and a database that goes away now takes nothing back: what was generated can be shown
    /// only now, and the rooms read again what has changed once it is back.
    /// </summary>
    private async Task TakeInAsync(IEnumerable<INewTenant> begin, long tenantId)
    {
        try
        {
            await directory.LoadAsync(CancellationToken.None);
            foreach (INewTenant beginning in begin)
            {
                await beginning.BeginAsync(tenantId, CancellationToken.None);
            }
        }
        catch (DbException e)
        {
            LogTakenInLater(e.Message);
        }
    }

    // In the log of those who did it: what the default tenant's administrators do to others is theirs.
    private static Task AuditAsync(UnitOfWork unit, Tenant tenant, string action, AuditChanges changes) =>
        unit.AuditAsync(unit.Author?.TenantId ?? tenant.TenantId, action, Kind, tenant.CloudId, changes);

    private static AuditChanges Compare(Tenant? before, Tenant after)
    {
        AuditChanges changes = new AuditChanges()
            .Compare("name", before?.Name, after.Name)
            .Compare("active", before?.Active, after.Active)
            .Compare("timeZone", before?.TimeZone.Id, after.TimeZone.Id)
            .Compare("apiEnabled", before?.ApiEnabled, after.ApiEnabled)
            .CompareLists("permissions", before is null ? [] : ApiPermissionNames.Of(before.Permissions), ApiPermissionNames.Of(after.Permissions));
        TenantPolicy policy = before?.Policy ?? new TenantPolicy();
        PolicySettings.Of(policy).CompareTo(PolicySettings.Of(after.Policy), changes);
        foreach (string reason in policy.ReplyTexts.Keys.Union(after.Policy.ReplyTexts.Keys))
        {
            changes.Compare($"replyTexts.{reason}", policy.ReplyTexts.GetValueOrDefault(reason), after.Policy.ReplyTexts.GetValueOrDefault(reason));
        }

        return changes;
    }

    [LoggerMessage(304, LogLevel.Warning, "A tenant was saved, and this server takes it in once the database is back: {Reason}")]
    private partial void LogTakenInLater(string reason);
}
