using System.Data.Common;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The codes in the database: one for a number at most. Whether one is used up, and how often it was guessed at, is decided here, for all servers.</summary>
internal sealed class CodeStore(Database database)
{
    private const string Columns =
        "tenant_id, phone_hash, code_id, kind, code, recipient, attempts, sent_at, resend_at, expires_at, used_at, used_device, reuse_until";

    private const string SelectOne = $"SELECT {Columns} FROM one_time_codes WHERE tenant_id = @tenant_id AND phone_hash = @phone_hash";

    private const string IsAlive =
        "tenant_id = @tenant_id AND phone_hash = @phone_hash AND code_id = @code_id AND code IS NOT NULL AND used_at IS NULL AND attempts < @most AND expires_at > @now";

    /// <summary>The last one that went to a number; null: none lately.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<StoredCode?> FindAsync(long tenantId, string phoneHash, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = SelectOne;
        command.AddParameters("tenant_id", "phone_hash");
        command.SetValues(tenantId, phoneHash);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>As it is in a transaction under way.</summary>
    public static Task<StoredCode?> FindAsync(UnitOfWork unit, long tenantId, string phoneHash)
    {
        DbCommand command = unit.Command(SelectOne, "tenant_id", "phone_hash");
        command.SetValues(tenantId, phoneHash);
        return ReadAsync(command, CancellationToken.None);
    }

    /// <summary>Puts one in the place of the last that went to the number; false: another server was faster, and that one holds.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="code">The code.</param>
    /// <param name="previous">The last one's identifier; 0: there was none.</param>
    public static async Task<bool> TryPutAsync(UnitOfWork unit, StoredCode code, long previous)
    {
        DbCommand command = unit.Command(
            """
            INSERT INTO one_time_codes (tenant_id, phone_hash, code_id, kind, code, recipient, attempts, sent_at, resend_at, expires_at)
            VALUES (@tenant_id, @phone_hash, @code_id, @kind, @code, @recipient, 0, @sent_at, @resend_at, @expires_at)
            ON CONFLICT (tenant_id, phone_hash) DO UPDATE
            SET code_id = excluded.code_id, kind = excluded.kind, code = excluded.code, recipient = excluded.recipient, attempts = 0,
                sent_at = excluded.sent_at, resend_at = excluded.resend_at, expires_at = excluded.expires_at,
                used_at = NULL, used_device = NULL, reuse_until = NULL
            WHERE one_time_codes.code_id = @previous
            """,
            "tenant_id", "phone_hash", "code_id", "kind", "code", "recipient", "sent_at", "resend_at", "expires_at", "previous");
        command.SetValues(code.TenantId, code.PhoneHash, code.CodeId, (short)code.Kind, code.Code, code.Recipient, code.SentAt, code.ResendAt, code.ExpiresAt, previous);
        return await command.ExecuteNonQueryAsync() > 0;
    }

    /// <summary>Uses a code up; false: it was used, guessed at too often, replaced or is out of date.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="code">Which.</param>
    /// <param name="maxAttempts">Guesses that are too many.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="device">Which may use it again,</param>
    /// <param name="reuseUntil">until then; 0: it may not, and the code is erased.</param>
    public static async Task<bool> TryUseAsync(UnitOfWork unit, StoredCode code, int maxAttempts, long now, MacAddress device, long reuseUntil)
    {
        bool mayReuse = reuseUntil > now && !device.IsNone;
        DbCommand command = unit.Command(
            $"""
            UPDATE one_time_codes SET used_at = @now, code = CASE WHEN @reuse_until > 0 THEN code ELSE NULL END, used_device = @device,
                                      reuse_until = @reuse_until, expires_at = CASE WHEN @reuse_until > expires_at THEN @reuse_until ELSE expires_at END
            WHERE {IsAlive}
            """,
            "tenant_id", "phone_hash", "code_id", "most", "now", "device", "reuse_until");
        command.SetValues(code.TenantId, code.PhoneHash, code.CodeId, maxAttempts, now, device.ToString(), mayReuse ? reuseUntil : 0L);
        return await command.ExecuteNonQueryAsync() > 0;
    }

    /// <summary>Exchanges a right code for a pass; false: as for <see cref="TryUseAsync"/>.</summary>
    public static async Task<bool> TryExchangeAsync(UnitOfWork unit, StoredCode code, int maxAttempts, long now, byte[] pass, long expiresAt)
    {
        DbCommand command = unit.Command(
            $"""
            UPDATE one_time_codes SET kind = 1, code = @pass, attempts = 0, expires_at = @expires_at
            WHERE {IsAlive}
            """,
            "tenant_id", "phone_hash", "code_id", "most", "now", "pass", "expires_at");
        command.SetValues(code.TenantId, code.PhoneHash, code.CodeId, maxAttempts, now, pass, expiresAt);
        return await command.ExecuteNonQueryAsync() > 0;
    }

    /// <summary>Counts a wrong code; at the last one the right one is erased.</summary>
    /// <returns>How many wrong ones there were; null: it had come to its end already.</returns>
    public static async Task<int?> WrongAsync(UnitOfWork unit, StoredCode code, int maxAttempts, long now)
    {
        DbCommand command = unit.Command(
            $"""
            UPDATE one_time_codes SET attempts = attempts + 1, code = CASE WHEN attempts + 1 >= @most THEN NULL ELSE code END
            WHERE {IsAlive}
            RETURNING attempts
            """,
            "tenant_id", "phone_hash", "code_id", "most", "now");
        command.SetValues(code.TenantId, code.PhoneHash, code.CodeId, maxAttempts, now);
        return await command.ExecuteScalarAsync() is { } attempts ? Convert.ToInt32(attempts, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Erases codes that are out of date, and forgets those that say nothing any more.</summary>
    public static async Task SweepAsync(UnitOfWork unit, long now)
    {
        DbCommand erase = unit.Command("UPDATE one_time_codes SET code = NULL WHERE expires_at <= @now AND code IS NOT NULL", "now");
        erase.SetValues(now);
        await erase.ExecuteNonQueryAsync();
        DbCommand forget = unit.Command("DELETE FROM one_time_codes WHERE expires_at <= @now AND resend_at <= @now", "now");
        forget.SetValues(now);
        await forget.ExecuteNonQueryAsync();
    }

    private static async Task<StoredCode?> ReadAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using DbDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return null;
        }

        return new StoredCode
        {
            TenantId = row.GetInt64(0),
            PhoneHash = row.GetString(1),
            CodeId = row.GetInt64(2),
            Kind = (CodeKind)row.GetInt16(3),
            Code = row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
            Recipient = row.GetString(5),
            Attempts = row.GetInt32(6),
            SentAt = row.GetInt64(7),
            ResendAt = row.GetInt64(8),
            ExpiresAt = row.GetInt64(9),
            UsedAt = row.IsDBNull(10) ? null : row.GetInt64(10),
            UsedDevice = !row.IsDBNull(11) && MacAddress.TryParse(row.GetString(11), out MacAddress device) ? device : default,
            ReuseUntil = row.IsDBNull(12) || row.GetInt64(12) == 0 ? null : row.GetInt64(12),
        };
    }
}
