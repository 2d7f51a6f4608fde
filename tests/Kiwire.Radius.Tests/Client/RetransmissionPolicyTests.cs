using Kiwire.Radius.Client;

namespace Kiwire.Radius.Tests.Client;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class RetransmissionPolicyTests
{
    [Test]
    public void The_defaults_are_those_of_RFC_5080_2_2_1()
    {
        RetransmissionPolicy policy = RetransmissionPolicy.Default;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy.InitialInterval, Is.EqualTo(TimeSpan.FromSeconds(2)), "IRT");
            Assert.That(policy.MaximumInterval, Is.EqualTo(TimeSpan.FromSeconds(16)), "MRT");
            Assert.That(policy.MaximumSends, Is.EqualTo(5), "MRC");
            Assert.That(policy.MaximumDuration, Is.EqualTo(TimeSpan.FromSeconds(30)), "MRD");
            Assert.That(policy.Jitter, Is.EqualTo(0.1), "RAND");
        }
    }

    [Test]
    public void Without_jitter_waits_double_up_to_the_maximum()
    {
        RetransmissionPolicy policy = new() { Jitter = 0 };
        List<double> seconds = [];
        TimeSpan interval = TimeSpan.Zero;
        for (int i = 0; i < 6; i++)
        {
            interval = policy.NextInterval(interval);
            seconds.Add(interval.TotalSeconds);
        }

        Assert.That(seconds, Is.EqualTo(new double[] { 2, 4, 8, 16, 16, 16 }));
    }

    [Test]
    public void Jitter_makes_waits_differ_within_its_bounds()
    {
        RetransmissionPolicy policy = RetransmissionPolicy.Default;
        HashSet<TimeSpan> first = [];
        for (int i = 0; i < 1000; i++)
        {
            TimeSpan one = policy.NextInterval(TimeSpan.Zero);
            TimeSpan two = policy.NextInterval(one);
            TimeSpan late = policy.NextInterval(TimeSpan.FromSeconds(16));
            first.Add(one);
            Assert.That(one.TotalSeconds, Is.InRange(1.8, 2.2));
            Assert.That(two / one, Is.EqualTo(2).Within(0.100001), "a wait is whole ticks");
            Assert.That(late.TotalSeconds, Is.InRange(14.4, 17.6));
        }

        Assert.That(first, Has.Count.GreaterThan(900));
    }

    [Test]
    public void Values_out_of_range_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new RetransmissionPolicy { InitialInterval = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new RetransmissionPolicy { MaximumInterval = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new RetransmissionPolicy { MaximumSends = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new RetransmissionPolicy { MaximumDuration = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new RetransmissionPolicy { Jitter = 0.6 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }
}
