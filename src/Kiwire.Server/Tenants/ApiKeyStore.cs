using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Tenants;

/// <summary>
/// The long-lived keys of programs that call /api/v1: <c>kwk_</c>, the tenant's number in hexadecimal, <c>_</c> and 32 random hexadecimal digits.
/// Only their SHA-256 is kept, which hides 128 random bits well enough.
/// </summary>
internal sealed class ApiKeyStore(Database database, CommitQueue commits, IdSource ids, TimeProvider time)
{
    public const string Prefix = "kwk_";

    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "key";

    private const int MostNameOctets = 128;
    private const int RandomOctets = 16;

    // So that a busy program costs the database a write a minute, not one a request.
    private static readonly TimeSpan UseIsNotedEach = TimeSpan.FromMinutes(1);

    private const string Select =
        """
        SELECT tenant_id AS TenantId, key_id AS KeyId, name AS Name, scopes AS Scopes, created_by AS CreatedBy, created_at AS CreatedAt,
               expires_at AS ExpiresAt, last_used_at AS LastUsedAt, version AS Version
        FROM api_keys WHERE tenant_id = @tenantId
        """;

    /// <summary>Makes a key.</summary>
    /// <param name="creator">Who makes it; the key can do no more than they can.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">Some of <see cref="ApiScope.All"/>.</param>
    /// <param name="expiresAt">Null: never.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<ApiKeyCreation> CreateAsync(
        Caller creator, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ApiKey key = new()
        {
            TenantId = creator.TenantId,
            KeyId = ids.Next(),
            Name = name.Trim(),
            Scopes = [.. scopes.Distinct().Order(StringComparer.Ordinal)],
            CreatedBy = creator.Name,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        if (FindFaults(key, creator, now) is { Count: > 0 } faults)
        {
            return new(new SaveOutcome.Refused(faults));
        }

        string text = string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{key.TenantId:x}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomOctets))}");
        return await commits.EnqueueAsync(unit => InsertAsync(unit, key, text), cancellationToken)
            ? new(new SaveOutcome.Saved(key.KeyId), key, text)
            : new(new SaveOutcome.Exists());
    }

    /// <summary>The key that a request came with, whose use is noted; null: there is none such, or its time is over.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<ApiKey?> UseAsync(long tenantId, string text, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ApiKey? key = await ReadAsync(
            "AND key_hash = @Hash AND (expires_at IS NULL OR expires_at > @Now)",
            new { tenantId, Hash = HashOf(text), Now = now.ToUnixTimeMilliseconds() },
            cancellationToken);
        if (key is not null && (key.LastUsedAt is null || now - key.LastUsedAt >= UseIsNotedEach))
        {
            await commits.EnqueueAsync(
                unit => unit.Connection.ExecuteAsync(
                    "UPDATE api_keys SET last_used_at = @Now WHERE tenant_id = @tenantId AND key_id = @KeyId",
                    new { Now = now.ToUnixTimeMilliseconds(), tenantId, key.KeyId },
                    unit.Transaction),
                cancellationToken);
        }

        return key;
    }

    /// <summary>The key of that name, whatever the case; null: there is none.</summary>
    public async Task<ApiKey?> FindAsync(long tenantId, string name, CancellationToken cancellationToken) =>
        IsPossible(name) ? await ReadAsync("AND name_key = @Key", new { tenantId, Key = KeyOf(name) }, cancellationToken) : null;

    /// <summary>A tenant's keys by name.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="after">The <see cref="KeyOf">key</see> of the last one's name; null: from the first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(long tenantId, string? after, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} AND name_key > @After ORDER BY name_key LIMIT @limit",
            new { tenantId, After = after ?? "", limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToKey())];
    }

    /// <summary>Ends a key.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="name">Which.</param>
    /// <param name="ifVersion">Only if it still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Saved, Missing or Stale.</returns>
    /// <exception cref="DbException">The database is away.</exception>
    public Task<SaveOutcome> DeleteAsync(long tenantId, string name, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                Row? row = !IsPossible(name) ? null : await unit.Connection.QuerySingleOrDefaultAsync<Row>(
                    $"{Select} AND name_key = @Key", new { tenantId, Key = KeyOf(name) }, unit.Transaction);
                if (row is null)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, row.Version))
                {
                    return new SaveOutcome.Stale();
                }

                _ = await unit.Connection.ExecuteAsync(
                    "DELETE FROM api_keys WHERE tenant_id = @tenantId AND key_id = @KeyId", new { tenantId, row.KeyId }, unit.Transaction);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, row.Name, AuditChanges.None);
                return new SaveOutcome.Saved(row.KeyId);
            },
            cancellationToken);

    /// <summary>What names are compared and listed by.</summary>
    public static string KeyOf(string name) => FoldedName.Fold(name.Trim());

    private static async Task<bool> InsertAsync(UnitOfWork unit, ApiKey key, string text)
    {
        int inserted = await unit.Connection.ExecuteAsync(
            """
            INSERT INTO api_keys (tenant_id, key_id, name, name_key, key_hash, scopes, created_by, created_at, expires_at)
            VALUES (@TenantId, @KeyId, @Name, @NameKey, @Hash, @Scopes, @CreatedBy, @CreatedAt, @ExpiresAt)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                key.TenantId,
                key.KeyId,
                key.Name,
                NameKey = KeyOf(key.Name),
                Hash = HashOf(text),
                Scopes = string.Join(' ', key.Scopes),
                key.CreatedBy,
                CreatedAt = key.CreatedAt.ToUnixTimeMilliseconds(),
                ExpiresAt = key.ExpiresAt?.ToUnixTimeMilliseconds(),
            },
            unit.Transaction);
        if (inserted == 0)
        {
            return false;
        }

        await unit.AuditAsync(
            key.TenantId,
            AuditAction.Create,
            Kind,
            key.Name,
            new AuditChanges().Set("name", key.Name).Set("scopes", key.Scopes).Set("expiresAt", key.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture)).Secret("key", given: true));
        return true;
    }

    private static List<FieldFault> FindFaults(ApiKey key, Caller creator, DateTimeOffset now)
    {
        List<FieldFault> faults = [];
        if (TextFault.FindInName(key.Name, MostNameOctets) is { } fault)
        {
            faults.Add(new("name", $"{fault}; it must be 1 to {MostNameOctets} octets of UTF-8 without control characters."));
        }

        if (key.Scopes.Count == 0)
        {
            faults.Add(new("scopes", $"is missing or empty; it must have some of {string.Join(", ", ApiScope.All.Order(StringComparer.Ordinal))}."));
        }

        foreach (string scope in key.Scopes)
        {
            if (!ApiScope.All.Contains(scope))
            {
                faults.Add(new("scopes", $"names {(TextFault.Find(scope, MostNameOctets) is null ? $"'{scope}'" : "something else")}; known are {string.Join(", ", ApiScope.All.Order(StringComparer.Ordinal))}."));
            }
            else if (!ApiScope.Holds(creator.Scopes, scope))
            {
                faults.Add(new("scopes", $"names '{scope}', which you do not have yourself."));
            }
        }

        if (key.ExpiresAt <= now)
        {
            faults.Add(new("expiresAt", "is not in the future; it must be, or not be given for a key that does not expire."));
        }

        return faults;
    }

    // Others are known to be missing; a database would refuse some of them.
    private static bool IsPossible(string name) => TextFault.FindInName(name.Trim(), MostNameOctets) is null;

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<ApiKey?> ReadAsync(string rest, object parameters, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} {rest}", parameters, cancellationToken: cancellationToken)))?.ToKey();
    }

    private sealed class Row
    {
        public long TenantId { get; set; }

        public long KeyId { get; set; }

        public string Name { get; set; } = "";

        public string Scopes { get; set; } = "";

        public string CreatedBy { get; set; } = "";

        public long CreatedAt { get; set; }

        public long? ExpiresAt { get; set; }

        public long? LastUsedAt { get; set; }

        public long Version { get; set; }

        public ApiKey ToKey() => new()
        {
            TenantId = TenantId,
            KeyId = KeyId,
            Name = Name,
            Scopes = Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            CreatedBy = CreatedBy,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            ExpiresAt = ExpiresAt is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null,
            LastUsedAt = LastUsedAt is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null,
            Version = Version,
        };
    }
}
