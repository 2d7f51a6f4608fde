using Kiwire.Server.Accounts;

namespace Kiwire.Server.Sessions;

/// <summary>What a record did.</summary>
internal enum FoldOutcome : byte
{
    /// <summary>Nothing: it repeats, or comes too late for, what is known.</summary>
    Nothing,

    /// <summary>It made the session.</summary>
    Opened,

    /// <summary>The session went on (or facts of it were filled in).</summary>
    Progressed,

    /// <summary>It ended the session, or corrected its end.</summary>
    Ended,

    /// <summary>A session that was taken for lost goes on.</summary>
    Continued,
}

/// <summary>A session after a record.</summary>
/// <param name="Progress">The session.</param>
/// <param name="Used">What the record adds to the account's usage.</param>
/// <param name="Outcome">What the record did.</param>
/// <param name="Superseded">The session of the same identity that this one follows, where the record began another.</param>
internal readonly record struct FoldResult(SessionProgress Progress, UsageTotals Used, FoldOutcome Outcome, SessionProgress? Superseded = null);

/// <summary>
/// The rules of accounting, and nothing else: what a session is after one more record. Records come late, twice, in any order and with
/// counters that went back; a session's true records, in whatever order and however often, add up to what its Stop says.
/// </summary>
/// <remarks>
/// Of two records of a session, the newer is the one with the greater Acct-Session-Time; its event time decides only where the NAS has
/// begun to count again. A record that reports less session time than is known is late, unless the time at which its counting began lies
/// after the last news. A record whose time is only its arrival proves that with more distance, as a retransmission makes it late.
/// </remarks>
internal static class SessionFold
{
    /// <summary>How far two of a NAS's own times may be out for one and the same event: whole seconds, and a clock being set.</summary>
    public const long ToleranceMilliseconds = 5_000;

    /// <summary>How late a record without a time of its own may arrive and still be taken for a retransmission.</summary>
    public const long RetransmissionMilliseconds = 300_000;

    /// <summary>Folds one record of a session.</summary>
    /// <param name="known">The newest session of that identity; null: there is none.</param>
    /// <param name="news">The record.</param>
    public static FoldResult Apply(in SessionProgress? known, in AccountingNews news)
    {
        if (known is not { } session)
        {
            return news.Status == AccountingStatus.Stale ? default : Open(news, generation: 0);
        }

        if (news.Status == AccountingStatus.Stale)
        {
            return EndStale(session, news);
        }

        if (IsAnother(session, news))
        {
            SessionProgress? superseded = session.IsOpen
                ? session with { EndedAt = session.LastNewsAt, Ending = SessionEnding.Superseded, TerminateCause = TerminateCause.LostCarrier }
                : null;
            return Open(news, session.Generation + 1) with { Superseded = superseded };
        }

        return news.Status == AccountingStatus.Start && news.SessionSeconds <= session.Counters.Seconds ? FillIn(session, news) : Continue(session, news);
    }

    /// <summary>Folds an Accounting-On or -Off of the session's NAS.</summary>
    /// <param name="session">The session.</param>
    /// <param name="rebootAt">When the NAS restarted: Unix milliseconds.</param>
    public static FoldResult ApplyReboot(in SessionProgress session, long rebootAt)
    {
        if (!session.IsOpen || session.StartedAt >= rebootAt || session.LastNewsAt > rebootAt)
        {
            return new FoldResult(session, default, FoldOutcome.Nothing);
        }

        SessionProgress ended = session with
        {
            EndedAt = session.LastNewsAt,
            LastNewsAt = rebootAt,
            Ending = SessionEnding.Reboot,
            TerminateCause = TerminateCause.NasReboot,
        };
        return new FoldResult(ended, default, FoldOutcome.Ended);
    }

    private static FoldResult Open(in AccountingNews news, int generation)
    {
        UsageTotals counters = new(Math.Max(news.SessionSeconds, 0), Math.Max(news.OctetsIn, 0), Math.Max(news.OctetsOut, 0));
        SessionProgress session = new()
        {
            SessionId = news.RecordId,
            Generation = generation,
            StartedAt = news.EventAt - (counters.Seconds * 1000),
            LastNewsAt = news.EventAt,
            Totals = counters,
            Counters = counters,
            InterimSeconds = news.InterimSeconds,
        };
        return new FoldResult(news.Status == AccountingStatus.Stop ? Stopped(session, news) : session, counters, FoldOutcome.Opened);
    }

    private static FoldResult EndStale(in SessionProgress session, in AccountingNews news)
    {
        if (!session.IsOpen || session.LastNewsAt > news.EventAt)
        {
            return new FoldResult(session, default, FoldOutcome.Nothing);
        }

        SessionProgress ended = session with
        {
            EndedAt = session.LastNewsAt,
            Ending = SessionEnding.Stale,
            TerminateCause = TerminateCause.LostCarrier,
        };
        return new FoldResult(ended, default, FoldOutcome.Ended);
    }

    /// <summary>Whether the NAS has begun another session under the same identity.</summary>
    private static bool IsAnother(in SessionProgress session, in AccountingNews news)
    {
        // While a session is open, or may go on, only a Start says so: anything else may be counters that restarted.
        if (news.Status != AccountingStatus.Start && (session.Ending is SessionEnding.None or SessionEnding.Stale || news.SessionSeconds < 0))
        {
            return false;
        }

        return BeganAfterLastNews(session, news);
    }

    private static bool BeganAfterLastNews(in SessionProgress session, in AccountingNews news)
    {
        long began = news.EventAt - (Math.Max(news.SessionSeconds, 0) * 1000);
        bool onlyBegun = session.IsOpen && session.Totals == default;
        if (!news.TimeIsTold || onlyBegun)
        {
            // Some equipment stamps a repeated Start anew; where nothing has been used, taking it for the same session loses nothing.
            // After a reboot the NAS has forgotten the records that it might have repeated.
            long late = session.Ending == SessionEnding.Reboot && news.Status == AccountingStatus.Start ? 0 : RetransmissionMilliseconds;
            return began > session.LastNewsAt + late;
        }

        // Records of the session itself began to count when it did: that must be excluded too where it was short.
        long ownBeginning = (session.EndedAt != 0 ? session.EndedAt : session.LastNewsAt) - (session.Counters.Seconds * 1000);
        return began > session.LastNewsAt + ToleranceMilliseconds
            || (began >= session.LastNewsAt - ToleranceMilliseconds && began > ownBeginning + (2 * ToleranceMilliseconds));
    }

    /// <summary>A Start after the session is known: late or repeated, it may know when the session began.</summary>
    private static FoldResult FillIn(in SessionProgress session, in AccountingNews news)
    {
        SessionProgress filled = session with
        {
            StartedAt = Math.Min(session.StartedAt, news.EventAt - (Math.Max(news.SessionSeconds, 0) * 1000)),
            InterimSeconds = session.InterimSeconds != 0 ? session.InterimSeconds : news.InterimSeconds,
        };
        return new FoldResult(filled, default, filled == session ? FoldOutcome.Nothing : FoldOutcome.Progressed);
    }

    private static FoldResult Continue(in SessionProgress session, in AccountingNews news)
    {
        if (session.Ending == SessionEnding.Stop)
        {
            return new FoldResult(session, default, FoldOutcome.Nothing);
        }

        long seconds = news.SessionSeconds >= 0 ? news.SessionSeconds : SecondsByEventTime(session, news);
        UsageTotals counters = session.Counters;
        UsageTotals used;
        bool isNews = true;
        if (seconds > counters.Seconds)
        {
            used = new(seconds - counters.Seconds, Gained(counters.OctetsIn, news.OctetsIn), Gained(counters.OctetsOut, news.OctetsOut));
            counters = new(seconds, Now(counters.OctetsIn, news.OctetsIn), Now(counters.OctetsOut, news.OctetsOut));
        }
        else if (seconds == counters.Seconds)
        {
            // A Stop at the time of an Interim may know more octets; of two, the greater counters are right.
            used = new(0, Math.Max(news.OctetsIn - counters.OctetsIn, 0), Math.Max(news.OctetsOut - counters.OctetsOut, 0));
            counters += used;
            isNews = used != default || news.EventAt > session.LastNewsAt;
        }
        else if (news.SessionSeconds >= 0 && BeganAfterLastNews(session, news))
        {
            used = new(seconds, Math.Max(news.OctetsIn, 0), Math.Max(news.OctetsOut, 0));
            counters = new(seconds, Now(counters.OctetsIn, news.OctetsIn), Now(counters.OctetsOut, news.OctetsOut));
        }
        else
        {
            used = default;
            isNews = false;
        }

        return news.Status == AccountingStatus.Stop
            ? Stop(session, news, counters, used, isNews)
            : Progress(session, news, counters, used, isNews);
    }

    private static FoldResult Stop(in SessionProgress session, in AccountingNews news, in UsageTotals counters, in UsageTotals used, bool isNews)
    {
        // A Stop that reports less than is known ends the session all the same, unless it is older than the last news.
        if (!isNews && news.EventAt < session.LastNewsAt - ToleranceMilliseconds)
        {
            return new FoldResult(session, default, FoldOutcome.Nothing);
        }

        SessionProgress stopped = session with
        {
            // What a reboot has set is its own time, and no news of the session.
            LastNewsAt = session.Ending == SessionEnding.Reboot ? Math.Max(session.EndedAt, news.EventAt) : Math.Max(session.LastNewsAt, news.EventAt),
            Totals = session.Totals + used,
            Counters = counters,
        };
        return new FoldResult(Stopped(stopped, news), used, FoldOutcome.Ended);
    }

    private static FoldResult Progress(in SessionProgress session, in AccountingNews news, in UsageTotals counters, in UsageTotals used, bool isNews)
    {
        if (!isNews)
        {
            return new FoldResult(session, default, FoldOutcome.Nothing);
        }

        SessionProgress progressed = session with
        {
            Totals = session.Totals + used,
            Counters = counters,
            InterimSeconds = news.InterimSeconds != 0 ? news.InterimSeconds : session.InterimSeconds,
        };

        if (session.Ending == SessionEnding.Reboot && news.EventAt <= session.LastNewsAt)
        {
            // From before the reboot, and late: it counts, and the session stays ended.
            return new FoldResult(progressed with { EndedAt = Math.Max(session.EndedAt, news.EventAt) }, used, FoldOutcome.Progressed);
        }

        bool wasOpen = session.IsOpen;
        if (!wasOpen && used == default && !news.TimeIsTold)
        {
            // Nothing that a repeated record could not say too.
            return new FoldResult(session, default, FoldOutcome.Nothing);
        }

        progressed = progressed with
        {
            LastNewsAt = Math.Max(session.LastNewsAt, news.EventAt),
            EndedAt = 0,
            Ending = SessionEnding.None,
            TerminateCause = 0,
        };
        return new FoldResult(progressed, used, wasOpen ? FoldOutcome.Progressed : FoldOutcome.Continued);
    }

    private static SessionProgress Stopped(in SessionProgress session, in AccountingNews news) => session with
    {
        EndedAt = session.LastNewsAt,
        Ending = SessionEnding.Stop,
        TerminateCause = news.TerminateCause,
        InterimSeconds = session.InterimSeconds != 0 ? session.InterimSeconds : news.InterimSeconds,
    };

    /// <summary>
    /// The session time of a record that has none: on from the last news by the time of the event. Less than is known where the record
    /// may be a repeated one, which without a time is one with any counter lower than known.
    /// </summary>
    private static long SecondsByEventTime(in SessionProgress session, in AccountingNews news)
    {
        bool lower = (news.OctetsIn >= 0 && news.OctetsIn < session.Counters.OctetsIn) || (news.OctetsOut >= 0 && news.OctetsOut < session.Counters.OctetsOut);
        if (news.EventAt < session.LastNewsAt || (lower && (!news.TimeIsTold || news.EventAt == session.LastNewsAt)))
        {
            return AccountingNews.Absent;
        }

        return session.Counters.Seconds + ((news.EventAt - session.LastNewsAt) / 1000);
    }

    /// <summary>What a counter has gained; one that is lower than it was has restarted and gained all that it shows.</summary>
    private static long Gained(long before, long now) => now < 0 ? 0 : now >= before ? now - before : now;

    private static long Now(long before, long now) => now < 0 ? before : now;
}
