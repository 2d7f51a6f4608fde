using Kiwire.Server.Accounts;
using Kiwire.Server.Authentication;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.Authentication;

/// <summary>accounts.md, Admission: checks 1 to 8 in their order, and Session-Timeout.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AdmissionTests
{
    private const long Now = 1_780_000_000_000;
    private static readonly MacAddress Registered = MacAddress.FromBits(0x02aa00000001);
    private static readonly MacAddress Stranger = MacAddress.FromBits(0x02aa00000002);

    [Test]
    public void Check_1_refuses_an_unknown_user_and_a_wrong_password_alike()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Decide(null).Reason, Is.EqualTo(LoginReason.WrongPassword));
            Assert.That(Decide(Account(), passwordRight: false).Reason, Is.EqualTo(LoginReason.WrongPassword));
        }
    }

    [Test]
    public void Check_2_refuses_a_suspended_account() =>
        Assert.That(Decide(Account(active: false)).Reason, Is.EqualTo(LoginReason.Inactive));

    [TestCase(-1, LoginReason.Expired)]
    [TestCase(0, LoginReason.Expired)]
    [TestCase(1, LoginReason.None)]
    public void Check_3_refuses_an_account_from_its_expiry_on(int millisecondsLeft, LoginReason expected) =>
        Assert.That(Decide(Account(expiresAt: Now + millisecondsLeft)).Reason, Is.EqualTo(expected));

    [Test]
    public void Check_4_refuses_another_zone() =>
        Assert.That(Decide(Account(), zoneAdmits: false).Reason, Is.EqualTo(LoginReason.Zone));

    [Test]
    public void Check_5_refuses_another_device_where_mac_security_is_on()
    {
        TenantPolicy strict = new() { MacSecurity = true };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Decide(Account(macs: [Registered]), policy: strict, device: Stranger).Reason, Is.EqualTo(LoginReason.Mac));
            Assert.That(Decide(Account(macs: [Registered]), policy: strict, device: default).Reason, Is.EqualTo(LoginReason.Mac));
            Assert.That(Decide(Account(macs: [Registered]), policy: strict, device: Registered).Admitted, Is.True);
            Assert.That(Decide(Account(macs: [Registered]), policy: new TenantPolicy(), device: Stranger).Admitted, Is.True);
            Assert.That(Decide(Account(macs: null), policy: strict, device: Stranger).Admitted, Is.True);
        }
    }

    [Test]
    public void Check_6_refuses_an_account_without_a_profile() =>
        Assert.That(Decide(Account(profile: null)).Reason, Is.EqualTo(LoginReason.NoProfile));

    [TestCase("2026-03-02T07:59:59Z", LoginReason.Hours, 0u)]
    [TestCase("2026-03-02T08:00:00Z", LoginReason.None, 36000u)]
    [TestCase("2026-03-02T17:59:58.001Z", LoginReason.None, 1u)]
    [TestCase("2026-03-02T17:59:59.999Z", LoginReason.None, 1u)]
    [TestCase("2026-03-02T18:00:00Z", LoginReason.Hours, 0u)]
    public void Between_checks_6_and_7_login_hours_refuse_and_limit_the_session(string at, LoginReason expected, uint sessionSeconds)
    {
        Profile plan = Plan(ProfileType.Free) with { LoginHours = LoginHours.Parse("mon 08:00-18:00") };

        AdmissionDecision decision = Admission.Decide(new AdmissionFacts
        {
            Account = Account(plan),
            PasswordRight = true,
            Policy = new TenantPolicy(),
            ZoneAdmits = true,
            Device = default,
            TimeZone = TimeZoneInfo.Utc,
            Usage = default,
            Now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
        });

        Assert.That((decision.Reason, decision.SessionSeconds), Is.EqualTo((expected, sessionSeconds)));
    }

    [TestCase(3599, LoginReason.None, 1u)]
    [TestCase(3600, LoginReason.NoCredit, 0u)]
    [TestCase(9999, LoginReason.NoCredit, 0u)]
    public void Check_7_counts_Countdown_by_time_online(int usedSeconds, LoginReason expected, uint sessionSeconds)
    {
        AdmissionDecision decision = Decide(Account(Plan(ProfileType.Countdown, minutes: 60)), usage: new UsageTotals(usedSeconds, 0, 0));

        Assert.That((decision.Reason, decision.SessionSeconds), Is.EqualTo((expected, sessionSeconds)));
    }

    [TestCase(0L, LoginReason.None, 300u, TestName = "Check_7_gives_Expiration_its_whole_window_at_the_first_login")]
    [TestCase(Now - 299_000, LoginReason.None, 1u, TestName = "Check_7_gives_Expiration_what_is_left_of_its_window")]
    [TestCase(Now - 300_000, LoginReason.NoCredit, 0u, TestName = "Check_7_ends_Expiration_with_its_window")]
    public void Check_7_counts_Expiration_from_the_first_login(long firstLoginAt, LoginReason expected, uint sessionSeconds)
    {
        AdmissionDecision decision = Decide(Account(Plan(ProfileType.Expiration, minutes: 5), firstLoginAt: firstLoginAt));

        Assert.That((decision.Reason, decision.SessionSeconds), Is.EqualTo((expected, sessionSeconds)));
    }

    [TestCase(ProfileType.Free)]
    [TestCase(ProfileType.PayAsYouUse)]
    public void Check_7_never_fails_where_time_has_no_limit(ProfileType type)
    {
        AdmissionDecision decision = Decide(Account(Plan(type)), usage: new UsageTotals(long.MaxValue / 2, 0, 0));

        Assert.That((decision.Admitted, decision.SessionSeconds), Is.EqualTo((true, 0u)));
    }

    [TestCase(600, 399, LoginReason.None, 1L)]
    [TestCase(600, 400, LoginReason.Volume, 0L)]
    public void Check_8_counts_both_directions(long octetsIn, long octetsOut, LoginReason expected, long left)
    {
        Profile plan = Plan(ProfileType.Free) with { VolumeLimited = true, VolumeOctets = 1000 };

        AdmissionDecision decision = Decide(Account(plan), usage: new UsageTotals(0, octetsIn, octetsOut));

        Assert.That((decision.Reason, decision.VolumeLeftOctets), Is.EqualTo((expected, left)));
    }

    [Test]
    public void Check_8_ignores_a_limit_that_is_switched_off()
    {
        Profile plan = Plan(ProfileType.Free) with { VolumeLimited = false, VolumeOctets = 1000 };

        Assert.That(Decide(Account(plan), usage: new UsageTotals(0, 5000, 0)).Admitted, Is.True);
    }

    [Test]
    public void The_first_check_that_fails_answers()
    {
        // Everything is wrong at once; each line mends the check that answered before it.
        Profile used = Plan(ProfileType.Countdown, minutes: 1) with { VolumeLimited = true, VolumeOctets = 1 };
        TenantPolicy strict = new() { MacSecurity = true };
        UsageTotals usage = new(60, 1, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Decide(Account(used, false, Now, [Registered]), false, false, Stranger, strict, usage).Reason, Is.EqualTo(LoginReason.WrongPassword));
            Assert.That(Decide(Account(used, false, Now, [Registered]), true, false, Stranger, strict, usage).Reason, Is.EqualTo(LoginReason.Inactive));
            Assert.That(Decide(Account(used, true, Now, [Registered]), true, false, Stranger, strict, usage).Reason, Is.EqualTo(LoginReason.Expired));
            Assert.That(Decide(Account(used, true, 0, [Registered]), true, false, Stranger, strict, usage).Reason, Is.EqualTo(LoginReason.Zone));
            Assert.That(Decide(Account(used, true, 0, [Registered]), true, true, Stranger, strict, usage).Reason, Is.EqualTo(LoginReason.Mac));
            Assert.That(Decide(Account(used, true, 0, [Registered]), true, true, Registered, strict, usage).Reason, Is.EqualTo(LoginReason.NoCredit));
            Assert.That(Decide(Account(used, true, 0, [Registered]), true, true, Registered, strict, usage with { Seconds = 59 }).Reason, Is.EqualTo(LoginReason.Volume));
        }
    }

    [Test]
    public void Session_Timeout_is_the_least_of_time_left_and_expiry()
    {
        Limits expiresFirst = new(Plan(ProfileType.Countdown, minutes: 60), Now + 90_500);
        Limits creditFirst = new(Plan(ProfileType.Countdown, minutes: 1), Now + 90_500);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Decide(Account(expiresFirst.Plan, expiresAt: expiresFirst.ExpiresAt)).SessionSeconds, Is.EqualTo(91));
            Assert.That(Decide(Account(creditFirst.Plan, expiresAt: creditFirst.ExpiresAt)).SessionSeconds, Is.EqualTo(60));
        }
    }

    private static AdmissionDecision Decide(
        AccountEntry? account,
        bool passwordRight = true,
        bool zoneAdmits = true,
        MacAddress device = default,
        TenantPolicy? policy = null,
        UsageTotals usage = default) =>
        Admission.Decide(new AdmissionFacts
        {
            Account = account,
            PasswordRight = passwordRight,
            Policy = policy ?? new TenantPolicy(),
            ZoneAdmits = zoneAdmits,
            Device = device,
            TimeZone = TimeZoneInfo.Utc,
            Usage = usage,
            Now = Now,
        });

    private static Profile Plan(ProfileType type, long minutes = 0) =>
        new() { TenantId = 1, ProfileId = 1, Name = "plan", Type = type, Minutes = minutes };

    private static AccountEntry Account() => Account(Plan(ProfileType.Free));

    private static AccountEntry Account(
        Profile? profile, bool active = true, long expiresAt = 0, MacAddress[]? macs = null, long firstLoginAt = 0) =>
        new("alice"u8, "wonderland"u8, isVoucher: false)
        {
            TenantId = 1,
            AccountId = 7,
            Active = active,
            ProfileHolder = profile is null ? null : new ProfileHolder(profile),
            AllowNas = null,
            Macs = macs,
            ExpiresAt = expiresAt,
            FirstLoginAt = firstLoginAt,
            Presence = new AccountPresence { TenantId = 1, AccountId = 7 },
        };

    private static AccountEntry Account(bool active) => Account(Plan(ProfileType.Free), active);

    private static AccountEntry Account(long expiresAt) => Account(Plan(ProfileType.Free), expiresAt: expiresAt);

    private static AccountEntry Account(MacAddress[]? macs) => Account(Plan(ProfileType.Free), macs: macs);

    private readonly record struct Limits(Profile Plan, long ExpiresAt);
}
