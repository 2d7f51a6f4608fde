using Kiwire.Radius.Tests.Client;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>RFC 3414, 3.2, 7b: when an authenticated message is outside the time window.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EngineTimeTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly EngineTime _time;

    public EngineTimeTests() => _time = new EngineTime(_clock);

    [Test]
    public void Takes_the_first_message_whatever_it_says()
    {
        Assert.That(_time.TryAccept(7, 1000), Is.True);
        Assert.That(_time.Now, Is.EqualTo((7, 1000)));
    }

    [Test]
    public void Goes_on_by_itself()
    {
        _ = _time.TryAccept(7, 1000);

        _clock.Advance(TimeSpan.FromSeconds(90));

        Assert.That(_time.Now, Is.EqualTo((7, 1090)));
    }

    [TestCase(1090, true)]
    [TestCase(940, true)]
    [TestCase(939, false)]
    [TestCase(0, false)]
    public void A_message_may_be_150_seconds_late_and_no_more(int seconds, bool expected)
    {
        _ = _time.TryAccept(7, 1090);

        Assert.That(_time.TryAccept(7, seconds), Is.EqualTo(expected));
        Assert.That(_time.Now, Is.EqualTo((7, 1090)), "and it moves nothing");
    }

    [TestCase(6, int.MaxValue, false)]
    [TestCase(8, 0, true)]
    public void Boots_go_forward_only(int boots, int seconds, bool expected)
    {
        _ = _time.TryAccept(7, 1000);

        Assert.That(_time.TryAccept(boots, seconds), Is.EqualTo(expected));
        Assert.That(_time.Now, Is.EqualTo(expected ? (8, 0) : (7, 1000)));
    }

    [Test]
    public void A_clock_that_runs_slower_than_ours_is_followed()
    {
        _ = _time.TryAccept(7, 1000);
        _clock.Advance(TimeSpan.FromSeconds(1000));

        // Later than the latest received: RFC 3414, 3.2, 7b, 1 has it learnt before 2 compares.
        Assert.That(_time.TryAccept(7, 1700), Is.True);
        Assert.That(_time.Now, Is.EqualTo((7, 1700)));
    }

    [Test]
    public void An_engine_that_can_count_no_further_is_never_in_time()
    {
        Assert.That(_time.TryAccept(int.MaxValue, 5), Is.False);
        Assert.That(_time.TryAccept(int.MaxValue, 6), Is.False);
    }

    [Test]
    public void A_guess_is_used_until_something_is_known_and_binds_nobody()
    {
        _time.Guess(9, 5000);
        (int Boots, int Seconds) guessed = _time.Now;
        bool known = _time.IsKnown;
        bool accepted = _time.TryAccept(2, 10);
        _time.Guess(9, 5000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(guessed, Is.EqualTo((9, 5000)));
            Assert.That(known, Is.False);
            Assert.That(accepted, Is.True);
            Assert.That(_time.Now, Is.EqualTo((2, 10)));
        }
    }

    [Test]
    public void Stands_still_at_the_last_second_that_can_be_said()
    {
        _ = _time.TryAccept(7, int.MaxValue - 10);

        _clock.Advance(TimeSpan.FromSeconds(100));

        Assert.That(_time.Now, Is.EqualTo((7, int.MaxValue)));
    }
}
