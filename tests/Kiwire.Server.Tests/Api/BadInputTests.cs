using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>What cannot be read is answered in the words of who wrote it: the field, its fault, what would be right; and no type of ours.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class BadInputTests
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

    [TestCase("""{"name":"x","colour":"red"}""", "colour is not known here; known are name, members.")]
    [TestCase("""{"name":"x","members":[{"kind":"ssid","value":"a","size":1}]}""", "members[0].size is not known here; known are kind, value.")]
    [TestCase("""{"name":"x","name":"y"}""", "name is there twice; give it once.")]
    [TestCase("""{"name":7}""", "name must be text in double quotes.")]
    [TestCase("""{"name":"x","members":"all"}""", "members must be a list, [ … ].")]
    [TestCase("""{"name":"x","members":["all"]}""", "members[0] must be an object, { … }.")]
    [TestCase("""{"name":"x","members":[{"kind":"planet","value":"a"}]}""", "members[0].kind must be one of ")]
    [TestCase("""{"name":"x","members":[{"kind":1,"value":"a"}]}""", "members[0].kind must be one of ")]
    [TestCase("""[]""", "body must be an object, { … }.")]
    [TestCase("""null""", "body is missing or null; a JSON object is wanted.")]
    [TestCase("""{"name":"x"} {}""", "body is not JSON at line 1, column 14: ")]
    [TestCase("{\"name\":\n  nix}", "body is not JSON at line 2, column 4: ")]
    [TestCase("""{"name":"x",}""", "body is not JSON at line 1, column 13: The JSON object contains a trailing comma")]
    [TestCase("""{"name":"x""", "body is not JSON at line 1, column ")]
    [TestCase("""{"name":"a\u0000b"}""", "name holds a NUL character (\\u0000), which no text here may.")]
    [TestCase("""{"name":"a\ud800b"}""", "name is not valid text: it has half of a surrogate pair.")]
    public async Task A_body_with_a_fault_is_answered_with_the_field_and_what_would_be_right(string body, string expected)
    {
        ApiAnswer answer = await _client.PostAsync("/api/v1/zones", body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(400));
            Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"));
            Assert.That(answer.Detail, Does.StartWith(expected));
            AssertNoTypeIsNamed(answer.Text);
        }
    }

    [Test]
    public async Task Nesting_past_the_bound_is_refused()
    {
        ApiAnswer answer = await _client.PostAsync("/api/v1/zones", $$"""{"members":{{new string('[', 100)}}""");

        Assert.That(answer.Status, Is.EqualTo(400));
        AssertNoTypeIsNamed(answer.Text);
    }

    [Test]
    public async Task An_empty_body_is_said_to_be_empty()
    {
        ApiAnswer none = await _client.PostAsync("/api/v1/zones");
        ApiAnswer empty = await _client.PostAsync("/api/v1/zones", "");

        Assert.That(none.Detail, Does.StartWith("body is missing or null").Or.StartWith("The body must be JSON"));
        Assert.That(empty.Status, Is.EqualTo(400));
        Assert.That(empty.Detail, Does.StartWith("body is "));
        AssertNoTypeIsNamed(none.Text + empty.Text);
    }

    [Test]
    public async Task Octets_that_are_no_UTF8_are_refused()
    {
        string answer = await RawHttp.SendAsync(_server, "/api/v1/zones", _client.Token, "POST", [.. "{\"name\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);

        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain("name is not valid UTF-8."));
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/json; charset=klingon")]
    public async Task A_body_of_another_type_is_refused(string contentType)
    {
        string answer = await RawHttp.SendAsync(_server, "/api/v1/zones", _client.Token, "POST", "{}"u8.ToArray(), contentType);

        Assert.That(answer, Does.StartWith("HTTP/1.1 415").And.Contain("The body must be JSON in UTF-8, with Content-Type: application/json."));
    }

    [TestCase("limit=abc", "limit is 'abc'; it must be a whole number from -2147483648 to 2147483647.")]
    [TestCase("limit=99999999999", "limit is '99999999999'; it must be a whole number from -2147483648 to 2147483647.")]
    [TestCase("limit=", "limit is empty; it must be a whole number from -2147483648 to 2147483647, or left out.")]
    [TestCase("limit=0", "limit is 0; it must be 1 to 1000.")]
    [TestCase("limit=5&limit=6", "limit is there twice; give it once.")]
    [TestCase("LIMIT=5", "LIMIT is not a parameter of this; known are cursor, limit.")]
    [TestCase("offset=5", "offset is not a parameter of this; known are cursor, limit.")]
    [TestCase("cursor=a%00b", "query holds a NUL character.")]
    [TestCase("cursor=%zz", "query has '%zz', which is no octet in percent encoding; a percent sign itself is %25.")]
    [TestCase("cursor=%ff", "query is not UTF-8 in percent encoding.")]
    public async Task A_query_with_a_fault_is_answered_with_the_parameter_and_what_would_be_right(string query, string expected)
    {
        string answer = await RawHttp.SendAsync(_server, "/api/v1/zones?" + query, _client.Token);

        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain(expected));
        AssertNoTypeIsNamed(answer);
    }

    [Test]
    public async Task Parameters_of_an_endpoint_without_any_are_refused()
    {
        ApiAnswer answer = await _client.GetAsync("/api/v1/zones/lobby?verbose=1");

        Assert.That(answer.Detail, Is.EqualTo("verbose is not a parameter of this: it takes none."));
    }

    [TestCase("/api/v1/zones/%zz", "path has '%zz'")]
    [TestCase("/api/v1/zones/a%2", "path has '%2'")]
    [TestCase("/api/v1/zones/%ff", "path is not UTF-8")]
    [TestCase("/api/v1/zones/..", "path has the segment '..'")]
    [TestCase("/api/v1/zones/%2e%2e", "path has the segment '..'")]
    [TestCase("/api/v1/zones/other/../lobby", "path has the segment '..'")]
    [TestCase("/api/v1/zones/.", "path has the segment '.'")]
    public async Task A_path_that_does_not_say_one_thing_is_refused(string target, string expected)
    {
        string answer = await RawHttp.SendAsync(_server, target, _client.Token);

        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain(expected));
    }

    [Test]
    public async Task A_name_holds_what_its_path_encodes_also_where_the_target_is_a_whole_address()
    {
        string authority = _server.Http.Authority;
        object[] members = [new { kind = "ssid", value = "x" }];
        await _client.PostAsync("/api/v1/zones", new { name = "50%2F / a", members });
        await _client.PostAsync("/api/v1/zones", new { name = "50% off", members });

        string path = await RawHttp.SendAsync(_server, "/api/v1/zones/50%252F%20%2F%20a", _client.Token);
        string address = await RawHttp.SendAsync(_server, $"http://{authority}/api/v1/zones/50%25%20off", _client.Token);

        Assert.That(path, Does.StartWith("HTTP/1.1 200").And.Contain("50%2F / a"));
        Assert.That(address, Does.StartWith("HTTP/1.1 200").And.Contain("50% off"));
    }

    [Test]
    public async Task A_long_name_is_not_found_and_a_longer_one_is_refused()
    {
        ApiAnswer found = await _client.GetAsync("/api/v1/zones/" + new string('a', 4000));
        ApiAnswer refused = await _client.GetAsync("/api/v1/zones/" + new string('a', 40_000));

        Assert.That(found.Status, Is.EqualTo(404));
        Assert.That(refused.Status, Is.EqualTo(414));
    }

    [Test]
    public async Task A_path_that_leads_nowhere_and_a_method_that_is_not_taken_are_problems_in_words()
    {
        ApiAnswer nowhere = await _client.GetAsync("/api/v1/planets");
        ApiAnswer put = await _client.SendAsync(HttpMethod.Put, "/api/v1/zones", new { });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nowhere.Status, Is.EqualTo(404));
            Assert.That(nowhere.Detail, Is.EqualTo("There is nothing at /api/v1/planets."));
            Assert.That(put.Status, Is.EqualTo(405));
            Assert.That(put.Detail, Is.EqualTo("/api/v1/zones does not take PUT; it takes GET, POST."));
            Assert.That(put.Header("Allow"), Is.EqualTo("GET, POST"));
        }
    }

    private static void AssertNoTypeIsNamed(string text)
    {
        foreach (string word in (string[])["Kiwire.Server", "System.", "Nullable", ".NET", "Int32", "Request\\u0022", "at Microsoft"])
        {
            Assert.That(text, Does.Not.Contain(word));
        }
    }
}
