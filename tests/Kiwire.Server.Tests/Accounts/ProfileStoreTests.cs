using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>accounts.md, "Profile", on both databases; an edit holds for the accounts in memory when its call completes.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class ProfileStoreTests(StorageProvider provider)
{
    private const long Tenant = AccountsRoom.Tenant;

    [TestCase(AccountsRoom.Tenant)]
    [TestCase(AccountsRoom.OtherTenant)]
    public async Task Every_tenant_has_wx_temp_for_5_minutes_and_1_device(long tenant)
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        Profile? profile = await room.Profiles.FindAsync(tenant, "WX_TEMP", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(profile?.Type, Is.EqualTo(ProfileType.Expiration));
            Assert.That(profile?.Minutes, Is.EqualTo(5));
            Assert.That(profile?.Simultaneous, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Wx_temp_is_made_once()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        await using AccountsRoom again = await room.RestartAsync();

        Assert.That(await again.Profiles.ListAsync(Tenant, 0, 10, default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Wx_temp_cannot_be_deleted_or_renamed_but_changed()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        ProfileDeletion deletion = await room.Profiles.DeleteAsync(Tenant, "Wx_Temp", default);
        SaveOutcome renamed = await room.Profiles.UpdateAsync(Tenant, "wx_temp", new ProfileSettings { Name = "other" }, default);
        SaveOutcome changed = await room.Profiles.UpdateAsync(Tenant, "wx_temp", new ProfileSettings { Minutes = 10 }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deletion, Is.EqualTo(ProfileDeletion.Kept));
            Assert.That(renamed, Is.TypeOf<SaveOutcome.Refused>());
            Assert.That(changed, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That((await room.Profiles.FindAsync(Tenant, "wx_temp", default))?.Minutes, Is.EqualTo(10));
        }
    }

    [Test]
    public async Task A_profile_that_accounts_use_cannot_be_deleted()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "gold" }, default);
        _ = await room.CreateUserAsync("alice", profile: "gold");

        ProfileDeletion used = await room.Profiles.DeleteAsync(Tenant, "gold", default);
        _ = await room.Store.DeleteAsync(Tenant, "alice", AccountKind.User, default);
        ProfileDeletion unused = await room.Profiles.DeleteAsync(Tenant, "gold", default);
        ProfileDeletion gone = await room.Profiles.DeleteAsync(Tenant, "gold", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(used, Is.EqualTo(ProfileDeletion.InUse));
            Assert.That(unused, Is.EqualTo(ProfileDeletion.Deleted));
            Assert.That(gone, Is.EqualTo(ProfileDeletion.Missing));
            Assert.That(room.ProfileDirectory.TryGetByName(Tenant, "gold", out _), Is.False);
        }
    }

    [Test]
    public async Task All_fields_of_a_profile_are_kept()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        ProfileSettings given = new()
        {
            Name = "Gold",
            Price = 12.50m,
            Type = "pay as you use",
            Edx = "link",
            Minutes = 60,
            VolumeLimited = true,
            VolumeGigabytes = 1.5m,
            IdleMinutes = 10,
            Simultaneous = 3,
            DownKbps = 10240,
            UpKbps = 2048,
            MinDownKbps = 1024,
            MinUpKbps = 512,
        };

        SaveOutcome outcome = await room.Profiles.CreateAsync(Tenant, given, default);

        Profile? profile = await room.Profiles.FindAsync(Tenant, "gold", default);
        Assert.That(outcome, Is.EqualTo(new SaveOutcome.Saved(profile!.ProfileId)));
        Assert.That(profile, Is.EqualTo(new Profile
        {
            TenantId = Tenant,
            ProfileId = profile.ProfileId,
            Name = "Gold",
            Price = 12.50m,
            Type = ProfileType.PayAsYouUse,
            Edx = "link",
            Minutes = 60,
            VolumeLimited = true,
            VolumeOctets = (1L << 30) + (1L << 29),
            IdleMinutes = 10,
            Simultaneous = 3,
            DownKbps = 10240,
            UpKbps = 2048,
            MinDownKbps = 1024,
            MinUpKbps = 512,
        }));
    }

    [Test]
    public async Task An_edit_holds_at_once_for_accounts_in_memory()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "gold", DownKbps = 1024 }, default);
        _ = await room.CreateUserAsync("alice", profile: "gold");
        AccountEntry? entry = await room.LoadAsync("alice");

        _ = await room.Profiles.UpdateAsync(Tenant, "GOLD", new ProfileSettings { Name = "platinum", DownKbps = 2048 }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(entry?.Profile?.DownKbps, Is.EqualTo(2048));
            Assert.That(entry?.Profile?.Name, Is.EqualTo("platinum"));
            Assert.That(room.ProfileDirectory.TryGetByName(Tenant, "Platinum", out _), Is.True);
            Assert.That(room.ProfileDirectory.TryGetByName(Tenant, "gold", out _), Is.False);
        }
    }

    [Test]
    public async Task Two_profiles_of_one_name_are_refused()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "gold" }, default);
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "silver" }, default);

        SaveOutcome created = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "GOLD" }, default);
        SaveOutcome renamed = await room.Profiles.UpdateAsync(Tenant, "silver", new ProfileSettings { Name = "Gold" }, default);
        SaveOutcome missing = await room.Profiles.UpdateAsync(Tenant, "bronze", new ProfileSettings(), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created, Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(renamed, Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(missing, Is.TypeOf<SaveOutcome.Missing>());
        }
    }
}

/// <summary>What is refused of a profile.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ProfileValidatorTests
{
    private static IEnumerable<TestCaseData> Faulty()
    {
        ProfileSettings fine = new() { Name = "gold" };
        yield return Case("No_name", new ProfileSettings(), "name is missing; it must be a name of 1 to 128 octets without control characters.");
        yield return Case("A_name_with_NUL", fine with { Name = "a\0" }, "name has a control character; it must be a name of 1 to 128 octets without control characters.");
        yield return Case("A_long_name", fine with { Name = new string('x', 129) }, "name has more than 128 octets; it must be a name of 1 to 128 octets without control characters.");
        yield return Case("A_type_that_is_none", fine with { Type = "Monthly" }, "type is 'Monthly'; it must be Countdown, Expiration, Free or Pay As You Use.");
        yield return Case("Countdown_without_time", fine with { Type = "Countdown" }, "minutes is 0; it must be 1 to 52704000 for a profile of type Countdown.");
        yield return Case("Expiration_without_time", fine with { Type = "Expiration" }, "minutes is 0; it must be 1 to 52704000 for a profile of type Expiration.");
        yield return Case("Negative_time", fine with { Minutes = -1 }, "minutes is -1; it must be 0 to 52704000.");
        yield return Case("A_negative_price", fine with { Price = -0.01m }, "price is -0.01; it must be 0 to 1000000000.");
        yield return Case("Negative_volume", fine with { VolumeGigabytes = -1 }, "volumeGigabytes is -1; it must be 0 to 1000000 GB.");
        yield return Case("Immense_volume", fine with { VolumeGigabytes = decimal.MaxValue }, "volumeGigabytes is 79228162514264337593543950335; it must be 0 to 1000000 GB.");
        yield return Case("A_limit_of_nothing", fine with { VolumeLimited = true }, "volumeGigabytes is 0 though the volume is limited; it must be more than 0 GB, or the limit off.");
        yield return Case("Negative_idle_time", fine with { IdleMinutes = -1 }, "idleMinutes is -1; it must be 0 to 527040 minutes (0: no limit).");
        yield return Case("Too_many_sessions", fine with { Simultaneous = 4097 }, "simultaneous is 4097; it must be 0 to 4096 (0: no limit).");
        yield return Case("A_negative_rate", fine with { DownKbps = -1 }, "downKbps is -1; it must be 0 to 104857600 Kbps (0: no limit).");
        yield return Case("An_immense_rate", fine with { UpKbps = int.MaxValue }, "upKbps is 2147483647; it must be 0 to 104857600 Kbps (0: no limit).");
        yield return Case("A_least_rate_above_the_most", fine with { DownKbps = 100, MinDownKbps = 101 }, "minDownKbps is 101; it must be 0 to 100 Kbps, no more than the download rate.");
        yield return Case("The_same_upwards", fine with { UpKbps = 100, MinUpKbps = 101 }, "minUpKbps is 101; it must be 0 to 100 Kbps, no more than the upload rate.");
        yield return Case("A_long_link", fine with { Edx = new string('x', 1001) }, "edx has 1001 characters; 1000 is the most.");
    }

    [TestCaseSource(nameof(Faulty))]
    public void Refuses(ProfileSettings given, string message)
    {
        bool made = ProfileValidator.TryMake(null, given, 1, 1, out _, out List<FieldFault> faults);

        Assert.That(made, Is.False);
        Assert.That(faults.Single().Message, Is.EqualTo(message));
    }

    [TestCase("Countdown", ProfileType.Countdown)]
    [TestCase("expiration", ProfileType.Expiration)]
    [TestCase("FREE", ProfileType.Free)]
    [TestCase("Pay As You Use", ProfileType.PayAsYouUse)]
    [TestCase("PayAsYouUse", ProfileType.PayAsYouUse)]
    public void Understands_the_types(string text, ProfileType type)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ProfileValidator.TryParseType(text, out ProfileType read), Is.True);
            Assert.That(read, Is.EqualTo(type));
            Assert.That(ProfileValidator.TryParseType(ProfileValidator.NameOf(type), out _), Is.True);
        }
    }

    private static TestCaseData Case(string name, ProfileSettings given, string message) => new TestCaseData(given, message).SetName(name);
}
