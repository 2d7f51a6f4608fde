using System.Diagnostics.Metrics;
using Kiwire.Server.Telemetry;

namespace Kiwire.Server.Sessions;

/// <summary>What this room counts; what comes with every record or login without a lock and without garbage.</summary>
internal sealed class SessionsMetrics
{
    public const string MeterName = "Kiwire.Sessions";

    private static readonly AccountingStatus[] Statuses = Enum.GetValues<AccountingStatus>();
    private static readonly FoldOutcome[] Outcomes = Enum.GetValues<FoldOutcome>();

    private readonly StripedCounters _records = new(byte.MaxValue + 1);
    private readonly StripedCounters _outcomes = new(Outcomes.Length);
    private readonly StripedCounters _history = new(1);
    private readonly Counter<long> _notKept;
    private readonly Counter<long> _applied;
    private readonly Counter<long> _setAside;
    private readonly Counter<long> _unheld;
    private readonly Histogram<double> _batch;

    public SessionsMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _ = meter.CreateObservableCounter("kiwire.accounting.records", ReadRecords, "{record}", "Accounting records taken into the journal");
        _notKept = meter.CreateCounter<long>("kiwire.accounting.not_kept", "{record}", "Accounting-Requests that were not taken, by reason");
        _ = meter.CreateObservableCounter("kiwire.login_history.dropped", () => _history.Read(0), "{row}", "Rows of login history dropped because the backlog is past its bound");
        _applied = meter.CreateCounter<long>("kiwire.journal.applied", "{record}", "Journal records applied to the database");
        _setAside = meter.CreateCounter<long>("kiwire.journal.set_aside", "{record}", "Journal records set aside because they can never be applied");
        _ = meter.CreateObservableCounter("kiwire.sessions.events", ReadOutcomes, "{event}", "What accounting records did to sessions");
        _unheld = meter.CreateCounter<long>("kiwire.sessions.not_held", "{session}", "Sessions that did not fit into the live table");
        _batch = meter.CreateHistogram<double>("kiwire.journal.apply.duration", "s", "Time that one transaction of the journal's records took");
    }

    public void Taken(AccountingStatus status) => _records.Add((int)status);

    /// <summary>An Acct-Status-Type that is not kept: answered.</summary>
    public void UnknownStatus() => _notKept.Add(1, new KeyValuePair<string, object?>("reason", "unknown_status"));

    /// <summary>The journal is full or stopping: not answered.</summary>
    public void JournalFull() => _notKept.Add(1, new KeyValuePair<string, object?>("reason", "journal_full"));

    public void JournalClosed() => _notKept.Add(1, new KeyValuePair<string, object?>("reason", "journal_closed"));

    public void HistoryDropped() => _history.Add(0);

    public void Applied(int records, TimeSpan took)
    {
        _applied.Add(records);
        _batch.Record(took.TotalSeconds);
    }

    public void SetAside() => _setAside.Add(1);

    public void Folded(FoldOutcome outcome) => _outcomes.Add((int)outcome);

    public void NotHeld() => _unheld.Add(1);

    private IEnumerable<Measurement<long>> ReadRecords() =>
        from status in Statuses
        let taken = _records.Read((int)status)
        where taken > 0
        select new Measurement<long>(taken, new KeyValuePair<string, object?>("status", NameOf(status)));

    private IEnumerable<Measurement<long>> ReadOutcomes() =>
        from outcome in Outcomes
        let folded = _outcomes.Read((int)outcome)
        where folded > 0
        select new Measurement<long>(folded, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));

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
