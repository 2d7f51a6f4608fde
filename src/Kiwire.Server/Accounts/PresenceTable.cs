using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Every account's <see cref="AccountPresence"/>, one object an account for as long as anything needs it. Usage in it is what the
/// database says plus what is journalled and not applied yet, so reading the database's part must not straddle the applier's commit:
/// <see cref="BeginRead"/> before the read, <see cref="TryAttach"/> after it.
/// </summary>
/// <remarks>
/// The table itself only knows its objects weakly: an object lives while an account entry or an open session refers to it, or while it
/// is rooted because it has reservations or usage that is not in the database. So the table is bounded by what the account directory
/// and the live sessions hold. <see cref="Sweep"/>, called every so often, lets go of the rest.
/// </remarks>
internal sealed class PresenceTable : IDisposable
{
    private const int StripeCount = 64;

    private readonly Stripe[] _stripes = new Stripe[StripeCount];
    private readonly Lock _rootLock = new();
    private List<AccountPresence> _rooted = [];
    private long _version = 1;

    public PresenceTable()
    {
        for (int i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new Stripe();
        }
    }

    /// <summary>
    /// Raised when a login has taken another's place (auto_disconnect_previous), on the login's thread; handlers must be quick and must not
    /// block.
    /// </summary>
    public event Action<AccountPresence>? Displaced;

    /// <summary>How many accounts the table keeps alive itself.</summary>
    public int RootedCount
    {
        get
        {
            lock (_rootLock)
            {
                return _rooted.Count;
            }
        }
    }

    /// <summary>A version to give to <see cref="TryAttach"/>; take it before reading an account's usage from the database.</summary>
    public long BeginRead() => Volatile.Read(ref _version);

    /// <summary>
    /// The account's presence, with its usage set from what was read; null: the applier committed meanwhile, read again.
    /// </summary>
    public AccountPresence? TryAttach(long tenantId, long accountId, in StoredUsage stored, long readVersion)
    {
        AccountPresence presence = GetOrAdd(tenantId, accountId);
        return presence.TrySetFromDatabase(stored, readVersion) ? presence : null;
    }

    /// <summary>The account's presence; a new one knows nothing of what the database has until somebody attaches to it.</summary>
    public AccountPresence GetOrAdd(long tenantId, long accountId)
    {
        Stripe stripe = StripeOf(tenantId, accountId);
        lock (stripe.Lock)
        {
            ref WeakGCHandle<AccountPresence> handle =
                ref CollectionsMarshal.GetValueRefOrAddDefault(stripe.Presences, (tenantId, accountId), out bool known);
            if (known && handle.TryGetTarget(out AccountPresence? presence))
            {
                return presence;
            }

            presence = new AccountPresence { TenantId = tenantId, AccountId = accountId, Table = this };
            if (known)
            {
                handle.SetTarget(presence);
            }
            else
            {
                handle = new WeakGCHandle<AccountPresence>(presence);
            }

            return presence;
        }
    }

    /// <summary>The account's presence, if it has one.</summary>
    public bool TryGet(long tenantId, long accountId, [NotNullWhen(true)] out AccountPresence? presence)
    {
        Stripe stripe = StripeOf(tenantId, accountId);
        lock (stripe.Lock)
        {
            presence = null;
            return stripe.Presences.TryGetValue((tenantId, accountId), out WeakGCHandle<AccountPresence> handle) && handle.TryGetTarget(out presence);
        }
    }

    /// <summary>A commit that changes these accounts' usage begins: what is read of them from now on may be either.</summary>
    public static void BeginApply(ReadOnlySpan<AppliedUsage> batch)
    {
        foreach (ref readonly AppliedUsage applied in batch)
        {
            applied.Presence.BeginApply();
        }
    }

    /// <summary>The commit has happened; the version since then.</summary>
    public long EndApply(ReadOnlySpan<AppliedUsage> batch)
    {
        long version = Interlocked.Increment(ref _version);
        foreach (ref readonly AppliedUsage applied in batch)
        {
            applied.Presence.EndApply(applied.Used, applied.Records, version, applied.Stored);
        }

        return version;
    }

    /// <summary>The commit has not happened, and is known not to have.</summary>
    public static void AbandonApply(ReadOnlySpan<AppliedUsage> batch)
    {
        foreach (ref readonly AppliedUsage applied in batch)
        {
            applied.Presence.AbandonApply();
        }
    }

    /// <summary>
    /// Lets go of accounts with nothing to remember that have been quiet since the sweep before; call it some seconds apart, longer than
    /// any read of an account takes.
    /// </summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Sweep(long now)
    {
        List<AccountPresence> before;
        lock (_rootLock)
        {
            before = _rooted;
            _rooted = [];
        }

        int kept = 0;
        foreach (AccountPresence presence in CollectionsMarshal.AsSpan(before))
        {
            if (presence.MustStay(now))
            {
                before[kept++] = presence;
            }
        }

        before.RemoveRange(kept, before.Count - kept);
        lock (_rootLock)
        {
            before.AddRange(_rooted);
            _rooted = before;
        }

        foreach (Stripe stripe in _stripes)
        {
            stripe.RemoveDead();
        }
    }

    public void Dispose()
    {
        foreach (Stripe stripe in _stripes)
        {
            stripe.Dispose();
        }
    }

    internal void OnDisplaced(AccountPresence presence) => Displaced?.Invoke(presence);

    internal void Root(AccountPresence presence)
    {
        lock (_rootLock)
        {
            _rooted.Add(presence);
        }
    }

    private Stripe StripeOf(long tenantId, long accountId) =>
        _stripes[(int)((ulong)((accountId ^ (tenantId << 20)) * unchecked((long)0x9E3779B97F4A7C15)) >> 58)];

    private sealed class Stripe : IDisposable
    {
        private int _lookAt = 1024;

        public Lock Lock { get; } = new();

        public Dictionary<(long TenantId, long AccountId), WeakGCHandle<AccountPresence>> Presences { get; } = [];

        public void RemoveDead()
        {
            lock (Lock)
            {
                if (Presences.Count < _lookAt)
                {
                    return;
                }

                foreach (((long, long) key, WeakGCHandle<AccountPresence> handle) in Presences)
                {
                    if (!handle.TryGetTarget(out _))
                    {
                        handle.Dispose();
                        Presences.Remove(key);
                    }
                }

                _lookAt = Math.Max(1024, Presences.Count + (Presences.Count / 4));
            }
        }

        public void Dispose()
        {
            lock (Lock)
            {
                foreach (WeakGCHandle<AccountPresence> handle in Presences.Values)
                {
                    handle.Dispose();
                }

                Presences.Clear();
            }
        }
    }
}

/// <summary>What one transaction adds to one account.</summary>
/// <param name="Presence">The account.</param>
/// <param name="Used">What is added.</param>
/// <param name="Records">By how many journal records that were counted when they were journalled; 0: the account did not hear of it then.</param>
/// <param name="Stored">What the database then has; null: that was not asked.</param>
internal readonly record struct AppliedUsage(AccountPresence Presence, UsageTotals Used, int Records, StoredUsage? Stored = null);

/// <summary>What an account or session has used.</summary>
/// <param name="Seconds">Time online.</param>
/// <param name="OctetsIn">From the client (upload).</param>
/// <param name="OctetsOut">To the client (download).</param>
internal readonly record struct UsageTotals(long Seconds, long OctetsIn, long OctetsOut)
{
    public static UsageTotals operator +(in UsageTotals left, in UsageTotals right) =>
        new(left.Seconds + right.Seconds, left.OctetsIn + right.OctetsIn, left.OctetsOut + right.OctetsOut);

    public static UsageTotals operator -(in UsageTotals left, in UsageTotals right) =>
        new(left.Seconds - right.Seconds, left.OctetsIn - right.OctetsIn, left.OctetsOut - right.OctetsOut);
}
