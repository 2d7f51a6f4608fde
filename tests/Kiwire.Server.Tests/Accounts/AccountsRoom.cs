using System.Diagnostics.Metrics;
using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>The accounts' room on a database, as the host puts it together: tenant 1 in Kuala Lumpur, tenant 2 in UTC, a zone "lobby" in each.</summary>
internal sealed class AccountsRoom : IAsyncDisposable
{
    public const long Tenant = 1;
    public const long OtherTenant = 2;

    private readonly TestDatabase _storage;
    private readonly bool _ownsStorage;

    private AccountsRoom(TestDatabase storage, TimeProvider time, AccountsOptions options, bool ownsStorage)
    {
        _storage = storage;
        _ownsStorage = ownsStorage;
        Tenants = new TenantDirectory(new TenantStore(storage.Database, storage.Secrets, time));
        Tenants.Replace([TenantOf(Tenant, "Asia/Kuala_Lumpur"), TenantOf(OtherTenant, "UTC")]);
        Zones = new ZoneDirectory(new NasDirectory());
        Zones.Replace([ZoneOf(Tenant), ZoneOf(OtherTenant)]);
        Profiles = new ProfileStore(storage.Database, [], storage.Commits, storage.Ids, ProfileDirectory);
        Windows = new UsageWindows(ProfileDirectory, Tenants);
        Table = new AccountTable(options, time);
        Entries = new AccountEntryStore(storage.Database, storage.Secrets, ProfileDirectory, Presences, NullLogger<AccountEntryStore>.Instance);
        Directory = new AccountDirectory(Table, Entries, storage.Changes, new AccountsMetrics(Meters, Table), Microsoft.Extensions.Options.Options.Create(options), time);
        Rows = new AccountRowStore(storage.Database);
        Lists = new AccountListStore(storage.Database);
        Store = new AccountStore(
            storage.Database,
            storage.Commits,
            storage.Secrets,
            storage.Ids,
            Rows,
            Lists,
            new AccountValidator(Zones, Profiles, Tenants),
            Table,
            Windows,
            [],
            time);
        WarmUp = new AccountWarmUp(
            Table,
            Entries,
            Tenants,
            Microsoft.Extensions.Options.Options.Create(options),
            storage.Lifetime,
            TimeProvider.System,
            NullLogger<AccountWarmUp>.Instance);
    }

    public IMeterFactory Meters { get; } = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public TenantDirectory Tenants { get; }

    public ZoneDirectory Zones { get; }

    public ProfileDirectory ProfileDirectory { get; } = new();

    public ProfileStore Profiles { get; }

    public UsageWindows Windows { get; }

    public PresenceTable Presences { get; } = new();

    public AccountTable Table { get; }

    public AccountEntryStore Entries { get; }

    public AccountDirectory Directory { get; }

    public AccountStore Store { get; }

    public AccountRowStore Rows { get; }

    public AccountListStore Lists { get; }

    public AccountWarmUp WarmUp { get; }

    public TestDatabase Storage => _storage;

    public static async Task<AccountsRoom> CreateAsync(StorageProvider provider, TimeProvider? time = null, AccountsOptions? options = null)
    {
        AccountsRoom room = new(await TestDatabase.CreateAsync(provider), time ?? TimeProvider.System, options ?? new AccountsOptions(), ownsStorage: true);
        await room.LoadAsync();
        return room;
    }

    /// <summary>The same database, with nothing in memory.</summary>
    public async Task<AccountsRoom> RestartAsync(AccountsOptions? options = null)
    {
        AccountsRoom room = new(_storage, TimeProvider.System, options ?? new AccountsOptions(), ownsStorage: false);
        await room.LoadAsync();
        return room;
    }

    /// <summary>Makes a user, who must be acceptable.</summary>
    public async Task<long> CreateUserAsync(string name, string password = "secret", string? profile = null, string? mac = null, long tenant = Tenant)
    {
        SaveOutcome outcome = await Store.CreateUserAsync(
            tenant, new AccountSettings { Username = name, Password = password, Profile = profile, Mac = mac }, default);
        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
        return ((SaveOutcome.Saved)outcome).Id;
    }

    public ValueTask<AccountEntry?> LoadAsync(string name, long tenant = Tenant) =>
        Directory.LoadAsync(tenant, Encoding.UTF8.GetBytes(name), default);

    public AccountLookup Find(string name, out AccountEntry? entry) => Directory.TryFind(Tenant, Encoding.UTF8.GetBytes(name), out entry);

    public async ValueTask DisposeAsync()
    {
        WarmUp.Dispose();
        ProfileDirectory.Dispose();
        Presences.Dispose();
        if (_ownsStorage)
        {
            await _storage.DisposeAsync();
        }
    }

    private async Task LoadAsync()
    {
        await Profiles.LoadDirectoryAsync(default);
        await Profiles.EnsureTemporaryAsync([.. Tenants.Tenants.Select(tenant => tenant.TenantId)], default);
    }

    private static Tenant TenantOf(long tenantId, string zone) => new()
    {
        TenantId = tenantId,
        CloudId = $"tenant{tenantId}",
        Name = "A tenant",
        Active = true,
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        Policy = new TenantPolicy(),
    };

    private static Zone ZoneOf(long tenantId) => new()
    {
        TenantId = tenantId,
        ZoneId = tenantId,
        Name = "Lobby",
        Members = [],
    };
}
