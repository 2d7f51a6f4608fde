using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Network;
using Microsoft.Extensions.Logging;

namespace Kiwire.Server.Tests.Listening;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DropNoticesTests
{
    private readonly Lines _lines = new();

    [Test]
    public void An_unknown_address_is_named_at_most_once_a_minute()
    {
        DropNotices notices = new(_lines);

        for (long now = 0; now < 120_000; now += 1000)
        {
            notices.Tell(Source("192.0.2.9"), DropReason.UnknownNas, now);
        }

        Assert.That(_lines, Has.Count.EqualTo(2));
        Assert.That(_lines, Has.All.Contains("192.0.2.9").And.All.Contains("NAS"));
    }

    [Test]
    public void Each_address_has_a_line_of_its_own_and_so_has_each_reason()
    {
        DropNotices notices = new(_lines);

        notices.Tell(Source("192.0.2.9"), DropReason.UnknownNas, 0);
        notices.Tell(Source("192.0.2.10"), DropReason.UnknownNas, 0);
        notices.Tell(Source("192.0.2.10"), DropReason.BadMessageAuthenticator, 0);

        Assert.That(_lines, Has.Count.EqualTo(3));
        Assert.That(_lines[2], Does.Contain("192.0.2.10").And.Contain("secret"));
    }

    [Test]
    public void A_flood_from_many_addresses_writes_a_bounded_number_of_lines()
    {
        DropNotices notices = new(_lines);

        for (uint i = 0; i < 100_000; i++)
        {
            notices.Tell(new SourceAddress((UInt128)0xFFFF << 32 | i * 2654435761, 1), DropReason.UnknownNas, i / 10);
        }

        Assert.That(_lines, Has.Count.LessThanOrEqualTo(256).And.Count.GreaterThan(128));
    }

    [TestCase("TooShort")]
    [TestCase("WrongCode")]
    [TestCase("DuplicateInProgress")]
    public void Other_drops_are_counted_only(string reason)
    {
        new DropNotices(_lines).Tell(Source("192.0.2.9"), Enum.Parse<DropReason>(reason), 0);

        Assert.That(_lines, Is.Empty);
    }

    private static SourceAddress Source(string address) => new(NetworkSamples.Bits(address), 1);

    private sealed class Lines : List<string>, ILogger<DropNotices>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
