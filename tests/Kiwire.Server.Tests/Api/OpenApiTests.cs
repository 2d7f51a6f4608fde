using System.Text.Json.Nodes;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>The OpenAPI document says all of every operation; Kiwire.Peers.Tests has others' programs judge it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class OpenApiTests
{
    private RunningServer _server = null!;
    private JsonNode _document = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        using ApiClient client = new(_server);
        ApiAnswer answer = await client.GetAsync("/openapi/v1.json");
        Assert.That(answer.Status, Is.EqualTo(200), "without a token");
        _document = answer.Json;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public void It_has_every_route_of_the_API_and_no_other()
    {
        string[] routes = [.. Routes.Of(_server).Where(route => route.Contains(" /api/v1/", StringComparison.Ordinal))];

        Assert.That(Operations().Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}"), Is.EquivalentTo(routes));
    }

    [Test]
    public void Every_operation_has_an_id_of_its_own_a_summary_a_tag_and_its_problems()
    {
        List<string> faults = [];
        HashSet<string> ids = [];
        foreach ((string path, string method, JsonNode operation) in Operations())
        {
            string id = (string?)operation["operationId"] ?? "";
            string[] responses = [.. operation["responses"]!.AsObject().Select(response => response.Key)];
            bool open = operation["security"] is null;
            void Want(bool holds, string what)
            {
                if (!holds)
                {
                    faults.Add($"{method} {path}: {what}");
                }
            }

            Want(id.Length > 0 && id.All(char.IsAsciiLetterOrDigit) && ids.Add(id), $"operationId '{id}' is empty, is another's too, or makes no name");
            Want(((string?)operation["summary"])?.Length > 0, "no summary");
            Want(operation["tags"]?.AsArray().Count > 0, "no tag");
            Want(responses.Any(status => status.StartsWith('2')), "no answer that is not a problem");
            Want(responses.Contains("400") && responses.Contains("401") && responses.Contains("429") && responses.Contains("503"), "problems that every request can have");
            Want(!path.Contains('{', StringComparison.Ordinal) || responses.Contains("404"), "no 404");
            Want(operation["requestBody"] is null || (responses.Contains("413") && responses.Contains("415")), "no 413 or 415");
            Want(open || ((string?)operation["description"])?.Contains("Needs the scope `", StringComparison.Ordinal) == true || path is "/api/v1/password" or "/api/v1/logout" or "/api/v1/me", "no scope");
        }

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Only_a_log_in_needs_no_token() =>
        Assert.That(Operations().Where(operation => operation.Operation["security"] is null).Select(operation => operation.Path), Is.EqualTo(["/api/v1/login"]));

    [Test]
    public void Every_schema_says_what_it_holds()
    {
        List<string> faults = [];
        foreach ((string name, JsonNode? schema) in _document["components"]!["schemas"]!.AsObject())
        {
            // What an entry of the audit log changed differs from kind to kind.
            if (name != "JsonElement")
            {
                Check(name, schema!, faults);
            }

            Assert.That(name, Does.Not.EndWith("Body"));
        }

        foreach ((string path, string method, JsonNode operation) in Operations())
        {
            foreach (JsonNode? parameter in operation["parameters"]?.AsArray() ?? [])
            {
                if (parameter!["$ref"] is null)
                {
                    Check($"{method} {path} {parameter["name"]}", parameter["schema"]!, faults);
                    if (!char.IsLower(((string)parameter["name"]!)[0]))
                    {
                        faults.Add($"{method} {path}: the parameter {parameter["name"]} is not in camel case");
                    }
                }
            }
        }

        Assert.That(faults, Is.Empty);
    }

    [TestCase("ListAsync", "GET", "/api/v1/zones", "listZones")]
    [TestCase("GetAsync", "GET", "/api/v1/policies/{name}", "getPolicy")]
    [TestCase("Get", "GET", "/api/v1/tenant", "getTenant")]
    [TestCase("SetPasswordAsync", "POST", "/api/v1/administrators/{username}/password", "setAdministratorPassword")]
    [TestCase("ListSessionsAsync", "GET", "/api/v1/accounts/{name}/sessions", "listAccountSessions")]
    [TestCase("ExplainAsync", "GET", "/api/v1/logins/{id}/explain", "explainLogin")]
    [TestCase("OrderAsync", "POST", "/api/v1/vouchers", "orderVouchers")]
    [TestCase("RelaxAsync", "POST", "/api/v1/nas/{identity}/relax-message-authenticator", "relaxMessageAuthenticatorOfNas")]
    [TestCase("<MapStatus>b__0", "GET", "/api/v1/status", "getStatus")]
    public void An_operations_name_is_what_its_handler_does_with_what_its_path_leads_to(string handler, string method, string path, string expected) =>
        Assert.That(Kiwire.Server.Api.OperationNames.Of(handler, method, path), Is.EqualTo(expected));

    [Test]
    public void A_change_takes_If_Match_and_a_create_says_where_it_is()
    {
        JsonNode zones = _document["paths"]!["/api/v1/zones"]!["post"]!;
        JsonNode zone = _document["paths"]!["/api/v1/zones/{name}"]!["patch"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(zone["parameters"]!.AsArray().Select(parameter => (string?)parameter!["$ref"]), Does.Contain("#/components/parameters/IfMatch"));
            Assert.That(zone["responses"]!["412"], Is.Not.Null);
            Assert.That(zones["parameters"]!.AsArray().Select(parameter => (string?)parameter!["$ref"]), Does.Contain("#/components/parameters/IdempotencyKey"));
            Assert.That(zones["responses"]!["201"]!["headers"]!.AsObject().Select(header => header.Key), Is.EquivalentTo(["ETag", "Location"]));
            Assert.That((string?)_document["components"]!["schemas"]!["Zone"]!["properties"]!["members"]!["description"], Is.EqualTo("Any one of them is enough."));
            Assert.That((string?)_document["servers"]![0]!["url"], Is.EqualTo("/"));
        }
    }

    [Test]
    public async Task The_page_comes_with_its_own_files_and_a_policy_that_lets_only_them_run()
    {
        using ApiClient client = new(_server);

        ApiAnswer page = await client.GetAsync("/docs/index.html");
        ApiAnswer script = await client.GetAsync("/docs/swagger-ui-bundle.js");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Status, Is.EqualTo(200));
            Assert.That(page.Text, Does.Not.Contain("http://").And.Not.Contain("https://"), "nothing from elsewhere");
            Assert.That(page.Text, Does.Not.Match("<script(?![^>]*src=)"), "no script in the page itself");
            Assert.That(page.Header("Content-Security-Policy"), Does.StartWith("default-src 'none'; script-src 'self'; "));
            Assert.That(script.Status, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task An_operator_can_leave_it_out()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Http:Documentation=false");
        using ApiClient client = new(server);

        Assert.That((await client.GetAsync("/openapi/v1.json")).Status, Is.EqualTo(404));
        Assert.That((await client.GetAsync("/docs/index.html")).Status, Is.EqualTo(404));
    }

    private static void Check(string name, JsonNode schema, List<string> faults)
    {
        if (schema["$ref"] is not null)
        {
            return;
        }

        if (schema["type"] is null && schema["enum"] is null && schema["oneOf"] is null && schema["anyOf"] is null && schema["allOf"] is null)
        {
            faults.Add($"{name} may hold anything");
        }

        foreach ((string property, JsonNode? inner) in schema["properties"]?.AsObject() ?? [])
        {
            Check($"{name}.{property}", inner!, faults);
        }

        if (schema["type"]?.ToJsonString().Contains("array", StringComparison.Ordinal) == true)
        {
            Check(name + "[]", schema["items"] ?? new JsonObject(), faults);
        }
    }

    private IEnumerable<(string Path, string Method, JsonNode Operation)> Operations() =>
        _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (path.Key, operation.Key, operation.Value!)));
}
