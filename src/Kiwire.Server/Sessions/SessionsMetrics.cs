using System.Diagnostics.Metrics;

namespace Kiwire.Server.Sessions;

/// <summary>What this room counts.</summary>
internal sealed class SessionsMetrics
{
    public const string MeterName = "Kiwire.Sessions";

    private readonly Counter<long> _records;
    private readonly Counter<long> _notKept;
    private readonly Counter<long> _history;
    private readonly Counter<long> _applied;
    private readonly Counter<long> _setAside;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _unheld;
    private readonly Histogram<double> _batch;

    public SessionsMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _records = meter.CreateCounter<long>("kiwire.accounting.records", "{record}", "Accounting records taken into the journal");
        _notKept = meter.CreateCounter<long>("kiwire.accounting.not_kept", "{record}", "Accounting-Requests that were not taken, by reason");
        _history = meter.CreateCounter<long>("kiwire.login_history.dropped", "{row}", "Rows of login history dropped because the backlog is past its bound");
        _applied = meter.CreateCounter<long>("kiwire.journal.applied", "{record}", "Journal records applied to the database");
        _setAside = meter.CreateCounter<long>("kiwire.journal.set_aside", "{record}", "Journal records set aside because they can never be applied");
        _outcomes = meter.CreateCounter<long>("kiwire.sessions.events", "{event}", "What accounting records did to sessions");
        _unheld = meter.CreateCounter<long>("kiwire.sessions.not_held", "{session}", "Sessions that did not fit into the live table");
        _batch = meter.CreateHistogram<double>("kiwire.journal.apply.duration", "s", "Time that one transaction of the journal's records took");
    }

    public void Taken(AccountingStatus status) => _records.Add(1, new KeyValuePair<string, object?>("status", NameOf(status)));

    /// <summary>An Acct-Status-Type that is not kept: answered.</summary>
    public void UnknownStatus() => _notKept.Add(1, new KeyValuePair<string, object?>("reason", "unknown_status"));

    /// <summary>The journal is full or stopping: not answered.</summary>
    public void JournalFull() => _notKept.Add(1, new KeyValuePair<string, object?>("reason", "journal_full"));

    public void JournalClosed() => _notKept.Add(1, new KeyValuePair<string, object?>("reason", "journal_closed"));

    public void HistoryDropped() => _history.Add(1);

    public void Applied(int records, TimeSpan took)
    {
        _applied.Add(records);
        _batch.Record(took.TotalSeconds);
    }

    public void SetAside() => _setAside.Add(1);

    public void Folded(FoldOutcome outcome) => _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));

    public void NotHeld() => _unheld.Add(1);

    private static string NameOf(AccountingStatus status) => status switch
    {
        AccountingStatus.Start => "start",
        AccountingStatus.Stop => "stop",
        AccountingStatus.Interim => "interim",
        AccountingStatus.AccountingOn => "on",
        AccountingStatus.AccountingOff => "off",
        AccountingStatus.Stale => "stale",
        _ => "none",
    };

    private static string NameOf(FoldOutcome outcome) => outcome switch
    {
        FoldOutcome.Opened => "opened",
        FoldOutcome.Progressed => "progressed",
        FoldOutcome.Ended => "ended",
        FoldOutcome.Continued => "continued",
        _ => "repeated",
    };
}
