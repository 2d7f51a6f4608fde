using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The outbox in the database.</summary>
internal sealed class SmsOutboxStore(Database database)
{
    private const int SweepLimit = 1000;
    private const string OutOfDate = "It was out of date before a gateway took it.";
    private const string ServerDied = "The server stopped while a gateway had it; whether it was sent is not known, and it is not sent again.";

    private const string Columns =
        """
        tenant_id AS TenantId, message_id AS MessageId, priority AS Priority, due_at AS DueAt, expires_at AS ExpiresAt, connectors AS Connectors,
        position AS Position, tries AS Tries, attempts AS Attempts, payload AS Payload
        """;

    public static async Task<long> CountAsync(UnitOfWork unit, long tenantId) => await unit.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM sms_outbox WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction);

    /// <summary>How many of a tenant's messages wait that nobody waits for; counted as far as that matters.</summary>
    public static async Task<long> CountNoticesAsync(UnitOfWork unit, long tenantId, int most) => await unit.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM sms_outbox WHERE tenant_id = @tenantId AND priority > 0 LIMIT @most) AS waiting",
        new { tenantId, most },
        unit.Transaction);

    public static Task InsertAsync(UnitOfWork unit, SmsOutboxRow row)
    {
        DbCommand insert = unit.Command(
            """
            INSERT INTO sms_outbox (tenant_id, message_id, priority, due_at, expires_at, connectors, position, tries, attempts, payload)
            VALUES (@tenant_id, @message_id, @priority, @due_at, @expires_at, @connectors, 0, 0, 0, @payload)
            """,
            "tenant_id", "message_id", "priority", "due_at", "expires_at", "connectors", "payload");
        insert.SetValues(row.TenantId, row.MessageId, (short)row.Priority, row.DueAt, row.ExpiresAt, row.Connectors, row.Payload);
        return insert.ExecuteNonQueryAsync();
    }

    /// <summary>Of all tenants, codes first: what is due becomes this server's.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="serverId">This server.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the claims end.</param>
    /// <param name="limit">The most messages.</param>
    /// <param name="noticeLimit">The most of them that nobody waits for.</param>
    public async Task<IReadOnlyList<SmsOutboxRow>> ClaimAsync(UnitOfWork unit, string serverId, long now, long until, int limit, int noticeLimit)
    {
        List<SmsOutboxRow> due = await FindDueAsync(unit, priority: 0, now, limit);
        if (Math.Min(limit - due.Count, noticeLimit) is > 0 and int notices)
        {
            due.AddRange(await FindDueAsync(unit, priority: 1, now, notices));
        }

        List<SmsOutboxRow> claimed = [];
        foreach (SmsOutboxRow row in due)
        {
            DbCommand claim = unit.Command(
                "UPDATE sms_outbox SET claimed_by = @server, claimed_until = @until WHERE tenant_id = @tenant_id AND message_id = @message_id AND claimed_by IS NULL",
                "server", "until", "tenant_id", "message_id");
            claim.SetValues(serverId, until, row.TenantId, row.MessageId);
            if (await claim.ExecuteNonQueryAsync() > 0)
            {
                claimed.Add(row);
                await SmsLogStore.SendingAsync(unit, row.TenantId, row.MessageId);
            }
        }

        return claimed;
    }

    private async Task<List<SmsOutboxRow>> FindDueAsync(UnitOfWork unit, int priority, long now, int limit) => (await unit.Connection.QueryAsync<SmsOutboxRow>(
        $"""
        SELECT {Columns} FROM sms_outbox WHERE priority = @priority AND claimed_by IS NULL AND due_at <= @now AND expires_at > @now
        ORDER BY due_at LIMIT @limit{database.Dialect.SkipLocked}
        """,
        new { priority, now, limit },
        unit.Transaction)).AsList();

    /// <summary>It is of no use from now on: whatever has not been handed to a gateway is given up.</summary>
    public static Task EndAsync(UnitOfWork unit, long tenantId, long messageId, long now)
    {
        DbCommand end = unit.Command(
            "UPDATE sms_outbox SET expires_at = @now WHERE tenant_id = @tenant_id AND message_id = @message_id AND expires_at > @now", "now", "tenant_id", "message_id");
        end.SetValues(now, tenantId, messageId);
        return end.ExecuteNonQueryAsync();
    }

    /// <summary>Deletes a message that no server has in hand; false: one has.</summary>
    public static async Task<bool> WithdrawAsync(UnitOfWork unit, long tenantId, long messageId) => await unit.Connection.ExecuteAsync(
        "DELETE FROM sms_outbox WHERE tenant_id = @tenantId AND message_id = @messageId AND claimed_by IS NULL",
        new { tenantId, messageId },
        unit.Transaction) > 0;

    /// <summary>False: it is not this server's any more.</summary>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, long tenantId, long messageId, string serverId)
    {
        DbCommand delete = unit.Command(
            "DELETE FROM sms_outbox WHERE tenant_id = @tenant_id AND message_id = @message_id AND claimed_by = @server", "tenant_id", "message_id", "server");
        delete.SetValues(tenantId, messageId, serverId);
        return await delete.ExecuteNonQueryAsync() > 0;
    }

    /// <summary>False: it is not this server's any more.</summary>
    public static async Task<bool> ReleaseAsync(UnitOfWork unit, SmsClaim claim, string serverId, long dueAt) => await unit.Connection.ExecuteAsync(
        """
        UPDATE sms_outbox SET claimed_by = NULL, claimed_until = NULL, due_at = @dueAt, position = @Position, tries = @Tries, attempts = @Attempts
        WHERE tenant_id = @TenantId AND message_id = @MessageId AND claimed_by = @serverId
        """,
        new { claim.TenantId, claim.MessageId, claim.Position, claim.Tries, claim.Attempts, serverId, dueAt },
        unit.Transaction) > 0;

    /// <summary>Gives up messages that are out of date, and those whose claims ended or are a dead server's; returns how many.</summary>
    public async Task<int> SweepAsync(UnitOfWork unit, long now, string? deadServerId)
    {
        SmsOutboxRow[] gone = [.. await unit.Connection.QueryAsync<SmsOutboxRow>(
            $"""
            SELECT {Columns}, claimed_by AS ClaimedBy FROM sms_outbox
            WHERE (claimed_by IS NULL AND expires_at <= @now) OR claimed_until <= @now OR claimed_by = @deadServerId
            LIMIT @SweepLimit{database.Dialect.SkipLocked}
            """,
            new { now, deadServerId, SweepLimit },
            unit.Transaction)];
        foreach (SmsOutboxRow row in gone)
        {
            _ = await unit.Connection.ExecuteAsync(
                "DELETE FROM sms_outbox WHERE tenant_id = @TenantId AND message_id = @MessageId", new { row.TenantId, row.MessageId }, unit.Transaction);
            await SmsLogStore.FailedAsync(
                unit, row.TenantId, row.MessageId, connector: null, row.ClaimedBy is null ? OutOfDate : ServerDied, row.Attempts, now);
        }

        return gone.Length;
    }
}

/// <summary>A row of the outbox.</summary>
internal sealed class SmsOutboxRow
{
    public long TenantId { get; set; }

    public long MessageId { get; set; }

    public int Priority { get; set; }

    public long DueAt { get; set; }

    public long ExpiresAt { get; set; }

    public string Connectors { get; set; } = "";

    public int Position { get; set; }

    public int Tries { get; set; }

    public int Attempts { get; set; }

    public byte[] Payload { get; set; } = [];

    public string? ClaimedBy { get; set; }
}
