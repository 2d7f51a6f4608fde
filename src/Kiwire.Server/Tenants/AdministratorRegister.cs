using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Tenants;

/// <summary>
/// Creates, changes and deletes administrators. A tenant always keeps one in the role administrator. Whoever's password or role changes must log
/// in again.
/// </summary>
internal sealed class AdministratorRegister(AdministratorStore store, LoginHasher hasher, CommitQueue commits, IdSource ids)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "administrator";

    private static readonly FieldFault LastOne =
        new("role", "is administrator, and nobody else in the tenant has that role; give it to another one first.");

    /// <summary>Makes one, with the password that is given or a generated one.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<PasswordOutcome> CreateAsync(long tenantId, AdministratorSettings given, CancellationToken cancellationToken)
    {
        if (AdministratorValidator.FindFaultsOfNew(given) is { Count: > 0 } faults)
        {
            return new(new SaveOutcome.Refused(faults));
        }

        (Administrator administrator, string password) = New(tenantId, given);
        string hash = await HashAsync(administrator.Username, password, cancellationToken);
        bool created = await commits.EnqueueAsync(unit => InsertAsync(unit, administrator, hash), cancellationToken);
        return created
            ? new(new SaveOutcome.Saved(administrator.AdministratorId), given.Password is null ? password : null)
            : new(new SaveOutcome.Exists());
    }

    /// <summary>Changes what is given of one, the password and the name apart.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="username">Which.</param>
    /// <param name="given">What changes.</param>
    /// <param name="ifVersion">Only if it still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> UpdateAsync(
        long tenantId, string username, AdministratorSettings given, long ifVersion, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenantId,
            username,
            ifVersion,
            async (unit, current) =>
            {
                if (AdministratorValidator.FindFaultsOfChange(current, given) is { Count: > 0 } faults)
                {
                    return new SaveOutcome.Refused(faults);
                }

                Administrator changed = Apply(current, given);
                if (current.Role == AdministratorRole.Administrator
                    && changed.Role != current.Role
                    && !await AdministratorStore.IsAnotherAdministratorAsync(unit, tenantId, current.AdministratorId))
                {
                    return new SaveOutcome.Refused([LastOne]);
                }

                await AdministratorStore.UpdateAsync(unit, changed);
                if (changed.Role != current.Role)
                {
                    await ApiTokenStore.RevokeAllAsync(unit, tenantId, current.AdministratorId);
                }

                await unit.AuditAsync(tenantId, AuditAction.Update, Kind, current.Username, Compare(current, changed));
                return new SaveOutcome.Saved(current.AdministratorId);
            },
            cancellationToken);

    /// <summary>Deletes one; refused for the last one in the role administrator.</summary>
    /// <inheritdoc cref="UpdateAsync" path="/exception"/>
    public Task<SaveOutcome> DeleteAsync(long tenantId, string username, long ifVersion, CancellationToken cancellationToken) =>
        ChangeAsync(
            tenantId,
            username,
            ifVersion,
            async (unit, current) =>
            {
                if (current.Role == AdministratorRole.Administrator
                    && !await AdministratorStore.IsAnotherAdministratorAsync(unit, tenantId, current.AdministratorId))
                {
                    return new SaveOutcome.Refused([LastOne]);
                }

                await AdministratorStore.DeleteAsync(unit, tenantId, current.AdministratorId);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, current.Username, AuditChanges.None);
                return new SaveOutcome.Saved(current.AdministratorId);
            },
            cancellationToken);

    /// <summary>Gives one another password.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="username">Which.</param>
    /// <param name="password">Null: one is generated.</param>
    /// <param name="mustChange">It is a temporary one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<PasswordOutcome> SetPasswordAsync(
        long tenantId, string username, string? password, bool mustChange, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(tenantId, username, cancellationToken) is not { } administrator)
        {
            return new(new SaveOutcome.Missing());
        }

        if (password is not null && AdministratorPassword.FindFault(administrator.Username, password) is { } fault)
        {
            return new(new SaveOutcome.Refused([new("password", fault)]));
        }

        string used = password ?? AdministratorPassword.Generate();
        string hash = await HashAsync(administrator.Username, used, cancellationToken);
        SaveOutcome outcome = await ChangeAsync(
            tenantId,
            username,
            ifVersion: 0,
            async (unit, current) =>
            {
                _ = await AdministratorStore.UpdateLoginAsync(unit, tenantId, administrator.Username, hash, mustChange);
                await unit.AuditAsync(
                    tenantId,
                    AuditAction.Update,
                    Kind,
                    current.Username,
                    new AuditChanges().Secret("password", given: true).Compare("mustChangePassword", current.MustChange, mustChange));
                return new SaveOutcome.Saved(current.AdministratorId);
            },
            cancellationToken);
        return new(outcome, outcome is SaveOutcome.Saved && password is null ? used : null);
    }

    /// <summary>What an administrator becomes of what is given and is right.</summary>
    /// <returns>It, and the password, generated where none is given.</returns>
    public (Administrator Administrator, string Password) New(long tenantId, AdministratorSettings given) => (
        Apply(
            new Administrator
            {
                TenantId = tenantId,
                AdministratorId = ids.Next(),
                Username = given.Username!.Trim(),
                Role = AdministratorRole.ReadOnly,
                MustChange = true,
            },
            given),
        given.Password ?? AdministratorPassword.Generate());

    /// <summary>The hash to keep; slow.</summary>
    public Task<string> HashAsync(string username, string password, CancellationToken cancellationToken) =>
        hasher.RunAsync(() => LoginHash.Create(LoginCode.Of(username, password)), cancellationToken);

    /// <summary>Adds one in a transaction that is under way; false: the tenant has one of that name.</summary>
    public async Task<bool> InsertAsync(UnitOfWork unit, Administrator administrator, string loginHash)
    {
        if (!await store.InsertAsync(unit, administrator, loginHash))
        {
            return false;
        }

        await unit.AuditAsync(
            administrator.TenantId,
            AuditAction.Create,
            Kind,
            administrator.Username,
            Compare(new Administrator { TenantId = 0, AdministratorId = 0, Username = "", Role = "" }, administrator)
                .Set("username", administrator.Username)
                .Secret("password", given: true));
        return true;
    }

    private static Administrator Apply(Administrator current, AdministratorSettings given) => current with
    {
        Role = given.Role is null ? current.Role : AdministratorRole.Find(given.Role)!,
        FullName = given.FullName?.Trim() ?? current.FullName,
        Email = given.Email?.Trim() ?? current.Email,
        Monitor = given.Monitor ?? current.Monitor,
        MustChange = given.MustChangePassword ?? current.MustChange,
    };

    private static AuditChanges Compare(Administrator before, Administrator after) => new AuditChanges()
        .Compare("role", before.Role, after.Role)
        .Compare("fullName", before.FullName, after.FullName)
        .Compare("email", before.Email, after.Email)
        .Compare("monitor", before.Monitor, after.Monitor)
        .Compare("mustChangePassword", before.MustChange, after.MustChange);

    private Task<SaveOutcome> ChangeAsync(
        long tenantId, string username, long ifVersion, Func<UnitOfWork, Administrator, Task<SaveOutcome>> change, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(
            async unit =>
            {
                await TenantStore.LockAsync(unit, tenantId);
                return await AdministratorStore.GetAsync(unit, tenantId, username) is not { } current ? new SaveOutcome.Missing()
                    : !EntityTags.Matches(ifVersion, current.Version) ? new SaveOutcome.Stale()
                    : await change(unit, current);
            },
            cancellationToken);
}
