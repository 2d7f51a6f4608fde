using Kiwire.Server.Accounts;

namespace Kiwire.Server.Sessions;

/// <summary>How memory follows the database.</summary>
internal sealed partial class LiveSessions
{
    /// <summary>A transaction is about to be committed: adds the presence of each account it changes.</summary>
    /// <param name="applied">What it makes of each session.</param>
    /// <param name="stored">What the database then has of accounts' usage, as far as that was asked.</param>
    /// <param name="usage">Gets the accounts.</param>
    public void BeginApply(
        IReadOnlyList<AppliedSession> applied, IReadOnlyDictionary<(long TenantId, long AccountId), StoredUsage> stored, List<AppliedUsage> usage)
    {
        foreach (AppliedSession session in applied)
        {
            Stripe stripe = StripeOf(session.Key);
            lock (stripe.Lock)
            {
                AccountPresence? counted = stripe.Sessions.TryGetValue(session.Key, out LiveSession? live) ? live.Presence : null;
                bool same = counted is not null && (session.AccountId == 0 || counted.AccountId == session.AccountId);
                if (counted is not null)
                {
                    usage.Add(new AppliedUsage(counted, same && session.AccountId != 0 ? session.Used : default, session.Records, StoredOf(counted)));
                }

                if (!same && session.AccountId != 0 && presences.TryGet(session.TenantId, session.AccountId, out AccountPresence? presence))
                {
                    usage.Add(new AppliedUsage(presence, session.Used, 0, StoredOf(presence)));
                }
            }
        }

        StoredUsage? StoredOf(AccountPresence presence) =>
            stored.TryGetValue((presence.TenantId, presence.AccountId), out StoredUsage known) ? known : null;
    }

    /// <summary>The transaction was committed: where no record of a session is left, it is what the database says.</summary>
    /// <param name="applied">What it made of each session.</param>
    /// <param name="version">The presence table's version since the commit.</param>
    /// <param name="now">Unix milliseconds.</param>
    public void EndApply(IReadOnlyList<AppliedSession> applied, long version, long now)
    {
        foreach (AppliedSession session in applied)
        {
            Stripe stripe = StripeOf(session.Key);
            lock (stripe.Lock)
            {
                Reconcile(stripe, session, version, now);
            }
        }
    }

    /// <summary>Takes in a session as the database has it, which another server has heard of; not, where what is known here is newer.</summary>
    public void Learn(LiveSession stored)
    {
        Stripe stripe = StripeOf(stored.Key);
        lock (stripe.Lock)
        {
            if (!stripe.Sessions.TryGetValue(stored.Key, out LiveSession? session))
            {
                if (stored.Progress.IsOpen && TryHold(stripe, stored) && stored.AccountId != 0)
                {
                    stored.Presence = presences.GetOrAdd(stored.TenantId, stored.AccountId);
                    TakePlace(stored);
                }
            }
            else if (session.PendingRecords == 0 && (IsNewer(stored.Progress, session.Progress) || HasBecomeKnown(stored, session)))
            {
                // What is pending, the applier compares with the database.
                session.HeardAt = stored.HeardAt;
                session.LoginId = stored.LoginId != 0 ? stored.LoginId : session.LoginId;
                session.Device = stored.Device.IsNone ? session.Device : stored.Device;
                _ = Settle(session, stored.Progress, stored.AccountId);
            }
        }
    }

    private static bool IsNewer(in SessionProgress stored, in SessionProgress known)
    {
        if (stored.SessionId != known.SessionId)
        {
            return stored.Generation > known.Generation;
        }

        // The end of one without news is at its last news.
        return stored.LastNewsAt > known.LastNewsAt || (stored.LastNewsAt == known.LastNewsAt && known.IsOpen && !stored.IsOpen);
    }

    /// <summary>Whether the same session's account has come to be known, which a late Start can tell without being news.</summary>
    private static bool HasBecomeKnown(LiveSession stored, LiveSession known) =>
        known.AccountId == 0 && stored.AccountId != 0
        && stored.Progress.SessionId == known.Progress.SessionId && stored.Progress.LastNewsAt == known.Progress.LastNewsAt;

    private void Reconcile(Stripe stripe, AppliedSession applied, long version, long now)
    {
        if (!stripe.Sessions.TryGetValue(applied.Key, out LiveSession? session))
        {
            // One that did not fit, or that another server's record opened.
            if (applied.Progress is not { IsOpen: true } open)
            {
                return;
            }

            session = new LiveSession { Key = applied.Key, Progress = open, HeardAt = now, Device = applied.Device, LoginId = applied.LoginId };
            if (!TryHold(stripe, session))
            {
                return;
            }
        }
        else
        {
            session.PendingRecords = Math.Max(0, session.PendingRecords - applied.Records);
        }

        if (session.PendingRecords > 0)
        {
            return;
        }

        if (applied.Progress is not { } progress)
        {
            session.Presence?.DetachSession(session.Progress.SessionId);
            stripe.Sessions.Remove(applied.Key);
            Interlocked.Decrement(ref _count);
            return;
        }

        if (progress.LastNewsAt > session.Progress.LastNewsAt || progress.IsOpen != session.Progress.IsOpen)
        {
            // Another server has heard of it.
            session.HeardAt = now;
        }

        if (Settle(session, progress, applied.AccountId))
        {
            session.Presence!.EndApply(default, 0, version);
        }
    }

    /// <summary>Has a session be what the database says.</summary>
    /// <returns>Whether it has come to another account.</returns>
    private bool Settle(LiveSession session, in SessionProgress progress, long accountId)
    {
        bool isOthers = accountId != 0 && session.AccountId != accountId;
        if (isOthers || session.Progress.SessionId != progress.SessionId)
        {
            session.Presence?.DetachSession(session.Progress.SessionId);
        }

        session.Progress = progress;
        session.IsEnding = false;
        if (isOthers)
        {
            session.AccountId = accountId;
            session.Presence = presences.GetOrAdd(session.TenantId, accountId);
        }

        if (session.Presence is not null)
        {
            TakePlace(session);
        }

        return isOthers;
    }
}
