using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Who is in at this moment: every open session (and those that ended lately, so that a late record of one does not open it), as of the
/// newest journalled record. It is ahead of the database by what is journalled and not applied; where nothing is, the two are the same,
/// and the database's word stands. Accounts' presence follows it. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A session's record is journalled and folded under one lock, so that a session's records are folded here in the order in which they lie in
/// the journal, and never after the applier has them.
/// </remarks>
internal sealed partial class LiveSessions(
    PresenceTable presences,
    AccountDirectory accounts,
    UsageWindows windows,
    AccountingJournal journal,
    SessionsMetrics metrics,
    IOptions<AccountingOptions> options)
{
    private const int StripeCount = 64;
    private const long EndedRemainMilliseconds = SessionFold.RetransmissionMilliseconds;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];
    private readonly int _capacity = options.Value.MaximumOpenSessions;
    private int _count;

    /// <summary>
    /// Raised when a journalled record has brought news of an open session, on the thread that brought it and under the session's lock:
    /// handlers must be quick, must not block, and keep nothing of the session.
    /// </summary>
    public event Action<LiveSession>? Progressed;

    /// <summary>Sessions in memory, ended ones that remain a little included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Journals a record and takes it into account at once.</summary>
    /// <param name="record">The record.</param>
    /// <param name="octets">The same as <see cref="AccountingRecord.Write"/> wrote it.</param>
    /// <param name="sink">Told when it may be answered.</param>
    /// <param name="ticket">Given back to the sink.</param>
    public JournalAppend Append(scoped in AccountingRecord record, ReadOnlySpan<byte> octets, IDurableSink? sink, int ticket)
    {
        if (record.Fault is not null)
        {
            return Store(octets, sink, ticket);
        }

        if (!record.IsOfSession)
        {
            JournalAppend result = Store(octets, sink, ticket);
            if (result == JournalAppend.Taken)
            {
                Reboot(record);
            }

            return result;
        }

        Span<byte> buffer = KeyBuffer.Span;
        ReadOnlySpan<byte> key = buffer[..SessionKey.Write(record, buffer)];
        Stripe stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            JournalAppend result = Store(octets, sink, ticket);
            if (result == JournalAppend.Taken)
            {
                Fold(stripe, key, record);
            }

            return result;
        }
    }

    /// <summary>Takes a record into account that was journalled before this start and is not applied yet.</summary>
    public void Recall(scoped in AccountingRecord record)
    {
        if (record.Fault is not null)
        {
            return;
        }

        if (!record.IsOfSession)
        {
            Reboot(record);
            return;
        }

        Span<byte> buffer = KeyBuffer.Span;
        ReadOnlySpan<byte> key = buffer[..SessionKey.Write(record, buffer)];
        Stripe stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            Fold(stripe, key, record);
        }
    }

    /// <summary>Calls <paramref name="visit"/> for each session in memory; it must be quick, and keep nothing of the session.</summary>
    public void ForEach(Action<LiveSession> visit)
    {
        foreach (Stripe stripe in _stripes)
        {
            lock (stripe.Lock)
            {
                foreach (LiveSession session in stripe.Sessions.Values)
                {
                    visit(session);
                }
            }
        }
    }

    /// <summary>A copy of a session's progress; false: it is not in memory.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out SessionProgress progress, out bool isDisplaced)
    {
        Stripe stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            bool found = stripe.BySpan.TryGetValue(key, out LiveSession? session);
            progress = found ? session!.Progress : default;
            isDisplaced = found && session!.IsDisplaced;
            return found;
        }
    }

    /// <summary>
    /// Forgets ended sessions whose retransmissions are over, and finds open ones that have had no news for three intervals; the others have
    /// their places.
    /// </summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="stale">Gets the key of each, and its last news.</param>
    public void Sweep(long now, List<(byte[] Key, long LastNewsAt)> stale)
    {
        foreach (Stripe stripe in _stripes)
        {
            lock (stripe.Lock)
            {
                foreach (LiveSession session in stripe.Sessions.Values)
                {
                    if (session.PendingRecords > 0)
                    {
                        continue;
                    }

                    if (!session.Progress.IsOpen)
                    {
                        if (now - session.HeardAt > EndedRemainMilliseconds)
                        {
                            stripe.Sessions.Remove(session.Key);
                            Interlocked.Decrement(ref _count);
                        }
                    }
                    else if (!session.IsEnding && now - session.HeardAt > 3000L * IntervalOf(session))
                    {
                        session.IsEnding = true;
                        stale.Add((session.Key, session.Progress.LastNewsAt));
                    }
                    else if (session.Presence is not null && !session.Device.IsNone && session.Granted is not { Simultaneous: 0 })
                    {
                        // A login of its device has taken its place, and no session may come of that: the device only authenticated anew. Where
                        // there is no limit nobody counts, and there may be thousands of one account.
                        TakePlace(session);
                    }
                }
            }
        }
    }

    /// <summary>A stale session's end could not be journalled: it is found again.</summary>
    public void NotEnding(byte[] key)
    {
        Stripe stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            if (stripe.Sessions.TryGetValue(key, out LiveSession? session))
            {
                session.IsEnding = false;
            }
        }
    }

    private JournalAppend Store(ReadOnlySpan<byte> octets, IDurableSink? sink, int ticket) =>
        journal.Append(JournalRecordKind.Accounting, octets, sink, ticket, out _);

    private void Fold(Stripe stripe, ReadOnlySpan<byte> key, scoped in AccountingRecord record)
    {
        if (!stripe.BySpan.TryGetValue(key, out LiveSession? session))
        {
            FoldResult opened = SessionFold.Apply(null, record.News);
            if (opened.Outcome == FoldOutcome.Nothing)
            {
                return;
            }

            session = new LiveSession { Key = key.ToArray(), Progress = opened.Progress };
            if (TryHold(stripe, session))
            {
                Take(session, opened, record);
            }

            return;
        }

        Take(session, SessionFold.Apply(session.Progress, record.News), record);
    }

    private void Take(LiveSession session, in FoldResult result, scoped in AccountingRecord record)
    {
        session.Progress = result.Progress;
        session.PendingRecords++;
        session.IsEnding = false;
        if (record.Status != AccountingStatus.Stale)
        {
            session.HeardAt = record.ReceivedAt;
            session.SourceAddress = record.SourceAddress;
            session.Device = record.Device.IsNone ? session.Device : record.Device;
            session.LoginId = record.Login.LoginId != 0 ? record.Login.LoginId : session.LoginId;
        }

        metrics.Folded(result.Outcome);
        session.Presence ??= FindPresence(session, record);
        if (session.Presence is not { } presence)
        {
            return;
        }

        session.AccountId = presence.AccountId;
        session.Granted ??= accounts.TryFindById(session.TenantId, session.AccountId)?.Profile;
        presence.AddJournalled(result.Used, record.ReceivedAt, WindowOf(presence, record.ReceivedAt));
        if (result.Superseded is { } superseded)
        {
            presence.DetachSession(superseded.SessionId);
        }

        TakePlace(session);
        if (session.Progress.IsOpen && result.Outcome != FoldOutcome.Nothing)
        {
            Progressed?.Invoke(session);
        }
    }

    private AccountPresence? FindPresence(LiveSession session, scoped in AccountingRecord record)
    {
        if (session.AccountId != 0 || record.Login.AccountId != 0)
        {
            return presences.GetOrAdd(session.TenantId, session.AccountId != 0 ? session.AccountId : record.Login.AccountId);
        }

        return accounts.TryFind(session.TenantId, record.UserName, out AccountEntry? entry) == AccountLookup.Found ? entry!.Presence : null;
    }

    private long WindowOf(AccountPresence presence, long at) =>
        windows.AnyReset ? windows.StartOf(accounts.TryFindById(presence.TenantId, presence.AccountId)?.Profile, at) : 0;

    /// <summary>Has the account's places follow the session.</summary>
    private static void TakePlace(LiveSession session)
    {
        if (session.Progress.IsOpen)
        {
            session.IsDisplaced = !session.Presence!.AttachSession(session.Progress.SessionId, session.Device, session.LoginId, session.HeardAt);
        }
        else
        {
            session.Presence!.DetachSession(session.Progress.SessionId);
        }
    }

    private void Reboot(scoped in AccountingRecord record)
    {
        foreach (Stripe stripe in _stripes)
        {
            lock (stripe.Lock)
            {
                foreach (LiveSession session in stripe.Sessions.Values)
                {
                    if (session.NasId != record.NasId || session.TenantId != record.TenantId
                        || (!record.IsWholeNas && session.SourceAddress != record.SourceAddress))
                    {
                        continue;
                    }

                    FoldResult result = SessionFold.ApplyReboot(session.Progress, record.EventAt);
                    if (result.Outcome == FoldOutcome.Ended)
                    {
                        session.Progress = result.Progress;
                        session.HeardAt = record.ReceivedAt;
                        metrics.Folded(result.Outcome);
                        session.Presence?.DetachSession(session.Progress.SessionId);
                    }
                }
            }
        }
    }

    private bool TryHold(Stripe stripe, LiveSession session)
    {
        if (Interlocked.Increment(ref _count) > _capacity)
        {
            Interlocked.Decrement(ref _count);
            metrics.NotHeld();
            return false;
        }

        stripe.Sessions.Add(session.Key, session);
        return true;
    }

    private int IntervalOf(LiveSession session) => session.Progress.InterimSeconds > 0 ? session.Progress.InterimSeconds : options.Value.InterimSeconds;

    private Stripe StripeOf(ReadOnlySpan<byte> key) => _stripes[SessionKeyComparer.Instance.GetHashCode(key) & (StripeCount - 1)];

    private static class KeyBuffer
    {
        [ThreadStatic]
        private static byte[]? t_octets;

        public static Span<byte> Span => t_octets ??= new byte[SessionKey.MaximumLength];
    }

    private sealed class Stripe
    {
        public Stripe() => BySpan = Sessions.GetAlternateLookup<ReadOnlySpan<byte>>();

        public Lock Lock { get; } = new();

        public Dictionary<byte[], LiveSession> Sessions { get; } = new(SessionKeyComparer.Instance);

        public Dictionary<byte[], LiveSession>.AlternateLookup<ReadOnlySpan<byte>> BySpan { get; }
    }
}
