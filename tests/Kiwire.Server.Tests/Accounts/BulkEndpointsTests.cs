using System.Net.Http.Headers;
using System.Text;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>Files over HTTP, to and from a running server.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class BulkEndpointsTests
{
    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        _api = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Users_of_a_file_log_in_at_once()
    {
        ApiAnswer answer = await SendAsync("/api/v1/accounts/import", "username,password,profile\nfile-1,p-1,gold\nfile-2,p-2,gold\n", "text/csv");

        using TestNas nas = new(_server);
        (string action, string changes) = (await AuditRows.ReadAsync(_server, "account", "lines 2 to 3")).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(200), answer.ToString());
            Assert.That((int?)answer["created"], Is.EqualTo(2));
            Assert.That(nas.Login("file-2", "p-2").IsAccept, Is.True);
            Assert.That((action, changes), Is.EqualTo(("import", """{"created":{"to":2},"updated":{"to":0},"skipped":{"to":0}}""")));
        }
    }

    [Test]
    public async Task A_refused_file_is_told_line_by_line()
    {
        ApiAnswer answer = await SendAsync("/api/v1/accounts/import", "username,password\nfile-3,p\n<b>,\n", "text/csv; charset=utf-8");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
            Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"));
            Assert.That(answer.Detail, Is.EqualTo("1 rows have faults; nothing was changed."));
            Assert.That(answer["report"]!["faults"]![0]!.ToJsonString(), Is.EqualTo("""{"line":3,"field":"password","message":"password is missing; a new user must have one."}"""));
            Assert.That((await _api.GetAsync("/api/v1/accounts/file-3")).Status, Is.EqualTo(404));
        }
    }

    [TestCase("text/csv", "", "The file is empty; its first line must name the fields.")]
    [TestCase("text/csv", "name,password\n", "The first line names 'name', which is no field")]
    public async Task A_file_that_is_none_is_refused(string type, string file, string sentence)
    {
        foreach (string mode in (string[])["all", "valid"])
        {
            ApiAnswer answer = await SendAsync("/api/v1/accounts/import?mode=" + mode, file, type);

            Assert.That((answer.Status, answer.Detail), Is.EqualTo((400, answer.Detail)));
            Assert.That(answer.Detail, Does.StartWith(sentence));
        }
    }

    [TestCase("application/json")]
    [TestCase("text/csv; charset=utf-16")]
    [TestCase("application/octet-stream")]
    public async Task Another_media_type_is_refused(string type)
    {
        ApiAnswer answer = await SendAsync("/api/v1/accounts/import", "username\n", type);

        Assert.That(answer.Status, Is.EqualTo(415), answer.ToString());
        Assert.That(answer.Detail, Does.Contain("text/csv or application/x-ndjson"));
    }

    [TestCase("mode=some", "mode is 'some'")]
    [TestCase("onExisting=replace", "onExisting is 'replace'")]
    public async Task Another_way_is_refused(string query, string sentence)
    {
        ApiAnswer answer = await SendAsync("/api/v1/accounts/import?" + query, "username\n", "text/csv");

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That(answer.Detail, Does.Contain(sentence));
    }

    [Test]
    public async Task An_import_under_one_Idempotency_Key_is_carried_out_once()
    {
        const string File = "{\"code\":\"ONCE-1\"}\n{\"code\":\"ONCE-2\"}\n";
        ApiAnswer first = await SendAsync("/api/v1/vouchers/import", File, "application/x-ndjson", ("Idempotency-Key", "import-1"));
        ApiAnswer second = await SendAsync("/api/v1/vouchers/import", File, "application/x-ndjson", ("Idempotency-Key", "import-1"));

        Assert.That((int?)first["created"], Is.EqualTo(2), first.ToString());
        Assert.That(second.Text, Is.EqualTo(first.Text));
    }

    [Test]
    public async Task Vouchers_that_were_exported_and_deleted_come_back_in_both_forms()
    {
        ApiAnswer ordered = await _api.PostAsync("/api/v1/vouchers", new { prefix = "TRIP-", quantity = 3, remark = "=trip", expiry = "2032-01-01" });
        Assert.That(ordered.Status, Is.EqualTo(201), ordered.ToString());
        ApiAnswer before = await _api.GetAsync("/api/v1/vouchers?q=trip-");

        foreach ((string format, string type) in ((string, string)[])[("csv", "text/csv"), ("jsonl", "application/x-ndjson")])
        {
            ApiAnswer file = await _api.GetAsync($"/api/v1/vouchers/export?q=trip-&format={format}");
            Assert.That(file.ContentType, Is.EqualTo(type));
            Assert.That(file.Header("Content-Disposition"), Does.Contain($"vouchers.{format}"));
            foreach (var code in ordered["codes"]!.AsArray())
            {
                Assert.That((await _api.DeleteAsync($"/api/v1/vouchers/{code}")).Status, Is.EqualTo(204));
            }

            ApiAnswer imported = await SendAsync("/api/v1/vouchers/import", file.Text, type);
            ApiAnswer after = await _api.GetAsync("/api/v1/vouchers?q=trip-");
            Assert.That((int?)imported["created"], Is.EqualTo(3), imported.ToString());
            Assert.That(
                after["items"]!.AsArray().Select(item => (item!["code"]!.ToString(), item["remark"]!.ToString(), item["expiresAt"]!.ToString())),
                Is.EqualTo(before["items"]!.AsArray().Select(item => (item!["code"]!.ToString(), item["remark"]!.ToString(), item["expiresAt"]!.ToString()))));
        }
    }

    [Test]
    public async Task An_export_has_more_than_a_page_and_no_passwords()
    {
        StringBuilder file = new("username,password,remark\n");
        for (int i = 0; i < 2345; i++)
        {
            _ = file.Append($"exp{i:D5},very-secret-{i},=cmd\n");
        }

        ApiAnswer imported = await SendAsync("/api/v1/accounts/import", file.ToString(), "text/csv");
        ApiAnswer export = await _api.GetAsync("/api/v1/accounts/export?q=exp");

        string[] lines = export.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)imported["created"], Is.EqualTo(2345), imported.ToString());
            Assert.That(lines.Skip(1).Select(line => line.Split(',')[0]), Is.EqualTo(Enumerable.Range(0, 2345).Select(i => $"exp{i:D5}")));
            Assert.That(lines[1], Does.Contain(",'=cmd,"));
            Assert.That(export.Text, Does.Not.Contain("very-secret"));
        }
    }

    [Test]
    public async Task An_export_that_cannot_be_had_is_refused_in_words()
    {
        ApiAnswer answer = await _api.GetAsync("/api/v1/accounts/export?sort=createdAt&q=a");

        Assert.That((answer.Status, answer.Detail), Is.EqualTo((400, "q cannot be asked for in this order; it needs sort=name or sort=-name, or a filter by phone, email or mac.")));
    }

    private Task<ApiAnswer> SendAsync(string path, string file, string type, params (string, string)[] headers)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return _api.PostAsync(path, content, headers);
    }
}
