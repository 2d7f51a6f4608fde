using System.Xml.Linq;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>The page of vouchers to print.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class VoucherSheetTests
{
    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _api = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_sheet_shows_each_voucher_with_its_plan_its_end_and_a_picture()
    {
        ApiAnswer ordered = await _api.PostAsync(
            "/api/v1/vouchers", new { prefix = "<i>&", quantity = 2, profile = "gold", expiry = "2031-02-03 04:05:06", remark = "sheet & 1" });
        string[] codes = [.. ordered["codes"]!.AsArray().Select(code => (string)code!)];

        ApiAnswer sheet = await _api.GetAsync("/api/v1/vouchers/sheet?remark=sheet%20%26%201&title=%3Cscript%3Ealert(1)%3C%2Fscript%3E");

        // Well-formed but for the doctype and meta, which HTML leaves open.
        XElement body = XElement.Parse(sheet.Text[sheet.Text.IndexOf("<body>", StringComparison.Ordinal)..sheet.Text.IndexOf("</html>", StringComparison.Ordinal)]);
        XElement[] articles = [.. body.Descendants("article")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sheet.Status, Is.EqualTo(200), sheet.Text);
            Assert.That(sheet.ContentType, Is.EqualTo("text/html"));
            Assert.That(sheet.Header("Content-Security-Policy"), Does.StartWith("default-src 'none';"));
            Assert.That(sheet.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(sheet.Text, Does.Not.Contain("<script").And.Not.Contain("src=").And.Not.Contain("href="));
            Assert.That(body.Element("h1")!.Value, Is.EqualTo("<script>alert(1)</script>"));
            Assert.That(articles.Select(article => article.Element("strong")!.Value), Is.EquivalentTo(codes));
            Assert.That(articles.SelectMany(article => article.Elements("p")).Select(line => line.Value).Distinct(), Is.EquivalentTo(new[] { "gold", "Valid until 2031-02-03 04:05:06" }));
            Assert.That(body.Descendants(XName.Get("path", "http://www.w3.org/2000/svg")).Select(path => (string)path.Attribute("d")!).Distinct().Count(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task The_picture_is_of_the_link_where_one_is_given()
    {
        ApiAnswer alone = await _api.GetAsync("/api/v1/vouchers/sheet?codes=V_DEMO2345");
        ApiAnswer linked = await _api.GetAsync("/api/v1/vouchers/sheet?codes=v_demo2345,V_DEMO2345&url=" + Uri.EscapeDataString("https://wifi.example/login?code={code}&lang=en"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone.Text, Does.Contain("<strong>V_DEMO2345</strong>").And.Contain("<p>wx_temp</p>"));
            Assert.That(linked.Text.Split("<article>"), Has.Length.EqualTo(2), "each once");
            Assert.That(PictureOf(linked), Is.Not.EqualTo(PictureOf(alone)));
        }

        static string PictureOf(ApiAnswer answer) => answer.Text[answer.Text.IndexOf("<svg", StringComparison.Ordinal)..answer.Text.IndexOf("</svg>", StringComparison.Ordinal)];
    }

    [TestCase("https://x.example/{code}/in", "V 1/&?#<", ExpectedResult = "https://x.example/V%201%2F%26%3F%23%3C/in")]
    public string A_code_stays_what_it_is_in_a_link(string url, string code) => Server.Accounts.VoucherSheet.LinkOf(url, code);

    [TestCase("", "codes are missing; give codes, or remark or q.")]
    [TestCase("codes=", "codes are 0; they must be 1 to 1000")]
    [TestCase("codes=V_DEMO2345&q=V", "codes are given together with remark or q")]
    [TestCase("codes=alice", "codes name 'alice', which is no voucher.")]
    [TestCase("q=nobody", "remark and q name no voucher.")]
    [TestCase("codes=V_DEMO2345&url=javascript:alert(1)//{code}", "url is no http or https link")]
    [TestCase("codes=V_DEMO2345&url=https://wifi.example/", "url has no {code}")]
    [TestCase("codes=V_DEMO2345&url=https://user:pass@wifi.example/{code}", "url is no http or https link")]
    [TestCase("codes=V_DEMO2345&url=https://wifi.example/{code}%0D%0Ax", "url is no http or https link")]
    public async Task A_sheet_that_cannot_be_is_refused_in_words(string query, string sentence)
    {
        ApiAnswer answer = await _api.GetAsync("/api/v1/vouchers/sheet?" + query);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That(answer.Detail, Does.Contain(sentence));
    }

    [Test]
    public async Task A_sheet_has_at_most_a_thousand_vouchers()
    {
        _ = await _api.PostAsync("/api/v1/vouchers", new { prefix = "MANY-", quantity = 1000, remark = "many" });
        ApiAnswer full = await _api.GetAsync("/api/v1/vouchers/sheet?remark=many");
        _ = await _api.PostAsync("/api/v1/vouchers", new { prefix = "MANY-", quantity = 1, remark = "many" });
        ApiAnswer over = await _api.GetAsync("/api/v1/vouchers/sheet?remark=many");

        Assert.That(full.Text.Split("<article>"), Has.Length.EqualTo(1001));
        Assert.That(over.Detail, Is.EqualTo("remark and q name more than 1000 vouchers, which is the most on a sheet."));
    }
}
