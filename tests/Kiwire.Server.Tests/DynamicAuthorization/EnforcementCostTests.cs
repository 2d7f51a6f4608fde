using System.Diagnostics;
using Kiwire.Server.Accounts;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>What watching costs the accounting of somebody who may stay.</summary>
[TestFixture]
[NonParallelizable]
[CancelAfter(300_000)]
internal sealed class EnforcementCostTests
{
    private const int Records = 20_000;

    [TestCase(false)]
    [TestCase(true)]
    public async Task News_of_who_may_stay_costs_no_allocation_to_watch(bool allLimits)
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        long account = await on.LogInAsync("guest", new ProfileSettings
        {
            Name = "plan",
            Type = "Countdown",
            Minutes = 1_000_000,
            VolumeLimited = true,
            VolumeGigabytes = 1000,
            AutoReset = allLimits ? "month" : null,
            LoginHours = allLimits ? ["mon-sun 00:00-24:00"] : null,
        });
        await RunningServer.UntilAsync(() => on.OpenSessionsAsync(account), open => open.Count == 1, TestContext.CurrentContext.CancellationToken);
        LiveSessions live = on.Server.Get<LiveSessions>();
        long now = on.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        _ = Measure(() => Tell(live, account, now, 1));

        (double Nanoseconds, double Octets) watched = Measure(() => Tell(live, account, now, 1 + Records));
        List<CoaArrival> arrivals = await on.TakeUntilNowAsync();
        on.Server.Get<EnforcementWatch>().Dispose();
        (double Nanoseconds, double Octets) unwatched = Measure(() => Tell(live, account, now, 1 + (2 * Records)));

        TestContext.Out.WriteLine($"A record: {watched.Nanoseconds:0} ns watched, {unwatched.Nanoseconds:0} ns not; {watched.Octets:0.0} and {unwatched.Octets:0.0} octets");
        Assert.That(watched.Octets, Is.EqualTo(unwatched.Octets).Within(1));
        Assert.That(arrivals, Is.Empty);
    }

    private static (double Nanoseconds, double Octets) Measure(Action act)
    {
        long began = Stopwatch.GetTimestamp();
        long before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return (Stopwatch.GetElapsedTime(began).TotalNanoseconds / Records, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Records);
    }

    private static void Tell(LiveSessions live, long account, long now, int first)
    {
        for (int i = first; i < first + Records; i++)
        {
            live.Recall(new AccountingRecord
            {
                Status = AccountingStatus.Interim,
                TenantId = EnforcedServer.Tenant,
                NasId = 1,
                RecordId = i,
                ReceivedAt = now + i,
                EventAt = now + (i * 1000L),
                TimeIsTold = true,
                SessionSeconds = i,
                OctetsIn = i,
                OctetsOut = i,
                NasPort = AccountingNews.Absent,
                Login = new LoginClass(account, 0),
                SessionId = "watched"u8,
                UserName = "guest"u8,
                CallingStationId = "02-AA-00-00-00-01"u8,
            });
        }
    }
}
