namespace Kiwire.Server.Accounts;

/// <summary>Usage: what the database has, and what is journalled and not applied.</summary>
internal sealed partial class AccountPresence
{
    /// <summary>Usage up to this moment.</summary>
    public UsageTotals Usage
    {
        get
        {
            lock (this)
            {
                return _usage;
            }
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
    internal void AddJournalled(in UsageTotals used)
    {
        bool root;
        lock (this)
        {
            Activity activity = _activity ??= new Activity();
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
    internal bool TrySetFromDatabase(in UsageTotals inDatabase, long readVersion)
    {
        lock (this)
        {
            if ((_marks & Marks.Applying) == 0 && (_activity is null || _activity.AppliedVersion <= readVersion))
            {
                _usage = _activity is null ? inDatabase : inDatabase + _activity.Unapplied;
                _marks |= Marks.UsageKnown;
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
    internal void EndApply(in UsageTotals applied, int records, long version)
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
                return;
            }

            activity.Unapplied -= applied;
            activity.PendingRecords -= records;
            if (activity.PendingRecords <= 0)
            {
                _usage -= activity.Unapplied;
                activity.Unapplied = default;
                activity.PendingRecords = 0;
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
}
