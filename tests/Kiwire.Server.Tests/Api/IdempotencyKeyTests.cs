using System.Text;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>A create that is sent again is not done again.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class IdempotencyKeyTests
{
    private RunningServer _server = null!;
    private ApiClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _client = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Of_many_at_once_one_is_carried_out_and_the_others_say_so_or_answer_alike()
    {
        object order = new { prefix = "ONCE-", quantity = 3 };

        ApiAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _client.PostAsync("/api/v1/vouchers", order, ("Idempotency-Key", "once"))));
        ApiAnswer later = await _client.PostAsync("/api/v1/vouchers", order, ("Idempotency-Key", "once"));
        ApiAnswer made = await _client.GetAsync("/api/v1/vouchers?q=ONCE-");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(201).Or.EqualTo(409));
            Assert.That(answers.Where(answer => answer.Status == 201).Select(answer => answer.Text).Distinct().ToArray(), Is.EqualTo(new[] { later.Text }));
            Assert.That(later.Header("Idempotency-Replayed"), Is.EqualTo("true"));
            Assert.That(made["items"]!.AsArray(), Has.Count.EqualTo(3));
        }
    }

    [Test]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        ApiAnswer first = await _client.PostAsync("/api/v1/zones", new { name = "one" }, ("Idempotency-Key", "zone"));
        ApiAnswer second = await _client.PostAsync("/api/v1/zones", new { name = "two" }, ("Idempotency-Key", "zone"));
        ApiAnswer zone = await _client.GetAsync("/api/v1/zones/two");

        Assert.That((first.Status, second.Status, zone.Status), Is.EqualTo((201, 422, 404)));
    }

    [Test]
    public async Task What_was_refused_may_be_corrected_under_the_same_key()
    {
        ApiAnswer refused = await _client.PostAsync("/api/v1/zones", new { name = "a,b" }, ("Idempotency-Key", "corrected"));
        ApiAnswer corrected = await _client.PostAsync("/api/v1/zones", new { name = "a-b" }, ("Idempotency-Key", "corrected"));

        Assert.That((refused.Status, corrected.Status), Is.EqualTo((400, 201)));
    }

    [Test]
    public async Task A_key_that_is_older_than_a_day_is_a_new_one()
    {
        ApiAnswer first = await _client.PostAsync("/api/v1/zones", new { name = "yesterday" }, ("Idempotency-Key", "daily"));
        await ExecuteAsync("UPDATE idempotency_keys SET at = at - 90000000 WHERE key = 'daily'");

        ApiAnswer second = await _client.PostAsync("/api/v1/zones", new { name = "today" }, ("Idempotency-Key", "daily"));
        ApiAnswer again = await _client.PostAsync("/api/v1/zones", new { name = "today" }, ("Idempotency-Key", "daily"));

        Assert.That((first.Status, second.Status, again.Status), Is.EqualTo((201, 201, 201)));
        Assert.That((again.Text, again.Header("Idempotency-Replayed")), Is.EqualTo((second.Text, "true")));
    }

    [Test]
    public async Task What_was_done_is_answered_so_though_its_answer_could_not_be_kept()
    {
        await ExecuteAsync(
            "CREATE TRIGGER unkept BEFORE UPDATE ON idempotency_keys WHEN NEW.key = 'unkept' BEGIN SELECT RAISE(ABORT, 'the disc is full'); END");

        ApiAnswer made = await _client.PostAsync("/api/v1/zones", new { name = "unkept" }, ("Idempotency-Key", "unkept"));
        ApiAnswer again = await _client.PostAsync("/api/v1/zones", new { name = "unkept" }, ("Idempotency-Key", "unkept"));

        Assert.That((made.Status, again.Status), Is.EqualTo((201, 409)));
        Assert.That((string?)made["name"], Is.EqualTo("unkept"));
        Assert.That(again.Detail, Does.Contain("nothing was done a second time"));
    }

    [Test]
    public async Task A_file_that_would_have_to_be_kept_aside_is_refused_with_the_key()
    {
        using HttpClient http = ApiClient.Connect(_server);
        http.DefaultRequestHeaders.Authorization = new("Bearer", _client.Token);
        http.DefaultRequestHeaders.Add("Idempotency-Key", "large");
        using StringContent file = new("code\n" + new string('x', 2 << 20), Encoding.UTF8, "text/csv");

        using HttpResponseMessage answer = await http.PostAsync(new Uri("/api/v1/vouchers/import", UriKind.Relative), file);

        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("onExisting=skip"));
    }

    private Task<int> ExecuteAsync(string sql) =>
        _server.Get<CommitQueue>().EnqueueAsync(unit => unit.Connection.ExecuteAsync(sql, transaction: unit.Transaction), default);
}
