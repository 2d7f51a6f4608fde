using System.Diagnostics.Metrics;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class StorageMetricsTests
{
    [Test]
    public async Task The_journal_says_what_waits_what_it_synced_and_what_it_refused()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        await using var test = new TestJournal { StorageMetrics = new StorageMetrics(factory) };
        test.Options.JournalLimitOctets = 1 << 20;
        test.Options.HistoryLimitOctets = 1 << 20;
        using var measured = new Measurements(factory);
        await test.OpenAsync();

        for (var i = 0; i < 10; i++)
        {
            test.Append(new byte[100]);
        }

        await test.Journal.FlushAsync();
        measured.Observe();
        var backlog = (measured["kiwire.journal.backlog.records"], measured["kiwire.journal.backlog.octets"]);
        while (test.Journal.Append(JournalRecordKind.Accounting, new byte[60_000], null, 0, out _) == JournalAppend.Taken)
        {
        }

        test.Journal.Append(JournalRecordKind.Login, new byte[60_000], null, 0, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(backlog, Is.EqualTo((10.0, 10 * 117.0)));
            Assert.That(measured["kiwire.journal.syncs"], Is.GreaterThanOrEqualTo(1));
            Assert.That(measured["kiwire.journal.batch.records"], Is.GreaterThanOrEqualTo(10));
            Assert.That(measured["kiwire.journal.refused"], Is.EqualTo(1));
            Assert.That(measured["kiwire.journal.history.dropped"], Is.EqualTo(1));
        }
    }

    // Sums of what counters and histograms were given, and the last of what gauges said.
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, double> _values = [];

        public Measurements(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Take(instrument, value));
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Take(instrument, value));
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Take(instrument, value));
            _listener.Start();
        }

        public double this[string name]
        {
            get
            {
                lock (_values)
                {
                    return _values.GetValueOrDefault(name);
                }
            }
        }

        public void Observe() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Take(Instrument instrument, double value)
        {
            lock (_values)
            {
                _values[instrument.Name] = instrument.IsObservable ? value : _values.GetValueOrDefault(instrument.Name) + value;
            }
        }
    }
}
