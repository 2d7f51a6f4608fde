using Kiwire.Server.Listening;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Listening;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ListeningOptionsTests
{
    [Test]
    public void Configured_endpoints_take_the_place_of_the_defaults()
    {
        ListeningOptions options = Bind(("Authentication:0", "192.0.2.1:1812"), ("Authentication:1", "[::1]:1645"), ("Accounting:0", "127.0.0.1:0"));

        Assert.That(options.Authentication, Is.EqualTo(new[] { "192.0.2.1:1812", "[::1]:1645" }));
        Assert.That(options.Accounting, Is.EqualTo(new[] { "127.0.0.1:0" }));
        Assert.That(Validate(options).Succeeded);
    }

    [Test]
    public void The_defaults_are_valid() => Assert.That(Validate(Bind()).Succeeded);

    [TestCase("1812")]
    [TestCase("localhost:1812")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:")]
    [TestCase("127.0.0.1:65536")]
    [TestCase("127.0.0.1:-1")]
    [TestCase("::1:1812")]
    [TestCase("[127.0.0.1]:1812")]
    [TestCase("")]
    public void What_is_not_an_endpoint_is_refused_with_a_message_that_names_the_option(string text)
    {
        ValidateOptionsResult result = Validate(Bind(("Accounting:0", "127.0.0.1:0"), ("Accounting:1", text)));

        Assert.That(result.Failed);
        Assert.That(result.FailureMessage, Does.Contain("Kiwire:Radius:Accounting:1"));
    }

    [Test]
    public void All_faults_are_reported_at_once()
    {
        ValidateOptionsResult result = Validate(Bind(("Authentication:0", "x"), ("ReplyCacheSeconds", "0"), ("WaitingRequestLimit", "-1")));

        Assert.That(result.Failures!.Count(), Is.EqualTo(3));
        Assert.That(result.FailureMessage, Does.Contain("Authentication:0").And.Contain("ReplyCacheSeconds").And.Contain("WaitingRequestLimit"));
    }

    private static ListeningOptions Bind(params (string Key, string Value)[] settings)
    {
        ListeningOptions options = new();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{ListeningOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build()
            .GetSection(ListeningOptions.Section)
            .Bind(options);
        return options;
    }

    private static ValidateOptionsResult Validate(ListeningOptions options) => new ListeningOptionsValidator().Validate(null, options);
}
