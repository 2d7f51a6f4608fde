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

        if (session.Progress.SessionId != applied.Progress?.SessionId)
        {
            session.Presence?.DetachSession(session.Progress.SessionId);
        }

        if (applied.Progress is not { } progress)
        {
            stripe.Sessions.Remove(applied.Key);
            Interlocked.Decrement(ref _count);
            return;
        }

        if (progress.LastNewsAt > session.Progress.LastNewsAt || progress.IsOpen != session.Progress.IsOpen)
        {
            // Another server has heard of it.
            session.HeardAt = now;
        }

        session.Progress = progress;
        session.IsEnding = false;
        if (applied.AccountId != 0 && session.AccountId != applied.AccountId)
        {
            session.Presence?.DetachSession(session.Progress.SessionId);
            session.AccountId = applied.AccountId;
            session.Presence = presences.GetOrAdd(session.TenantId, applied.AccountId);
            session.Presence.EndApply(default, 0, version);
        }

        if (session.Presence is not null)
        {
            TakePlace(session);
        }
    }
}
