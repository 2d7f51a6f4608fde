namespace Kiwire.Server.Devices;

/// <summary>What an agent's sysUpTime says about what lies between two polls.</summary>
internal static class SysUpTime
{
    /// <summary>sysUpTime counts hundredths of a second, and goes round after 497 days (RFC 3418, 2; RFC 2578, 7.1.8).</summary>
    private const int MillisecondsPerTick = 10;

    /// <summary>What an answer that came by the last retry may be late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(6);

    /// <summary>Equipment's clocks are not that far out; over a long span this is more than what answers are late.</summary>
    private const double Drift = 0.02;

    /// <summary>
    /// Whether the agent restarted between two polls. Time that went on as ours did, also round its end, is none; neither is time that
    /// had begun before the earlier poll.
    /// </summary>
    /// <param name="before">sysUpTime of the earlier poll, in hundredths of a second.</param>
    /// <param name="now">sysUpTime of the later poll.</param>
    /// <param name="elapsed">The time between them by our own clock, over 0.</param>
    public static bool HasRestarted(uint before, uint now, TimeSpan elapsed)
    {
        double slack = (Late + (elapsed * Drift)).TotalMilliseconds;
        double passed = elapsed.TotalMilliseconds;
        double counted = (double)unchecked(now - before) * MillisecondsPerTick;
        if (Math.Abs(counted - passed) <= slack)
        {
            return false;
        }

        // A clock that is badly out: it fell behind ours, but the agent has been up for longer than the span.
        return now < before || (double)now * MillisecondsPerTick < passed + slack;
    }
}
