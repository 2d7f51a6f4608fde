using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>
/// The tokens that logging in gives out: 32 lower-case hexadecimal digits, good for 20 minutes from the login, for that tenant and
/// administrator. In the database, so that every server knows them; only their hashes are.
/// </summary>
internal sealed class ApiTokenStore(Database database, CommitQueue commits, TimeProvider time)
{
    /// <summary>How long a token is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(20);

    private const int TokenOctets = 16;

    /// <summary>A new token for an administrator who has just proved who they are.</summary>
    public async Task<string> IssueAsync(Administrator administrator, CancellationToken cancellationToken)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenOctets));
        long now = Now;
        await commits.EnqueueAsync(
            async unit =>
            {
                // Those that have ended go now and then, with a login: there are never many.
                _ = await unit.Connection.ExecuteAsync(
                    "DELETE FROM api_tokens WHERE tenant_id = @TenantId AND expires_at <= @now", new { administrator.TenantId, now }, unit.Transaction);
                _ = await unit.Connection.ExecuteAsync(
                    """
                    INSERT INTO api_tokens (tenant_id, token_hash, administrator_id, expires_at)
                    VALUES (@TenantId, @Hash, @AdministratorId, @ExpiresAt)
                    """,
                    new
                    {
                        administrator.TenantId,
                        Hash = HashOf(token),
                        administrator.AdministratorId,
                        ExpiresAt = now + (long)Lifetime.TotalMilliseconds,
                    },
                    unit.Transaction);
                _ = await unit.Connection.ExecuteAsync(
                    "UPDATE administrators SET last_login_at = @now WHERE tenant_id = @TenantId AND administrator_id = @AdministratorId",
                    new { administrator.TenantId, administrator.AdministratorId, now },
                    unit.Transaction);
            },
            cancellationToken);
        return token;
    }

    /// <summary>The administrator whose token it is; null: nobody's, or its time is over, or the administrator is gone.</summary>
    public async Task<Administrator?> FindAsync(long tenantId, string token, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<AdministratorStore.Row>(new CommandDefinition(
            $"""
            SELECT {AdministratorStore.Columns} FROM administrators WHERE tenant_id = @tenantId AND administrator_id =
                (SELECT administrator_id FROM api_tokens WHERE tenant_id = @tenantId AND token_hash = @Hash AND expires_at > @Now)
            """,
            new { tenantId, Hash = HashOf(token), Now },
            cancellationToken: cancellationToken)))?.ToLogin().Administrator;
    }

    /// <summary>Ends a token before its time; logging out.</summary>
    public Task RevokeAsync(long tenantId, string token, CancellationToken cancellationToken) => commits.EnqueueAsync(
        unit => unit.Connection.ExecuteAsync(
            "DELETE FROM api_tokens WHERE tenant_id = @tenantId AND token_hash = @Hash", new { tenantId, Hash = HashOf(token) }, unit.Transaction),
        cancellationToken);

    /// <summary>Ends all tokens of an administrator whose password or role changes, or who is deleted, in a transaction under way.</summary>
    public static Task RevokeAllAsync(UnitOfWork unit, long tenantId, long administratorId) => unit.Connection.ExecuteAsync(
        "DELETE FROM api_tokens WHERE tenant_id = @tenantId AND administrator_id = @administratorId",
        new { tenantId, administratorId },
        unit.Transaction);

    // A token is random enough that a fast hash hides it.
    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
