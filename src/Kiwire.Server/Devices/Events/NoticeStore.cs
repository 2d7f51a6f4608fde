using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices.Events;

/// <summary>By what way somebody is told of events.</summary>
internal enum NoticeChannel
{
    Mail = 0,
    Webhook = 1,
}

/// <summary>To whom, and how.</summary>
/// <param name="TenantId">Whose events.</param>
/// <param name="Channel">The way.</param>
/// <param name="Recipient">An address of e-mail; empty for the tenant's webhook.</param>
internal readonly record struct NoticeTarget(long TenantId, NoticeChannel Channel, string Recipient);

/// <summary>Events of which somebody is still to be told, in the database: several servers share them.</summary>
internal sealed class NoticeStore(Database database)
{
    /// <summary>The most that wait for one recipient; past it an event is only in the list.</summary>
    public const int MostWaiting = 10_000;

    public static Task InsertAsync(UnitOfWork unit, NoticeTarget target, long eventId, long now) => unit.Connection.ExecuteAsync(
        """
        INSERT INTO device_notices (tenant_id, event_id, channel, recipient, due_at, tries)
        SELECT @TenantId, @eventId, @Channel, @Recipient, @now, 0
        WHERE (SELECT COUNT(*) FROM (SELECT 1 FROM device_notices
               WHERE tenant_id = @TenantId AND channel = @Channel AND recipient = @Recipient LIMIT @MostWaiting) AS waiting) < @MostWaiting
        """,
        new { target.TenantId, eventId, Channel = (short)target.Channel, target.Recipient, now, MostWaiting },
        unit.Transaction);

    /// <summary>Who is to be told of something now, the longest waiting first.</summary>
    public async Task<IReadOnlyList<NoticeTarget>> ListDueAsync(long now, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<(long TenantId, long Channel, string Recipient)> rows = await connection.QueryAsync<(long, long, string)>(new CommandDefinition(
            """
            SELECT tenant_id, CAST(channel AS BIGINT), recipient FROM device_notices
            WHERE due_at <= @now AND (claimed_until IS NULL OR claimed_until <= @now)
            GROUP BY tenant_id, channel, recipient ORDER BY MIN(due_at), tenant_id, channel, recipient LIMIT @limit
            """,
            new { now, limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new NoticeTarget(row.TenantId, (NoticeChannel)row.Channel, row.Recipient))];
    }

    /// <summary>Takes what one recipient is to be told of, for this server alone until a moment.</summary>
    /// <returns>The events, and how often it was tried to tell of them.</returns>
    public static async Task<IReadOnlyList<(long EventId, int Tries)>> ClaimAsync(UnitOfWork unit, NoticeTarget target, long now, long until, int limit)
    {
        const string Unclaimed = "(claimed_until IS NULL OR claimed_until <= @now)";
        IEnumerable<(long EventId, long Tries)> rows = await unit.Connection.QueryAsync<(long, long)>(
            $"""
            UPDATE device_notices SET claimed_until = @until
            WHERE tenant_id = @TenantId AND channel = @Channel AND recipient = @Recipient AND {Unclaimed} AND event_id IN (
                SELECT event_id FROM device_notices
                WHERE tenant_id = @TenantId AND channel = @Channel AND recipient = @Recipient AND due_at <= @now AND {Unclaimed}
                ORDER BY event_id LIMIT @limit)
            RETURNING event_id, CAST(tries AS BIGINT)
            """,
            new { target.TenantId, Channel = (short)target.Channel, target.Recipient, now, until, limit },
            unit.Transaction);
        return [.. rows.Select(row => (row.EventId, (int)row.Tries))];
    }

    /// <summary>The recipient was told, or is given up.</summary>
    public Task DeleteAsync(UnitOfWork unit, NoticeTarget target, IReadOnlyList<long> events) => unit.Connection.ExecuteAsync(
        $"""
        DELETE FROM device_notices
        WHERE tenant_id = @TenantId AND channel = @Channel AND recipient = @Recipient AND {database.Dialect.IsAnyOf("event_id", "@ids")}
        """,
        new { target.TenantId, Channel = (short)target.Channel, target.Recipient, ids = events.ToArray() },
        unit.Transaction);

    /// <summary>It is to be tried again.</summary>
    public Task ReleaseAsync(UnitOfWork unit, NoticeTarget target, IReadOnlyList<long> events, long dueAt) => unit.Connection.ExecuteAsync(
        $"""
        UPDATE device_notices SET claimed_until = NULL, tries = tries + 1, due_at = @dueAt
        WHERE tenant_id = @TenantId AND channel = @Channel AND recipient = @Recipient AND {database.Dialect.IsAnyOf("event_id", "@ids")}
        """,
        new { target.TenantId, Channel = (short)target.Channel, target.Recipient, ids = events.ToArray(), dueAt },
        unit.Transaction);
}
