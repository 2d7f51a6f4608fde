using System.Net.Http.Headers;
using System.Text;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>Whatever a body holds, the answer is one of the contract's, and never that the server failed.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractFuzzTests(StorageProvider provider)
{
    private static readonly string[] Paths =
    [
        "login/history", "login/online", "login/unauthorize", "user/create", "user/update/alice", "user/get/alice", "voucher/create", "voucher/get", "nas/create",
        "nas/update/demo-nas", "device/create", "device/get", "profile/create", "profile/update/hour", "admin/create", "admin/get", "user/delete/%F0%9F%A5%9D%FF", "no/such",
    ];

    private static readonly string[] Names =
    [
        "username", "password", "profile", "status", "allownas", "expiry", "mac", "qty", "plan", "nas", "nas-id", "nas-ip", "secret", "ports", "type", "device-id", "device-ip", "snmpv",
        "profile-name", "price", "minute", "vol_limit", "vol_limit_en", "start", "limit", "start_time", "end_time", "groupname", "temp_pass", "monitor", "user", "device", "ip", "remark",
    ];

    private static readonly string[] Values =
    [
        "", " ", "0", "-1", "1", "99999999999999999999", "1e9", "NaN", "true", "on", "none", "alice", "demo-nas", "wx_temp", "' OR 1=1 --", "<script>alert(1)</script>", "a\0b", "\r\n", "%00",
        "\ud83e\udd5d", "\u202e", "é", "2030-01-01", "9999-12-31 23:59:59", "0001-01-01 00:00:00", "02:aa:00:00:00:01", "192.0.2.0/24", "::", "[::1]:99999", new('x', 9000), new(',', 300), "Pay As You Use",
    ];

    private RunningServer _server = null!;
    private ContractClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await EitherDatabase.StartAsync(provider);
        _client = await ContractClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Values_of_every_kind_get_an_answer([Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 150; i++)
        {
            string path = Paths[random.Next(Paths.Length)];
            (string, string)[] given = [.. Enumerable.Range(0, random.Next(8)).Select(_ => (Names[random.Next(Names.Length)], Values[random.Next(Values.Length)]))];
            (string, string)[] all = [.. _client.Credentials(), .. given];
            using HttpContent content = random.Next(2) == 0 ? ContractClient.ToForm(all) : ContractClient.ToMultipart(all);

            await AnsweredAsync(path, content, $"seed {seed}, {i}: {string.Join(", ", given)}");
        }
    }

    [Test]
    public async Task Octets_of_every_kind_get_an_answer([Values(4, 5, 6)] int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 150; i++)
        {
            using HttpContent good = random.Next(2) == 0 ? ContractClient.ToForm(_client.Credentials()) : ContractClient.ToMultipart(_client.Credentials());
            byte[] octets = await good.ReadAsByteArrayAsync();
            for (int flips = random.Next(1, 6); flips > 0; flips--)
            {
                octets[random.Next(octets.Length)] = (byte)random.Next(256);
            }

            using ByteArrayContent content = new(octets[..random.Next(octets.Length + 1)]);
            content.Headers.ContentType = random.Next(8) == 0 ? MediaTypeHeaderValue.Parse("multipart/form-data; boundary=\"\u002d\u002d\"") : good.Headers.ContentType;

            await AnsweredAsync(Paths[random.Next(Paths.Length)], content, $"seed {seed}, {i}: {Encoding.Latin1.GetString(octets)}");
        }
    }

    // The client asserts the answer's form.
    private async Task AnsweredAsync(string path, HttpContent content, string what)
    {
        string answer = (await _client.SendAsync(HttpMethod.Post, "/apiv2/" + path, content)).ToString();

        Assert.That(answer, Does.Not.Contain("The server failed").And.Not.Contain("database"), what);
    }
}
