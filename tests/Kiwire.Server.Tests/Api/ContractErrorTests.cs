using System.Text.Json;
using Kiwire.Server.Accounts;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>The contract's twelve errors over HTTP, and which of two comes first.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractErrorTests
{
    private RunningServer _server = null!;
    private ContractClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _client = await ContractClient.LogInAsync(_server);
        await _server.AddAsync("suspended", active: false, apiEnabled: false);
        await _server.AddAsync("switched-off", apiEnabled: false);
        await _server.AddAsync("bare", permissions: ApiPermissions.None);
        await _server.AddAsync("other");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("/apiv2")]
    [TestCase("/apiv2/")]
    [TestCase("/apiv2/login")]
    [TestCase("/apiv2/login/")]
    [TestCase("/apiv2//login//")]
    [TestCase("/apiv2?cloud_id=default")]
    public async Task A_path_without_module_or_method_is_the_first_error_whatever_else_is_wrong(string path)
    {
        JsonElement bare = await _client.SendAsync(HttpMethod.Post, path, null);
        JsonElement proved = await _client.PostAsync(path, _client.Credentials());
        JsonElement get = await _client.SendAsync(HttpMethod.Get, path, null);

        Assert.That(new[] { bare, proved, get }.Select(ContractClient.ErrorOf), Is.All.EqualTo("please provide full url"));
    }

    [TestCase("/apiv2/no/such")]
    [TestCase("/apiv2/user/get?cloud_id=default")]
    [TestCase("/admin/agent/api_login.php")]
    public async Task A_missing_cloud_id_is_the_second(string path)
    {
        JsonElement missing = await _client.PostAsync(path, []);
        JsonElement empty = await _client.PostAsync(path, [("cloud_id", ""), ("token", "x"), ("code", "x")]);

        Assert.That(new[] { missing, empty }.Select(ContractClient.ErrorOf), Is.All.EqualTo("no tenant / cloud id provided"));
    }

    [TestCase("/apiv2/no/such")]
    [TestCase("/admin/agent/api_login.php")]
    public async Task An_unknown_cloud_id_is_the_third_and_a_suspended_one_the_fourth(string path)
    {
        JsonElement unknown = await _client.PostAsync(path, [("cloud_id", "no-such")]);
        JsonElement suspended = await _client.PostAsync(path, [("cloud_id", "Suspended")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ContractClient.ErrorOf(unknown), Is.EqualTo("cloud id not found"));
            Assert.That(ContractClient.ErrorOf(suspended), Is.EqualTo("cloud id not available"));
        }
    }

    [Test]
    public async Task A_tenant_whose_API_is_off_is_the_fifth_though_one_can_log_in()
    {
        using ContractClient off = await _server.LogInAsync("switched-off");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await off.FailAsync("user/get"), Is.EqualTo("api integration is currently disabled"));
            Assert.That(ContractClient.ErrorOf(await off.PostAsync("/apiv2/no/such", [("cloud_id", "switched-off")])), Is.EqualTo("api integration is currently disabled"));
        }
    }

    [TestCase("token")]
    [TestCase("api_key")]
    public async Task A_missing_token_or_key_is_the_sixth(string left)
    {
        (string, string)[] others = [.. _client.Credentials().Where(one => one.Name != left && one.Name != "time")];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ContractClient.ErrorOf(await _client.PostAsync("/apiv2/no/such", others)), Is.EqualTo("permission denied"));
            Assert.That(ContractClient.ErrorOf(await _client.PostAsync("/apiv2/user/get", [.. others, (left, "")])), Is.EqualTo("permission denied"));
        }
    }

    [Test]
    public async Task A_token_that_is_not_known_or_is_another_tenants_is_the_seventh()
    {
        using ContractClient other = await _server.LogInAsync("other");
        const string Expired = "login expired. please complete the api login again";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ErrorAsync("/apiv2/no/such", ("token", new string('0', 32)), ("api_key", "wrong")), Is.EqualTo(Expired));
            Assert.That(await ErrorAsync("/apiv2/user/get", ("token", other.Token), ("api_key", ContractClient.Md5("demo-api-key" + other.Token + "20300102030405"))), Is.EqualTo(Expired));
            Assert.That(Expired[..13], Is.EqualTo("login expired"), "which is what the sample client looks at");
        }
    }

    [TestCase("")]
    [TestCase("00000000000000000000000000000000")]
    [TestCase("not hexadecimal")]
    public async Task A_hash_that_does_not_match_is_the_eighth(string hash)
    {
        string expected = hash.Length == 0 ? "permission denied" : "invalid api key";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ErrorAsync("/apiv2/no/such", ("api_key", hash)), Is.EqualTo(expected));
            Assert.That(await ErrorAsync("/apiv2/user/get", ("time", "20300102030406")), Is.EqualTo("invalid api key"), "another time than was hashed");
        }
    }

    [TestCase("no/get")]
    [TestCase("user/no")]
    [TestCase("voucher/update/x")]
    [TestCase("User/get")]
    public async Task A_module_or_method_that_is_not_known_is_the_ninth(string path)
    {
        using ContractClient bare = await _server.LogInAsync("bare");

        Assert.That(await bare.FailAsync(path), Is.EqualTo("module not existed"));
    }

    [TestCase("user/create")]
    [TestCase("user/update/x")]
    [TestCase("user/delete/x")]
    [TestCase("user/get")]
    [TestCase("voucher/create")]
    [TestCase("voucher/delete/x")]
    [TestCase("voucher/get")]
    [TestCase("nas/create")]
    [TestCase("nas/update/x")]
    [TestCase("nas/delete/x")]
    [TestCase("device/create")]
    [TestCase("device/update/x")]
    [TestCase("device/delete/x")]
    [TestCase("profile/create")]
    [TestCase("profile/update/x")]
    [TestCase("profile/delete/x")]
    [TestCase("login/history")]
    [TestCase("login/online")]
    [TestCase("login/unauthorize")]
    public async Task A_switch_that_is_off_is_the_tenth(string path)
    {
        using ContractClient bare = await _server.LogInAsync("bare");

        Assert.That(await bare.FailAsync(path, ("start", "wrong")), Is.EqualTo("module disabled"));
    }

    [TestCase("nas/get")]
    [TestCase("device/get")]
    [TestCase("profile/get")]
    public async Task Some_gets_need_no_switch(string path)
    {
        using ContractClient bare = await _server.LogInAsync("bare");

        _ = await bare.DoAsync(path);
    }

    [TestCase("demo-password", "wrong")]
    [TestCase("", "")]
    public async Task A_wrong_code_is_no_valid_user(string password, string more)
    {
        string code = ContractClient.Md5("admin|" + password) + more;

        Assert.That(ContractClient.ErrorOf(await _client.PostAsync("/admin/agent/api_login.php", [("code", code), ("cloud_id", "default")])), Is.EqualTo("not valid user"));
    }

    [Test]
    public async Task A_code_of_another_tenant_is_no_valid_user_and_a_missing_one_is_named()
    {
        string code = ContractClient.Md5("boss|" + TestTenants.Password);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ContractClient.ErrorOf(await _client.PostAsync("/admin/agent/api_login.php", [("code", code), ("cloud_id", "default")])), Is.EqualTo("not valid user"));
            Assert.That(ContractClient.ErrorOf(await _client.PostAsync("/admin/agent/api_login.php", [("cloud_id", "default")])), Does.StartWith("code is missing"));
        }
    }

    [Test]
    public async Task Hexadecimal_digits_may_be_in_either_case()
    {
        string upper = ContractClient.Md5("demo-api-key" + _client.Token + "20300102030405").ToUpperInvariant();
        string code = ContractClient.Md5("admin|demo-password").ToUpperInvariant();

        JsonElement call = await _client.PostAsync("/apiv2/nas/get", With(("api_key", upper)));
        JsonElement login = await _client.PostAsync("/admin/agent/api_login.php", [("code", code), ("cloud_id", "DEFAULT")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(call.TryGetProperty("ret_data", out _), Is.True, call.ToString());
            Assert.That(login.TryGetProperty("token", out _), Is.True, login.ToString());
        }
    }

    [Test]
    public async Task A_read_only_administrator_only_reads_and_an_operator_does_not_change_the_network()
    {
        await _server.AddAdministratorAsync(TenantDirectory.DefaultTenantId, "reader", "read-only");
        await _server.AddAdministratorAsync(TenantDirectory.DefaultTenantId, "operator", "operator");
        using ContractClient reader = await _server.LogInAsync("default", "reader");
        using ContractClient someOperator = await _server.LogInAsync("default", "operator");

        using (Assert.EnterMultipleScope())
        {
            foreach (string path in (string[])["user/get", "voucher/get", "nas/get", "profile/get", "login/history", "login/unauthorize"])
            {
                _ = await reader.DoAsync(path);
            }

            foreach (string path in (string[])["user/create", "user/update/alice", "user/delete/alice", "voucher/create", "nas/delete/demo-nas", "profile/delete/gold", "login/online"])
            {
                Assert.That(await reader.FailAsync(path), Is.EqualTo("permission denied"), path);
            }

            Assert.That(await someOperator.FailAsync("nas/delete/demo-nas"), Is.EqualTo("permission denied"));
            Assert.That((await someOperator.DoAsync("voucher/create", ("qty", "1"))).GetArrayLength(), Is.EqualTo(1));
            Assert.That(await _server.Get<AccountStore>().FindAsync(TenantDirectory.DefaultTenantId, "alice", default), Is.Not.Null);
        }
    }

    [Test]
    public async Task A_temporary_password_does_for_the_API_which_has_no_way_to_change_it()
    {
        await _server.AddAdministratorAsync(TenantDirectory.DefaultTenantId, "integration", "administrator", mustChange: true);
        using ContractClient client = await _server.LogInAsync("default", "integration");

        _ = await client.DoAsync("profile/get");
    }

    private async Task<string> ErrorAsync(string path, params (string Name, string Value)[] changed) =>
        ContractClient.ErrorOf(await _client.PostAsync(path, With(changed)));

    /// <summary>The client's credentials with some of them changed.</summary>
    private (string, string)[] With(params (string Name, string Value)[] changed) =>
        [.. _client.Credentials().Where(one => !changed.Any(other => other.Name == one.Name)), .. changed];
}
