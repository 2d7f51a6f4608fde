using Kiwire.Server.Tests.Portal;
using Microsoft.Playwright;

namespace Kiwire.Peers.Tests;

/// <summary>The captive portal in Chromium, on a screen of a phone's size: from the number to the network, with and without scripts, in three languages, and past axe.</summary>
[TestFixture]
public sealed class PortalBrowserTests
{
    private static readonly string AxeFile = Path.Combine(Repository.Root, "tests", "portal-page", "node_modules", "axe-core", "axe.min.js");
    private static int _guests = 6_000;

    private PortalServer _portal = null!;
    private FakeHotspot _hotspot = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        string chromium = Peer.Require("chromium", "chromium");
        if (!File.Exists(AxeFile))
        {
            Peer.Missing("axe-core is not installed: npm ci --prefix tests/portal-page");
        }

        _portal = await PortalServer.StartAsync();
        _hotspot = await FakeHotspot.StartAsync(_portal.Server);
        await _portal.MakeAsync("/api/v1/nas", new { identity = "router", address = FakeHotspot.RouterAddress, secret = "testing123", type = "mikrotik" });
        await _portal.MakeAsync("/api/v1/nas", new { identity = "chilli", address = FakeHotspot.ChilliAddress, secret = "testing123", type = "coova", uamSecret = FakeHotspot.UamSecret });
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-dev-shm-usage"], Timeout = 120_000 });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_hotspot is not null)
        {
            await _hotspot.DisposeAsync();
            await _portal.DisposeAsync();
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_guest_gets_from_the_number_into_the_network(
        [Values("mikrotik", "coova")] string kind, [Values(true, false)] bool scripts, CancellationToken cancellationToken)
    {
        await using IBrowserContext phone = await PhoneAsync("en-GB", scripts);
        IPage page = await phone.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        string number = NextNumber();

        await page.GotoAsync(_hotspot.PortalFor(kind).AbsoluteUri);
        await page.GetByLabel("Mobile number").FillAsync(number);
        await page.GetByLabel("Mobile number").PressAsync("Enter");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(await _portal.MessageAsync(number, cancellationToken));
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        if (kind == "mikrotik" && !scripts)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Go online" }).ClickAsync();
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are online" })).ToBeVisibleAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_hotspot.Logins, Does.Contain($"{(kind == "coova" ? FakeHotspot.ChilliAddress : FakeHotspot.RouterAddress)} {number}"), "RADIUS has let the guest in");
            Assert.That(await page.GetByRole(AriaRole.Link, new() { Name = "Continue to example.com" }).GetAttributeAsync("href"), Is.EqualTo("http://example.com/page"));
            Assert.That(complaints, Is.Empty);
        }
    }

    [TestCase("mikrotik")]
    [TestCase("coova")]
    [CancelAfter(300_000)]
    public async Task A_wrong_password_of_old_brings_the_guest_back_with_the_reason(string kind)
    {
        await using IBrowserContext phone = await PhoneAsync("en-GB");
        IPage page = await phone.NewPageAsync();
        await page.GotoAsync(_hotspot.PortalFor(kind).AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have a password" }).ClickAsync();
        await page.GetByLabel("Mobile number or user name").FillAsync("alice");
        await page.GetByLabel("Password").FillAsync("not hers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The network did not let you in. Please try again.");

        await page.GetByRole(AriaRole.Link, new() { Name = "I have a password" }).ClickAsync();
        await page.GetByLabel("Mobile number or user name").FillAsync("alice");
        await page.GetByLabel("Password").FillAsync("wonderland");
        await page.GetByLabel("Password").PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You are online");
    }

    [TestCase("en-GB", "en", "Send another code")]
    [TestCase("ms-MY", "ms", "Hantar kod lain")]
    [TestCase("zh-CN", "zh-Hans", "重新发送验证码")]
    [CancelAfter(300_000)]
    public async Task No_page_has_anything_that_axe_finds(string locale, string language, string resend, CancellationToken cancellationToken)
    {
        // The hand-over's page stays to be looked at.
        await using IBrowserContext phone = await PhoneAsync(locale, submits: false);
        IPage page = await phone.NewPageAsync();
        string number = NextNumber();
        List<string> found = [];

        await page.GotoAsync(_hotspot.PortalFor("mikrotik").AbsoluteUri);
        found.AddRange(await AxeAsync(page, "number"));
        Assert.That(await page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(language));
        await page.GotoAsync(await page.Locator("main .more a").GetAttributeAsync("href") is { } logIn ? new Uri(_portal.Server.Http, logIn).AbsoluteUri : "");
        found.AddRange(await AxeAsync(page, "log-in"));
        await page.GoBackAsync();
        await page.Locator("#phone").FillAsync("12");
        await page.Locator("#phone").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#phone-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#phone")).ToBeFocusedAsync();
        found.AddRange(await AxeAsync(page, "wrong number"));
        await page.Locator("#phone").FillAsync(number);
        await page.Locator("#phone").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#code")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("button.second")).ToBeDisabledAsync();
        found.AddRange(await AxeAsync(page, "code"));
        string code = await _portal.MessageAsync(number, cancellationToken);
        await page.Locator("#code").FillAsync("x" + code);
        await page.Locator("#code").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#code-error")).ToBeVisibleAsync();
        found.AddRange(await AxeAsync(page, "wrong code"));
        Assert.That(await page.Locator("button.second").GetAttributeAsync("data-text"), Does.Contain("{seconds}"));
        Assert.That(await page.ContentAsync(), Does.Contain(resend).Or.Contain("data-wait"));
        await page.Locator("#code").FillAsync(code);
        await page.Locator("#code").PressAsync("Enter");
        await Assertions.Expect(page.Locator("form[data-submit]")).ToBeVisibleAsync();
        found.AddRange(await AxeAsync(page, "hand-over"));
        await page.GotoAsync(new Uri(_portal.Server.Http, "/portal/default/online").AbsoluteUri);
        found.AddRange(await AxeAsync(page, "online"));
        await page.GotoAsync(new Uri(_portal.Server.Http, "/portal/default?link-login-only=http%3A%2F%2Fevil.example%2F").AbsoluteUri);
        found.AddRange(await AxeAsync(page, "refused"));

        Assert.That(found, Is.Empty);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task The_language_is_changed_by_a_link_and_stays(CancellationToken cancellationToken)
    {
        await using IBrowserContext phone = await PhoneAsync("en-GB", scripts: false);
        IPage page = await phone.NewPageAsync();
        string number = NextNumber();
        await page.GotoAsync(_hotspot.PortalFor("coova").AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new() { Name = "Bahasa Melayu" }).ClickAsync();
        await page.GetByLabel("Nombor telefon bimbit").FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hantar kod kepada saya" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Masukkan kod anda");
        await page.GetByRole(AriaRole.Link, new() { Name = "中文" }).ClickAsync();
        await page.GetByLabel("验证码", new() { Exact = true }).FillAsync(await _portal.MessageAsync(number, cancellationToken));
        await page.GetByRole(AriaRole.Button, new() { Name = "连接" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("您已连接网络");
    }

    /// <summary>With KIWIRE_PICTURES, writes the picture that docs/portal.md shows there: three steps, in three languages.</summary>
    [Test]
    [CancelAfter(300_000)]
    public async Task Nothing_is_wider_than_a_small_phone(CancellationToken cancellationToken)
    {
        List<byte[]> pictures = [];
        foreach ((string locale, int step) in ((string, int)[])[("en-GB", 0), ("ms-MY", 1), ("zh-CN", 2)])
        {
            await using IBrowserContext phone = await PhoneAsync(locale, width: 320);
            IPage page = await phone.NewPageAsync();
            string number = NextNumber();
            await page.GotoAsync(_hotspot.PortalFor("coova").AbsoluteUri);
            if (step > 0)
            {
                await page.Locator("#phone").FillAsync(number);
                await page.Locator("#phone").PressAsync("Enter");
                await Assertions.Expect(page.Locator("#code")).ToBeVisibleAsync();
            }

            if (step > 1)
            {
                await page.Locator("#code").FillAsync(await _portal.MessageAsync(number, cancellationToken));
                await page.Locator("#code").PressAsync("Enter");
                await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("您已连接网络");
            }

            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(320), locale);
            pictures.Add(await page.ScreenshotAsync());
        }

        if (Environment.GetEnvironmentVariable("KIWIRE_PICTURES") is { Length: > 0 } directory)
        {
            await using IBrowserContext wall = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1040, Height = 640 } });
            IPage page = await wall.NewPageAsync();
            IEnumerable<string> images = pictures.Select(picture => $"<img width=\"320\" style=\"border:1px solid #999;border-radius:12px\" src=\"data:image/png;base64,{Convert.ToBase64String(picture)}\">");
            await page.SetContentAsync($"<body style=\"margin:12px;display:flex;gap:14px;align-items:flex-start;background:#fff\">{string.Concat(images)}</body>");
            await page.ScreenshotAsync(new() { Path = Path.Combine(directory, "portal.png") });
        }
    }

    private static string NextNumber() => $"+601234{Interlocked.Increment(ref _guests):D5}";

    private async Task<IBrowserContext> PhoneAsync(string locale, bool scripts = true, bool submits = true, int width = 390)
    {
        IBrowserContext context = await _browser.NewContextAsync(new()
        {
            Locale = locale,
            JavaScriptEnabled = scripts,
            ViewportSize = new() { Width = width, Height = width == 320 ? 600 : 844 },
            IsMobile = true,
            HasTouch = true,

            // axe is put into the page, which the page's own policy forbids.
            BypassCSP = !submits,
        });
        context.SetDefaultTimeout(60_000);
        if (!submits)
        {
            await context.AddInitScriptAsync("HTMLFormElement.prototype.submit = () => {};");
        }

        return context;
    }

    private static async Task<IEnumerable<string>> AxeAsync(IPage page, string name)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(AxeFile));
        string[] violations = await page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.flatMap(violation => violation.nodes.map(node => `${violation.id}: ${violation.help}: ${node.html}`))");
        return violations.Select(violation => $"{name}: {violation}");
    }
}
