using System.Globalization;
using Kiwire.Radius.Packets;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>dynamic-authorization.md, "By hand", through /api/v1 to the wire.</summary>
[TestFixture]
[CancelAfter(300_000)]
internal sealed class SessionControlEndpointsTests
{
    private EnforcedServer _on = null!;
    private ApiClient _api = null!;
    private string _id = "";

    [SetUp]
    public async Task StartAsync()
    {
        _on = await EnforcedServer.StartAsync();
        _api = await ApiClient.LogInAsync(_on.Server);
        long account = await _on.LogInAsync("guest");
        IReadOnlyList<SessionInfo> open = await RunningServer.UntilAsync(() => _on.OpenSessionsAsync(account), sessions => sessions.Count == 1, TestContext.CurrentContext.CancellationToken);
        _id = open[0].SessionId.ToString(CultureInfo.InvariantCulture);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _on.DisposeAsync();
    }

    [Test]
    public async Task A_session_is_disconnected_and_the_answer_says_what_its_NAS_said()
    {
        ApiAnswer answer = await _api.PostAsync($"/api/v1/sessions/{_id}/disconnect");
        CoaArrival arrival = await _on.Nas.ReceiveNextAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)answer["outcome"], (string?)answer["disconnect"], (string?)answer["message"]), Is.EqualTo(("acknowledged", "ending", "The NAS acknowledged it.")), answer.ToString());
            Assert.That((arrival.Packet.Code, arrival.Text(44)), Is.EqualTo((RadiusCode.DisconnectRequest, "guest 01")));
            Assert.That((await AuditRows.ReadAsync(_on.Server, "session", _id)).Single().Action, Is.EqualTo("disconnect"));
        }
    }

    [Test]
    public async Task A_refusal_is_said_with_its_cause()
    {
        _on.Nas.Answer = FakeNas.Nak(501);
        ApiAnswer answer = await _api.PostAsync($"/api/v1/sessions/{_id}/disconnect");

        Assert.That(((string?)answer["outcome"], (string?)answer["errorCause"]), Is.EqualTo(("refused", "Administratively-Prohibited")));
    }

    [TestCase("/api/v1/accounts/guest/disconnect")]
    [TestCase("/api/v1/nas/demo-nas/disconnect-all")]
    public async Task All_sessions_of_an_account_or_a_NAS_are_disconnected(string path)
    {
        _on.Enter("guest", "02-AA-00-00-00-02");
        await RunningServer.UntilAsync(
            () => _on.Server.Get<SessionStore>().CountOpenAsync(EnforcedServer.Tenant, default), open => open == 2, TestContext.CurrentContext.CancellationToken);
        ApiAnswer answer = await _api.PostAsync(path);

        Assert.That(answer["items"]!.AsArray().Select(item => (string?)item!["outcome"]), Is.EqualTo((string[])["acknowledged", "acknowledged"]), answer.ToString());
        Assert.That(_on.Nas.TakeAll().Select(arrival => arrival.Text(31)), Is.EquivalentTo((string[])["02-AA-00-00-00-01", "02-AA-00-00-00-02"]));
    }

    [Test]
    public async Task A_CoA_carries_the_attributes_that_are_named()
    {
        ApiAnswer answer = await _api.PostAsync(
            $"/api/v1/sessions/{_id}/coa", new { attributes = (object[])[new { name = "Session-Timeout", value = "77" }, new { name = "Filter-Id", value = "slow" }] });
        CoaArrival arrival = await _on.Nas.ReceiveNextAsync();

        Assert.That((string?)answer["outcome"], Is.EqualTo("acknowledged"), answer.ToString());
        Assert.That(arrival.Description, Does.Contain("Session-Timeout = 77").And.Contain("Filter-Id = \"slow\""));
        Assert.That(arrival.Packet.Code, Is.EqualTo(RadiusCode.CoaRequest));
    }

    [TestCase("""{}""", "attributes has 0 attributes; it must have 1 to 64.")]
    [TestCase("""{"attributes":[{"name":"No-Such","value":"1"}]}""", "attributes[0].name is 'No-Such', which no dictionary has")]
    [TestCase("""{"attributes":[{"name":"Session-Timeout","value":"soon"}]}""", "attributes[0].value is 'soon', which Session-Timeout cannot hold")]
    public async Task What_cannot_be_sent_is_refused(string body, string sentence)
    {
        ApiAnswer answer = await _api.PostAsync($"/api/v1/sessions/{_id}/coa", body);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That(answer.Detail, Does.Contain(sentence));
        Assert.That(_on.Nas.TakeAll(), Is.Empty);
    }

    [TestCase("disconnect", "")]
    [TestCase("coa", """{"attributes":[{"name":"Session-Timeout","value":"60"}]}""")]
    public async Task Who_asked_is_written_down_though_they_do_not_wait_for_the_answer(string action, string body)
    {
        using ManualResetEventSlim gone = new();
        _on.Nas.Answer = arrival =>
        {
            gone.Wait();
            return FakeNas.Ack(arrival);
        };
        using HttpClient http = ApiClient.Connect(_on.Server);
        http.DefaultRequestHeaders.Authorization = new("Bearer", _api.Token);
        using CancellationTokenSource leaving = new();
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        try
        {
            Task<HttpResponseMessage> asked = http.PostAsync(new Uri($"/api/v1/sessions/{_id}/{action}", UriKind.Relative), body.Length > 0 ? content : null, leaving.Token);
            _ = await _on.Nas.ReceiveNextAsync();
            await leaving.CancelAsync();
            Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
        }
        finally
        {
            gone.Set();
        }

        _ = await RunningServer.UntilAsync(
            () => AuditRows.ReadAsync(_on.Server, "session", _id), rows => rows.Any(row => row.Action == action), TestContext.CurrentContext.CancellationToken);
    }

    [TestCase("/api/v1/sessions/1/disconnect")]
    [TestCase("/api/v1/sessions/abc/disconnect")]
    [TestCase("/api/v1/accounts/nobody/disconnect")]
    [TestCase("/api/v1/nas/nothing/disconnect-all")]
    [TestCase("/api/v1/nas/nothing/test")]
    public async Task What_is_not_there_is_not_found(string path) => Assert.That((await _api.PostAsync(path)).Status, Is.EqualTo(404));

    [Test]
    public async Task A_NAS_is_tested_and_the_answer_says_how_it_stands()
    {
        _on.Nas.Answer = FakeNas.Nak(503);
        ApiAnswer answer = await _api.PostAsync("/api/v1/nas/demo-nas/test");

        Assert.That((bool?)answer["isGood"], Is.True, answer.ToString());
        Assert.That(answer["findings"]!.AsArray().Select(finding => (string?)finding!["aspect"]), Does.Contain("port").And.Contain("session"));
    }

    [Test]
    public async Task What_was_asked_is_in_the_log_by_page()
    {
        for (int i = 0; i < 3; i++)
        {
            await _api.PostAsync($"/api/v1/sessions/{_id}/coa", new { attributes = (object[])[new { name = "Session-Timeout", value = $"{i + 1}" }] });
        }

        ApiAnswer first = await RunningServer.UntilAsync(
            () => _api.GetAsync($"/api/v1/dynamic-authorizations?session={_id}&limit=2"), page => page["items"]!.AsArray().Count == 2 && page["next"] is not null, TestContext.CurrentContext.CancellationToken);
        ApiAnswer second = await _api.GetAsync($"/api/v1/dynamic-authorizations?session={_id}&limit=2&cursor=" + (string)first["next"]!);
        ApiAnswer ofAccount = await _api.GetAsync("/api/v1/dynamic-authorizations?account=guest&nas=demo-nas");
        ApiAnswer ofNobody = await _api.GetAsync("/api/v1/dynamic-authorizations?account=nobody");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first["items"]![0]!["attributes"]!.AsArray().Select(line => (string)line!), Does.Contain("Session-Timeout = 3"));
            Assert.That((string?)first["items"]![0]!["reason"], Is.EqualTo("by hand"));
            Assert.That(second["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(second["next"], Is.Null);
            Assert.That(ofAccount["items"]!.AsArray(), Has.Count.EqualTo(3));
            Assert.That(ofNobody.Status, Is.EqualTo(400));
        }
    }
}
