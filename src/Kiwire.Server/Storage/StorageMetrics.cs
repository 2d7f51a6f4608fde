using System.Diagnostics.Metrics;

namespace Kiwire.Server.Storage;

/// <summary>What the storage room measures.</summary>
internal sealed class StorageMetrics : IDisposable
{
    public const string MeterName = "Kiwire.Server.Storage";

    private readonly Meter _meter;
    private readonly Counter<long> _syncs;
    private readonly Histogram<double> _syncDuration;
    private readonly Histogram<long> _batchRecords;
    private readonly Counter<long> _historyDropped;
    private readonly Counter<long> _refused;
    private readonly Histogram<long> _commitUnits;

    public StorageMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _syncs = _meter.CreateCounter<long>("kiwire.journal.syncs", "{sync}", "Times the journal was made durable.");
        _syncDuration = _meter.CreateHistogram(
            "kiwire.journal.sync.duration", "s", "Time to write a batch and make it durable.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1] });
        _batchRecords = _meter.CreateHistogram(
            "kiwire.journal.batch.records", "{record}", "Records written together.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000] });
        _historyDropped = _meter.CreateCounter<long>("kiwire.journal.history.dropped", "{record}", "Rows of login history dropped because the journal was behind.");
        _refused = _meter.CreateCounter<long>("kiwire.journal.refused", "{record}", "Accounting records not taken, and so not answered, because the journal was full.");
        _commitUnits = _meter.CreateHistogram(
            "kiwire.commit.units", "{unit}", "Units of work committed together.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 256] });
    }

    public void Watch(Database database) => _meter.CreateObservableGauge(
        "kiwire.database.reachable", () => database.IsReachable ? 1 : 0, "1", "1 while the database can be used, else 0.");

    public void Watch(AccountingJournal journal)
    {
        _meter.CreateObservableGauge("kiwire.journal.backlog.records", () => journal.Backlog.Records, "{record}", "Records not yet in the database.");
        _meter.CreateObservableGauge("kiwire.journal.backlog.octets", () => journal.Backlog.Octets, "By", "Octets of records not yet in the database.");
        _meter.CreateObservableGauge("kiwire.journal.backlog.age", () => journal.Backlog.Seconds, "s", "How long the oldest record has waited for the database.");
    }

    public void Synced(TimeSpan duration)
    {
        _syncs.Add(1);
        _syncDuration.Record(duration.TotalSeconds);
    }

    public void Wrote(int records) => _batchRecords.Record(records);

    public void DroppedHistory() => _historyDropped.Add(1);

    public void Refused() => _refused.Add(1);

    public void Committed(int units) => _commitUnits.Record(units);

    public void Dispose() => _meter.Dispose();
}
