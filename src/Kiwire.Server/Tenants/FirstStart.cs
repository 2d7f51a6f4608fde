using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>What gets somebody into a new installation; shown once and kept nowhere in clear.</summary>
/// <param name="Username">The administrator.</param>
/// <param name="Password">Their password.</param>
/// <param name="ApiKey">The default tenant's API key.</param>
internal readonly record struct FirstCredentials(string Username, string Password, string ApiKey)
{
    /// <summary>The name alone.</summary>
    public override string ToString() => Username;
}

/// <summary>Makes an empty database one that can be used: the default tenant, its administrator, its API key.</summary>
internal sealed class FirstStart(TenantStore tenants, AdministratorStore administrators, CommitQueue commits, IdSource ids)
{
    public const string AdministratorName = "admin";

    /// <summary>What this start has generated, to be printed once; null: nothing, the database was not empty.</summary>
    public FirstCredentials? Generated { get; private set; }

    /// <summary>On an empty database makes all of it, with generated credentials in <see cref="Generated"/>; else does nothing.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await tenants.AnyAsync(cancellationToken))
        {
            return;
        }

        FirstCredentials generated = new(
            AdministratorName,
            AdministratorPassword.Generate(),
            TenantStore.GenerateApiKey());
        if (await commits.EnqueueAsync(unit => CreateAsync(unit, generated), cancellationToken))
        {
            Generated = generated;
        }
    }

    /// <summary>Makes what is missing, and gives administrator and tenant these credentials, whatever they had.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task UseAsync(FirstCredentials given, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(
            async unit =>
            {
                if (await CreateAsync(unit, given))
                {
                    return true;
                }

                string hash = HashOf(given);
                if (!await AdministratorStore.UpdateLoginAsync(unit, TenantDirectory.DefaultTenantId, given.Username, hash, mustChange: false))
                {
                    _ = await administrators.InsertAsync(unit, NewAdministrator(given), hash);
                }

                await tenants.SetApiAccessAsync(unit, TenantDirectory.DefaultTenantId, enabled: true, given.ApiKey, ApiPermissions.All);
                return true;
            },
            cancellationToken);

    /// <summary>False: there is a default tenant already, made by another server perhaps, and nothing was changed.</summary>
    private async Task<bool> CreateAsync(UnitOfWork unit, FirstCredentials credentials)
    {
        Tenant tenant = new()
        {
            TenantId = TenantDirectory.DefaultTenantId,
            CloudId = TenantDirectory.DefaultCloudId,
            Name = "Default",
            Active = true,
            TimeZone = TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local : TimeZoneInfo.Utc,
            Policy = new TenantPolicy(),
            ApiEnabled = true,
            Permissions = ApiPermissions.All,
        };
        return await tenants.InsertAsync(unit, tenant, credentials.ApiKey)
            && await administrators.InsertAsync(unit, NewAdministrator(credentials), HashOf(credentials));
    }

    private Administrator NewAdministrator(FirstCredentials credentials) => new()
    {
        TenantId = TenantDirectory.DefaultTenantId,
        AdministratorId = ids.Next(),
        Username = credentials.Username,
        Role = AdministratorRole.Administrator,
    };

    private static string HashOf(FirstCredentials credentials) =>
        LoginHash.Create(LoginCode.Of(credentials.Username, credentials.Password));
}
