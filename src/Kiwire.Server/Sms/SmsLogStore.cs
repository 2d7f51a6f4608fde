using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The log of messages in the database: what became of each, never what it said.</summary>
internal sealed class SmsLogStore(Database database)
{
    /// <summary>So many are deleted at a time.</summary>
    public const int PruneLimit = 5000;

    private const int LongestError = 500;

    private const string Columns =
        """
        tenant_id AS TenantId, message_id AS MessageId, created_at AS CreatedAt, purpose AS Purpose, phone AS Phone, phone_hash AS PhoneHash,
        account AS Account, connector AS Connector, state AS State, provider_id AS ProviderId, error AS Error, segments AS Segments,
        attempts AS Attempts, sent_at AS SentAt, ended_at AS EndedAt
        """;

    /// <summary>A tenant's messages, the newest first.</summary>
    public async Task<IReadOnlyList<SmsLogEntry>> ListAsync(long tenantId, SmsLogFilter filter, long before, int limit, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {Columns} FROM sms_messages WHERE tenant_id = @tenantId AND message_id < @before");
        DynamicParameters parameters = new(new { tenantId, before, limit });
        void Where(string condition, string name, object? value)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(condition);
                parameters.Add(name, value);
            }
        }

        Where("phone_hash = @PhoneHash", "PhoneHash", filter.PhoneHash);
        Where("state = @State", "State", (int?)filter.State);
        Where("purpose = @Purpose", "Purpose", (int?)filter.Purpose);
        Where("connector = @Connector", "Connector", filter.Connector);
        Where("account = @Account", "Account", filter.Account);
        Where("created_at >= @From", "From", filter.From);
        Where("created_at < @To", "To", filter.To);
        sql.Append(" ORDER BY message_id DESC LIMIT @limit");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<SmsLogEntry>(new CommandDefinition(sql.ToString(), parameters, cancellationToken: cancellationToken))];
    }

    public async Task<SmsLogEntry?> GetAsync(long tenantId, long messageId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SmsLogEntry>(new CommandDefinition(
            $"SELECT {Columns} FROM sms_messages WHERE tenant_id = @tenantId AND message_id = @messageId",
            new { tenantId, messageId },
            cancellationToken: cancellationToken));
    }

    /// <summary>A message that has just been queued.</summary>
    public static Task InsertQueuedAsync(UnitOfWork unit, SmsLogEntry entry)
    {
        DbCommand insert = unit.Command(
            """
            INSERT INTO sms_messages (tenant_id, message_id, created_at, purpose, phone, phone_hash, account, connector, state, provider_id, error, segments, attempts)
            VALUES (@tenant_id, @message_id, @created_at, @purpose, @phone, @phone_hash, @account, '', 0, '', '', @segments, 0)
            """,
            "tenant_id", "message_id", "created_at", "purpose", "phone", "phone_hash", "account", "segments");
        insert.SetValues(
            entry.TenantId, entry.MessageId, entry.CreatedAt, (short)entry.Purpose, entry.Phone, entry.PhoneHash, entry.Account, entry.Segments);
        return insert.ExecuteNonQueryAsync();
    }

    public static Task InsertAsync(UnitOfWork unit, SmsLogEntry entry) => unit.Connection.ExecuteAsync(
        """
        INSERT INTO sms_messages (tenant_id, message_id, created_at, purpose, phone, phone_hash, account, connector, state, provider_id, error,
                                  segments, attempts, sent_at, ended_at)
        VALUES (@TenantId, @MessageId, @CreatedAt, @Purpose, @Phone, @PhoneHash, @Account, @Connector, @State, @ProviderId, @Error,
                @Segments, @Attempts, @SentAt, @EndedAt)
        """,
        new
        {
            entry.TenantId,
            entry.MessageId,
            entry.CreatedAt,
            Purpose = (int)entry.Purpose,
            entry.Phone,
            entry.PhoneHash,
            entry.Account,
            entry.Connector,
            State = (int)entry.State,
            entry.ProviderId,
            Error = Cut(entry.Error),
            entry.Segments,
            entry.Attempts,
            entry.SentAt,
            entry.EndedAt,
        },
        unit.Transaction);

    public static Task SendingAsync(UnitOfWork unit, long tenantId, long messageId)
    {
        DbCommand update = unit.Command(
            "UPDATE sms_messages SET state = 1 WHERE tenant_id = @tenant_id AND message_id = @message_id AND state = 0", "tenant_id", "message_id");
        update.SetValues(tenantId, messageId);
        return update.ExecuteNonQueryAsync();
    }

    /// <summary>What a gateway reported meanwhile is the newer news.</summary>
    public static Task SentAsync(UnitOfWork unit, SmsClaim claim, string connector, SmsOutcome.Sent sent, long now)
    {
        // No segments: the gateway did not say.
        DbCommand update = unit.Command(
            """
            UPDATE sms_messages SET state = CASE WHEN state >= 3 THEN state ELSE 2 END, connector = @connector, provider_id = @provider_id,
                                    error = CASE WHEN state >= 3 THEN error ELSE '' END, segments = CASE WHEN @segments > 0 THEN @segments ELSE segments END,
                                    attempts = @attempts, sent_at = @now
            WHERE tenant_id = @tenant_id AND message_id = @message_id
            """,
            "connector", "provider_id", "segments", "attempts", "now", "tenant_id", "message_id");
        update.SetValues(connector, sent.ProviderId, sent.Segments ?? 0, claim.Attempts, now, claim.TenantId, claim.MessageId);
        return update.ExecuteNonQueryAsync();
    }

    /// <summary>It waits for another try. False: a gateway has reported meanwhile that it arrived.</summary>
    public static async Task<bool> QueuedAsync(UnitOfWork unit, SmsClaim claim, string connector, string error) => await unit.Connection.ExecuteAsync(
        """
        UPDATE sms_messages SET state = 0, connector = @connector, error = @error, attempts = @Attempts
        WHERE tenant_id = @TenantId AND message_id = @MessageId AND state <> 3
        """,
        new { claim.TenantId, claim.MessageId, connector, error = Cut(error), claim.Attempts },
        unit.Transaction) > 0;

    /// <param name="unit">The transaction.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="messageId">Which.</param>
    /// <param name="connector">Null: the last that was tried.</param>
    /// <param name="error">Why; where an earlier try left a reason, it stands behind.</param>
    /// <param name="attempts">How often any connector was tried.</param>
    /// <param name="now">The time.</param>
    public static Task FailedAsync(UnitOfWork unit, long tenantId, long messageId, string? connector, string error, int attempts, long now) =>
        unit.Connection.ExecuteAsync(
            """
            UPDATE sms_messages SET state = 4, connector = COALESCE(@connector, connector), attempts = @attempts, ended_at = @now,
                                    error = CASE WHEN @connector IS NULL AND error <> '' THEN @error || ' Before that: ' || error ELSE @error END
            WHERE tenant_id = @tenantId AND message_id = @messageId AND state < 3
            """,
            FailedParameters(tenantId, messageId, connector, error, attempts, now),
            unit.Transaction);

    /// <summary>A gateway's report. False: there is no such message, or it had its end already.</summary>
    public static async Task<bool> ReportedAsync(UnitOfWork unit, long tenantId, long messageId, SmsState state, string error, long now) =>
        await unit.Connection.ExecuteAsync(
            """
            UPDATE sms_messages SET state = @state, error = @error, ended_at = @now
            WHERE tenant_id = @tenantId AND message_id = @messageId AND state < 3
            """,
            new { tenantId, messageId, state = (int)state, error = Cut(error), now },
            unit.Transaction) > 0;

    /// <summary>Deletes what is older; returns how many, at most <see cref="PruneLimit"/>.</summary>
    public static Task<int> PruneAsync(UnitOfWork unit, long olderThan) => unit.Connection.ExecuteAsync(
        """
        DELETE FROM sms_messages WHERE (tenant_id, message_id) IN (
            SELECT tenant_id, message_id FROM sms_messages WHERE created_at < @olderThan ORDER BY created_at LIMIT @PruneLimit)
        """,
        new { olderThan, PruneLimit },
        unit.Transaction);

    private static DynamicParameters FailedParameters(long tenantId, long messageId, string? connector, string error, int attempts, long now)
    {
        DynamicParameters parameters = new(new { tenantId, messageId, error = Cut(error), attempts, now });

        // PostgreSQL wants to know what a null is.
        parameters.Add("connector", connector, System.Data.DbType.String);
        return parameters;
    }

    private static string Cut(string error) => error.Length <= LongestError ? error : error[..LongestError];
}

/// <summary>A message in the log.</summary>
internal sealed class SmsLogEntry
{
    public long TenantId { get; set; }

    public long MessageId { get; set; }

    public long CreatedAt { get; set; }

    public SmsPurpose Purpose { get; set; }

    /// <summary>Masked.</summary>
    public string Phone { get; set; } = "";

    public string PhoneHash { get; set; } = "";

    public string Account { get; set; } = "";

    public string Connector { get; set; } = "";

    public SmsState State { get; set; }

    public string ProviderId { get; set; } = "";

    public string Error { get; set; } = "";

    public int Segments { get; set; }

    public int Attempts { get; set; }

    public long? SentAt { get; set; }

    public long? EndedAt { get; set; }
}

/// <summary>Which messages of the log; what is null is not asked for.</summary>
internal sealed record SmsLogFilter
{
    public string? PhoneHash { get; init; }

    public SmsState? State { get; init; }

    public SmsPurpose? Purpose { get; init; }

    public string? Connector { get; init; }

    public string? Account { get; init; }

    public long? From { get; init; }

    public long? To { get; init; }
}
