using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>The statements that write accounts, for transactions under way.</summary>
internal sealed class AccountRowStore
{
    private static readonly (string Name, DbType Type)[] Columns =
    [
        ("tenant_id", DbType.Int64), ("account_id", DbType.Int64), ("name", DbType.String), ("name_key", DbType.String), ("kind", DbType.Int16),
        ("password", DbType.Binary), ("active", DbType.Int16), ("profile_id", DbType.Int64), ("fullname", DbType.String), ("email", DbType.String),
        ("phone", DbType.String), ("remark", DbType.String), ("allow_nas", DbType.String), ("integration", DbType.String),
        ("statistics", DbType.String), ("expires_at", DbType.Int64), ("created_at", DbType.Int64),
    ];

    private static readonly ConcurrentDictionary<int, (string Sql, string[] Parameters)> SeriesStatements = new();

    private readonly int _rowsPerStatement;
    private readonly int _seriesRowsPerStatement;
    private readonly (string Sql, string[] Parameters) _insertOne = InsertOf(1);
    private readonly (string Sql, string[] Parameters) _insertMany;

    /// <summary>SQLite looks each parameter up by name, so long statements cost it more than they save; a server across a socket wants few.</summary>
    public AccountRowStore(Database database)
    {
        _rowsPerStatement = database.Provider == StorageProvider.Sqlite ? 1 : 50;
        _insertMany = InsertOf(_rowsPerStatement);
        _seriesRowsPerStatement = database.Provider == StorageProvider.Sqlite ? 10 : 250;
    }

    /// <summary>Inserts rows; those whose name the tenant has already are left out. Returns the accounts that were made.</summary>
    public async Task<HashSet<long>> InsertAsync(UnitOfWork unit, IReadOnlyList<AccountRow> rows)
    {
        HashSet<long> inserted = new(rows.Count);
        for (int start = 0; start < rows.Count;)
        {
            int count = rows.Count - start >= _rowsPerStatement ? _rowsPerStatement : 1;
            (string sql, string[] parameters) = count == 1 ? _insertOne : _insertMany;
            DbCommand command = unit.Command(sql, parameters);
            for (int i = 0; i < count; i++)
            {
                Set(command.Parameters, i * Columns.Length, rows[start + i]);
            }

            await using (DbDataReader reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    _ = inserted.Add(reader.GetInt64(0));
                }
            }

            start += count;
        }

        foreach (AccountRow row in rows)
        {
            if (row.Macs.Count > 0 && inserted.Contains(row.AccountId))
            {
                await AddMacsAsync(unit, row.TenantId, row.AccountId, row.Macs, row.CreatedAt);
            }
        }

        return inserted;
    }

    /// <summary>
    /// Inserts users that differ in name and password alone (names are their own keys); those whose name is taken are left out. Returns how
    /// many were made.
    /// </summary>
    public async Task<int> InsertSeriesAsync(
        UnitOfWork unit, long tenantId, long profileId, long now, IReadOnlyList<(long AccountId, string Name, byte[] Password)> users)
    {
        int made = 0;
        for (int start = 0; start < users.Count;)
        {
            int count = users.Count - start >= _seriesRowsPerStatement ? _seriesRowsPerStatement : 1;
            (string sql, string[] names) = SeriesStatements.GetOrAdd(count, SeriesInsertOf);
            DbCommand command = unit.Command(sql, names);
            DbParameterCollection parameters = command.Parameters;
            parameters[0].Value = tenantId;
            parameters[1].Value = profileId;
            parameters[2].Value = now;
            for (int i = 0; i < count; i++)
            {
                (long accountId, string name, byte[] password) = users[start + i];
                parameters[3 + (i * 3)].Value = accountId;
                parameters[4 + (i * 3)].Value = name;
                parameters[5 + (i * 3)].Value = password;
            }

            made += await command.ExecuteNonQueryAsync();
            start += count;
        }

        return made;
    }

    /// <summary>Writes what operators may change, if the account still has that version. A password of null leaves it as it is.</summary>
    /// <returns>False: another server has changed or deleted it since it was read.</returns>
    public static async Task<bool> UpdateAsync(UnitOfWork unit, AccountRow row, long version)
    {
        DynamicParameters parameters = new();
        parameters.Add("TenantId", row.TenantId);
        parameters.Add("AccountId", row.AccountId);
        parameters.Add("Name", row.Name);
        parameters.Add("Password", row.Password, DbType.Binary);
        parameters.Add("Active", row.Active ? 1 : 0);
        parameters.Add("ProfileId", row.ProfileId, DbType.Int64);
        parameters.Add("FullName", row.FullName);
        parameters.Add("Email", row.Email);
        parameters.Add("Phone", row.Phone);
        parameters.Add("Remark", row.Remark);
        parameters.Add("AllowNas", row.AllowNas);
        parameters.Add("Integration", row.Integration);
        parameters.Add("Statistics", row.Statistics);
        parameters.Add("ExpiresAt", row.ExpiresAt, DbType.Int64);
        parameters.Add("Version", version);
        return await unit.Connection.ExecuteAsync(
            """
            UPDATE accounts SET name = @Name, password = COALESCE(@Password, password), active = @Active, profile_id = @ProfileId,
                                fullname = @FullName, email = @Email, phone = @Phone, remark = @Remark, allow_nas = @AllowNas,
                                integration = @Integration, statistics = @Statistics, expires_at = @ExpiresAt, version = version + 1
            WHERE tenant_id = @TenantId AND account_id = @AccountId AND version = @Version
            """,
            parameters,
            unit.Transaction) > 0;
    }

    /// <summary>Puts these devices in the place of those registered; one that stays keeps the moment of its registration.</summary>
    public static async Task ReplaceMacsAsync(UnitOfWork unit, long tenantId, long accountId, IReadOnlyList<MacAddress> macs, long now)
    {
        HashSet<string> wanted = [.. macs.Select(mac => mac.ToString())];
        IEnumerable<string> registered = await unit.Connection.QueryAsync<string>(
            "SELECT mac FROM account_macs WHERE tenant_id = @tenantId AND account_id = @accountId",
            new { tenantId, accountId },
            unit.Transaction);
        foreach (string mac in registered.Where(mac => !wanted.Contains(mac)))
        {
            _ = await unit.Connection.ExecuteAsync(
                "DELETE FROM account_macs WHERE tenant_id = @tenantId AND mac = @mac AND account_id = @accountId",
                new { tenantId, mac, accountId },
                unit.Transaction);
        }

        await AddMacsAsync(unit, tenantId, accountId, macs, now);
    }

    /// <summary>Registers devices. Returns how many were not registered yet.</summary>
    public static async Task<int> AddMacsAsync(UnitOfWork unit, long tenantId, long accountId, IReadOnlyList<MacAddress> macs, long now)
    {
        int added = 0;
        foreach (MacAddress mac in macs)
        {
            added += await unit.Connection.ExecuteAsync(
                """
                INSERT INTO account_macs (tenant_id, mac, account_id, registered_at) VALUES (@tenantId, @Mac, @accountId, @now)
                ON CONFLICT DO NOTHING
                """,
                new { tenantId, Mac = mac.ToString(), accountId, now },
                unit.Transaction);
        }

        return added;
    }

    /// <summary>Makes earlier If-Match of an account stale; false: another server has changed or deleted it since that version was read.</summary>
    public static async Task<bool> RaiseVersionAsync(UnitOfWork unit, long tenantId, long accountId, long version) =>
        await unit.Connection.ExecuteAsync(
            "UPDATE accounts SET version = version + 1 WHERE tenant_id = @tenantId AND account_id = @accountId AND version = @version",
            new { tenantId, accountId, version },
            unit.Transaction) > 0;

    /// <summary>Deletes an account and its devices; false: there is none.</summary>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, long tenantId, long accountId)
    {
        _ = await unit.Connection.ExecuteAsync(
            "DELETE FROM account_macs WHERE tenant_id = @tenantId AND account_id = @accountId", new { tenantId, accountId }, unit.Transaction);
        return await unit.Connection.ExecuteAsync(
            "DELETE FROM accounts WHERE tenant_id = @tenantId AND account_id = @accountId", new { tenantId, accountId }, unit.Transaction) > 0;
    }

    /// <summary>Suspends or reactivates; false: there is no such account or it is so already.</summary>
    public static async Task<bool> SetActiveAsync(UnitOfWork unit, long tenantId, long accountId, bool active) =>
        await unit.Connection.ExecuteAsync(
            "UPDATE accounts SET active = @Active, version = version + 1 WHERE tenant_id = @tenantId AND account_id = @accountId AND active <> @Active",
            new { tenantId, accountId, Active = active ? 1 : 0 },
            unit.Transaction) > 0;

    /// <summary>Has logins ask for the codes of an authenticator, or no more.</summary>
    public static Task SetAuthenticatorAsync(UnitOfWork unit, long tenantId, long accountId, bool has) =>
        unit.Connection.ExecuteAsync(
            "UPDATE accounts SET has_authenticator = @Has, version = version + 1 WHERE tenant_id = @tenantId AND account_id = @accountId",
            new { tenantId, accountId, Has = has ? 1 : 0 },
            unit.Transaction);

    /// <summary>Sets the moment of the first login if it is not set; returns the one that holds, null where there is no such account.</summary>
    public static async Task<long?> SetFirstLoginAsync(UnitOfWork unit, long tenantId, long accountId, long at)
    {
        DbCommand command = unit.Command(
            """
            UPDATE accounts SET first_login_at = COALESCE(first_login_at, @at),
                                version = version + CASE WHEN first_login_at IS NULL THEN 1 ELSE 0 END
            WHERE tenant_id = @tenant_id AND account_id = @account_id
            RETURNING first_login_at
            """,
            "at", "tenant_id", "account_id");
        command.Parameters[0].Value = at;
        command.Parameters[1].Value = tenantId;
        command.Parameters[2].Value = accountId;
        return await command.ExecuteScalarAsync() as long?;
    }

    private static void Set(DbParameterCollection parameters, int first, AccountRow row)
    {
        int next = first;
        Next(row.TenantId);
        Next(row.AccountId);
        Next(row.Name);
        Next(AccountName.KeyOf(row.Name));
        Next((short)row.Kind);
        Next(row.Password);
        Next((short)(row.Active ? 1 : 0));
        Next(row.ProfileId);
        Next(row.FullName);
        Next(row.Email);
        Next(row.Phone);
        Next(row.Remark);
        Next(row.AllowNas);
        Next(row.Integration);
        Next(row.Statistics);
        Next(row.ExpiresAt);
        Next(row.CreatedAt);

        void Next(object? value)
        {
            DbParameter parameter = parameters[next];
            parameter.DbType = Columns[next - first].Type;
            parameter.Value = value ?? DBNull.Value;
            next++;
        }
    }

    private static (string Sql, string[] Parameters) SeriesInsertOf(int rows)
    {
        List<string> values = [];
        List<string> parameters = ["tenant", "profile", "now"];
        for (int row = 0; row < rows; row++)
        {
            values.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"(@tenant, @id_{row}, @name_{row}, @name_{row}, 0, @password_{row}, 1, @profile, '', '', '', '', 'none', '', '', 0, 0, 0, @now)"));
            foreach (string name in (ReadOnlySpan<string>)["id", "name", "password"])
            {
                parameters.Add(string.Create(CultureInfo.InvariantCulture, $"{name}_{row}"));
            }
        }

        string sql =
            $"""
            INSERT INTO accounts (tenant_id, account_id, name, name_key, kind, password, active, profile_id, fullname, email, phone, remark,
                                  allow_nas, integration, statistics, used_seconds, used_in, used_out, created_at)
            VALUES {string.Join(", ", values)} ON CONFLICT DO NOTHING
            """;
        return (sql, [.. parameters]);
    }

    private static (string Sql, string[] Parameters) InsertOf(int rows)
    {
        StringBuilder sql = new("INSERT INTO accounts (");
        _ = sql.AppendJoin(", ", Columns.Select(column => column.Name)).Append(", used_seconds, used_in, used_out) VALUES ");
        List<string> parameters = [];
        for (int row = 0; row < rows; row++)
        {
            string[] names = [.. Columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Name}_{row}"))];
            parameters.AddRange(names);
            _ = sql.Append(row == 0 ? "(" : ", (").AppendJoin(", ", names.Select(name => "@" + name)).Append(", 0, 0, 0)");
        }

        return (sql.Append(" ON CONFLICT DO NOTHING RETURNING account_id").ToString(), [.. parameters]);
    }
}
