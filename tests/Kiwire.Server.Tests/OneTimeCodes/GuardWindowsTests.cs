using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Tests.OneTimeCodes;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class GuardWindowsTests
{
    [TestCase("Asia/Kuala_Lumpur", "2026-11-22T15:59:59Z", "2026-11-21T16:00:00Z", "2026-11-22T16:00:00Z", Description = "UTC+8")]
    [TestCase("Asia/Kuala_Lumpur", "2026-11-22T16:00:00Z", "2026-11-22T16:00:00Z", "2026-11-23T16:00:00Z")]
    [TestCase("Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", Description = "a day of 25 hours")]
    [TestCase("Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", Description = "a day of 23 hours")]
    [TestCase("UTC", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z")]
    public void A_day_is_the_tenants(string zone, string now, string begins, string ends)
    {
        GuardWindows windows = GuardWindows.Of(At(now), TimeZoneInfo.FindSystemTimeZoneById(zone));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((windows.Day, windows.DayEnd), Is.EqualTo((At(begins), At(ends))));
            Assert.That(GuardWindows.Of(windows.Day - 1, TimeZoneInfo.FindSystemTimeZoneById(zone)).Day, Is.EqualTo(windows.DayBefore));
            Assert.That(windows.HourEnd - windows.Hour, Is.EqualTo(3_600_000));
            Assert.That(windows.Hour, Is.LessThanOrEqualTo(At(now)).And.GreaterThan(At(now) - 3_600_000));
        }
    }

    [TestCase("203.0.113.7", "203.0.113.7")]
    [TestCase("::ffff:203.0.113.7", "203.0.113.7")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [TestCase("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [TestCase("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [TestCase("fe80::1%3", "fe80::/64")]
    public void An_address_is_judged_as_such_and_IPv6_by_its_64(string address, string source) =>
        Assert.That(GuardSource.Of(IPAddress.Parse(address), MacAddress.FromBits(1)), Is.EqualTo(source));

    [Test]
    public void Where_no_address_is_known_the_device_is_the_source()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(GuardSource.Of(null, MacAddress.FromBits(0x00_00_5e_00_53_01)), Is.EqualTo("00:00:5e:00:53:01"));
            Assert.That(GuardSource.Of(null, default), Is.Empty);
        }
    }

    private static long At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
