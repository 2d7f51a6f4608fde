using FsCheck;
using FsCheck.Fluent;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>Issue 2: usage is counted exactly once under duplicates and reordering.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SessionFoldProperties
{
    private const long Beginning = 1_700_000_000_000;

    [Test]
    public void Any_order_and_any_repetition_of_a_sessions_records_adds_up_to_what_its_stop_says()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(20_240_601, 1_234_567);
        Prop.ForAll(Arrivals().ToArbitrary(), arrivals => AddsUp(arrivals)).Check(config);
    }

    private static bool AddsUp(AccountingNews[] arrivals)
    {
        SessionProgress? session = null;
        UsageTotals used = default;
        foreach (AccountingNews news in arrivals)
        {
            FoldResult result = SessionFold.Apply(session, news);
            UsageTotals before = session?.Totals ?? default;
            if (result.Progress.Totals.Seconds < before.Seconds || result.Progress.Totals.OctetsIn < before.OctetsIn || result.Progress.Totals.OctetsOut < before.OctetsOut)
            {
                return false;
            }

            if (session is { IsOpen: false } && result.Progress.IsOpen)
            {
                return false;
            }

            session = result.Progress;
            used += result.Used;
        }

        AccountingNews stop = arrivals.Single(news => news.Status == AccountingStatus.Stop && news.RecordId >= 0);
        UsageTotals truth = new(stop.SessionSeconds, stop.OctetsIn, stop.OctetsOut);
        return used == truth && session!.Value.Totals == truth && session.Value.Generation == 0 && !session.Value.IsOpen;
    }

    /// <summary>
    /// A session of 0 to 40 interims at uneven times, some within seconds, with each time out by up to two seconds, every record one to three times, in any
    /// order. A repeated record may differ in its id and in the second that its time is rounded to; the originals have ids from 0 on.
    /// </summary>
    private static Gen<AccountingNews[]> Arrivals() =>
        from longest in Gen.Elements(3, 20, 1200)
        from gaps in Gen.Choose(0, longest).NonEmptyListOf()
        from seed in Gen.Choose(0, int.MaxValue)
        select Shuffle(Truth([.. gaps.Take(40)], new Random(seed)), new Random(seed));

    private static List<AccountingNews> Truth(int[] gaps, Random random)
    {
        List<AccountingNews> truth = [News(AccountingStatus.Start, 0, default, random, 0)];
        UsageTotals counters = default;
        for (int i = 0; i < gaps.Length; i++)
        {
            counters += new UsageTotals(gaps[i], random.NextInt64(0, 1L << 34), random.Next(2) * random.NextInt64(0, 1L << 20));
            truth.Add(News(i == gaps.Length - 1 ? AccountingStatus.Stop : AccountingStatus.Interim, counters.Seconds, counters, random, truth.Count));
        }

        return truth;
    }

    private static AccountingNews[] Shuffle(List<AccountingNews> truth, Random random)
    {
        List<AccountingNews> all = [.. truth];
        foreach (AccountingNews news in truth)
        {
            for (int copies = random.Next(3); copies > 0; copies--)
            {
                all.Add(news with { RecordId = -all.Count, EventAt = news.EventAt + (random.Next(-1, 2) * 1000) });
            }
        }

        AccountingNews[] arrivals = [.. all];
        random.Shuffle(arrivals);
        return arrivals;
    }

    private static AccountingNews News(AccountingStatus status, long at, UsageTotals counters, Random random, long id) => new()
    {
        Status = status,
        RecordId = id,
        EventAt = Beginning + (at * 1000) + (random.Next(-1, 2) * 1000),
        TimeIsTold = true,
        SessionSeconds = status == AccountingStatus.Start ? AccountingNews.Absent : counters.Seconds,
        OctetsIn = status == AccountingStatus.Start ? AccountingNews.Absent : counters.OctetsIn,
        OctetsOut = status == AccountingStatus.Start ? AccountingNews.Absent : counters.OctetsOut,
        TerminateCause = status == AccountingStatus.Stop ? 1 : 0,
    };
}
