using Kiwire.Server.Api.Contract;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>Who has no credentials gets nothing: every route that the server has is asked.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class RouteAccessTests
{
    /// <summary>All that anybody may ask.</summary>
    private static readonly string[] Open = ["GET /healthz/live", "GET /healthz/ready", "GET /openapi/v1.json", "POST /api/v1/login"];

    /// <summary>Gateways' reports: who has no token there must have signed it.</summary>
    private const string Signed = " /sms/callbacks/";

    /// <summary>Guests have no token; what they may is bounded there.</summary>
    private const string Guests = " /portal/";

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync("--Kiwire:Telemetry:MetricsAccess=Authenticated");

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase(null)]
    [TestCase("nonsense")]
    [TestCase("kwt_1_0123456789abcdef0123456789abcdef")]
    [TestCase("demo-api-key")]
    public async Task Every_route_but_those_that_are_open_is_answered_401(string? token)
    {
        using ApiClient nobody = new(_server) { Token = token };
        List<string> faults = [];
        string[] closed = [.. Routes.Of(_server).Except(Open).Where(route => !route.Contains(" /docs", StringComparison.Ordinal) && !route.Contains(Signed, StringComparison.Ordinal) && !route.Contains(Guests, StringComparison.Ordinal))];
        foreach (string route in closed)
        {
            ApiAnswer answer = await nobody.SendAsync(new HttpMethod(route.Split(' ')[0]), Routes.Fill(route, _ => "1"));
            if (answer.Status != 401 || answer.Header("WWW-Authenticate") != "Bearer" || answer.ContentType != "application/problem+json")
            {
                faults.Add($"{route}: {answer.Status}");
            }
        }

        Assert.That(faults, Is.Empty);
        Assert.That(closed, Has.Length.GreaterThan(50));
    }

    [Test]
    public async Task What_is_open_is_there()
    {
        using ApiClient nobody = new(_server);

        Assert.That(Routes.Of(_server), Is.SupersetOf(Open));
        Assert.That((await nobody.GetAsync("/healthz/live")).Text, Is.EqualTo("live\n"));
        Assert.That((await nobody.PostAsync("/api/v1/login", new { username = "admin", password = "wrong" })).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task What_must_be_signed_is_refused_without_a_signature()
    {
        using ApiClient nobody = new(_server);
        List<int> answers = [];
        foreach (string route in Routes.Of(_server).Where(route => route.Contains(Signed, StringComparison.Ordinal)))
        {
            answers.Add((await nobody.SendAsync(new HttpMethod(route.Split(' ')[0]), Routes.Fill(route, _ => "1"))).Status);
        }

        Assert.That(answers, Is.Not.Empty.And.All.EqualTo(403));
    }

    [Test]
    public async Task Every_call_of_the_contract_without_credentials_is_an_error()
    {
        string[] methods = [.. _server.Get<ContractMethods>().Names];
        List<string> answers = [];
        foreach (string method in methods)
        {
            using ContractClient nobody = new(_server);
            string madeUp = new('0', 32);
            answers.Add(ContractClient.ErrorOf(await nobody.PostAsync("/apiv2/" + method, [])));
            answers.Add(ContractClient.ErrorOf(await nobody.PostAsync($"/apiv2/{method}/alice", [("cloud_id", "default")])));
            answers.Add(ContractClient.ErrorOf(await nobody.PostAsync($"/apiv2/{method}/alice", [("cloud_id", "default"), ("token", madeUp), ("time", "1"), ("api_key", ContractClient.Md5("demo-api-key" + madeUp + "1"))])));
        }

        Assert.That(methods, Has.Length.GreaterThan(20));
        Assert.That(answers.Distinct(), Is.EqualTo(["no tenant / cloud id provided", "permission denied", "login expired. please complete the api login again"]));
    }
}
