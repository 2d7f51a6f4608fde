using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Api;

/// <summary>A client of /apiv2. Whatever it is answered must be in the contract's form, to the letter.</summary>
internal sealed class ContractClient(RunningServer server, string cloudId = "default", string apiKey = "demo-api-key") : IDisposable
{
    private const string Time = "20300102030405";

    private static readonly string[] DoneNames = ["is_success", "result_msg", "ret_data"];
    private static readonly string[] LoginDoneNames = [.. DoneNames, "result_message", "return_data"];

    private readonly HttpClient _http = ApiClient.Connect(server);

    public string CloudId => cloudId;

    public string Token { get; private set; } = "";

    /// <summary>Whether calls go out as multipart/form-data, as PHP's curl sends an array.</summary>
    public bool Multipart { get; init; }

    public static async Task<ContractClient> LogInAsync(
        RunningServer server, string cloudId = "default", string username = "admin", string password = "demo-password", string apiKey = "demo-api-key", bool multipart = false)
    {
        ContractClient client = new(server, cloudId, apiKey) { Multipart = multipart };
        JsonElement answer = await client.PostAsync("/admin/agent/api_login.php", [("code", Md5($"{username}|{password}")), ("cloud_id", cloudId)]);
        Assert.That(answer.TryGetProperty("token", out JsonElement token), Is.True, answer.ToString());
        client.Token = token.GetString()!;
        return client;
    }

    /// <summary>A call with all that it takes.</summary>
    public Task<JsonElement> CallAsync(string path, params (string Name, string Value)[] parameters) =>
        PostAsync("/apiv2/" + path, [.. Credentials(), .. parameters]);

    /// <summary>A call that must be carried out; what it returns.</summary>
    public async Task<JsonElement> DoAsync(string path, params (string Name, string Value)[] parameters)
    {
        JsonElement answer = await CallAsync(path, parameters);
        Assert.That(answer.TryGetProperty("ret_data", out JsonElement data), Is.True, answer.ToString());
        return data;
    }

    /// <summary>A call that must be refused; its error.</summary>
    public async Task<string> FailAsync(string path, params (string Name, string Value)[] parameters) => ErrorOf(await CallAsync(path, parameters));

    public static string ErrorOf(JsonElement answer)
    {
        Assert.That(answer.TryGetProperty("error", out JsonElement error), Is.True, answer.ToString());
        return error.GetString()!;
    }

    /// <summary>What every call carries.</summary>
    public (string Name, string Value)[] Credentials() => [("cloud_id", cloudId), ("token", Token), ("time", Time), ("api_key", Md5(apiKey + Token + Time))];

    public async Task<JsonElement> PostAsync(string path, (string Name, string Value)[] parameters)
    {
        using HttpContent content = Multipart ? ToMultipart(parameters) : ToForm(parameters);
        return await SendAsync(HttpMethod.Post, path, content);
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using HttpRequestMessage request = new(method, new Uri(server.Http.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = content };
        using HttpResponseMessage response = await _http.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(200), path);
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json"), path);
        }

        return ReadAnswer(path, body);
    }

    public static HttpContent ToForm(IEnumerable<(string Name, string Value)> parameters) => new StringContent(
        string.Join('&', parameters.Select(one => $"{Uri.EscapeDataString(one.Name)}={Uri.EscapeDataString(one.Value).Replace("%20", "+", StringComparison.Ordinal)}")),
        Encoding.UTF8,
        "application/x-www-form-urlencoded");

    public static MultipartFormDataContent ToMultipart(IEnumerable<(string Name, string Value)> parameters)
    {
        MultipartFormDataContent content = [];
        foreach ((string name, string value) in parameters)
        {
            content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), name);
        }

        return content;
    }

    public static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public void Dispose() => _http.Dispose();

    private static JsonElement ReadAnswer(string path, byte[] body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement answer = document.RootElement.Clone();
        string[] names = [.. answer.EnumerateObject().Select(property => property.Name)];
        if (names is ["error"])
        {
            Assert.That(answer.GetProperty("error").GetString(), Is.Not.Empty, path);
        }
        else if (names is ["status", "token"])
        {
            Assert.That(answer.GetProperty("token").GetString(), Does.Match("^[0-9a-f]{32}$"));
        }
        else
        {
            bool ofLogin = path.StartsWith("/apiv2/login/", StringComparison.Ordinal);
            Assert.That(names, Is.EqualTo(ofLogin ? LoginDoneNames : DoneNames), path);
            Assert.That(answer.GetProperty("is_success").GetBoolean(), Is.True);
            Assert.That(answer.GetProperty("ret_data").ValueKind, Is.EqualTo(JsonValueKind.Array));
            if (ofLogin)
            {
                Assert.That(answer.GetProperty("result_message").GetString(), Is.EqualTo(answer.GetProperty("result_msg").GetString()));
                Assert.That(answer.GetProperty("return_data").GetRawText(), Is.EqualTo(answer.GetProperty("ret_data").GetRawText()));
            }
        }

        return answer;
    }
}

/// <summary>More tenants beside the demo's, each with an administrator <c>boss</c> / <c>boss-password</c>.</summary>
internal static class TestTenants
{
    public const string Password = "boss-password";
    public const string ApiKey = "key-of-another-tenant";

    public static async Task<long> AddAsync(
        this RunningServer server, string cloudId, bool active = true, bool apiEnabled = true, ApiPermissions permissions = ApiPermissions.All, string role = "administrator", string zone = "UTC")
    {
        long tenantId = server.Get<IdSource>().Next();
        Tenant tenant = new()
        {
            TenantId = tenantId,
            CloudId = cloudId,
            Name = cloudId,
            Active = active,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            Policy = new TenantPolicy { RejectDelaySeconds = 0 },
            ApiEnabled = apiEnabled,
            Permissions = permissions,
        };
        await server.Get<CommitQueue>().EnqueueAsync(
            async unit =>
            {
                Assert.That(await server.Get<TenantStore>().InsertAsync(unit, tenant, ApiKey), Is.True);
                await server.AddAdministratorAsync(unit, tenantId, "boss", role);
                return true;
            },
            default);
        await server.Get<TenantDirectory>().LoadAsync(default);
        await server.Get<ProfileStore>().EnsureTemporaryAsync([tenantId], default);
        return tenantId;
    }

    /// <summary>Another administrator of a tenant, with <see cref="Password"/>.</summary>
    public static Task AddAdministratorAsync(this RunningServer server, long tenantId, string username, string role, bool mustChange = false) =>
        server.Get<CommitQueue>().EnqueueAsync(unit => server.AddAdministratorAsync(unit, tenantId, username, role, mustChange), default);

    public static Task<ContractClient> LogInAsync(this RunningServer server, string cloudId, string username = "boss", bool multipart = false) =>
        ContractClient.LogInAsync(server, cloudId, username, Password, cloudId == "default" ? "demo-api-key" : ApiKey, multipart);

    private static Task<bool> AddAdministratorAsync(this RunningServer server, UnitOfWork unit, long tenantId, string username, string role, bool mustChange = false) =>
        server.Get<AdministratorStore>().InsertAsync(
            unit,
            new Administrator { TenantId = tenantId, AdministratorId = server.Get<IdSource>().Next(), Username = username, Role = role, MustChange = mustChange },
            LoginHash.Create(LoginCode.Of(username, Password)));
}

/// <summary>The demo's server on either kind of database, the same calls over both.</summary>
internal static class EitherDatabase
{
    public static async Task<RunningServer> StartAsync(StorageProvider provider)
    {
        if (provider == StorageProvider.Sqlite)
        {
            return await RunningServer.StartAsync();
        }

        PostgresServer postgres = await PostgresServer.GetAsync();
        string database = "contract_" + Guid.NewGuid().ToString("N");
        await postgres.ExecuteAsync($"CREATE DATABASE {database}");
        return await RunningServer.StartAsync(
            "--Kiwire:Storage:Provider=PostgreSql", "--Kiwire:Storage:ConnectionString=" + postgres.ConnectionString(database));
    }
}
