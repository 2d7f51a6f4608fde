namespace Kiwire.Server.Accounts;

/// <summary>
/// The accounts that authentication reads, from memory: a bounded set, filled from the database on a miss and in the background after
/// start, dropped or replaced on a change. Reading takes no lock and allocates nothing.
/// </summary>
internal sealed class AccountDirectory(AccountTable table)
{
    /// <summary>How many accounts are in memory.</summary>
    public int Count => table.Count;

    /// <summary>Looks in memory alone.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="name">The name as the client wrote it (UTF-8); case does not count.</param>
    /// <param name="entry">The account, where it was found.</param>
    /// <returns>Whether memory knows; <see cref="AccountLookup.Missing"/> is an answer too (the name is known not to exist).</returns>
    public AccountLookup TryFind(long tenantId, ReadOnlySpan<byte> name, out AccountEntry? entry) => table.Find(tenantId, name, out entry);

    /// <summary>Looks in memory alone for the account that a Class names; null: not in memory.</summary>
    public AccountEntry? TryFindById(long tenantId, long accountId) => table.FindById(tenantId, accountId);

    /// <summary>Looks in the database and remembers the answer; null: there is no such account.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public ValueTask<AccountEntry?> LoadAsync(long tenantId, ReadOnlyMemory<byte> name, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}

/// <summary>What memory knows of a name.</summary>
internal enum AccountLookup
{
    /// <summary>Nothing: ask the database.</summary>
    Unknown,

    Found,

    /// <summary>There is no such account.</summary>
    Missing,
}
