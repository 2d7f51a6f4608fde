using System.Diagnostics.Metrics;
using Dapper;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>
/// The sessions' room on a database: records are taken into the live sessions and gathered, as the journal would, and applied when the test
/// says so.
/// </summary>
internal sealed class SessionsRoom : IAsyncDisposable
{
    private readonly List<JournalRecord> _journalled = [];
    private readonly Database _database;
    private readonly TestJournal _journal;
    private readonly bool _ownsAccounts;
    private int _applied;

    private SessionsRoom(AccountsRoom accounts, Database database, string journalId, TestJournal journal, bool ownsAccounts)
    {
        _journal = journal;
        Accounts = accounts;
        _database = database;
        _ownsAccounts = ownsAccounts;
        JournalId = journalId;
        Live = new LiveSessions(
            accounts.Presences, accounts.Directory, accounts.Windows, journal.Journal, Metrics(), Microsoft.Extensions.Options.Options.Create(new AccountingOptions()));
        Applier = new BatchApplier(database, Live, accounts.Presences, accounts.Windows, TimeProvider.System, journalId);
    }

    public AccountsRoom Accounts { get; }

    public LiveSessions Live { get; }

    public BatchApplier Applier { get; }

    public string JournalId { get; }

    /// <summary>What was reported when records were applied last.</summary>
    public List<ApplyResult> Results { get; } = [];

    public IReadOnlyList<JournalRecord> Journalled => _journalled;

    /// <summary>Metrics that nobody listens to.</summary>
    public static SessionsMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public static async Task<SessionsRoom> CreateAsync(StorageProvider provider)
    {
        AccountsRoom accounts = await AccountsRoom.CreateAsync(provider);
        TestJournal journal = new();
        await journal.OpenAsync(start: false);
        return new SessionsRoom(accounts, accounts.Storage.Database, "journal-1", journal, ownsAccounts: true);
    }

    /// <summary>Another server on the same database (PostgreSQL).</summary>
    public SessionsRoom OpenSecond() => new(Accounts, Accounts.Storage.OpenSecond(), "journal-2", _journal, ownsAccounts: false);

    /// <summary>The same server, started again: nothing in memory, and the journal to be applied from its beginning.</summary>
    public SessionsRoom Restart()
    {
        SessionsRoom again = new(Accounts, _database, JournalId, _journal, ownsAccounts: false);
        again._journalled.AddRange(_journalled);
        return again;
    }

    public void Journal(AccountingPacket packet) => packet.Use((scoped in RadiusRequest request) =>
    {
        Assert.That(AccountingRequestReader.TryRead(request, Accounts.Storage.Ids.Next(), out AccountingRecord record), Is.True);
        byte[] octets = new byte[AccountingRecord.MaximumLength];
        Add(JournalRecordKind.Accounting, octets[..record.Write(octets)]);
        Live.Recall(record);
        return true;
    });

    /// <summary>Journals a session's end for lack of news.</summary>
    public void JournalStale(byte[] key, long lastNewsAt)
    {
        AccountingRecord record = StaleSessions.RecordOf(key, lastNewsAt, Accounts.Storage.Ids.Next(), lastNewsAt);
        byte[] octets = new byte[AccountingRecord.MaximumLength];
        Add(JournalRecordKind.Accounting, octets[..record.Write(octets)]);
        Live.Recall(record);
    }

    public void Journal(in LoginEvent login)
    {
        byte[] octets = new byte[LoginRecord.MaximumLength];
        Add(JournalRecordKind.Login, octets[..LoginRecord.Write(login, octets)]);
    }

    public void Add(JournalRecordKind kind, byte[] octets) => _journalled.Add(new JournalRecord(_journalled.Count + 1, kind, octets));

    /// <summary>Applies what has been journalled since the last time.</summary>
    public void Apply()
    {
        Results.Clear();
        Applier.ApplyAll(_journalled.Skip(_applied).ToArray(), Results.Add, CancellationToken.None);
        _applied = _journalled.Count;
    }

    public void Apply(params AccountingPacket[] packets)
    {
        Array.ForEach(packets, Journal);
        Apply();
    }

    public async Task<dynamic[]> SessionsAsync() => await QueryAsync("SELECT * FROM sessions ORDER BY tenant_id, session_id");

    public async Task<UsageTotals> UsageAsync(long account)
    {
        dynamic row = (await QueryAsync($"SELECT used_seconds, used_in, used_out FROM accounts WHERE account_id = {account}"))[0];
        return new UsageTotals((long)row.used_seconds, (long)row.used_in, (long)row.used_out);
    }

    public async Task<dynamic[]> QueryAsync(string sql)
    {
        await using var connection = await _database.OpenAsync(CancellationToken.None);
        return [.. await connection.QueryAsync(sql)];
    }

    public async Task ExecuteAsync(string sql)
    {
        await using WriteScope scope = await _database.BeginWriteAsync(CancellationToken.None);
        await scope.Connection.ExecuteAsync(sql, transaction: scope.Transaction);
        await scope.CommitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsAccounts)
        {
            await _journal.DisposeAsync();
            await Accounts.DisposeAsync();
        }
    }
}
