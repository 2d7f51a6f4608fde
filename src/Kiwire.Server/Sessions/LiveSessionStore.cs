using System.Data.Common;
using System.Runtime.CompilerServices;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>Reads what <see cref="LiveSessions"/> keep of sessions.</summary>
internal sealed class LiveSessionStore(Database database, TimeProvider time)
{
    private const string Columns = """
        s.tenant_id, s.nas_id, s.acct_session_id, s.client_key, s.session_id, s.generation, s.account_id, s.login_id, s.mac, s.nas_address, s.started_at,
        s.last_news_at, s.seconds, s.octets_in, s.octets_out, s.counter_seconds, s.counter_in, s.counter_out, s.interim_seconds, s.ended_at, s.ending, s.terminate_cause
        """;

    private const string Open = $"SELECT {Columns} FROM sessions s WHERE s.ended_at IS NULL";

    private const string OneWithUsage = $"""
        SELECT {Columns}, a.used_seconds, a.used_in, a.used_out, a.window_started_at, a.before_seconds, a.before_in, a.before_out
        FROM sessions s LEFT JOIN accounts a ON a.tenant_id = s.tenant_id AND a.account_id = s.account_id
        WHERE s.tenant_id = @tenant_id AND s.session_id = @session_id
        """;

    private const int UsageColumn = 22;

    /// <summary>All that are open.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async IAsyncEnumerable<LiveSession> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long now = Now;
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = Open;
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return Read(reader, now);
        }
    }

    /// <summary>Sessions by their numbers, open or ended, each with what its account has used (null: there is no account). What is not there is left out.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<IReadOnlyList<(LiveSession Session, StoredUsage? Usage)>> ReadAsync(
        IReadOnlyList<(long TenantId, long SessionId)> sessions, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = OneWithUsage;
        command.AddParameters("tenant_id", "session_id");
        List<(LiveSession, StoredUsage?)> found = [];
        foreach ((long tenantId, long sessionId) in sessions)
        {
            command.SetValues(tenantId, sessionId);
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken))
            {
                found.Add((Read(reader, Now), reader.IsDBNull(UsageColumn) ? null : ReadUsage(reader)));
            }
        }

        return found;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static LiveSession Read(DbDataReader reader, long now) => new()
    {
        Key = SessionKey.Of(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3)),
        Progress = new SessionProgress
        {
            SessionId = reader.GetInt64(4),
            Generation = reader.GetInt32(5),
            StartedAt = reader.GetInt64(10),
            LastNewsAt = reader.GetInt64(11),
            Totals = new(reader.GetInt64(12), reader.GetInt64(13), reader.GetInt64(14)),
            Counters = new(reader.GetInt64(15), reader.GetInt64(16), reader.GetInt64(17)),
            InterimSeconds = reader.GetInt32(18),
            EndedAt = reader.IsDBNull(19) ? 0 : reader.GetInt64(19),
            Ending = (SessionEnding)reader.GetInt16(20),
            TerminateCause = reader.IsDBNull(21) ? 0 : reader.GetInt32(21),
        },
        AccountId = reader.IsDBNull(6) ? 0 : reader.GetInt64(6),
        LoginId = reader.IsDBNull(7) ? 0 : reader.GetInt64(7),
        Device = MacAddress.TryParse(reader.GetString(8), out MacAddress device) ? device : default,
        SourceAddress = AddressText.Parse(reader.GetString(9)),
        HeardAt = now,
    };

    private static StoredUsage ReadUsage(DbDataReader reader) => new(
        new(reader.GetInt64(UsageColumn), reader.GetInt64(UsageColumn + 1), reader.GetInt64(UsageColumn + 2)),
        reader.GetInt64(UsageColumn + 3),
        new(reader.GetInt64(UsageColumn + 4), reader.GetInt64(UsageColumn + 5), reader.GetInt64(UsageColumn + 6)));
}
