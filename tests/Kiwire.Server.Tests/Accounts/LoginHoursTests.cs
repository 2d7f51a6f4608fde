using System.Globalization;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>When accounts of a profile may be in, on clocks that are also put forward and back.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class LoginHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // 2026-03-02 is a Monday.
    [TestCase("mon 08:00-18:00", "2026-03-02T08:00:00+01:00", "2026-03-02T18:00:00+01:00")]
    [TestCase("mon 08:00-18:00", "2026-03-02T17:59:59+01:00", "2026-03-02T18:00:00+01:00")]
    [TestCase("mon 08:00-18:00", "2026-03-02T07:59:59+01:00", null)]
    [TestCase("mon 08:00-18:00", "2026-03-02T18:00:00+01:00", null)]
    [TestCase("mon 08:00-18:00", "2026-03-03T12:00:00+01:00", null)]
    [TestCase("mon-fri 08:00-12:00, mon-fri 13:00-18:00", "2026-03-06T13:30:00+01:00", "2026-03-06T18:00:00+01:00")]
    [TestCase("mon-fri 08:00-12:00, mon-fri 13:00-18:00", "2026-03-06T12:30:00+01:00", null)]
    [TestCase("fri 22:00-02:00", "2026-03-07T01:00:00+01:00", "2026-03-07T02:00:00+01:00", TestName = "Over_midnight")]
    [TestCase("sun 22:00-02:00", "2026-03-09T01:00:00+01:00", "2026-03-09T02:00:00+01:00", TestName = "Over_the_end_of_the_week_seen_on_Monday")]
    [TestCase("sun 22:00-02:00", "2026-03-08T23:00:00+01:00", "2026-03-09T02:00:00+01:00", TestName = "Over_the_end_of_the_week_seen_on_Sunday")]
    [TestCase("sat-mon 20:00-24:00, sun 00:00-10:00", "2026-03-07T21:00:00+01:00", "2026-03-08T10:00:00+01:00", TestName = "Ranges_that_touch_are_one")]
    [TestCase("mon-sun 00:00-24:00", "2026-03-07T21:00:00+01:00", "never")]
    [TestCase("sun 01:00-02:30", "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00", TestName = "An_end_that_the_clocks_skip_is_when_they_do")]
    [TestCase("sun 00:00-02:30", "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+02:00", TestName = "An_end_that_comes_twice_is_the_first")]
    [TestCase("sun 00:00-02:30", "2026-10-25T02:40:00+02:00", null, TestName = "After_the_first_of_two_ends_it_is_over")]
    [TestCase("sun 00:00-02:30", "2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00", TestName = "When_the_time_comes_again_it_is_open_again")]
    [TestCase("sun 00:00-04:00", "2026-10-25T00:30:00+02:00", "2026-10-25T04:00:00+01:00", TestName = "A_night_with_an_hour_more")]
    public void Hours_are_on_the_tenants_clocks(string ranges, string at, string? end)
    {
        bool admitted = LoginHours.Parse(ranges)!.Admit(Moment(at), Berlin, out long until);

        Assert.That(admitted ? until : (long?)null, Is.EqualTo(end is null ? null : end == "never" ? long.MaxValue : Moment(end)));
    }

    [TestCase("mon 8:00-18:00")]
    [TestCase("mon 08:00-08:00")]
    [TestCase("mon 24:00-08:00")]
    [TestCase("mon 08:00-24:30")]
    [TestCase("mon 08:61-09:00")]
    [TestCase("someday 08:00-09:00")]
    [TestCase("08:00-09:00")]
    [TestCase("")]
    public void What_is_no_range_is_refused_with_what_would_be_right(string range)
    {
        bool parsed = LoginHours.TryParse([range], out LoginHours? hours, out string? fault);

        Assert.That((parsed, hours), Is.EqualTo((false, (LoginHours?)null)));
        Assert.That(fault, Is.EqualTo($"has '{range}'; it must be a day and a range on the tenant's clocks such as 'mon 08:00-18:00', 'mon-fri 08:00-18:00' or 'fri 22:00-02:00'."));
    }

    [Test]
    public void There_are_64_ranges_at_most()
    {
        string[] most = [.. Enumerable.Repeat("mon 08:00-09:00", LoginHours.MostRanges)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LoginHours.TryParse(most, out _, out _), Is.True);
            Assert.That(LoginHours.TryParse([.. most, "tue 08:00-09:00"], out _, out string? fault), Is.False);
            Assert.That(fault, Is.EqualTo("has 65 ranges; 64 is the most."));
        }
    }

    [Test]
    public void What_is_kept_is_read_again()
    {
        Assert.That(LoginHours.TryParse(["MON-fri 08:00 - 12:00 ", "sun 22:00-02:00"], out LoginHours? hours, out _), Is.True);
        Assert.That(hours!.Ranges, Is.EqualTo((string[])["mon-fri 08:00-12:00", "sun 22:00-02:00"]));
        Assert.That(LoginHours.Parse(hours.Text), Is.EqualTo(hours));
        Assert.That(LoginHours.Parse(""), Is.Null);
    }

    [Test]
    public void A_moment_is_within_the_hours_exactly_as_long_as_the_clock_shows_a_time_of_theirs()
    {
        LoginHours hours = LoginHours.Parse("sat 22:00-02:15, sun 02:45-03:30, mon 00:00-24:00")!;
        foreach (string from in (string[])["2026-03-28T20:00:00+01:00", "2026-10-24T20:00:00+02:00"])
        {
            for (int minutes = 0; minutes < 3 * 24 * 60; minutes += 5)
            {
                long at = Moment(from) + (minutes * 60_000L);
                DateTimeOffset local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), Berlin);
                int clock = (local.Hour * 60) + local.Minute;
                bool expected = local.DayOfWeek switch
                {
                    DayOfWeek.Saturday => clock >= 22 * 60,
                    DayOfWeek.Sunday => clock < 135 || clock is >= 165 and < 210,
                    DayOfWeek.Monday => true,
                    _ => false,
                };
                Assert.That(hours.Admit(at, Berlin, out long until), Is.EqualTo(expected), $"{local}");
                if (expected)
                {
                    Assert.That(hours.Admit(until - 1, Berlin, out long same), Is.True, $"{local}");
                    Assert.That(same, Is.EqualTo(until), $"{local}");
                    Assert.That(hours.Admit(until, Berlin, out _), Is.False, $"{local}");
                }
            }
        }
    }

    private static long Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
