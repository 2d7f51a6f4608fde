using System.Globalization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>Login hours and usage that is reset, over the wire.</summary>
[TestFixture]
internal sealed class LoginHoursTests
{
    private const string Phone = "02-AA-00-00-00-01";

    [Test]
    public async Task Outside_of_the_hours_a_login_is_refused_in_the_tenants_words_and_inside_it_ends_with_them()
    {
        HeldClock clock = new(DateTimeOffset.Parse("2026-03-02T07:00:00Z", CultureInfo.InvariantCulture));
        await using RunningServer server = await RunningServer.StartAsync(clock);
        await server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        await server.CreateProfileAsync(new ProfileSettings { Name = "office", Type = "Free", LoginHours = ["mon-fri 08:00-18:00"] });
        await server.CreateUserAsync(new AccountSettings { Username = "clerk", Password = "secret-1", Profile = "office" });
        using TestNas nas = new(server);

        string early = nas.Login("clerk", "secret-1", Phone).Text;
        await server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, ReplyTexts = new Dictionary<string, string> { ["hours"] = "We open at eight" } });
        string own = nas.Login("clerk", "secret-1", Phone).Text;
        clock.Advance(TimeSpan.FromHours(10));
        Answer inside = nas.Login("clerk", "secret-1", Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((early, own), Is.EqualTo(("Login is not allowed at this time", "We open at eight")));
            Assert.That(inside.IsAccept, Is.True, inside.Text);
            Assert.That(inside.Integer(27), Is.EqualTo(3600), "Session-Timeout");
        }
    }

    [Test]
    public async Task Used_up_today_there_is_time_again_tomorrow()
    {
        ShiftedClock clock = ShiftedClock.At(DateTimeOffset.Parse("2026-03-02T12:00:00Z", CultureInfo.InvariantCulture));
        await using RunningServer server = await RunningServer.StartAsync(clock);
        await server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, SuspendWhenExhausted = true });
        await server.CreateProfileAsync(new ProfileSettings { Name = "daily", Type = "Countdown", Minutes = 60, AutoReset = "day" });
        await server.CreateUserAsync(new AccountSettings { Username = "visitor", Password = "secret-1", Profile = "daily" });
        using TestNas nas = new(server);
        Assert.That(nas.Login("visitor", "secret-1", Phone).Integer(27), Is.EqualTo(3600));

        nas.Account(2, "s1", "visitor", Phone, 3600);
        string used = nas.Login("visitor", "secret-1", Phone).Text;
        clock.Advance(TimeSpan.FromHours(12));
        Answer tomorrow = nas.Login("visitor", "secret-1", Phone);

        Assert.That(used, Is.EqualTo("No time left on this account"));
        Assert.That(tomorrow.Integer(27), Is.EqualTo(3600), tomorrow.Text);
    }
}
