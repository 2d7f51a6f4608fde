using System.Reflection;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.Tenants;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class TenantRegisterTests(StorageProvider provider)
{
    private static readonly TenantSettings Hotel = new() { CloudId = "Hotel-1", Name = "The hotel", TimeZone = "Asia/Kuala_Lumpur", Permissions = ["addUser", "LOGINRECORD"] };

    [Test]
    public async Task A_new_tenant_has_an_administrator_a_key_and_what_other_rooms_give_it_when_the_call_returns()
    {
        Beginning beginning = new();
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider, beginning);

        TenantCreation created = await room.TenantRegister.CreateAsync(Hotel, new AdministratorSettings { Username = "boss" }, default);

        long tenantId = ((SaveOutcome.Saved)created.Outcome).Id;
        FirstCredentials credentials = created.Credentials!.Value;
        Assert.That(room.Directory.TryGetByCloudId("hotel-1", out Tenant? tenant), Is.True);
        AdministratorProof login = await room.Login.ByNameAsync("hotel-1", "boss", credentials.Password, TenantsRoom.Home, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(beginning.TenantIds, Is.EqualTo([tenantId]));
            Assert.That((tenant!.TenantId, tenant.Name, tenant.TimeZone.Id, tenant.Active, tenant.ApiEnabled), Is.EqualTo((tenantId, "The hotel", "Asia/Kuala_Lumpur", true, true)));
            Assert.That(tenant.Permissions, Is.EqualTo(ApiPermissions.AddUser | ApiPermissions.LoginRecord));
            Assert.That(await room.Tenants.ReadApiKeysAsync(tenantId, default), Is.EqualTo([credentials.ApiKey]));
            Assert.That(((AdministratorProof.Admitted)login).Administrator, Has.Property("MustChange").True.And.Property("Role").EqualTo("administrator"));
            Assert.That(created.ToString(), Does.Not.Contain(credentials.Password).And.Not.Contain(credentials.ApiKey));
            Assert.That((await room.TenantRegister.CreateAsync(Hotel with { CloudId = "HOTEL-1" }, new(), default)).Outcome, Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(await room.LogInAsync("boss", credentials.Password), Is.TypeOf<AdministratorProof.Refused>(), "of another tenant");
        }
    }

    [Test]
    public async Task A_database_that_goes_away_after_the_commit_does_not_cost_the_credentials()
    {
        Beginning first = new() { Failure = new Npgsql.NpgsqlException("away") };
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider, first, new Beginning());

        TenantCreation created = await room.TenantRegister.CreateAsync(Hotel, new(), default);

        Assert.That(created.Outcome, Is.TypeOf<SaveOutcome.Saved>());
        Assert.That(await room.Login.ByNameAsync("hotel-1", "admin", created.Credentials!.Value.Password, TenantsRoom.Home, default), Is.TypeOf<AdministratorProof.Admitted>());
    }

    [Test]
    public async Task What_is_given_changes_what_is_not_stays_and_the_directory_has_it()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        Tenant before = Default(room);

        SaveOutcome outcome = await room.TenantRegister.UpdateAsync(
            1,
            new TenantSettings
            {
                Name = "Ours",
                TimeZone = "Europe/Zurich",
                ApiEnabled = false,
                Permissions = [],
                Policy = new PolicySettings { MacSecurity = true, RejectDelaySeconds = 0 },
                ReplyTexts = new Dictionary<string, string?> { ["expired"] = "Zu spät", ["zone"] = "Nicht hier" },
            },
            before.Version,
            default);

        Tenant after = Default(room);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That((after.Name, after.TimeZone.Id, after.ApiEnabled, after.Permissions), Is.EqualTo(("Ours", "Europe/Zurich", false, ApiPermissions.None)));
            Assert.That((after.Policy.MacSecurity, after.Policy.RejectDelaySeconds, after.Policy.Lockout), Is.EqualTo((true, 0d, true)));
            Assert.That(after.Policy.ReplyTexts, Has.Count.EqualTo(2).And.ContainKey("expired"));
            Assert.That(after.Version, Is.EqualTo(before.Version + 1));
            Assert.That(await room.TenantRegister.UpdateAsync(1, new TenantSettings(), before.Version, default), Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(await room.TenantRegister.UpdateAsync(42, new TenantSettings(), 0, default), Is.TypeOf<SaveOutcome.Missing>());
        }

        await room.TenantRegister.UpdateAsync(1, new TenantSettings { ReplyTexts = new Dictionary<string, string?> { ["expired"] = "" } }, 0, default);
        Assert.That(Default(room).Policy.ReplyTexts.Keys, Is.EqualTo(["zone"]));
    }

    [Test]
    public async Task Fields_of_another_version_stay_in_the_policy()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        await TenantsRoom.SetPolicyAsync(room.Storage.Commits, TenantPolicy.FromJson("""{ "fromTheFuture": 1 }"""));

        await room.TenantRegister.UpdateAsync(1, new TenantSettings { Policy = new PolicySettings { MacSecurity = true } }, 0, default);

        Assert.That(Default(room).Policy.ToJson(), Does.Contain("\"fromTheFuture\":1").And.Contain("\"macSecurity\":true"));
    }

    [Test]
    public void Every_switch_of_the_policy_can_be_read_and_changed()
    {
        string[] switches = [.. typeof(TenantPolicy).GetProperties().Select(property => property.Name).Except(["ReplyTexts", "Others"])];
        PropertyInfo[] settings = typeof(PolicySettings).GetProperties();

        Assert.That(settings.Select(property => property.Name), Is.EquivalentTo(switches));
        Assert.That(settings.Where(property => property.GetValue(PolicySettings.Of(new TenantPolicy())) is null), Is.Empty);
        TenantPolicy changed = new()
        {
            MacAutoLogin = true,
            MacAutoRegister = true,
            MacSecurity = true,
            AutoDisconnectPrevious = true,
            SuspendWhenExhausted = true,
            SuspendWhenExpired = true,
            PasswordSecurityHigh = false,
            Lockout = false,
            RejectDelaySeconds = 3,
            InterimIntervalSeconds = 900,
            EapMethods = ["GTC"],
        };
        AuditChanges changes = new();
        PolicySettings.Of(new TenantPolicy()).CompareTo(PolicySettings.Of(changed), changes);
        Assert.That(PolicySettings.Of(changed).ApplyTo(new TenantPolicy()).ToJson(), Is.EqualTo(changed.ToJson()));
        Assert.That(System.Text.Json.Nodes.JsonNode.Parse(changes.ToJson())!.AsObject(), Has.Count.EqualTo(switches.Length));
    }

    [Test]
    public async Task After_a_rotation_the_old_key_is_valid_until_its_time_and_no_longer()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);

        ApiKeyRotation first = await room.TenantRegister.RotateApiKeyAsync(1, 3600, 0, default);

        Assert.That(await room.Tenants.ReadApiKeysAsync(1, default), Is.EqualTo([first.ApiKey, TenantsRoom.ApiKey]));
        Assert.That(Default(room).PreviousApiKeyUntil, Is.EqualTo(room.Clock.GetUtcNow().AddHours(1)));
        room.Clock.Advance(TimeSpan.FromSeconds(3600));
        Assert.That(await room.Tenants.ReadApiKeysAsync(1, default), Is.EqualTo([first.ApiKey]));

        ApiKeyRotation second = await room.TenantRegister.RotateApiKeyAsync(1, 0, Default(room).Version, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await room.Tenants.ReadApiKeysAsync(1, default), Is.EqualTo([second.ApiKey]));
            Assert.That(Default(room).PreviousApiKeyUntil, Is.Null);
            Assert.That(second.ApiKey, Does.Match("^[0-9a-f]{32}$").And.Not.EqualTo(first.ApiKey));
            Assert.That(second.ToString(), Does.Not.Contain(second.ApiKey!));
            Assert.That((await room.TenantRegister.RotateApiKeyAsync(1, 0, 1, default)).Outcome, Is.TypeOf<SaveOutcome.Stale>());
            Assert.That((await room.TenantRegister.RotateApiKeyAsync(42, 0, 0, default)).Outcome, Is.TypeOf<SaveOutcome.Missing>());
        }
    }

    [TestCase(-1)]
    [TestCase(2_592_001)]
    public async Task An_old_key_is_kept_at_most_30_days(long seconds)
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);

        ApiKeyRotation rotation = await room.TenantRegister.RotateApiKeyAsync(1, seconds, 0, default);

        Assert.That(rotation.Outcome, Is.TypeOf<SaveOutcome.Refused>().With.Property("Message").StartsWith($"keepOldSeconds is {seconds};"));
        Assert.That(await room.Tenants.ReadApiKeysAsync(1, default), Is.EqualTo([TenantsRoom.ApiKey]));
    }

    [Test]
    public async Task A_suspended_tenant_admits_no_administrator_and_the_default_one_cannot_be_suspended()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        TenantCreation hotel = await room.TenantRegister.CreateAsync(Hotel, new(), default);

        await room.TenantRegister.UpdateAsync(((SaveOutcome.Saved)hotel.Outcome).Id, new TenantSettings { Active = false }, 0, default);

        Assert.That(
            await room.Login.ByNameAsync("hotel-1", "admin", hotel.Credentials!.Value.Password, TenantsRoom.Home, default), Is.TypeOf<AdministratorProof.Refused>());
        Assert.That(
            await room.TenantRegister.UpdateAsync(1, new TenantSettings { Active = false }, 0, default),
            Is.TypeOf<SaveOutcome.Refused>().With.Property("Message").StartsWith("active is false; the tenant default runs the installation"));
    }

    [Test]
    public async Task The_audit_log_is_that_of_who_did_it_and_holds_no_key_and_no_password()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        TenantsRoom.Enter();

        long hotel = ((SaveOutcome.Saved)(await room.TenantRegister.CreateAsync(new TenantSettings { CloudId = "h" }, new(), default)).Outcome).Id;
        await room.TenantRegister.UpdateAsync(
            hotel, new TenantSettings { Active = false, Policy = new() { EapMethods = ["MD5"] }, ReplyTexts = new Dictionary<string, string?> { ["mac"] = "No" } }, 0, default);
        await room.TenantRegister.RotateApiKeyAsync(hotel, 60, 0, default);

        string[] audit = await room.ReadAuditAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(audit[0], Does.StartWith("create tenant h ").And.Contain("\"apiKey\":\"changed\"").And.Contain("\"permissions\":{\"from\":[],\"to\":[\"addUser\","));
            Assert.That(audit[1], Is.EqualTo("""update tenant h {"active":{"from":true,"to":false},"eapMethods":{"from":["MSCHAPv2","MD5","GTC"],"to":["MD5"]},"replyTexts.mac":{"to":"No"}}"""));
            Assert.That(audit[2], Is.EqualTo("""update tenant h {"apiKey":"changed","previousApiKeyUntil":{"to":"2026-01-01T00:01:00.0000000+00:00"}}"""));
            Assert.That((await room.ReadAuditAsync(hotel)).Single(), Does.StartWith("create administrator admin ").And.Contain("\"password\":\"changed\""));
        }
    }

    private static readonly TestCaseData<TenantSettings, string>[] Faulty =
    [
        new(new TenantSettings { CloudId = "a b" }, "cloudId is missing or not possible"),
        new(new TenantSettings { CloudId = "../x" }, "cloudId is missing or not possible"),
        new(new TenantSettings { CloudId = "ok", Name = "  " }, "name is missing or empty"),
        new(new TenantSettings { CloudId = "ok", Name = "a\0b" }, "name has a control character"),
        new(new TenantSettings { CloudId = "ok", TimeZone = "Mars/Olympus" }, "timeZone is 'Mars/Olympus', which this system does not know"),
        new(new TenantSettings { CloudId = "ok", TimeZone = "../../etc/passwd" }, "timeZone is no name of one"),
        new(new TenantSettings { CloudId = "ok", Permissions = ["addUser", "addMoney"] }, "permissions names 'addMoney'; known are addUser,"),
        new(new TenantSettings { CloudId = "ok", Policy = new() { RejectDelaySeconds = 6 } }, "rejectDelaySeconds is 6"),
        new(new TenantSettings { CloudId = "ok", ReplyTexts = new Dictionary<string, string?> { ["nope"] = "x" } }, "replyTexts names 'nope'"),
        new(new TenantSettings { CloudId = "ok", ReplyTexts = new Dictionary<string, string?> { ["mac"] = "a\nb" } }, "replyTexts has for a reason a text that has a control character"),
        new(new TenantSettings { CloudId = "ok", ReplyTexts = new Dictionary<string, string?> { ["mac"] = new('x', 254) } }, "replyTexts has for a reason a text that has more than 253 octets"),
    ];

    [TestCaseSource(nameof(Faulty))]
    public async Task What_is_wrong_is_named_and_nothing_is_made(TenantSettings given, string message)
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);

        TenantCreation created = await room.TenantRegister.CreateAsync(given, new AdministratorSettings(), default);

        Assert.That(created.Outcome, Is.TypeOf<SaveOutcome.Refused>().With.Property("Message").StartsWith(message));
        Assert.That(room.Directory.Tenants, Has.Count.EqualTo(1));
    }

    private static Tenant Default(TenantsRoom room) => room.Directory.TryGet(1, out Tenant? tenant) ? tenant : throw new InvalidOperationException();

    private sealed class Beginning : INewTenant
    {
        public List<long> TenantIds { get; } = [];

        public Exception? Failure { get; init; }

        public Task BeginAsync(long tenantId, CancellationToken cancellationToken)
        {
            TenantIds.Add(tenantId);
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }
    }
}
