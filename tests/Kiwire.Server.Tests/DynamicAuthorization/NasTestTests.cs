using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>The test of a NAS: what it finds, and what it says to change.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NasTestTests : IAsyncDisposable
{
    private readonly FakeNas _nas = new(FakeNas.Nak(503));
    private readonly NasDirectory _directory = new();
    private CoaRoom _room = null!;

    [SetUp]
    public async Task CreateAsync() => _room = await CoaRoom.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _nas.DisposeAsync();
    }

    [Test]
    public async Task A_NAS_that_answers_503_is_good_in_all_respects()
    {
        NasTestReport report = await TestAsync("hostapd");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.IsGood, Is.True);
            Assert.That(Text(report, NasTestAspect.Port), Does.Contain($"UDP port {_nas.EndPoint.Port}"));
            Assert.That(Text(report, NasTestAspect.Session), Does.Contain("503"));
            Assert.That(_nas.TakeAll().Select(arrival => arrival.Packet.Code), Is.All.EqualTo(RadiusCode.DisconnectRequest));
        }
    }

    [Test]
    public async Task A_silent_NAS_is_explained_with_what_to_look_at_on_that_make()
    {
        _nas.Answer = FakeNas.Silence;
        NasTestReport report = await TestAsync("mikrotik");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.IsGood, Is.False);
            Assert.That(Text(report, NasTestAspect.Port), Does.Contain("its secret is another").And.Contain("/radius incoming accept=yes"));
            Assert.That(report.Findings.Single(finding => finding.Aspect == NasTestAspect.Secret).Verdict, Is.EqualTo(NasTestVerdict.Unknown));
        }
    }

    [Test]
    public async Task Answers_under_another_secret_are_told_from_silence()
    {
        _nas.Answer = arrival => FakeNas.Reply(arrival, RadiusCode.DisconnectNak, 503, new SharedSecret("another"));

        Assert.That(Text(await TestAsync("generic"), NasTestAspect.Secret), Does.Contain("signed with another secret"));
    }

    [Test]
    public async Task A_clock_that_is_out_is_found_by_leaving_Event_Timestamp_out()
    {
        _nas.Answer = arrival => arrival.Types.Contains(55) ? null : FakeNas.Nak(503)(arrival);

        Assert.That(Text(await TestAsync("hostapd"), NasTestAspect.Clock), Does.Contain("only without Event-Timestamp").And.Contain("300 s from its own clock"));
    }

    [Test]
    public async Task A_NAS_that_does_not_bear_Message_Authenticator_is_found()
    {
        _nas.Answer = arrival => arrival.Types.Contains(80) ? null : FakeNas.Nak(503)(arrival);

        Assert.That(Text(await TestAsync("generic"), NasTestAspect.Attributes), Does.Contain("\"messageAuthenticator\": false"));
    }

    [TestCase((byte)44, "Acct-Session-Id")]
    [TestCase((byte)55, "Event-Timestamp")]
    [TestCase((byte)4, "NAS-IP-Address")]
    [TestCase((byte)32, "NAS-Identifier")]
    public async Task The_attribute_that_is_refused_is_named(byte type, string name)
    {
        _nas.Answer = arrival => FakeNas.Nak(arrival.Types.Contains(type) ? 401u : 503u)(arrival);

        Assert.That(Text(await TestAsync("generic"), NasTestAspect.Attributes), Does.StartWith($"It refuses {name} (401)"));
    }

    [Test]
    public async Task Attributes_that_would_be_refused_are_named_though_they_are_not_sent()
    {
        _nas.Answer = arrival => FakeNas.Nak(arrival.Types.Contains(5) || arrival.Types.Contains(8) ? 401u : 503u)(arrival);

        NasTestReport report = await TestAsync("generic");

        Assert.That(report.IsGood, Is.True);
        Assert.That(Text(report, NasTestAspect.Attributes), Does.Contain("would refuse Framed-IP-Address, NAS-Port (401)"));
    }

    [TestCase(403u, "does not recognise itself")]
    [TestCase(402u, "misses an attribute")]
    [TestCase(501u, "allow this server's address")]
    [TestCase(405u, "does not do Disconnect-Requests")]
    public async Task Other_refusals_are_explained(uint cause, string words)
    {
        _nas.Answer = FakeNas.Nak(cause);

        NasTestReport report = await TestAsync("generic");

        Assert.That(report.IsGood, Is.False);
        Assert.That(Text(report, NasTestAspect.Session), Does.Contain(words).And.Contain($"{cause}"));
    }

    [Test]
    public async Task A_NAS_that_acknowledges_anything_is_told()
    {
        _nas.Answer = FakeNas.Ack;

        Assert.That(Text(await TestAsync("generic"), NasTestAspect.Session), Does.Contain("acknowledgements say nothing"));
    }

    [Test]
    public async Task A_prefix_needs_an_address_and_what_does_not_listen_is_not_tested()
    {
        NasTest test = new(_directory, _room.Dialogue);
        _directory.Replace([CoaRoom.Entry(_nas.EndPoint, address: "127.0.0.0/8"), CoaRoom.Entry(_nas.EndPoint, "pfsense", "p", nasId: 8)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await test.RunAsync(1, 7, null, default))!.Findings.Single().Text, Does.Contain("say which address"));
            Assert.That((await test.RunAsync(1, 7, _nas.EndPoint.Address, default))!.IsGood, Is.True);
            Assert.That((await test.RunAsync(1, 8, null, default))!.Findings.Single().Text, Does.Contain("nothing to test"));
            Assert.That(await test.RunAsync(2, 7, null, default), Is.Null);
        }
    }

    private static string Text(NasTestReport report, NasTestAspect aspect) => report.Findings.Single(finding => finding.Aspect == aspect).Text;

    private async Task<NasTestReport> TestAsync(string type)
    {
        _directory.Replace([CoaRoom.Entry(_nas.EndPoint, type)]);
        Task<NasTestReport?> report = new NasTest(_directory, _room.Dialogue).RunAsync(1, 7, null, default);
        while (!report.IsCompleted)
        {
            // Time passes only where all that was sent has arrived, all that was answered is known, and something is not answered.
            Kiwire.Radius.Client.RadiusClientStatistics seen = _room.Sender.Statistics;
            if (_nas.Handled == seen.Sent + seen.Resent && _nas.Replied == seen.Answered + seen.Forged && seen.Sent > seen.Answered + seen.Unanswered)
            {
                _room.Clock.Advance(TimeSpan.FromSeconds(1.5));
            }

            await Task.Yield();
        }

        return (await report)!;
    }
}
