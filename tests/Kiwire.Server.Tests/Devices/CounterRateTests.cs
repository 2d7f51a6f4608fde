using Kiwire.Server.Devices;

namespace Kiwire.Server.Tests.Devices;

/// <summary>snmp.md, Polling: counters become rates; wraps and restarts are told apart. Values by hand.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CounterRateTests
{
    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(60);

    [Test]
    public void The_first_value_has_no_rate() =>
        Assert.That(CounterRate.Between(null, 123_456, CounterWidth.Bits64, Cycle, restarted: false), Is.EqualTo(new CounterRate(CounterChange.First, null)));

    // 7 500 000 octets in 60 s are 125 000 a second, 1 Mbit/s.
    [TestCase(CounterWidth.Bits32)]
    [TestCase(CounterWidth.Bits64)]
    public void What_a_counter_went_up_by_is_spread_over_the_span(CounterWidth width) =>
        Assert.That(CounterRate.Between(1_000_000, 8_500_000, width, Cycle, restarted: false), Is.EqualTo(new CounterRate(CounterChange.Counted, 125_000)));

    [Test]
    public void A_counter_that_stays_has_the_rate_0() =>
        Assert.That(CounterRate.Between(77, 77, CounterWidth.Bits32, Cycle, restarted: false, mostPerSecond: 12_500_000).PerSecond, Is.Zero);

    // 4 294 967 295 -> 0 is one: (0 - 4 294 967 295) mod 2^32. 4 294 000 000 -> 5 032 704 is 967 296 + 5 032 704 = 6 000 000.
    [TestCase(4_294_967_295UL, 0UL, 1 / 60.0)]
    [TestCase(4_294_000_000UL, 5_032_704UL, 100_000.0)]
    public void A_counter_of_32_bits_goes_round(ulong before, ulong now, double perSecond) =>
        Assert.That(
            CounterRate.Between(before, now, CounterWidth.Bits32, Cycle, restarted: false, mostPerSecond: 12_500_000),
            Is.EqualTo(new CounterRate(CounterChange.Wrapped, perSecond)));

    // 18 446 744 073 709 551 616 is 2^64: 615 before it to 5 999 385 after it are 6 000 000.
    [Test]
    public void A_counter_of_64_bits_goes_round() =>
        Assert.That(
            CounterRate.Between(18_446_744_073_709_551_001, 5_999_385, CounterWidth.Bits64, Cycle, restarted: false),
            Is.EqualTo(new CounterRate(CounterChange.Wrapped, 100_000)));

    // 2^64 less 10 MB in a minute: nothing carries that.
    [Test]
    public void A_counter_of_64_bits_that_fell_was_set_back() =>
        Assert.That(
            CounterRate.Between(10_000_000, 0, CounterWidth.Bits64, Cycle, restarted: false), Is.EqualTo(new CounterRate(CounterChange.Reset, null)));

    // From 3 000 000 000 round to 600 000 000 would be 1 894 967 296 in 60 s, 31.6 MB/s: more than 100 Mbit/s carry, less than 1 Gbit/s does.
    [TestCase(100_000_000UL, CounterChange.Reset, null)]
    [TestCase(400_000_000UL, CounterChange.Wrapped, 1_894_967_296 / 60.0)]
    public void The_interfaces_speed_tells_a_wrap_from_a_counter_that_was_set_back(ulong speed, CounterChange change, double? perSecond) =>
        Assert.That(
            CounterRate.Between(3_000_000_000, 600_000_000, CounterWidth.Bits32, Cycle, restarted: false, CounterRate.OctetsPerSecond(speed)),
            Is.EqualTo(new CounterRate(change, perSecond)));

    [TestCase(CounterWidth.Bits32)]
    [TestCase(CounterWidth.Bits64)]
    public void Over_a_restart_there_is_no_rate_also_where_the_counter_is_higher(CounterWidth width)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CounterRate.Between(4_000_000_000, 10, width, Cycle, restarted: true), Is.EqualTo(new CounterRate(CounterChange.Restarted, null)));
            Assert.That(CounterRate.Between(10, 4_000_000_000, width, Cycle, restarted: true), Is.EqualTo(new CounterRate(CounterChange.Restarted, null)));
        }
    }

    // Without sysUpTime and speed: 4 294 967 290 -> 4 is 10 on, or 4 294 967 286 back; 1 000 -> 0 is 4 294 966 296 on, or 1 000 back.
    [TestCase(4_294_967_290UL, 4UL, CounterChange.Wrapped)]
    [TestCase(1_000UL, 0UL, CounterChange.Reset)]
    public void An_agent_that_does_not_say_how_long_it_is_up_is_believed_the_shorter_way(ulong before, ulong now, CounterChange change) =>
        Assert.That(CounterRate.Between(before, now, CounterWidth.Bits32, Cycle, restarted: null).Change, Is.EqualTo(change));

    // Four polls missed: 30 000 000 in 300 s.
    [Test]
    public void Missed_polls_make_one_rate_over_the_longer_span() =>
        Assert.That(
            CounterRate.Between(0, 30_000_000, CounterWidth.Bits64, 5 * Cycle, restarted: false), Is.EqualTo(new CounterRate(CounterChange.Counted, 100_000)));

    // 1 Gbit/s is 125 000 000 octets a second, 2^32 in 34.4 s. In 60 s: 7.5e9; 4e9 + 2^32 = 8.29e9 does not fit any more, 3e9 + 2^32 = 7.29e9 does.
    [TestCase(3_000_000_000UL, 60, CounterChange.Ambiguous)]
    [TestCase(4_000_000_000UL, 60, CounterChange.Counted)]
    [TestCase(3_000_000_000UL, 30, CounterChange.Counted)]
    public void A_counter_of_32_bits_that_may_have_gone_round_more_than_once_has_no_rate(ulong now, int seconds, CounterChange change)
    {
        CounterRate rate = CounterRate.Between(0, now, CounterWidth.Bits32, TimeSpan.FromSeconds(seconds), restarted: false, CounterRate.OctetsPerSecond(1_000_000_000));

        Assert.That(rate, Is.EqualTo(new CounterRate(change, change == CounterChange.Counted ? now / (double)seconds : null)));
    }

    [TestCase(0)]
    [TestCase(-5)]
    public void Without_time_there_is_no_rate(int seconds) =>
        Assert.That(
            CounterRate.Between(1, 2, CounterWidth.Bits32, TimeSpan.FromSeconds(seconds), restarted: false), Is.EqualTo(new CounterRate(CounterChange.NoTime, null)));

    [Test]
    public void A_speed_of_0_is_not_known() => Assert.That(CounterRate.OctetsPerSecond(0), Is.Null);
}
