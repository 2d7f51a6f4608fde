using System.Globalization;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>accounts.md: expiry accepts Y-m-d (end of that day) and Y-m-d H:i:s, in the tenant's time zone.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AccountExpiryTests
{
    [TestCase("2030-06-15", "UTC", "2030-06-15T23:59:59.999Z", TestName = "A_day_ends_at_midnight")]
    [TestCase("2030-06-15", "Asia/Kuala_Lumpur", "2030-06-15T15:59:59.999Z", TestName = "A_day_ends_in_the_tenants_zone")]
    [TestCase("2030-06-15 12:30:00", "Asia/Kuala_Lumpur", "2030-06-15T04:30:00Z", TestName = "A_moment_is_in_the_tenants_zone")]
    [TestCase("2026-03-29", "Europe/Berlin", "2026-03-29T21:59:59.999Z", TestName = "A_day_of_23_hours_ends_at_its_end")]
    [TestCase("2026-10-25", "Europe/Berlin", "2026-10-25T22:59:59.999Z", TestName = "A_day_of_25_hours_ends_at_its_end")]
    [TestCase("2026-03-29 02:30:00", "Europe/Berlin", "2026-03-29T01:00:00Z", TestName = "A_time_that_is_skipped_is_when_the_clocks_go_forward")]
    [TestCase("2026-10-25 02:30:00", "Europe/Berlin", "2026-10-25T01:30:00Z", TestName = "A_time_that_comes_twice_is_the_later")]
    [TestCase("2024-09-07", "America/Santiago", "2024-09-08T03:59:59.999Z", TestName = "A_day_whose_midnight_is_skipped_ends_when_the_clocks_go_forward")]
    [TestCase("2024-02-29", "UTC", "2024-02-29T23:59:59.999Z", TestName = "A_leap_day_is_a_day")]
    [TestCase(" 2030-06-15 ", "UTC", "2030-06-15T23:59:59.999Z", TestName = "Spaces_around_do_not_count")]
    public void Reads(string text, string zone, string expected)
    {
        bool read = AccountExpiry.TryParse(text, TimeZoneInfo.FindSystemTimeZoneById(zone), out long? expiresAt);

        Assert.That(read, Is.True);
        Assert.That(expiresAt, Is.EqualTo(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()));
    }

    [Test]
    public void Nothing_is_never()
    {
        bool read = AccountExpiry.TryParse("", TimeZoneInfo.Utc, out long? expiresAt);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.True);
            Assert.That(expiresAt, Is.Null);
            Assert.That(AccountExpiry.Format(null, TimeZoneInfo.Utc), Is.Empty);
        }
    }

    [TestCase("9999-12-31 23:59:59", "Etc/GMT+5", "9999-12-31 18:59:59", TestName = "The_end_of_all_years_is_shown_though_in_UTC_it_is_past_them")]
    [TestCase("9999-12-31 23:59:59", "Asia/Kuala_Lumpur", "9999-12-31 23:59:59", TestName = "The_end_of_all_years_is_shown_as_it_was_given")]
    [TestCase("0001-01-01 00:00:00", "Etc/GMT-8", "0001-01-01 08:00:00", TestName = "The_beginning_of_all_years_is_shown_though_in_UTC_it_is_before_them")]
    public void Moments_at_the_ends_of_time_can_be_shown(string text, string zoneId, string shown)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);

        bool read = AccountExpiry.TryParse(text, zone, out long? expiresAt);

        Assert.That((read, AccountExpiry.Format(expiresAt, zone), AccountBody.MomentOf(expiresAt)?.Offset), Is.EqualTo((true, shown, TimeSpan.Zero)));
    }

    [TestCase("tomorrow")]
    [TestCase("2030-13-01")]
    [TestCase("2030-02-30")]
    [TestCase("30-01-01")]
    [TestCase("2030-01-01 25:00:00")]
    [TestCase("2030-01-01T10:00:00")]
    [TestCase("9999-12-31")]
    public void Refuses(string text) => Assert.That(AccountExpiry.TryParse(text, TimeZoneInfo.Utc, out _), Is.False);

    [TestCase("2030-06-15", "2030-06-15 23:59:59")]
    [TestCase("2030-06-15 08:05:09", "2030-06-15 08:05:09")]
    public void Is_shown_as_it_was_given(string text, string shown)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        _ = AccountExpiry.TryParse(text, zone, out long? expiresAt);

        Assert.That(AccountExpiry.Format(expiresAt, zone), Is.EqualTo(shown));
    }

    [Test]
    public void Tomorrow_is_the_tenants()
    {
        DateTimeOffset now = new(2026, 12, 30, 20, 0, 0, TimeSpan.Zero);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(AccountExpiry.Tomorrow(now, TimeZoneInfo.Utc), Is.EqualTo("2026-12-31"));
            Assert.That(AccountExpiry.Tomorrow(now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")), Is.EqualTo("2027-01-01"));
        }
    }
}
