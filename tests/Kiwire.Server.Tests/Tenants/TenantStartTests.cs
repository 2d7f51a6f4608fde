using Dapper;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kiwire.Server.Tests.Tenants;

/// <summary>operations.md: the first start makes the default tenant and prints, once, the administrator's password and API key.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class TenantStartTests(StorageProvider provider)
{
    [Test]
    public async Task The_first_start_makes_a_tenant_an_administrator_and_an_API_key()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Room room = new(storage);

        await room.FirstStart.RunAsync(default);
        await room.Directory.LoadAsync(default);

        Assert.That(room.FirstStart.Generated, Is.Not.Null);
        FirstCredentials generated = room.FirstStart.Generated!.Value;
        Assert.That(room.Directory.TryGet(TenantDirectory.DefaultTenantId, out Tenant? tenant), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tenant!.CloudId, Is.EqualTo("default"));
            Assert.That(tenant.Active, Is.True);
            Assert.That(tenant.ApiEnabled, Is.True);
            Assert.That(tenant.Permissions, Is.EqualTo(ApiPermissions.All));
            Assert.That(tenant.Policy.ToJson(), Is.EqualTo(new TenantPolicy().ToJson()));
            Assert.That(room.Directory.TryGetByCloudId("DEFAULT", out _), Is.True);
            Assert.That(generated.Username, Is.EqualTo("admin"));
            Assert.That(generated.Password, Has.Length.EqualTo(20));
            Assert.That(generated.ApiKey, Does.Match("^[0-9a-f]{32}$"));
            Assert.That(await room.Tenants.ReadApiKeysAsync(1, default), Is.EqualTo([generated.ApiKey]));
            Assert.That(await room.IsPasswordAsync("admin", generated.Password), Is.True);
            Assert.That(await room.IsPasswordAsync("admin", "guess"), Is.False);
            Assert.That(generated.ToString(), Does.Not.Contain(generated.Password).And.Not.Contain(generated.ApiKey));
        }
    }

    [Test]
    public async Task The_second_start_generates_nothing()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await new Room(storage).FirstStart.RunAsync(default);
        Room again = new(storage);

        await again.FirstStart.RunAsync(default);

        Assert.That(again.FirstStart.Generated, Is.Null);
    }

    [Test]
    public async Task Servers_that_start_together_make_one_tenant_and_one_of_them_has_its_credentials()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Room[] rooms = [new(storage), new(storage), new(storage)];

        await Task.WhenAll(rooms.Select(room => room.FirstStart.RunAsync(default)));

        FirstCredentials generated = rooms.Select(room => room.FirstStart.Generated).OfType<FirstCredentials>().Single();
        Assert.That(await rooms[0].Tenants.ReadApiKeysAsync(1, default), Is.EqualTo([generated.ApiKey]));
    }

    [Test]
    public async Task Given_credentials_are_used_at_every_start()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Room room = new(storage);
        await room.FirstStart.UseAsync(new FirstCredentials("admin", "first", "key-1"), default);

        await room.FirstStart.UseAsync(new FirstCredentials("Admin", "demo-password", "demo-api-key"), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(room.FirstStart.Generated, Is.Null);
            Assert.That(await room.Tenants.ReadApiKeysAsync(1, default), Is.EqualTo(["demo-api-key"]));
            Assert.That(await room.IsPasswordAsync("Admin", "demo-password"), Is.True);
            Assert.That(await room.IsPasswordAsync("admin", "demo-password"), Is.False);
            Assert.That(await room.IsPasswordAsync("admin", "first"), Is.False);
            Assert.That((await room.Administrators.FindAsync(1, "admin", default))!.Username, Is.EqualTo("Admin"));
        }
    }

    [Test]
    public async Task No_password_and_no_key_is_in_the_database_in_clear()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await new Room(storage).FirstStart.UseAsync(new FirstCredentials("admin", "demo-password", "demo-api-key"), default);

        await using System.Data.Common.DbConnection connection = await storage.Database.OpenAsync(default);
        byte[] key = await connection.QuerySingleAsync<byte[]>("SELECT api_key FROM tenants");
        string hash = await connection.QuerySingleAsync<string>("SELECT login_hash FROM administrators");

        Assert.That(System.Text.Encoding.Latin1.GetString(key), Does.Not.Contain("demo-api-key"));
        Assert.That(hash, Does.Not.Contain("demo-password").And.Not.Contain(LoginCode.Of("admin", "demo-password")));
    }

    [Test]
    public async Task A_policy_is_kept()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Room room = new(storage);
        await room.FirstStart.RunAsync(default);

        await TenantsRoom.SetPolicyAsync(storage.Commits, new TenantPolicy { MacSecurity = true });
        await room.Directory.LoadAsync(default);

        _ = room.Directory.TryGet(1, out Tenant? tenant);
        Assert.That(tenant!.Policy.MacSecurity, Is.True);
    }

    [TestCase("policy", "{ oops", "Tenant 'default': policy is not the JSON it should be")]
    [TestCase("time_zone", "Mars/Olympus", "Tenant 'default': time_zone 'Mars/Olympus' is not known to this system")]
    public async Task A_row_that_cannot_be_understood_is_named_and_what_was_known_stays(string column, string value, string message)
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Room room = new(storage);
        await room.FirstStart.RunAsync(default);
        await room.Directory.LoadAsync(default);
        _ = await storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync($"UPDATE tenants SET {column} = @value", new { value }, unit.Transaction), default);

        Assert.That(() => room.Directory.LoadAsync(default), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(message));
        Assert.That(room.Directory.TryGet(1, out _), Is.True);
    }

    [Test]
    public async Task The_host_starts_both_rooms_acts_on_changes_and_keeps_what_was_seen_at_its_end()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider, migrate: false);
        string data = Path.Combine(storage.Directory.Path, "host");
        long nasId;
        using (IHost host = Build(storage, data))
        {
            await host.StartAsync();
            Assert.That(host.Services.GetRequiredService<FirstStart>().Generated, Is.Not.Null);
            nasId = ((SaveOutcome.Saved)await host.Services.GetRequiredService<NasRegister>().CreateAsync(
                1, new NasSettings { Identity = "ap", Address = "192.0.2.1", Secret = "testing123", Type = "mikrotik" }, default)).Id;
            _ = host.Services.GetRequiredService<NasDirectory>().TryGet(1, nasId, out NasEntry? entry);
            _ = entry!.Observations.Judge(entry.RequireMessageAuthenticator, true, false, false, 1_700_000_000_000);

            TenantDirectory tenants = host.Services.GetRequiredService<TenantDirectory>();
            await TenantsRoom.SetPolicyAsync(host.Services.GetRequiredService<CommitQueue>(), new TenantPolicy { MacAutoLogin = true });
            Assert.That(() => tenants.TryGet(1, out Tenant? tenant) && tenant.Policy.MacAutoLogin, Is.True.After(60_000, 10));
            await host.StopAsync();
        }

        using (IHost again = Build(storage, data))
        {
            await again.StartAsync();
            _ = again.Services.GetRequiredService<NasDirectory>().TryGet(1, nasId, out NasEntry? entry);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(again.Services.GetRequiredService<FirstStart>().Generated, Is.Null);
                Assert.That(entry!.Type.Name, Is.EqualTo("mikrotik"));
                Assert.That(entry.Observations.Sightings.With, Is.EqualTo(1));
            }

            await again.StopAsync();
        }
    }

    private static IHost Build(TestDatabase storage, string data)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        _ = builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kiwire:DataDirectory"] = data,
            ["Kiwire:Storage:Provider"] = storage.Options.Provider.ToString(),
            ["Kiwire:Storage:ConnectionString"] = storage.Options.ConnectionString,
        });
        _ = builder.Services.AddMetrics().AddLogging().AddStorage(builder.Configuration).AddTenants().AddNetwork();
        return builder.Build();
    }

    private sealed class Room
    {
        public Room(TestDatabase storage)
        {
            Tenants = new TenantStore(storage.Database, storage.Secrets, TimeProvider.System);
            Administrators = new AdministratorStore(storage.Database, TimeProvider.System);
            Directory = new TenantDirectory(Tenants);
            FirstStart = new FirstStart(Tenants, Administrators, storage.Commits, storage.Ids);
        }

        public TenantStore Tenants { get; }

        public AdministratorStore Administrators { get; }

        public TenantDirectory Directory { get; }

        public FirstStart FirstStart { get; }

        public async Task<bool> IsPasswordAsync(string username, string password) =>
            (await Administrators.ListLoginsAsync(1, default)).Any(kept => LoginHash.Verify(kept.LoginHash, LoginCode.Of(username, password)));
    }
}
