using System.Data.Common;
using Dapper;
using Npgsql;

namespace Kiwire.Server.Storage;

/// <summary>Something that servers hold in memory has changed in the database.</summary>
/// <param name="Kind">One of <see cref="ChangeKind"/>.</param>
/// <param name="TenantId">Whose; 0 for everybody's, after an absence too long to know what was missed.</param>
/// <param name="Id">Which; 0 for all of that kind.</param>
internal readonly record struct Change(string Kind, long TenantId, long Id);

/// <summary>The kinds of change that are announced.</summary>
internal static class ChangeKind
{
    public const string Tenant = "tenant";
    public const string Nas = "nas";
    public const string Zone = "zone";
    public const string Profile = "profile";
    public const string Account = "account";
    public const string Grant = "grant";
    public const string Device = "device";
    public const string SmsConnector = "sms-connector";
    public const string SmsTemplate = "sms-template";
    public const string SmsPolicy = "sms-policy";
    public const string Portal = "portal";

    /// <summary>A session that a server has opened or ended; told to the other servers alone.</summary>
    public const string Session = "session";

    /// <summary>There is something to send.</summary>
    public const string SmsOutbox = "sms-outbox";

    public static readonly string[] All = [Tenant, Nas, Zone, Profile, Account, Grant, Device, SmsConnector, SmsTemplate, SmsPolicy, Portal, Session, SmsOutbox];
}

/// <summary>
/// Changes announced by any server, delivered to this one within a second (PostgreSQL: NOTIFY, with polling as the fall-back;
/// SQLite: in the process).
/// </summary>
internal sealed partial class ChangeFeed : StorageService
{
    private const long RetentionMilliseconds = 300_000;

    // A change is stamped just before its commit and seen after it, so one may turn up behind others; this far back is looked at again.
    private const long OverlapMilliseconds = 10_000;
    private const int QuerySeconds = 10;

    // Where so many are looked at again each time, they are looked at less often.
    private const int ManyRows = 1000;
    private static readonly TimeSpan Breather = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly ILogger<ChangeFeed> _log;
    private readonly Lock _delivery = new();
    private readonly Dictionary<long, long> _seen = [];
    private volatile Action<Change>[] _handlers = [];
    private long _newest;
    private long _polledAt;
    private long _prunedAt;

    public ChangeFeed(Database database, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ChangeFeed> log)
        : base(lifetime, log)
    {
        _database = database;
        _time = time;
        _log = log;
        database.Committed += Deliver;
    }

    /// <summary>
    /// Calls <paramref name="handler"/> for each change from now on, one at a time, this server's own in the order of their commits; it must
    /// not block, and not write to the database.
    /// </summary>
    public void Subscribe(Action<Change> handler)
    {
        lock (_delivery)
        {
            _handlers = [.. _handlers, handler];
        }
    }

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_database.Provider == StorageProvider.Sqlite)
        {
            return;
        }

        // From here on nothing is missed, and what the rooms load they load later.
        await using (var connection = await _database.OpenAsync(cancellationToken))
        {
            _newest = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition($"SELECT {_database.Dialect.Now}", cancellationToken: cancellationToken));
        }

        _polledAt = _prunedAt = _time.GetTimestamp();
        await base.StartingAsync(cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (DbException e)
            {
                _database.Report(e);
            }

            await Task.Delay(PollInterval, _time, stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        await using var connection = (NpgsqlConnection)await _database.OpenAsync(stoppingToken);
        if (_database.CanNotify)
        {
            await connection.ExecuteAsync(new CommandDefinition($"LISTEN {ChangeLog.Channel}", cancellationToken: stoppingToken));
        }

        while (true)
        {
            if (await PollAsync(connection, stoppingToken) >= ManyRows)
            {
                await Task.Delay(Breather, _time, stoppingToken);
            }

            if (_database.CanNotify)
            {
                await connection.WaitAsync(PollInterval, stoppingToken);
            }
            else
            {
                await Task.Delay(PollInterval, _time, stoppingToken);
            }
        }
    }

    /// <returns>How many rows were looked at.</returns>
    private async Task<int> PollAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<(long ChangeId, long TenantId, string Kind, long Id, long At)>(new CommandDefinition(
            // By the clock too: one change that a clock ahead of it has stamped must not hide those that follow.
            $"""
            SELECT change_id, tenant_id, kind, id, at FROM changes
            WHERE at >= (SELECT LEAST(@Newest, {_database.Dialect.Now}) - {OverlapMilliseconds}) AND server_id <> @ServerId ORDER BY at
            """,
            new { Newest = _newest, _database.ServerId },
            commandTimeout: QuerySeconds,
            cancellationToken: cancellationToken))).AsList();
        List<Change> fresh = [];
        foreach (var row in rows)
        {
            if (_seen.TryAdd(row.ChangeId, row.At))
            {
                fresh.Add(new Change(row.Kind, row.TenantId, row.Id));
                _newest = Math.Max(_newest, row.At);
            }
        }

        if (_time.GetElapsedTime(_polledAt) > TimeSpan.FromMilliseconds(RetentionMilliseconds - OverlapMilliseconds))
        {
            LogMissed(_log);
            fresh = [.. ChangeKind.All.Select(kind => new Change(kind, 0, 0))];
        }

        _polledAt = _time.GetTimestamp();
        Deliver(fresh);
        await PruneAsync(connection, cancellationToken);
        return rows.Count;
    }

    private async Task PruneAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(_prunedAt) < PruneInterval)
        {
            return;
        }

        _prunedAt = _time.GetTimestamp();
        await connection.ExecuteAsync(new CommandDefinition(
            $"DELETE FROM changes WHERE at < {_database.Dialect.Now} - {RetentionMilliseconds}",
            commandTimeout: QuerySeconds,
            cancellationToken: cancellationToken));
        foreach (var (id, at) in _seen)
        {
            if (at < _newest - OverlapMilliseconds)
            {
                _seen.Remove(id);
            }
        }
    }

    private void Deliver(IReadOnlyList<Change> changes)
    {
        lock (_delivery)
        {
            foreach (var change in changes)
            {
                foreach (var handler in _handlers)
                {
                    try
                    {
                        handler(change);
                    }
                    catch (Exception e)
                    {
                        // One subscriber's fault is not the next one's loss.
                        LogHandlerFailed(_log, change.Kind, e);
                    }
                }
            }
        }
    }

    [LoggerMessage(910, LogLevel.Warning, "Out of touch with the database for so long that changes may have been missed; everything in memory is read again")]
    private static partial void LogMissed(ILogger log);

    [LoggerMessage(911, LogLevel.Error, "A change of kind {Kind} could not be taken in")]
    private static partial void LogHandlerFailed(ILogger log, string kind, Exception exception);
}
