using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Api;

/// <summary>What was answered to requests that came with an Idempotency-Key.</summary>
internal sealed class IdempotencyStore(Database database, CommitQueue commits, SecretBox secrets, TimeProvider time)
{
    private const string Purpose = "api.idempotency";
    private const int PrunedAtATime = 1000;

    /// <summary>What was answered under a key; null: it is not known.</summary>
    public async Task<IdempotentAnswer?> FindAsync(long tenantId, string caller, string key, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            SELECT request_hash AS RequestHash, status AS Status, headers AS Headers, body AS Body
            FROM idempotency_keys WHERE tenant_id = @tenantId AND caller = @caller AND key = @key AND at > @Since
            """,
            new { tenantId, caller, key, Since = Since() },
            cancellationToken: cancellationToken));
        if (row is null)
        {
            return null;
        }

        byte[] body = [];
        bool readable = row.Body is not null && secrets.TryUnprotect(row.Body, Purpose, out body);
        return new IdempotentAnswer(row.RequestHash, readable ? row.Status : null, row.Headers ?? "", body);
    }

    /// <summary>Keeps the answer under a key that the request's own transaction has taken, and forgets old ones.</summary>
    public Task SaveAsync(long tenantId, string caller, string key, int status, string headers, byte[] body, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(
            async unit =>
            {
                _ = await unit.Connection.ExecuteAsync(
                    """
                    UPDATE idempotency_keys SET status = @status, headers = @headers, body = @Body
                    WHERE tenant_id = @tenantId AND caller = @caller AND key = @key
                    """,
                    new { tenantId, caller, key, status, headers, Body = secrets.Protect(body, Purpose) },
                    unit.Transaction);
                _ = await unit.Connection.ExecuteAsync(
                    """
                    DELETE FROM idempotency_keys WHERE tenant_id = @tenantId AND at <= @Since AND key IN
                        (SELECT key FROM idempotency_keys WHERE tenant_id = @tenantId AND at <= @Since ORDER BY at LIMIT @PrunedAtATime)
                    """,
                    new { tenantId, Since = Since(), PrunedAtATime },
                    unit.Transaction);
            },
            cancellationToken);

    private long Since() => (time.GetUtcNow() - IdempotencyClaim.Kept).ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string RequestHash { get; set; } = "";

        public int? Status { get; set; }

        public string? Headers { get; set; }

        public byte[]? Body { get; set; }
    }
}

/// <summary>An answer that was given under an Idempotency-Key.</summary>
/// <param name="RequestHash">What was asked.</param>
/// <param name="Status">Null: it was carried out, and its answer is not kept.</param>
/// <param name="Headers">Content-Type, Location and ETag, as JSON.</param>
/// <param name="Body">The body's octets.</param>
internal sealed record IdempotentAnswer(string RequestHash, int? Status, string Headers, byte[] Body);
