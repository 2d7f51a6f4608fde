using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>The room of messages on a database, as the host puts it together; its sender runs when it is told to.</summary>
internal sealed class SmsRoom : IAsyncDisposable
{
    private readonly TestDatabase _storage;
    private readonly CommitQueue _commits;
    private readonly ChangeFeed _changes;
    private readonly SmsHttp _http;
    private readonly IOptions<SmsOptions> _options;
    private readonly TimeProvider _time;
    private readonly bool _isFirst;
    private SmsSender? _sender;

    private SmsRoom(TestDatabase storage, Database database, CommitQueue commits, ChangeFeed changes, IdSource ids, TimeProvider time, SmsOptions options, IEnumerable<ISmsConnectorUse> uses, bool isFirst, ListedRecipients? recipients = null)
    {
        Recipients = recipients ?? new();
        _storage = storage;
        _commits = commits;
        _changes = changes;
        _time = time;
        _isFirst = isFirst;
        _options = Options.Create(options);
        Database = database;
        _http = MakeHttp(options, time);
        ConnectorStore = new SmsConnectorStore(database, storage.Secrets);
        Connectors = new SmsConnectorRegister(
            ConnectorStore, new SmsConnectorValidator(Presets, _options), Presets, uses, commits, ids, time);
        Templates = new SmsTemplateRegister(new SmsTemplateStore(database), [], commits, ids, time);
        Directory = new SmsConnectorDirectory(ConnectorStore, changes);
        Outbox = new SmsOutbox(new SmsOutboxStore(database), storage.Secrets, database, commits, ids, time, _options, Metrics());
        Log = new SmsLogStore(database);
        Reports = new SmsReports(commits, Metrics(), time);
        OptOuts = new SmsOptOuts(new SmsOptOutStore(database), commits, ids, time);
        Campaigns = new SmsCampaigns(
            new SmsCampaignStore(database), new SmsConnectorChoice(ConnectorStore), new SmsTemplateStore(database), OptOuts.Store, Recipients, commits, ids, time);
    }

    public Database Database { get; }

    public CommitQueue Commits => _commits;

    public SmsConnectorStore ConnectorStore { get; }

    public SmsConnectorRegister Connectors { get; }

    public SmsTemplateRegister Templates { get; }

    public SmsConnectorDirectory Directory { get; }

    public SmsOutbox Outbox { get; }

    public SmsLogStore Log { get; }

    public SmsReports Reports { get; }

    public SmsOptOuts OptOuts { get; }

    public SmsCampaigns Campaigns { get; }

    /// <summary>Whom campaigns are for.</summary>
    public ListedRecipients Recipients { get; }

    public static async Task<SmsRoom> CreateAsync(
        StorageProvider provider, TimeProvider? time = null, SmsOptions? options = null, params ISmsConnectorUse[] uses)
    {
        TestDatabase storage = await TestDatabase.CreateAsync(provider);
        return new SmsRoom(storage, storage.Database, storage.Commits, storage.Changes, storage.Ids, time ?? TimeProvider.System, options ?? Loopback, uses, isFirst: true);
    }

    /// <summary>Another server on the same database.</summary>
    public async Task<SmsRoom> OpenSecondAsync(SmsOptions? options = null)
    {
        Database database = _storage.OpenSecond();
        IdSource ids = new(TimeProvider.System);
        ids.UseServer(await ServerNumber.ClaimAsync(database, default));
        ChangeFeed changes = new(database, TimeProvider.System, _storage.Lifetime, NullLogger<ChangeFeed>.Instance);
        CommitQueue commits = new(database, ids, TimeProvider.System, TestJournal.Metrics(), _storage.Lifetime, NullLogger<CommitQueue>.Instance);
        await changes.StartingAsync(default);
        await commits.StartingAsync(default);
        return new SmsRoom(_storage, database, commits, changes, ids, _time, options ?? _options.Value, [], isFirst: false, Recipients);
    }

    /// <summary>What feeds campaigns; it runs when it is told to.</summary>
    public SmsCampaignFeeder Feeder(params ISmsBudget[] budgets) => new(
        Campaigns.Store, OptOuts.Store, Recipients, budgets, Outbox, _commits, _options, _time, NullLogger<SmsCampaignFeeder>.Instance);

    public Task StartSenderAsync()
    {
        _sender = new SmsSender(
            Outbox, Directory, _http, new ConnectorRests(_time), _commits, _changes, _options, _time, NullLogger<SmsSender>.Instance);
        return _sender.StartAsync(default);
    }

    public async Task StopSenderAsync()
    {
        if (_sender is not null)
        {
            await _sender.StopAsync(default);
            _sender.Dispose();
            _sender = null;
        }
    }

    public async Task<long> AddConnectorAsync(SmsConnectorRequest request)
    {
        SaveOutcome outcome = await Connectors.CreateAsync(1, request, default);
        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>(), (outcome as SaveOutcome.Refused)?.Message);
        return ((SaveOutcome.Saved)outcome).Id;
    }

    public SmsOrder Order(params long[] connectors) => new()
    {
        TenantId = 1,
        Phone = Phone(),
        Text = "Your code is 482913",
        Secrets = ["482913"],
        Purpose = SmsPurpose.Code,
        Account = "otto",
        Connectors = connectors,
        ExpiresAt = _time.GetUtcNow().AddMinutes(5),
    };

    /// <summary>Puts a message into the outbox and gives its identifier.</summary>
    public async Task<long> EnqueueAsync(SmsOrder order)
    {
        SmsEnqueued outcome = await Outbox.EnqueueAsync(order, default);
        Assert.That(outcome, Is.TypeOf<SmsEnqueued.Queued>());
        return ((SmsEnqueued.Queued)outcome).MessageId;
    }

    /// <summary>Reads a message in the log until it is as it should be.</summary>
    /// <param name="messageId">Which.</param>
    /// <param name="done">What it should be.</param>
    /// <param name="clock">Moved on for as long as the message waits for another try and the sender for the time.</param>
    public async Task<SmsLogEntry> UntilAsync(long messageId, Predicate<SmsLogEntry> done, HandMovedClock? clock = null)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        while (true)
        {
            SmsLogEntry entry = (await Log.GetAsync(1, messageId, default))!;
            if (done(entry))
            {
                return entry;
            }

            Assert.That(patience.IsCancellationRequested, Is.False, $"It stayed {entry.State} {entry.Error}");

            // Only where the sender waits for its next look: while it writes down a claim, however long that takes, the claim must not come to its end.
            if (entry is { State: SmsState.Queued, Attempts: > 0 })
            {
                _ = clock?.TryAdvanceToNext(within: TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopSenderAsync();
        _http.Dispose();
        if (_isFirst)
        {
            await _storage.DisposeAsync();
            return;
        }

        await _commits.StoppedAsync(default);
        await _changes.StoppedAsync(default);
        _commits.Dispose();
        _changes.Dispose();
    }
}
