using System.Globalization;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>Where the windows begin in which usage is counted.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class UsageWindowTests
{
    [TestCase(UsageReset.HalfHour, "Europe/Berlin", "2026-03-04T10:44:59+01:00", "2026-03-04T10:30:00+01:00")]
    [TestCase(UsageReset.HalfHour, "Asia/Kathmandu", "2026-03-04T10:29:00+05:45", "2026-03-04T10:00:00+05:45")]
    [TestCase(UsageReset.Hour, "Europe/Berlin", "2026-03-04T10:59:59+01:00", "2026-03-04T10:00:00+01:00")]
    [TestCase(UsageReset.Hour, "Europe/Berlin", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+02:00", TestName = "The_first_of_two_hours")]
    [TestCase(UsageReset.Hour, "Europe/Berlin", "2026-10-25T02:30:00+01:00", "2026-10-25T02:00:00+01:00", TestName = "The_second_of_two_hours")]
    [TestCase(UsageReset.Hour, "Europe/Berlin", "2026-03-29T03:10:00+02:00", "2026-03-29T03:00:00+02:00", TestName = "The_hour_after_the_one_that_is_skipped")]
    [TestCase(UsageReset.Hour, "Australia/Lord_Howe", "2026-04-05T01:45:00+10:30", "2026-04-05T01:30:00+10:30", TestName = "Clocks_that_go_back_by_half_an_hour_begin_a_window")]
    [TestCase(UsageReset.Day, "Asia/Kuala_Lumpur", "2026-03-04T23:59:59+08:00", "2026-03-04T00:00:00+08:00")]
    [TestCase(UsageReset.Day, "Europe/Berlin", "2026-03-29T12:00:00+02:00", "2026-03-29T00:00:00+01:00", TestName = "A_day_of_23_hours")]
    [TestCase(UsageReset.Day, "Europe/Berlin", "2026-10-25T23:00:00+01:00", "2026-10-25T00:00:00+02:00", TestName = "A_day_of_25_hours")]
    [TestCase(UsageReset.Day, "Africa/Cairo", "2026-04-24T12:00:00+03:00", "2026-04-24T01:00:00+03:00", TestName = "A_day_whose_midnight_is_skipped")]
    [TestCase(UsageReset.Week, "Europe/Berlin", "2026-03-08T23:59:59+01:00", "2026-03-02T00:00:00+01:00", TestName = "Sunday_is_the_weeks_last_day")]
    [TestCase(UsageReset.Week, "Europe/Berlin", "2026-03-09T00:00:00+01:00", "2026-03-09T00:00:00+01:00", TestName = "Monday_is_its_first")]
    [TestCase(UsageReset.Week, "Europe/Berlin", "2026-04-01T00:00:00+02:00", "2026-03-30T00:00:00+02:00")]
    [TestCase(UsageReset.Month, "Europe/Berlin", "2026-02-28T23:59:59+01:00", "2026-02-01T00:00:00+01:00")]
    [TestCase(UsageReset.Month, "Europe/Berlin", "2028-02-29T23:59:59+01:00", "2028-02-01T00:00:00+01:00")]
    [TestCase(UsageReset.Month, "Europe/Berlin", "2026-03-31T23:59:59+02:00", "2026-03-01T00:00:00+01:00", TestName = "A_month_in_which_the_clocks_are_set")]
    [TestCase(UsageReset.Month, "America/Los_Angeles", "2026-05-01T06:59:59+00:00", "2026-04-01T00:00:00-07:00")]
    [TestCase(UsageReset.Year, "Asia/Kuala_Lumpur", "2026-12-31T23:59:59+08:00", "2026-01-01T00:00:00+08:00")]
    public void A_window_begins_on_the_tenants_clocks(UsageReset reset, string zone, string at, string start) =>
        Assert.That(
            DateTimeOffset.FromUnixTimeMilliseconds(UsageWindow.StartOf(reset, Moment(at), TimeZoneInfo.FindSystemTimeZoneById(zone))),
            Is.EqualTo(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture)));

    [Test]
    public void Usage_that_is_never_reset_has_no_window() =>
        Assert.That(UsageWindow.StartOf(UsageReset.Never, Moment("2026-03-04T10:00:00+01:00"), TimeZoneInfo.Utc), Is.Zero);

    [TestCase("Europe/Berlin")]
    [TestCase("America/New_York")]
    [TestCase("Australia/Lord_Howe")]
    [TestCase("Asia/Kathmandu")]
    [TestCase("Africa/Cairo")]
    [TestCase("America/Havana")]
    public void A_window_goes_on_from_its_beginning_until_the_next_begins(string zoneId)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        foreach (UsageReset reset in Enum.GetValues<UsageReset>().Where(reset => reset != UsageReset.Never))
        {
            long last = long.MinValue;
            for (long at = Moment("2026-01-01T00:00:00Z"); at < Moment("2027-02-01T00:00:00Z"); at += 7 * 60_000)
            {
                long start = UsageWindow.StartOf(reset, at, zone);
                Assert.That(start, Is.LessThanOrEqualTo(at).And.GreaterThanOrEqualTo(last), $"{reset} {at}");
                Assert.That(UsageWindow.StartOf(reset, start, zone), Is.EqualTo(start), $"{reset} {at}");
                last = start;
            }
        }
    }

    private static long Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
