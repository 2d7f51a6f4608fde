using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kiwire.Server.Api.Contract;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>Requests of /apiv2 that are not taken as they came: their method, their body, their number.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractBodyTests
{
    private RunningServer _server = null!;
    private ContractClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _client = new ContractClient(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("PATCH")]
    [TestCase("OPTIONS")]
    [TestCase("BREW")]
    public async Task Only_POST_will_do(string method)
    {
        JsonElement call = await _client.SendAsync(new HttpMethod(method), "/apiv2/user/get?cloud_id=default", null);
        JsonElement login = await _client.SendAsync(new HttpMethod(method), "/admin/agent/api_login.php", null);

        Assert.That(new[] { call, login }.Select(ContractClient.ErrorOf), Is.All.EqualTo($"The request's method is {method}; it must be POST."));
    }

    [TestCase("application/json", "{\"cloud_id\":\"default\"}", "Content-Type is 'application/json'")]
    [TestCase("text/plain", "cloud_id=default", "Content-Type is 'text/plain'")]
    [TestCase("", "cloud_id=default", "Content-Type is ''")]
    [TestCase("application/x-www-form-urlencoded; charset=utf-16", "cloud_id=default", "Content-Type has the charset 'utf-16'; it must be utf-8.")]
    [TestCase("multipart/form-data", "cloud_id=default", "Content-Type has a boundary of 0 characters")]
    [TestCase("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"cloud_id\"\r\n\r\ndefault", "The multipart body cannot be read")]
    [TestCase("multipart/form-data; boundary=x", "nothing of the kind", "The multipart body cannot be read")]
    [TestCase("multipart/form-data; boundary=x", "--x\r\nContent-Type: text/plain\r\n\r\ndefault\r\n--x--\r\n", "The multipart body has a part without a name")]
    public async Task A_body_that_cannot_be_read_is_said_to_be_so(string type, string body, string error)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        Assert.That(ContractClient.ErrorOf(await _client.SendAsync(HttpMethod.Post, "/apiv2/user/get", content)), Does.StartWith(error));
    }

    [Test]
    public async Task A_body_of_more_than_a_mebibyte_is_refused()
    {
        using ByteArrayContent most = new(Encoding.ASCII.GetBytes("x=" + new string('a', ContractBody.LargestOctets - 2)));
        using ByteArrayContent tooMuch = new(Encoding.ASCII.GetBytes("x=" + new string('a', ContractBody.LargestOctets - 1)));
        using ByteArrayContent tooMany = new(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a=1&", 1001))));
        foreach (ByteArrayContent content in new[] { most, tooMuch, tooMany })
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ContractClient.ErrorOf(await _client.SendAsync(HttpMethod.Post, "/apiv2/user/get", most)), Is.EqualTo("no tenant / cloud id provided"));
            Assert.That(ContractClient.ErrorOf(await _client.SendAsync(HttpMethod.Post, "/apiv2/user/get", tooMuch)), Does.StartWith("The body has more than 1048576 octets"));
            Assert.That(ContractClient.ErrorOf(await _client.SendAsync(HttpMethod.Post, "/apiv2/user/get", tooMany)), Does.StartWith("The body has more than 1000 parameters"));
        }
    }

    [TestCase("/apiv2/user/get", "--Kiwire:Http:AddressBurst=3", "--Kiwire:Http:AddressRequestsPerSecond=1")]
    [TestCase("//admin//agent/api_login.php/", "--Kiwire:Http:LoginsPerMinute=3")]
    public async Task Whoever_asks_too_often_is_told_so_in_the_contracts_form(string path, params string[] rates)
    {
        await using RunningServer server = await RunningServer.StartAsync(rates);
        using ApiClient client = new(server);
        string url = server.Http.GetLeftPart(UriPartial.Authority) + path;

        // The others at once, and many: one more is let through with every second that they take.
        ApiAnswer first = await client.PostAsync(url);
        ApiAnswer[] others = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.PostAsync(url)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)first["error"], Is.EqualTo("no tenant / cloud id provided"));
            Assert.That(others.Select(answer => (string?)answer["error"]), Has.Some.Match("^too many requests. please try again in [0-9]+ seconds$"));
            Assert.That(others.Append(first).Select(answer => (answer.Status, answer.ContentType)), Is.All.EqualTo((200, "application/json")));
        }
    }
}
