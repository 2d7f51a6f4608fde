using System.Diagnostics.Metrics;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Sessions;

[Parallelizable(ParallelScope.All)]
internal sealed class SessionsMetricsTests
{
    [Test]
    public async Task What_was_taken_and_what_was_not_is_counted_by_reason()
    {
        IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        Dictionary<string, long> counts = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string series = $"{instrument.Name} {(tags.IsEmpty ? "" : tags[0].Value)}".TrimEnd();
            counts[series] = counts.GetValueOrDefault(series) + value;
        });
        listener.Start();
        await using SessionsRoom room = await SessionsRoom.CreateAsync(StorageProvider.Sqlite);
        await using TestJournal journal = new();
        journal.Options.HistoryLimitOctets = 1;
        await journal.OpenAsync(start: false);
        SessionsMetrics metrics = new(meters);
        LiveSessions live = new(room.Accounts.Presences, room.Accounts.Directory, room.Accounts.Windows, journal.Journal, metrics, Options.Create(new AccountingOptions()));
        AccountingRequestHandler handler = new(live, room.Accounts.Storage.Ids, metrics);

        Handle(AccountingPacket.Of(1));
        Handle(AccountingPacket.Of(3).With(46, 300));
        Handle(AccountingPacket.Of(3).With(46, 300));
        Handle(AccountingPacket.Of(9));
        new LoginHistory(journal.Journal, metrics).TryRecord(new LoginEvent
        {
            TenantId = 1, LoginId = 1, At = 1, UserName = default, NasId = 1, Outcome = LoginOutcome.Accepted, Method = LoginMethod.Pap, Reason = LoginReason.None,
        });
        await journal.Journal.StoppedAsync(default);
        Handle(AccountingPacket.Of(1));

        listener.RecordObservableInstruments();

        Assert.That(counts, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["kiwire.accounting.records start"] = 1,
            ["kiwire.accounting.records interim"] = 2,
            ["kiwire.accounting.not_kept unknown_status"] = 1,
            ["kiwire.accounting.not_kept journal_closed"] = 1,
            ["kiwire.login_history.dropped"] = 1,
            ["kiwire.sessions.events opened"] = 1,
            ["kiwire.sessions.events progressed"] = 1,
            ["kiwire.sessions.events repeated"] = 1,
        }));

        void Handle(AccountingPacket packet) => packet.Use((scoped in RadiusRequest request) => handler.Handle(request, new TicketSink(), 1));
    }
}
