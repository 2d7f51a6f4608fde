using Dapper;
using Kiwire.Server.Devices;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Kiwire.Snmp;

namespace Kiwire.Server.Tests.Devices;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class DeviceRegisterTests(StorageProvider provider)
{
    private const long Tenant = 1;

    private static readonly PollSetCatalog Sets = PollSetLoader.Load(PollSetLoader.BuiltInFolder, "none");

    [Test]
    public async Task Reads_back_what_was_saved_canonical()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceRegister register = Register(storage);

        SaveOutcome outcome = await register.CreateAsync(
            Tenant,
            new DeviceSettings
            {
                Identity = " Core-Switch ", Address = "SW-1.Example:1161", Type = "switch", Mac = "0200.5E10.0001", SnmpVersion = 3, Community = "c", Mib = "mikrotik",
                Description = "d", Location = "hall", Username = "u", Password = "p",
            },
            default);

        Device? device = await register.FindAsync(Tenant, "CORE-switch", default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(device, Is.EqualTo(new Device
            {
                TenantId = Tenant, DeviceId = ((SaveOutcome.Saved)outcome).Id, Identity = "Core-Switch", Address = "sw-1.example:1161", Type = "switch", Mac = "02:00:5e:10:00:01",
                SnmpVersion = 3, Mib = "mikrotik", Description = "d", Location = "hall", Username = "u", CreatedAt = device!.CreatedAt, Version = 1,
            }));
            Assert.That(await register.GetAsync(Tenant, device.DeviceId, default), Is.EqualTo(device));
            Assert.That(await register.GetAsync(2, device.DeviceId, default), Is.Null);
            Assert.That(await register.FindAsync(2, "core-switch", default), Is.Null);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_change_that_another_server_makes_meanwhile_is_not_lost(CancellationToken cancellationToken)
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceRegister register = Register(storage);
        long id = await CreateAsync(register, "a");

        SaveOutcome whatever = await OvertakeAsync(storage, () => register.UpdateAsync(Tenant, id, new DeviceSettings { Location = "roof" }, 0, default), cancellationToken);
        Device device = (await register.GetAsync(Tenant, id, default))!;
        SaveOutcome ifMatch = await OvertakeAsync(
            storage, () => register.UpdateAsync(Tenant, id, new DeviceSettings { Location = "hall" }, device.Version, default), cancellationToken);
        SaveOutcome deleted = await OvertakeAsync(storage, () => register.DeleteAsync(Tenant, id, device.Version + 1, default), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((whatever, device.Location, device.Description), Is.EqualTo((new SaveOutcome.Saved(id), "roof", "theirs")));
            Assert.That((ifMatch, deleted), Is.EqualTo((new SaveOutcome.Stale(), new SaveOutcome.Stale())));
            Assert.That((await register.GetAsync(Tenant, id, default))?.Location, Is.EqualTo("roof"));
        }
    }

    [Test]
    public async Task What_is_not_given_has_its_default_and_stays_when_changed()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceRegister register = Register(storage);
        long id = await CreateAsync(register, "a");
        byte[] before = await CommunityAsync(storage);

        SaveOutcome outcome = await register.UpdateAsync(Tenant, id, new DeviceSettings { Location = "roof", Mac = "" }, 1, default);

        Device device = (await register.GetAsync(Tenant, id, default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(new SaveOutcome.Saved(id)));
            Assert.That((device.Type, device.SnmpVersion, device.Mac, device.Mib, device.Location, device.Version), Is.EqualTo(("generic", 2, "", "", "roof", 2L)));
            Assert.That(await CommunityAsync(storage), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task An_identity_is_the_tenants_once_whatever_its_case()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceRegister register = Register(storage);
        _ = await CreateAsync(register, "Switch");
        long other = await CreateAsync(register, "router");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await register.CreateAsync(Tenant, Settings("SWITCH"), default), Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(await register.UpdateAsync(Tenant, other, new DeviceSettings { Identity = "switch" }, 0, default), Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(await register.UpdateAsync(Tenant, other, new DeviceSettings { Identity = "ROUTER" }, 0, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await register.CreateAsync(2, Settings("switch"), default), Is.TypeOf<SaveOutcome.Saved>());
        }
    }

    [Test]
    public async Task A_change_made_for_another_version_or_of_another_tenants_device_does_nothing()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceRegister register = Register(storage);
        long id = await CreateAsync(register, "a");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await register.UpdateAsync(Tenant, id, new DeviceSettings { Location = "x" }, 2, default), Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(await register.DeleteAsync(Tenant, id, 2, default), Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(await register.UpdateAsync(2, id, new DeviceSettings { Location = "x" }, 0, default), Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(await register.DeleteAsync(2, id, 0, default), Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(await register.GetAsync(Tenant, id, default), Has.Property(nameof(Device.Location)).EqualTo("").And.Property(nameof(Device.Version)).EqualTo(1));
            Assert.That(await register.DeleteAsync(Tenant, id, 1, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await register.GetAsync(Tenant, id, default), Is.Null);
        }
    }

    [Test]
    public async Task Is_listed_by_start_and_by_what_came_before_with_filters()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceRegister register = Register(storage);
        foreach (string name in (string[])["sw-3", "SW-1", "ap-1", "sw-2"])
        {
            _ = await register.CreateAsync(Tenant, new DeviceSettings { Identity = name, Address = "192.0.2.1", Type = name[..2] }, default);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(await register.ListAsync(Tenant, 1, 2, default)), Is.EqualTo(["SW-1", "sw-2"]));
            Assert.That(Names(await register.ListAsync(new DeviceQuery { TenantId = Tenant, After = "sw-1", Limit = 5 }, default)), Is.EqualTo(["sw-2", "sw-3"]));
            Assert.That(Names(await register.ListAsync(new DeviceQuery { TenantId = Tenant, Prefix = "Sw-", Limit = 5 }, default)), Is.EqualTo(["SW-1", "sw-2", "sw-3"]));
            Assert.That(Names(await register.ListAsync(new DeviceQuery { TenantId = Tenant, Type = "AP", Limit = 5 }, default)), Is.EqualTo(["ap-1"]));
            Assert.That(await register.ListAsync(2, 0, 10, default), Is.Empty);
        }

        static IEnumerable<string> Names(IEnumerable<Device> devices) => devices.Select(device => device.Identity);
    }

    [Test]
    public async Task Secrets_are_encrypted_and_the_audit_log_has_what_changed_without_them()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceRegister register = Register(storage);
        ChangeAuthor.Enter(new ChangeAuthor { TenantId = Tenant, Name = "admin", Via = "apiv2", Address = "127.0.0.1" });
        _ = await register.CreateAsync(Tenant, new DeviceSettings { Identity = "a", Address = "192.0.2.1", Community = "public-9", Password = "public-9" }, default);
        Device device = (await register.FindAsync(Tenant, "a", default))!;
        _ = await register.UpdateAsync(Tenant, device.DeviceId, new DeviceSettings { SnmpVersion = 1, Community = "other-9" }, 0, default);
        _ = await register.DeleteAsync(Tenant, device.DeviceId, 0, default);
        _ = await register.CreateAsync(Tenant, new DeviceSettings { Identity = "b", Address = "192.0.2.1", Community = "public-9", Password = "public-9" }, default);

        await using System.Data.Common.DbConnection connection = await storage.Database.OpenAsync(default);
        (byte[] community, byte[] password) = await connection.QuerySingleAsync<(byte[], byte[])>("SELECT community, password FROM devices");
        string[] log = [.. await connection.QueryAsync<string>("SELECT action || ' ' || name || ' ' || changes FROM audit_log WHERE kind = 'device' ORDER BY audit_id")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(System.Text.Encoding.Latin1.GetString([.. community, .. password]), Does.Not.Contain("public-9"));
            Assert.That(log[0], Is.EqualTo("""create a {"identity":{"to":"a"},"address":{"to":"192.0.2.1"},"type":{"to":"generic"},"snmpVersion":{"to":2},"community":"changed","password":"changed"}"""));
            Assert.That(log[1], Is.EqualTo("""update a {"snmpVersion":{"from":2,"to":1},"community":"changed"}"""));
            Assert.That(log[2], Is.EqualTo("delete a {}"));
        }
    }

    [Test]
    public async Task The_users_passwords_are_encrypted_and_read_back_for_the_poller_alone()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        DeviceStore store = new(storage.Database, storage.Secrets);
        DeviceRegister register = Register(storage);
        long id = ((SaveOutcome.Saved)await register.CreateAsync(
            Tenant,
            new DeviceSettings
            {
                Identity = "a", Address = "192.0.2.1", SnmpVersion = 3, Username = "u", AuthenticationProtocol = AuthenticationProtocol.Sha256, AuthenticationPassword = "auth-sesame",
                PrivacyProtocol = PrivacyProtocol.Aes128, PrivacyPassword = "priv-sesame", PollSeconds = 30,
            },
            default)).Id;
        SaveOutcome shorter = await register.UpdateAsync(Tenant, id, new DeviceSettings { PrivacyPassword = "short" }, 0, default);
        SaveOutcome changed = await register.UpdateAsync(Tenant, id, new DeviceSettings { PrivacyPassword = "priv-other-1" }, 0, default);

        (Device device, DeviceSecrets secrets) = (await store.FindAccessAsync(Tenant, id, default))!.Value;
        await using System.Data.Common.DbConnection connection = await storage.Database.OpenAsync(default);
        (byte[] authentication, byte[] privacy) = await connection.QuerySingleAsync<(byte[], byte[])>("SELECT authentication_password, privacy_password FROM devices");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((SaveOutcome.Refused)shorter).Faults[0].Field, Is.EqualTo("privacyPassword"));
            Assert.That(changed, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That((secrets.AuthenticationPassword, secrets.PrivacyPassword, secrets.Community), Is.EqualTo(("auth-sesame", "priv-other-1", "")));
            Assert.That((device.AuthenticationProtocol, device.PrivacyProtocol, device.PollSeconds), Is.EqualTo((AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128, 30)));
            Assert.That(System.Text.Encoding.Latin1.GetString([.. authentication, .. privacy]), Does.Not.Contain("sesame").And.Not.Contain("other"));
            Assert.That(await store.FindAccessAsync(2, id, default), Is.Null);
        }
    }

    private static DeviceRegister Register(TestDatabase storage) =>
        new(new DeviceStore(storage.Database, storage.Secrets), Sets, storage.Commits, storage.Ids, TimeProvider.System);

    private static DeviceSettings Settings(string identity) => new() { Identity = identity, Address = "192.0.2.1", Mac = "020000000001", Community = "public" };

    private static async Task<long> CreateAsync(DeviceRegister register, string identity) =>
        ((SaveOutcome.Saved)await register.CreateAsync(Tenant, Settings(identity), default)).Id;

    private static async Task<byte[]> CommunityAsync(TestDatabase storage)
    {
        await using System.Data.Common.DbConnection connection = await storage.Database.OpenAsync(default);
        return await connection.QuerySingleAsync<byte[]>("SELECT community FROM devices");
    }

    /// <summary>Has another server's change be committed between our reading of the row and our writing it.</summary>
    private async Task<SaveOutcome> OvertakeAsync(TestDatabase storage, Func<Task<SaveOutcome>> ours, CancellationToken cancellationToken)
    {
        if (provider == StorageProvider.Sqlite)
        {
            Assert.Ignore("SQLite has one server.");
        }

        await using WriteScope scope = await storage.OpenSecond().BeginWriteAsync(default);
        _ = await scope.Connection.ExecuteAsync("UPDATE devices SET description = 'theirs', version = version + 1 WHERE tenant_id = 1", transaction: scope.Transaction);
        Task<SaveOutcome> outcome = ours();
        await using System.Data.Common.DbConnection connection = await storage.Database.OpenAsync(default);
        _ = await EndToEnd.RunningServer.UntilAsync(
            () => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
            waiting => waiting > 0,
            cancellationToken);
        await scope.CommitAsync(default);
        return await outcome;
    }
}
