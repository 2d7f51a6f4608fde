using Kiwire.Server.Api.Contract;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>
/// Another tenant's administrator, with the right names of everything that a tenant has, asks every route of both APIs: nothing of it is told and nothing
/// of it changes. A route without a case here fails the test.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class TenantWallTests
{
    /// <summary>In every text of the tenant that is looked for: it must be in no answer to the other.</summary>
    private const string Mark = "zebra";

    /// <summary>In every name; whoever asks by it may be told it again.</summary>
    private const string NamePrefix = "alpha";

    private RunningServer _server = null!;
    private ApiClient _owner = null!;
    private ApiClient _stranger = null!;
    private TenantWallNames _names = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _owner = await ApiClient.LogInAsync(_server);
        await _server.AddAsync("other");
        _stranger = await ApiClient.LogInAsync(_server, "boss", TestTenants.Password, "other");
        _names = await TenantWallNames.CreateAsync(_server, _owner, NamePrefix, Mark);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _owner.Dispose();
        _stranger.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Nothing_of_a_tenant_is_told_to_another_or_changed_by_it_through_api_v1()
    {
        string[] routes = [.. Routes.Of(_server).Where(route => route.Contains(" /api/v1/", StringComparison.Ordinal)).Except(["POST /api/v1/login", "POST /api/v1/logout"])];
        Assert.That(routes.Except(TenantWallCases.V1.Keys), Is.Empty, "routes without a case: add one to TenantWallCases");
        string before = await SnapshotAsync(routes);
        Assert.That(before, Does.Contain(Mark).And.Contain(NamePrefix));

        // First with the other's names, then what makes things of one's own under the same names.
        List<string> faults = [];
        foreach (string route in routes.OrderBy(route => route.StartsWith("POST", StringComparison.Ordinal)))
        {
            WallCase expected = TenantWallCases.V1[route];
            ApiAnswer answer = await _stranger.SendAsync(new HttpMethod(route.Split(' ')[0]), PathOf(route), expected.Body);
            bool named = expected.Body is not null || expected.Query.Length > 0 || route.Contains('{', StringComparison.Ordinal);
            if (answer.Status != expected.Status
                || answer.Text.Contains(Mark, StringComparison.OrdinalIgnoreCase)
                || (!named && answer.Text.Contains(NamePrefix, StringComparison.OrdinalIgnoreCase)))
            {
                faults.Add($"{route}: {expected.Status} is expected, without what is another's; it was {answer}");
            }
        }

        Assert.That(faults, Is.Empty);
        Assert.That(await SnapshotAsync(routes), Is.EqualTo(before), "nothing of the owner's has changed");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Nothing_of_a_tenant_is_told_to_another_through_the_contract()
    {
        string[] methods = [.. _server.Get<ContractMethods>().Names];
        Assert.That(methods.Except(TenantWallCases.Contract.Keys), Is.Empty, "methods without a case: add one to TenantWallCases");
        await _server.AddAsync("third");
        using ContractClient stranger = await _server.LogInAsync("third");
        string[] routes = [.. Routes.Of(_server).Where(route => route.Contains(" /api/v1/", StringComparison.Ordinal))];
        string before = await SnapshotAsync(routes);

        List<string> faults = [];
        foreach (string method in methods.OrderBy(method => method.EndsWith("create", StringComparison.Ordinal)))
        {
            foreach (ContractWallCase expected in TenantWallCases.Contract[method])
            {
                string path = method + (expected.Named is { } kind ? "/" + Uri.EscapeDataString(_names[kind]) : "");
                string answer = (await stranger.CallAsync(path, [.. expected.Parameters.Select(parameter => (parameter.Name, _names.Expand(parameter.Value)))])).GetRawText();
                bool named = expected.Named is not null || expected.Parameters.Any(parameter => parameter.Value.Contains('{', StringComparison.Ordinal));
                if (answer.Contains("\"error\"", StringComparison.Ordinal) != expected.Fails
                    || answer.Contains(Mark, StringComparison.OrdinalIgnoreCase)
                    || (!named && answer.Contains(NamePrefix, StringComparison.OrdinalIgnoreCase)))
                {
                    faults.Add($"{path}: {(expected.Fails ? "an error" : "an answer")} is expected, without what is another's; it was {answer}");
                }
            }
        }

        Assert.That(faults, Is.Empty);
        Assert.That(await SnapshotAsync(routes), Is.EqualTo(before), "nothing of the owner's has changed");
    }

    private string PathOf(string route) => Routes.Fill(route, parameter => _names.Of(route, parameter)) + _names.Expand(TenantWallCases.V1[route].Query);

    /// <summary>All that the owner can read, but what every request changes: the audit log, the state of the server.</summary>
    private async Task<string> SnapshotAsync(IEnumerable<string> routes)
    {
        List<string> parts = [];
        foreach (string route in routes.Where(route => route.StartsWith("GET", StringComparison.Ordinal) && !TenantWallCases.NotOfOneTenant.Contains(route)))
        {
            ApiAnswer answer = await _owner.GetAsync(PathOf(route));
            Assert.That(answer.Status, Is.EqualTo(200), $"{route}: the owner must be able to read it, or the test would try nothing: {answer}");
            parts.Add($"{route}: {answer.Text}");
        }

        return string.Join('\n', parts);
    }
}
