using System.Text;
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
}
