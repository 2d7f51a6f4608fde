using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Telemetry;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.Sms;
using Kiwire.Server.Tests.Support;
using Kiwire.Snmp;
using Kiwire.Snmp.Tests.Client;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>
/// The whole server against an agent on loopback, with the time moved on by hand: that between polls, and that for which an answer is waited for, so that no agent is
/// late because the machine is busy.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class DevicePollingTests
{
    private const int PollSeconds = 10;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(PollSeconds);

    /// <summary>How long an answer is waited for, and longer than that.</summary>
    private const int TimeoutMilliseconds = 200;
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(TimeoutMilliseconds + 50);

    private const string Secret = "0123456789abcdef";

    private readonly Lock _objects = new();
    private FakeAgent _agent = null!;
    private SmtpSink _mail = null!;
    private FakeGateway _hook = null!;
    private PollingClock _clock = null!;
    private RunningServer _server = null!;
    private ApiClient _api = null!;
    private TimeSpan _toNext;
    private uint _upTicks;

    [SetUp]
    public async Task StartAsync()
    {
        _upTicks = 8_640_000;
        _agent = new FakeAgent();
        _agent.Respond = AnswerFrom(_agent);
        Put("1.3.6.1.2.1.1.1.0", SnmpValue.OctetString("RouterOS RB5009"));
        Put("1.3.6.1.2.1.1.2.0", SnmpValue.ObjectIdentifier(ObjectId.Parse("1.3.6.1.4.1.99999.1")));
        Put("1.3.6.1.2.1.1.3.0", SnmpValue.TimeTicks(_upTicks));
        Put("1.3.6.1.2.1.1.5.0", SnmpValue.OctetString("edge-1"));
        Put("1.3.6.1.2.1.1.6.0", SnmpValue.OctetString("cellar"));
        Put("1.3.6.1.2.1.31.1.1.1.1.7", SnmpValue.OctetString("ether1"));
        Put("1.3.6.1.2.1.31.1.1.1.15.7", SnmpValue.Gauge32(1000));
        Put("1.3.6.1.2.1.31.1.1.1.6.7", SnmpValue.Counter64(1_000_000));
        Put("1.3.6.1.2.1.2.2.1.16.7", SnmpValue.Counter32(4_294_967_000));
        Put("1.3.6.1.2.1.2.2.1.8.7", SnmpValue.Integer32(1));

        _mail = new SmtpSink();
        _hook = await FakeGateway.StartAsync(_ => new GatewayAnswer(204, ""));
        _clock = new PollingClock(DateTimeOffset.UtcNow);
        _server = await RunningServer.StartAsync(
            _clock, "--Kiwire:Devices:Poll=true", $"--Kiwire:Devices:TimeoutMilliseconds={TimeoutMilliseconds}", "--Kiwire:Devices:Retries=0", "--Kiwire:Devices:AllowPrivateWebhooks=true",
            "--Kiwire:Mail:Host=127.0.0.1", $"--Kiwire:Mail:Port={_mail.Port}", "--Kiwire:Mail:StartTls=false", "--Kiwire:Mail:From=kiwire@example.net");
        _api = await ApiClient.LogInAsync(_server);
        foreach ((string name, bool monitor) in new[] { ("ann", true), ("bob", false) })
        {
            Assert.That(
                (await _api.PostAsync("/api/v1/administrators", new { username = name, role = "operator", email = $"{name}@example.net", monitor })).Status, Is.EqualTo(201));
        }

        Assert.That((await _api.SendAsync(HttpMethod.Put, "/api/v1/device-webhook", new { url = _hook.Url + "/events", secret = Secret })).Status, Is.EqualTo(200));
        ApiAnswer made = await _api.PostAsync("/api/v1/devices", new { identity = "edge", address = _agent.EndPoint.ToString(), community = "public", pollSeconds = PollSeconds });
        Assert.That(made.Status, Is.EqualTo(201), made.ToString());

        // From here on it alone is polled, when the time is put forward; from the first poll on a second behind its moment, so that none is near.
        await PolledAsync(2);
        _ = await _api.DeleteAsync("/api/v1/devices/demo-agent");
        await PolledAsync(1);
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        Device edge = (await _server.Get<DeviceRegister>().FindAsync(TenantDirectory.DefaultTenantId, "edge", default))!;
        long moment = PollSchedule.NextMoment(edge.DeviceId, PollSeconds, now + 1);
        _toNext = TimeSpan.FromMilliseconds(moment - now + 1000);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
        await _hook.DisposeAsync();
        await _mail.DisposeAsync();
        _agent.Dispose();
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task An_agent_that_stops_is_down_after_three_polls_with_an_event_an_e_mail_and_a_webhook_and_up_when_it_returns(CancellationToken cancellationToken)
    {
        ApiAnswer first = await PollAsync(cancellationToken);
        Action<AgentRequest> answer = _agent.Respond;
        _agent.Respond = Silent;
        string[] states = new string[3];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = StateOf(await PollAsync(cancellationToken));
        }

        await ToldAsync(1, cancellationToken);
        _agent.Respond = answer;

        // An e-mail goes out once a minute at most.
        ApiAnswer back = await PollAsync(cancellationToken, after: TimeSpan.FromMinutes(1));
        await ToldAsync(2, cancellationToken);

        ApiAnswer events = await _api.GetAsync("/api/v1/devices/edge/events");
        ApiAnswer down = await _api.GetAsync("/api/v1/device-events?kind=down");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(events.Status, Is.EqualTo(200), events.ToString());
            Assert.That(down.Status, Is.EqualTo(200), down.ToString());
            Assert.That(StateOf(first), Is.EqualTo("up"));
            Assert.That(states, Is.EqualTo(new[] { "up", "up", "down" }));
            Assert.That(StateOf(back), Is.EqualTo("up"));
            Assert.That(events["items"]!.AsArray().Select(item => (string)item!["kind"]!), Is.EqualTo(new[] { "up", "down", "up" }));
            Assert.That((string)down["items"]![0]!["detail"]!, Does.StartWith("It missed 3 polls in a row. ").And.Contain("did not answer within 0.2 s"));

            Assert.That(_mail.Messages.SelectMany(message => message.To), Is.EqualTo(new[] { "ann@example.net", "ann@example.net" }));
            Assert.That(_mail.Messages[0].Header("Subject"), Is.EqualTo("edge is down"));
            Assert.That(_mail.Messages[0].Body, Does.Contain("edge is down. It missed 3 polls in a row."));
            Assert.That(_mail.Messages[1].Header("Subject"), Is.EqualTo("edge is up again"));
            Assert.That(_mail.Faults, Is.Empty);

            JsonNode told = JsonNode.Parse(_hook.Requests[0].Body)!;
            string signature = _hook.Requests[0].Headers["Kiwire-Signature"];
            string signed = signature.Split(',')[0][2..] + "." + _hook.Requests[0].Body;
            Assert.That(((string)told["cloudId"]!, (string)told["events"]![0]!["device"]!, (string)told["events"]![0]!["kind"]!), Is.EqualTo(("default", "edge", "down")));
            Assert.That(signature, Does.EndWith("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed)))));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task What_polls_found_is_shown_and_counters_are_rates_also_where_they_went_round(CancellationToken cancellationToken)
    {
        ApiAnswer first = await PollAsync(cancellationToken);
        DateTimeOffset before = PolledAt(first)!.Value;
        Put("1.3.6.1.2.1.31.1.1.1.6.7", SnmpValue.Counter64(2_000_000));
        Put("1.3.6.1.2.1.2.2.1.16.7", SnmpValue.Counter32(704));
        ApiAnswer second = await PollAsync(cancellationToken);
        double seconds = (PolledAt(second)!.Value - before).TotalSeconds;

        ApiAnswer metrics = await _api.GetAsync("/api/v1/devices/edge/metrics?metric=if-mib.inBits&points=100");
        ApiAnswer all = await _api.GetAsync("/api/v1/devices/edge/metrics?points=1");
        ApiAnswer list = await _api.GetAsync("/api/v1/devices");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)first["texts"]!["sysName"], (string?)first["texts"]!["sysDescr"], (string?)first["texts"]!["sysLocation"]), Is.EqualTo(("edge-1", "RouterOS RB5009", "cellar")));
            Assert.That((string?)first["texts"]!["if-mib.operStatus.7"], Is.EqualTo("up"));
            Assert.That((long?)first["status"]!["uptimeSeconds"], Is.EqualTo(_upTicks / 100 - PollSeconds));
            Assert.That((double?)first["status"]!["roundTripMilliseconds"], Is.GreaterThan(0));
            Assert.That(ValueOf(first, "if-mib.speed"), Is.EqualTo(1e9));
            Assert.That(ValueOf(first, "if-mib.inBits"), Is.Null, "a rate needs two polls");
            Assert.That(ValueOf(second, "if-mib.inBits"), Is.EqualTo(8_000_000 / seconds).Within(0.01).Percent);
            Assert.That(ValueOf(second, "if-mib.outBits"), Is.EqualTo(8_000 / seconds).Within(0.01).Percent, "1000 octets, over the end of 32 bits");
            Assert.That((string?)second["values"]!.AsArray().Single(value => (string?)value!["metric"] == "if-mib.inBits")!["label"], Is.EqualTo("ether1"));

            Assert.That((string?)metrics["resolution"], Is.EqualTo("raw"));
            Assert.That(metrics["series"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((double?)metrics["series"]![0]!["points"]![0]!["mean"], Is.EqualTo(8_000_000 / seconds).Within(0.01).Percent);
            Assert.That(all["series"]!.AsArray().Select(series => series!["points"]!.AsArray().Count), Is.All.LessThanOrEqualTo(1));
            Assert.That((string?)list["items"]![0]!["status"]!["state"], Is.EqualTo("up"));
            Assert.That(list["items"]![0]!["values"], Is.Null);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_date_that_is_set_back_holds_no_poll_up(CancellationToken cancellationToken)
    {
        ApiAnswer before = await PollAsync(cancellationToken);
        _clock.SetBack(TimeSpan.FromMinutes(10));
        DateTimeOffset polled = PolledAt(before)!.Value;
        _clock.Advance(PollInterval);
        ApiAnswer after = await RunningServer.UntilAsync(() => _api.GetAsync("/api/v1/devices/edge"), answer => PolledAt(answer) < polled, cancellationToken);

        Assert.That(StateOf(after), Is.EqualTo("up"));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_restart_is_an_event_and_gives_no_rate_and_a_device_that_is_changed_is_asked_as_it_is_now(CancellationToken cancellationToken)
    {
        _ = await PollAsync(cancellationToken);
        Put("1.3.6.1.2.1.1.3.0", SnmpValue.TimeTicks(_upTicks = 100));
        Put("1.3.6.1.2.1.31.1.1.1.6.7", SnmpValue.Counter64(10));
        ApiAnswer restarted = await PollAsync(cancellationToken, ticks: 0);
        ApiAnswer events = await _api.GetAsync("/api/v1/device-events?kind=restarted");

        using FakeAgent other = new();
        other.Respond = AnswerFrom(other);
        foreach ((ObjectId id, SnmpValue value) in _agent.Objects)
        {
            other.Objects[id] = value;
        }

        other.Objects[ObjectId.Parse("1.3.6.1.2.1.1.5.0")] = SnmpValue.OctetString("edge-2");
        _ = await _api.PatchAsync("/api/v1/devices/edge", new { address = other.EndPoint.ToString() });
        ApiAnswer moved = await RunningServer.UntilAsync(
            () => PollAsync(cancellationToken), answer => (string?)answer["texts"]!["sysName"] == "edge-2", cancellationToken);
        ApiAnswer deleted = await _api.DeleteAsync("/api/v1/devices/edge");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ValueOf(restarted, "if-mib.inBits"), Is.Null);
            Assert.That(events["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(_mail.Messages, Is.Empty, "nobody is told of a restart");
            Assert.That(StateOf(moved), Is.EqualTo("up"));
            Assert.That(deleted.Status, Is.EqualTo(204));
            Assert.That((await _api.GetAsync("/api/v1/devices/edge/metrics")).Status, Is.EqualTo(404));
            Assert.That((await _api.GetAsync("/api/v1/device-events")).Text, Does.Contain("restarted"), "what happened stays in the list");
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task What_a_NAS_that_is_a_device_too_has_learnt_and_has_no_session_is_an_unauthorised_device(CancellationToken cancellationToken)
    {
        // BRIDGE-MIB, dot1dTpFdbStatus: 3 learnt, 4 its own.
        Put("1.3.6.1.2.1.17.4.3.1.3.2.94.0.0.0.17", SnmpValue.Integer32(3));
        Put("1.3.6.1.2.1.17.4.3.1.3.2.94.0.0.0.18", SnmpValue.Integer32(4));
        Put("1.3.6.1.2.1.17.4.3.1.3.2.94.0.0.0.19", SnmpValue.Integer32(3));

        // The device has the address of the NAS demo-nas.
        using TestNas nas = new(_server);
        _ = nas.Account(1, "session-19", "someone", "02-5E-00-00-00-13", 0);
        _ = await RunningServer.UntilAsync(
            () => _api.GetAsync("/api/v1/sessions"), answer => answer.Text.Contains("02:5e:00:00:00:13", StringComparison.Ordinal), cancellationToken);

        _ = await PollAsync(cancellationToken);
        ApiAnswer listed = await RunningServer.UntilAsync(
            () => _api.GetAsync("/api/v1/unauthorised-devices?reason=no_session"), answer => answer["items"]!.AsArray().Count > 0, cancellationToken);

        Assert.That(
            listed["items"]!.AsArray().Select(item => ((string?)item!["mac"], (string?)item["nas"], (string?)item["reason"])),
            Is.EqualTo(new[] { ((string?)"02:5e:00:00:00:11", (string?)"demo-nas", (string?)"no_session") }));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_test_polls_at_once_and_says_what_came_or_why_not()
    {
        ApiAnswer good = await _api.PostAsync("/api/v1/devices/edge/test");
        _agent.Respond = Silent;
        ApiAnswer silent = await _api.PostAsync("/api/v1/devices/edge/test");
        ApiAnswer none = await _api.PostAsync("/api/v1/devices/nobody/test");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((bool?)good["answered"], (string?)good["fault"], (string?)good["texts"]!["sysName"]), Is.EqualTo(((bool?)true, "none", "edge-1")));
            Assert.That(good["pollSets"]!.AsArray().Select(set => (string)set!), Does.Contain("if-mib"));
            Assert.That(((bool?)silent["answered"], (string?)silent["fault"]), Is.EqualTo(((bool?)false, "noAnswer")));
            Assert.That((string?)silent["message"], Does.Contain("did not answer"));
            Assert.That(none.Status, Is.EqualTo(404));
        }
    }

    private Task PolledAsync(int devices) => UntilAsync(
        () => _server.Get<PrometheusPage>().Render().Contains($"kiwire_devices_polled {devices}\n", StringComparison.Ordinal), CancellationToken.None);

    private void Put(string id, SnmpValue value)
    {
        lock (_objects)
        {
            _agent.Objects[ObjectId.Parse(id)] = value;
        }
    }

    /// <summary>Has an agent answer from its objects. What a poll has found is shown before the poll is over, and tests change objects then.</summary>
    private Action<AgentRequest> AnswerFrom(FakeAgent agent) => request =>
    {
        lock (_objects)
        {
            agent.Send(agent.Answer(request), request.From);
        }
    };

    /// <summary>An agent that does not answer: when it has been asked, the time for an answer goes by.</summary>
    private void Silent(AgentRequest request) => _clock.Advance(Silence);

    /// <summary>Moves the time on by an interval or more, the agent's too, and waits for the poll.</summary>
    /// <param name="cancellationToken">The test's time.</param>
    /// <param name="ticks">How far the agent's time goes on; null: as far as the server's.</param>
    /// <param name="after">How far the time is moved; null: an interval.</param>
    private async Task<ApiAnswer> PollAsync(CancellationToken cancellationToken, uint? ticks = null, TimeSpan? after = null)
    {
        TimeSpan by = after ?? _toNext;
        _toNext = PollInterval;
        DateTimeOffset? before = PolledAt(await _api.GetAsync("/api/v1/devices/edge"));
        _upTicks += ticks ?? (uint)(by.TotalSeconds * 100);
        Put("1.3.6.1.2.1.1.3.0", SnmpValue.TimeTicks(_upTicks));
        _clock.Advance(by);
        return await RunningServer.UntilAsync(() => _api.GetAsync("/api/v1/devices/edge"), answer => PolledAt(answer) > (before ?? default(DateTimeOffset)), cancellationToken);
    }

    private async Task ToldAsync(int times, CancellationToken cancellationToken) => _ = await RunningServer.UntilAsync(
        () => Task.FromResult((Mails: _mail.Messages.Count, Posts: _hook.Requests.Count)), told => told == (times, times), cancellationToken);

    private static async Task UntilAsync(Func<bool> done, CancellationToken cancellationToken) =>
        _ = await RunningServer.UntilAsync(() => Task.FromResult(done()), isDone => isDone, cancellationToken);

    private static string StateOf(ApiAnswer device) => (string)device["status"]!["state"]!;

    private static DateTimeOffset? PolledAt(ApiAnswer device) => (DateTimeOffset?)device["status"]!["polledAt"];

    private static double? ValueOf(ApiAnswer device, string metric) =>
        (double?)device["values"]!.AsArray().SingleOrDefault(value => (string?)value!["metric"] == metric)?["value"];

    /// <summary>Date and time spans stand still until they are put forward by hand; timers go by real time, and find no more time passed than that.</summary>
    private sealed class PollingClock(DateTimeOffset start) : TimeProvider
    {
        private long _ticks = start.UtcTicks;
        private long _looks;
        private long _back;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks) - Volatile.Read(ref _back), TimeSpan.Zero);

        // A microsecond a look, for nothing takes no time at all.
        public override long GetTimestamp() => Volatile.Read(ref _ticks) + (Interlocked.Increment(ref _looks) * TimeSpan.TicksPerMicrosecond);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        /// <summary>Sets the date back; time spans go on.</summary>
        public void SetBack(TimeSpan by) => Interlocked.Add(ref _back, by.Ticks);
    }
}
