using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>/api/v1/sms/campaigns and /opt-outs as an operator's program uses them, with the demo's gateway.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class SmsCampaignEndpointsTests
{
    private const string Campaigns = "/api/v1/sms/campaigns";
    private const string OptOuts = "/api/v1/sms/opt-outs";

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
    [CancelAfter(300_000)]
    public async Task A_campaign_is_tried_started_and_sent(CancellationToken cancellationToken)
    {
        foreach (int n in Enumerable.Range(0, 4))
        {
            Assert.That((await _api.PostAsync("/api/v1/accounts", new { username = $"pool{n}", password = "secret-88", phone = $"+6012345670{n}" })).Status, Is.EqualTo(201));
        }

        Assert.That((await _api.PostAsync(OptOuts, new { number = "+60123456703" })).Status, Is.EqualTo(201));
        ApiAnswer made = await _api.PostAsync(Campaigns, new { name = "Pool", text = "The pool is open again", connector = "demo", filter = new { q = "pool" } });
        string path = $"{Campaigns}/{made["id"]}";
        ApiAnswer tried = await _api.PostAsync(path + "/dry-run");
        ApiAnswer changed = await _api.PatchAsync(path, new { text = new string('x', 200) }, made.ETag);
        ApiAnswer longer = await _api.PostAsync(path + "/dry-run");
        ApiAnswer started = await _api.PostAsync(path + "/start");
        ApiAnswer late = await _api.PatchAsync(path, new { name = "late" });

        // An answer's state is read before its figures, and may be older than they are.
        ApiAnswer done = await RunningServer.UntilAsync(
            () => _api.GetAsync(path), answer => (long?)answer["progress"]?["sent"] == 3 && (string?)answer["state"] != "running", cancellationToken);
        ApiAnswer again = await _api.PostAsync(path + "/start");
        ApiAnswer log = await _api.GetAsync("/api/v1/sms/messages?purpose=campaign");
        ApiAnswer audit = await _api.GetAsync("/api/v1/audit?kind=sms-campaign&name=Pool");
        ApiAnswer deleted = await _api.DeleteAsync(path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, (string?)made["state"], made.Location), Is.EqualTo((201, "draft", path)), made.Text);
            Assert.That(((long?)tried["messages"], (long?)tried["segments"], (long?)tried["skipped"]!["optedOut"]), Is.EqualTo((3L, 3L, 1L)), tried.Text);
            Assert.That((changed.Status, (long?)longer["segments"]), Is.EqualTo((200, 6L)));
            Assert.That((started.Status, late.Status, again.Status, deleted.Status), Is.EqualTo((200, 409, 409, 204)));
            Assert.That(((string?)done["state"], (long?)done["messages"], (long?)done["segments"]), Is.EqualTo(("done", 3L, 6L)));
            Assert.That(log["items"]!.AsArray().Select(item => (string?)item!["account"]), Is.EquivalentTo((string[])["pool0", "pool1", "pool2"]));
            Assert.That(audit["items"]!.AsArray().Select(item => (string?)item!["action"]), Is.EqualTo((string[])["start", "update", "create"]));
        }
    }

    [Test]
    public async Task A_filter_that_no_list_has_is_refused()
    {
        ApiAnswer profile = await _api.PostAsync(Campaigns, new { name = "x", text = "x", connector = "demo", filter = new { profile = "nowhere" } });
        ApiAnswer order = await _api.PostAsync(Campaigns, new { name = "x", text = "x", connector = "demo", filter = new { q = "a", expiresBefore = "2027-01-01T00:00:00Z" } });
        ApiAnswer unknown = await _api.PostAsync(Campaigns, new { name = "x", text = "x", connector = "demo", filter = new { colour = "red" } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((profile.Status, order.Status, unknown.Status), Is.EqualTo((400, 400, 400)));
            Assert.That(profile.Detail, Does.Contain("filter.profile"));
            Assert.That(order.Detail, Does.Contain("filter.q cannot be asked for in this order"));
        }
    }

    [Test]
    public async Task Numbers_are_put_on_the_opt_out_list_and_taken_off()
    {
        ApiAnswer made = await _api.PostAsync(OptOuts, new { number = "+60 19-876 5432", remark = "by letter" });
        string path = $"{OptOuts}/{made["id"]}";
        ApiAnswer twice = await _api.PostAsync(OptOuts, new { number = "0060198765432" });
        ApiAnswer bad = await _api.PostAsync(OptOuts, new { number = "nobody" });
        ApiAnswer found = await _api.GetAsync($"{OptOuts}?number=%2B60198765432");
        ApiAnswer read = await _api.GetAsync(path);
        ApiAnswer deleted = await _api.DeleteAsync(path);
        ApiAnswer gone = await _api.GetAsync(path);
        ApiAnswer audit = await _api.GetAsync("/api/v1/audit?kind=sms-opt-out");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, (string?)made["number"], made.Location), Is.EqualTo((201, "+60198765432", path)), made.Text);
            Assert.That((twice.Status, bad.Status, read.Status, deleted.Status, gone.Status), Is.EqualTo((409, 400, 200, 204, 404)));
            Assert.That(bad.Detail, Does.StartWith("number has a character that no number has"));
            Assert.That((string?)found["items"]!.AsArray().Single()!["remark"], Is.EqualTo("by letter"));
            Assert.That(audit.Text, Does.Not.Contain("60198765432"), "masked");
        }
    }
}
