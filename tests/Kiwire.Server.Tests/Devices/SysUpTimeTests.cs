using Kiwire.Server.Devices;

namespace Kiwire.Server.Tests.Devices;

/// <summary>snmp.md, Polling: restarts (sysUpTime fell) are told from wraps; sysUpTime itself goes round after 2^32 hundredths, 497 days.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SysUpTimeTests
{
    [TestCase(100_000u, 106_000u, 60, Description = "60 s on in 60 s")]
    [TestCase(100_000u, 105_700u, 60, Description = "the first answer came by its last retry")]
    [TestCase(4_294_966_296u, 5_000u, 60, Description = "1 000 before the end to 5 000 after it: 60 s")]
    [TestCase(100_000u, 1_960_000u, 18_600, Description = "310 polls missed")]
    [TestCase(8_640_000u, 8_643_000u, 60, Description = "a clock at half speed that has been up for a day")]
    [TestCase(100u, 100u, 5, Description = "an agent that keeps its answers for some seconds")]
    public void The_agent_stayed_up(uint before, uint now, int seconds) =>
        Assert.That(SysUpTime.HasRestarted(before, now, TimeSpan.FromSeconds(seconds)), Is.False);

    [TestCase(100_000u, 1_000u, 60, Description = "up for 10 s")]
    [TestCase(1_000u, 3_000u, 60, Description = "higher than before, but up for 30 s of 60")]
    [TestCase(1_000u, 180_000u, 3_600, Description = "an hour away, up for half of it")]
    [TestCase(4_294_966_296u, 300_000u, 60, Description = "round its end by 50 min in one")]
    [TestCase(4_000_000_000u, 500u, 60, Description = "after 463 days")]
    public void The_agent_restarted(uint before, uint now, int seconds) =>
        Assert.That(SysUpTime.HasRestarted(before, now, TimeSpan.FromSeconds(seconds)), Is.True);
}
