using System.Data.Common;
using Dapper;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>
/// The users and vouchers in the database. What is written goes through the commit queue and is announced; when a call completes, this
/// server's logins already go by it.
/// </summary>
internal sealed partial class AccountStore(
    Database database,
    CommitQueue commits,
    SecretBox secrets,
    IdSource ids,
    AccountRowStore rows,
    AccountListStore lists,
    AccountValidator validator,
    AccountTable table,
    UsageWindows windows,
    IEnumerable<IAccountDeletion> deletions,
    TimeProvider time)
{
    /// <summary>What passwords are encrypted for.</summary>
    public const string PasswordPurpose = "account.password";

    /// <summary>The account of that name, whatever the case; null: there is none.</summary>
    public async Task<Account?> FindAsync(long tenantId, string name, CancellationToken cancellationToken)
    {
        if (!AccountName.IsPossible(name))
        {
            return null;
        }

        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await FindAsync(connection, null, "a.name_key = @Key", new { tenantId, Key = AccountName.KeyOf(name) });
    }

    public async Task<Account?> GetAsync(long tenantId, long accountId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await FindAsync(connection, null, "a.account_id = @accountId", new { tenantId, accountId });
    }

    /// <summary>The account that has that device; of several the one that registered it last. Null: there is none.</summary>
    public async Task<Account?> FindByMacAsync(long tenantId, MacAddress mac, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await FindAsync(
            connection,
            null,
            """
            a.account_id = (SELECT account_id FROM account_macs WHERE tenant_id = @tenantId AND mac = @Mac
                            ORDER BY registered_at DESC, account_id DESC LIMIT 1)
            """,
            new { tenantId, Mac = mac.ToString() });
    }

    /// <summary>A tenant's users or vouchers by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(
        long tenantId, AccountKind kind, int start, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<AccountRecord> page = await lists.ReadAsync(tenantId, kind, start, limit, cancellationToken);
        ILookup<long, string> macs = await lists.ReadMacsAsync(tenantId, [.. page.Select(record => record.AccountId)], cancellationToken);
        return [.. page.Select(record => record.ToAccount(macs[record.AccountId], windows.StartOf(tenantId, record.ProfileId, Now)))];
    }

    /// <summary>How many users or vouchers a tenant has.</summary>
    public async Task<long> CountAsync(long tenantId, AccountKind kind, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COUNT(*) FROM accounts WHERE tenant_id = @tenantId AND kind = @Kind",
            new { tenantId, Kind = (int)kind },
            cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Notes the first login of an account, if none is noted. Not announced: a server that does not know of it asks in the same way.
    /// </summary>
    /// <param name="tenantId">Whose account.</param>
    /// <param name="accountId">Which.</param>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The moment that holds; 0: there is no such account.</returns>
    public async Task<long> RecordFirstLoginAsync(long tenantId, long accountId, long at, CancellationToken cancellationToken)
    {
        long first = await commits.EnqueueAsync(
            unit => AccountRowStore.SetFirstLoginAsync(unit, tenantId, accountId, at), cancellationToken) ?? 0;
        if (first != 0)
        {
            table.SetFirstLogin(tenantId, accountId, first);
        }

        return first;
    }

    /// <summary>
    /// Registers the client device of an account's first login; false: it has one already (two may log in for the first time in one moment),
    /// or there is no such account.
    /// </summary>
    public Task<bool> RegisterMacAsync(long tenantId, long accountId, MacAddress mac, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(unit => RegisterMacAsync(unit, tenantId, accountId, mac), cancellationToken);

    /// <summary>Suspends or reactivates an account; false: there is no such account, or it is so already.</summary>
    public Task<bool> SetActiveAsync(long tenantId, long accountId, bool active, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(
            async unit =>
            {
                bool changed = await AccountRowStore.SetActiveAsync(unit, tenantId, accountId, active);
                if (changed)
                {
                    unit.Announce(new Change(ChangeKind.Account, tenantId, accountId));
                }

                return changed;
            },
            cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<bool> RegisterMacAsync(UnitOfWork unit, long tenantId, long accountId, MacAddress mac)
    {
        if (await FindAsync(unit.Connection, unit.Transaction, "a.account_id = @accountId", new { tenantId, accountId }) is not { Macs.Count: 0 } account)
        {
            return false;
        }

        if (!await AccountRowStore.RaiseVersionAsync(unit, tenantId, accountId, account.Version))
        {
            return await RegisterMacAsync(unit, tenantId, accountId, mac);
        }

        _ = await AccountRowStore.AddMacsAsync(unit, tenantId, accountId, [mac], Now);
        unit.Announce(new Change(ChangeKind.Account, tenantId, accountId));
        return true;
    }

    private async Task<Account?> FindAsync(DbConnection connection, DbTransaction? transaction, string condition, object parameters)
    {
        AccountRecord? row = await connection.QuerySingleOrDefaultAsync<AccountRecord>(
            $"SELECT {AccountRecord.Columns} {AccountRecord.From} WHERE a.tenant_id = @tenantId AND {condition}", parameters, transaction);
        if (row is null)
        {
            return null;
        }

        IEnumerable<string> macs = await connection.QueryAsync<string>(
            "SELECT mac FROM account_macs WHERE tenant_id = @TenantId AND account_id = @AccountId ORDER BY registered_at DESC, mac",
            new { row.TenantId, row.AccountId },
            transaction);
        return row.ToAccount(macs, windows.StartOf(row.TenantId, row.ProfileId, Now));
    }
}
