namespace Kiwire.Server.Accounts;

/// <summary>Usage: what the database has, and what is journalled and not applied; and what of it was used before the present window.</summary>
/// <remarks>
/// A record counts in the window in which it arrives. Windows begin with the first record that arrives in them, here as in the database:
/// what was used until then was used before. Whoever asks before such a record has come is told nothing was used.
/// </remarks>
internal sealed partial class AccountPresence
{
    /// <summary>Usage up to this moment, since it was last reset.</summary>
    public UsageTotals Usage => UsageSince(0);

    /// <summary>Usage in the window that begins then; 0: since it was last reset, or ever.</summary>
    public UsageTotals UsageSince(long windowStart)
    {
        lock (this)
        {
            if (windowStart > (_window?.StartedAt ?? 0))
            {
                return default;
            }

            return _window is null ? _usage : _usage - _window.Before;
        }
    }

    /// <summary>Whether <see cref="Usage"/> includes what the database has.</summary>
    public bool IsUsageKnown
    {
        get
        {
            lock (this)
            {
                return (_marks & Marks.UsageKnown) != 0;
            }
        }
    }

    /// <summary>Adds what a journalled record, not applied yet, has brought.</summary>
    /// <param name="used">What it has brought.</param>
    /// <param name="arrivedAt">When it arrived: Unix milliseconds.</param>
    /// <param name="windowStart">The window that it arrived in; 0: none, or not known here (the database will say).</param>
    internal void AddJournalled(in UsageTotals used, long arrivedAt = long.MaxValue, long windowStart = 0)
    {
        bool root;
        lock (this)
        {
            Activity activity = _activity ??= new Activity();
            if (windowStart > (_window?.StartedAt ?? 0))
            {
                _window = new Window { StartedAt = windowStart, Before = _usage, UnappliedBefore = activity.Unapplied };
            }
            else if (_window is { } window && arrivedAt < window.StartedAt)
            {
                window.Before += used;
                window.UnappliedBefore += used;
            }

            _usage += used;
            activity.Unapplied += used;
            activity.PendingRecords++;
            root = MustRoot();
        }

        if (root)
        {
            Table!.Root(this);
        }
    }

    /// <summary>The usage as the database has it, if that was read neither before nor during a commit that changed it.</summary>
    internal bool TrySetFromDatabase(in StoredUsage stored, long readVersion)
    {
        lock (this)
        {
            if ((_marks & Marks.Applying) == 0 && (_activity is null || _activity.AppliedVersion <= readVersion))
            {
                Set(stored);
            }

            return (_marks & Marks.UsageKnown) != 0;
        }
    }

    internal void BeginApply()
    {
        bool root;
        lock (this)
        {
            _activity ??= new Activity();
            _marks |= Marks.Applying;
            root = MustRoot();
        }

        if (root)
        {
            Table!.Root(this);
        }
    }

    /// <summary>
    /// The commit is over. What was counted when the records were journalled and what the database counted are the same unless two
    /// threads' records of one session crossed; once nothing is pending, the database's word stands.
    /// </summary>
    /// <param name="applied">What was added.</param>
    /// <param name="records">By how many records that were counted here; 0: it was not.</param>
    /// <param name="version">The table's version since the commit.</param>
    /// <param name="stored">What the database has since the commit; null: that is not known.</param>
    internal void EndApply(in UsageTotals applied, int records, long version, in StoredUsage? stored = null)
    {
        lock (this)
        {
            _marks &= ~Marks.Applying;
            Activity activity = _activity ??= new Activity();
            activity.AppliedVersion = version;
            if (records == 0)
            {
                // Nobody counted it when it was journalled.
                _usage += applied;
            }
            else
            {
                activity.Unapplied -= applied;
                activity.PendingRecords -= records;
                _window?.UnappliedBefore = Rest(_window.UnappliedBefore, applied);
                if (activity.PendingRecords <= 0)
                {
                    _usage -= activity.Unapplied;
                    activity.Unapplied = default;
                    activity.PendingRecords = 0;
                    _window?.UnappliedBefore = default;
                }
            }

            if (stored is { } known)
            {
                Set(known);
            }
        }
    }

    /// <summary>The commit did not happen.</summary>
    internal void AbandonApply()
    {
        lock (this)
        {
            _marks &= ~Marks.Applying;
        }
    }

    private void Set(in StoredUsage stored)
    {
        _usage = _activity is null ? stored.Used : stored.Used + _activity.Unapplied;
        _marks |= Marks.UsageKnown;
        if (stored.WindowStartedAt > (_window?.StartedAt ?? 0))
        {
            _window = new Window { StartedAt = stored.WindowStartedAt, Before = stored.Before };
        }
        else if (_window is { } window)
        {
            // Where the window has begun here and not there yet, all that is there was used before.
            window.Before = (stored.WindowStartedAt == window.StartedAt ? stored.Before : stored.Used) + window.UnappliedBefore;
        }
    }

    // What was journalled first is applied first.
    private static UsageTotals Rest(in UsageTotals unapplied, in UsageTotals applied) => new(
        Math.Max(0, unapplied.Seconds - applied.Seconds),
        Math.Max(0, unapplied.OctetsIn - applied.OctetsIn),
        Math.Max(0, unapplied.OctetsOut - applied.OctetsOut));
}
