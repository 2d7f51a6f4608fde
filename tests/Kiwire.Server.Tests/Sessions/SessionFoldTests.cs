using Kiwire.Server.Accounts;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>radius.md, Accounting: what a session is after one more record.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SessionFoldTests
{
    /// <summary>When the sessions of these tests begin; their times are seconds from here.</summary>
    private const long Beginning = 1_700_000_000_000;

    private SessionProgress? _session;
    private UsageTotals _used;
    private long _records;

    private SessionProgress Session => _session!.Value;

    [Test]
    public void A_session_is_opened_by_its_start_and_ended_by_its_stop()
    {
        Assert.That(Start(0), Is.EqualTo(FoldOutcome.Opened));
        Assert.That(Interim(300, 300, 10, 20), Is.EqualTo(FoldOutcome.Progressed));
        Assert.That(Stop(310, 310, 11, 22), Is.EqualTo(FoldOutcome.Ended));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_used, Is.EqualTo(new UsageTotals(310, 11, 22)));
            Assert.That(Session.Totals, Is.EqualTo(_used));
            Assert.That((Session.StartedAt, Session.EndedAt), Is.EqualTo((At(0), At(310))));
            Assert.That(Session.SessionId, Is.EqualTo(1));
        }
    }

    [TestCase(AccountingStatus.Interim)]
    [TestCase(AccountingStatus.Stop)]
    public void Interim_or_stop_without_a_start_makes_the_session(AccountingStatus status)
    {
        Fold(News(status, 400, 300, 10, 20));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Session.StartedAt, Is.EqualTo(At(100)));
            Assert.That(_used, Is.EqualTo(new UsageTotals(300, 10, 20)));
            Assert.That(Session.IsOpen, Is.EqualTo(status == AccountingStatus.Interim));
        }
    }

    [Test]
    public void A_late_start_only_tells_when_the_session_began()
    {
        Interim(300, 290, 10, 20);
        Start(0);

        Assert.That((Session.StartedAt, Session.Totals), Is.EqualTo((At(0), new UsageTotals(290, 10, 20))));
        Assert.That(Session.Generation, Is.Zero);
    }

    [Test]
    public void A_late_start_does_not_reopen_a_stopped_session()
    {
        Stop(300, 300, 10, 20);
        Start(0);
        Assert.That(Interim(200, 200, 5, 10), Is.EqualTo(FoldOutcome.Nothing));

        Assert.That((Session.IsOpen, _used), Is.EqualTo((false, new UsageTotals(300, 10, 20))));
    }

    [Test]
    public void A_start_without_a_time_of_its_own_that_is_repeated_after_the_stop_does_not_reopen_the_session()
    {
        Start(0, told: false);
        Fold(News(AccountingStatus.Stop, 3, 3, 1, 1, told: false));
        Start(9, told: false);

        Assert.That((Session.Generation, Session.IsOpen), Is.EqualTo((0, false)));
    }

    [Test]
    public void A_repeated_record_counts_once()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        Assert.That(Interim(300, 300, 10, 20), Is.EqualTo(FoldOutcome.Nothing));
        Stop(400, 400, 30, 40);
        Assert.That(Stop(400, 400, 30, 40), Is.EqualTo(FoldOutcome.Nothing));

        Assert.That(_used, Is.EqualTo(new UsageTotals(400, 30, 40)));
    }

    [Test]
    public void A_late_record_never_lowers_a_counter()
    {
        Start(0);
        Interim(600, 600, 100, 200);
        Assert.That(Interim(300, 300, 10, 20), Is.EqualTo(FoldOutcome.Nothing));

        Assert.That((Session.Totals, Session.Counters), Is.EqualTo((new UsageTotals(600, 100, 200), new UsageTotals(600, 100, 200))));
    }

    [Test]
    public void A_stop_at_the_time_of_an_interim_brings_the_greater_counters()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        Assert.That(Stop(300, 300, 12, 19), Is.EqualTo(FoldOutcome.Ended));

        Assert.That(_used, Is.EqualTo(new UsageTotals(300, 12, 20)));
    }

    [Test]
    public void A_counter_that_restarts_at_a_lower_value_adds_the_new_value()
    {
        Start(0);
        Interim(300, 300, 1000, 2000);
        Interim(600, 600, 50, 2100);

        Assert.That(_used, Is.EqualTo(new UsageTotals(600, 1050, 2100)));
    }

    [Test]
    public void Counters_that_all_restart_after_the_last_news_add_their_new_values()
    {
        Start(0);
        Interim(300, 300, 1000, 2000);
        Interim(700, 100, 50, 60);
        Interim(800, 200, 70, 80);

        Assert.That(_used, Is.EqualTo(new UsageTotals(500, 1070, 2080)));
    }

    [Test]
    public void Counters_that_seem_to_restart_within_a_retransmissions_reach_are_late()
    {
        Start(0, told: false);
        Fold(News(AccountingStatus.Interim, 600, 600, 1000, 2000, told: false));
        Fold(News(AccountingStatus.Interim, 630, 20, 10, 20, told: false));

        Assert.That(_used, Is.EqualTo(new UsageTotals(600, 1000, 2000)));
    }

    [Test]
    public void Records_of_a_very_short_session_in_the_wrong_order_are_not_a_restart()
    {
        Interim(4, 4, 40, 40);
        Interim(2, 2, 20, 20);
        Start(0);
        Stop(5, 5, 50, 50);

        Assert.That(_used, Is.EqualTo(new UsageTotals(5, 50, 50)));
        Assert.That(Session.Generation, Is.Zero);
    }

    [Test]
    public void A_start_after_the_end_of_the_session_begins_another()
    {
        Start(0);
        Stop(300, 300, 10, 20);
        Assert.That(Start(1000), Is.EqualTo(FoldOutcome.Opened));
        Interim(1100, 100, 3, 4);

        Assert.That((Session.Generation, Session.StartedAt, Session.Totals), Is.EqualTo((1, At(1000), new UsageTotals(100, 3, 4))));
        Assert.That(_used, Is.EqualTo(new UsageTotals(400, 13, 24)));
    }

    [Test]
    public void A_start_after_the_last_news_of_an_open_session_supersedes_it()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        FoldResult result = SessionFold.Apply(_session, News(AccountingStatus.Start, 5000, -1, -1, -1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Progress.Generation, Is.EqualTo(1));
            Assert.That(result.Superseded!.Value.EndedAt, Is.EqualTo(At(300)));
            Assert.That(result.Superseded!.Value.Ending, Is.EqualTo(SessionEnding.Superseded));
        }
    }

    [Test]
    public void An_interim_of_a_session_that_began_after_the_stop_begins_another()
    {
        Start(0);
        Stop(300, 300, 10, 20);
        Interim(2000, 600, 1, 2);

        Assert.That((Session.Generation, Session.StartedAt), Is.EqualTo((1, At(1400))));
    }

    [Test]
    public void A_stale_session_ends_at_its_last_news_as_lost_carrier_and_later_news_continues_it()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        Assert.That(Fold(News(AccountingStatus.Stale, 300, -1, -1, -1)), Is.EqualTo(FoldOutcome.Ended));
        Assert.That((Session.EndedAt, Session.TerminateCause), Is.EqualTo((At(300), TerminateCause.LostCarrier)));

        Assert.That(Interim(300, 300, 10, 20), Is.EqualTo(FoldOutcome.Nothing), "a repeated record");
        Assert.That(Interim(2000, 2000, 50, 60), Is.EqualTo(FoldOutcome.Continued));

        Assert.That((Session.IsOpen, Session.EndedAt, _used), Is.EqualTo((true, 0L, new UsageTotals(2000, 50, 60))));
    }

    [Test]
    public void A_session_that_had_news_meanwhile_is_not_stale()
    {
        Start(0);
        Interim(600, 600, 10, 20);

        Assert.That(Fold(News(AccountingStatus.Stale, 300, -1, -1, -1)), Is.EqualTo(FoldOutcome.Nothing));
    }

    [Test]
    public void Accounting_on_ends_an_open_session_at_its_last_news_as_nas_reboot()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        FoldResult result = SessionFold.ApplyReboot(Session, At(500));

        Assert.That((result.Outcome, result.Progress.EndedAt, result.Progress.TerminateCause), Is.EqualTo((FoldOutcome.Ended, At(300), TerminateCause.NasReboot)));
    }

    [TestCase(400, 400)]
    [TestCase(600, 700)]
    public void Accounting_on_leaves_sessions_alone_that_began_or_had_news_after_it(int startedAt, int newsAt)
    {
        Start(startedAt);
        Interim(newsAt, newsAt - startedAt, 10, 20);

        Assert.That(SessionFold.ApplyReboot(Session, At(400)).Outcome, Is.EqualTo(FoldOutcome.Nothing));
    }

    [Test]
    public void A_late_record_from_before_the_reboot_counts_and_leaves_the_session_ended()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        _session = SessionFold.ApplyReboot(Session, At(500)).Progress;
        Interim(450, 450, 30, 40);

        Assert.That((Session.Ending, Session.EndedAt, _used), Is.EqualTo((SessionEnding.Reboot, At(450), new UsageTotals(450, 30, 40))));
    }

    [Test]
    public void A_session_that_the_nas_did_not_lose_in_its_restart_goes_on()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        _session = SessionFold.ApplyReboot(Session, At(500)).Progress;

        Assert.That(Interim(600, 600, 30, 40), Is.EqualTo(FoldOutcome.Continued));
        Assert.That((Session.IsOpen, _used), Is.EqualTo((true, new UsageTotals(600, 30, 40))));
    }

    [Test]
    public void A_session_id_used_again_after_a_reboot_begins_another_session_at_once()
    {
        Start(0, told: false);
        _session = SessionFold.ApplyReboot(Session, At(10)).Progress;
        Start(11, told: false);

        Assert.That((Session.Generation, Session.IsOpen), Is.EqualTo((1, true)));
    }

    [Test]
    public void A_missing_session_time_is_made_up_from_the_times_of_the_events()
    {
        Start(0);
        Interim(300, -1, 10, 20);
        Interim(300, -1, 10, 20);
        Interim(200, -1, 5, 10);
        Stop(400, -1, 30, 40);

        Assert.That(_used, Is.EqualTo(new UsageTotals(400, 30, 40)));
    }

    [Test]
    public void Missing_octets_leave_the_counters_as_they_were()
    {
        Start(0);
        Interim(300, 300, 10, 20);
        Stop(400, 400, -1, -1);

        Assert.That(_used, Is.EqualTo(new UsageTotals(400, 10, 20)));
    }

    private FoldOutcome Start(int at, bool told = true) => Fold(News(AccountingStatus.Start, at, -1, -1, -1, told));

    private FoldOutcome Interim(int at, long seconds, long octetsIn, long octetsOut) => Fold(News(AccountingStatus.Interim, at, seconds, octetsIn, octetsOut));

    private FoldOutcome Stop(int at, long seconds, long octetsIn, long octetsOut) => Fold(News(AccountingStatus.Stop, at, seconds, octetsIn, octetsOut));

    private FoldOutcome Fold(AccountingNews news)
    {
        FoldResult result = SessionFold.Apply(_session, news);
        _session = result.Progress;
        _used += result.Used;
        return result.Outcome;
    }

    private AccountingNews News(AccountingStatus status, int at, long seconds, long octetsIn, long octetsOut, bool told = true) => new()
    {
        Status = status,
        RecordId = ++_records,
        EventAt = At(at),
        TimeIsTold = told,
        SessionSeconds = seconds,
        OctetsIn = octetsIn,
        OctetsOut = octetsOut,
        TerminateCause = status == AccountingStatus.Stop ? 1 : 0,
    };

    private static long At(int seconds) => Beginning + (seconds * 1000L);
}
