using System.Net;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Tenants;

/// <summary>The tenants' room on a database, with a clock that goes when told: tenant 1 with the administrator admin / <see cref="Password"/>.</summary>
internal sealed class TenantsRoom : IAsyncDisposable
{
    public const long Tenant = TenantDirectory.DefaultTenantId;
    public const string Password = "first-pass-word";
    public const string ApiKey = "first-api-key";

    public static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private TenantsRoom(TestDatabase storage, INewTenant[] beginnings)
    {
        Storage = storage;
        Tenants = new TenantStore(storage.Database, storage.Secrets, Clock);
        Directory = new TenantDirectory(Tenants);
        Administrators = new AdministratorStore(storage.Database, Clock);
        Register = new AdministratorRegister(Administrators, Hasher, storage.Commits, storage.Ids);
        TenantRegister = new TenantRegister(Tenants, Directory, Register, beginnings, storage.Commits, storage.Ids, Clock, NullLogger<TenantRegister>.Instance);
        Tokens = new ApiTokenStore(storage.Database, storage.Commits, Clock);
        Guard = new LoginGuard(Clock);
        Login = new AdministratorLogin(Directory, Administrators, Guard, Hasher, NullLogger<AdministratorLogin>.Instance);
    }

    public SteppedClock Clock { get; } = new();

    public TestDatabase Storage { get; }

    public TenantStore Tenants { get; }

    public TenantDirectory Directory { get; }

    public AdministratorStore Administrators { get; }

    public AdministratorRegister Register { get; }

    public TenantRegister TenantRegister { get; }

    public ApiTokenStore Tokens { get; }

    public LoginGuard Guard { get; }

    public LoginHasher Hasher { get; } = new();

    public AdministratorLogin Login { get; }

    public static async Task<TenantsRoom> CreateAsync(StorageProvider provider, params INewTenant[] beginnings)
    {
        TenantsRoom room = new(await TestDatabase.CreateAsync(provider), beginnings);
        await new FirstStart(room.Tenants, room.Administrators, room.Storage.Commits, room.Storage.Ids)
            .UseAsync(new FirstCredentials("admin", Password, ApiKey), default);
        await room.Directory.LoadAsync(default);
        return room;
    }

    /// <summary>Keeps a policy as it is, also one that no request could make.</summary>
    public static Task SetPolicyAsync(CommitQueue commits, TenantPolicy policy) => commits.EnqueueAsync(
        async unit => await TenantStore.UpdateAsync(unit, (await TenantStore.GetAsync(unit, Tenant))! with { Policy = policy }), default);

    /// <summary>What the audit log has, oldest first: <c>action kind name changes</c>.</summary>
    public async Task<string[]> ReadAuditAsync(long tenantId = Tenant)
    {
        await using System.Data.Common.DbConnection connection = await Storage.Database.OpenAsync(default);
        return [.. await connection.QueryAsync<string>(
            "SELECT action || ' ' || kind || ' ' || name || ' ' || changes FROM audit_log WHERE tenant_id = @tenantId ORDER BY audit_id", new { tenantId })];
    }

    /// <summary>From here on the test's changes have an author.</summary>
    public static void Enter() => ChangeAuthor.Enter(new ChangeAuthor { TenantId = Tenant, Name = "admin", Via = "v1", Address = "192.0.2.1" });

    public Task<AdministratorProof> LogInAsync(string username, string password, IPAddress? from = null) =>
        Login.ByNameAsync("default", username, password, from ?? Home, default);

    public async ValueTask DisposeAsync()
    {
        Hasher.Dispose();
        Directory.Dispose();
        await Storage.DisposeAsync();
    }
}
