using System.Data.Common;
using System.Text;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Accounts;

/// <summary>
/// The accounts that authentication reads, from memory: a bounded set, filled from the database on a miss and in the background after
/// start, dropped or replaced on a change. Reading takes no lock and allocates nothing. While the database is away, what is in memory
/// goes on.
/// </summary>
internal sealed class AccountDirectory
{
    // A read that changes overtake is done again; so often at most.
    private const int MostAttempts = 8;

    // Where a commit of the account's usage is under way, which lasts longer than many reads: then 8 ms, 16 ms ...
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(4);

    private readonly AccountTable _table;
    private readonly AccountEntryStore _store;
    private readonly AccountReads _reads;
    private readonly AccountsMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly MacOwners _macOwners = new(new NameHasher());
    private readonly Func<ReadKey, Task<AccountEntry?>> _read;

    public AccountDirectory(
        AccountTable table, AccountEntryStore store, ChangeFeed changes, AccountsMetrics metrics, IOptions<AccountsOptions> options, TimeProvider time)
    {
        _metrics = metrics;
        _time = time;
        _table = table;
        _store = store;
        _reads = new AccountReads(options.Value.MaxReadsUnderWay);
        _read = ReadAsync;
        changes.Subscribe(OnChange);
    }

    /// <summary>How many accounts are in memory.</summary>
    public int Count => _table.Count;

    /// <summary>Looks in memory alone.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="name">The name as the client wrote it (UTF-8); case does not count.</param>
    /// <param name="entry">The account, where it was found.</param>
    /// <returns>Whether memory knows; <see cref="AccountLookup.Missing"/> is an answer too (the name is known not to exist).</returns>
    public AccountLookup TryFind(long tenantId, ReadOnlySpan<byte> name, out AccountEntry? entry) => _table.Find(tenantId, name, out entry);

    /// <summary>Looks in memory alone for the account that a Class names; null: not in memory.</summary>
    public AccountEntry? TryFindById(long tenantId, long accountId) => _table.FindById(tenantId, accountId);

    /// <summary>Looks in memory alone for the account that has a client device; <see cref="AccountLookup.Missing"/>: nobody has it.</summary>
    public AccountLookup TryFindByMac(long tenantId, MacAddress mac, out AccountEntry? entry)
    {
        entry = null;
        if (!_macOwners.TryGet(tenantId, mac, _table.Version.MissingGeneration, out long accountId))
        {
            return AccountLookup.Unknown;
        }

        if (accountId == 0)
        {
            return AccountLookup.Missing;
        }

        entry = _table.FindById(tenantId, accountId);
        return entry is null ? AccountLookup.Unknown : AccountLookup.Found;
    }

    /// <summary>Looks in the database and remembers the answer; null: there is no such account.</summary>
    /// <exception cref="DbException">The database is away, or too many reads are under way.</exception>
    public ValueTask<AccountEntry?> LoadAsync(long tenantId, ReadOnlyMemory<byte> name, CancellationToken cancellationToken) =>
        _table.Find(tenantId, name.Span, out AccountEntry? entry) == AccountLookup.Unknown
            ? LoadAsync(new ReadKey(tenantId, AccountName.KeyOf(Encoding.UTF8.GetString(name.Span)), 0, default), cancellationToken)
            : new ValueTask<AccountEntry?>(entry);

    /// <summary>The account with that id, from memory or else the database; null: there is none.</summary>
    /// <exception cref="DbException">The database is away, or too many reads are under way.</exception>
    public ValueTask<AccountEntry?> LoadByIdAsync(long tenantId, long accountId, CancellationToken cancellationToken) =>
        _table.FindById(tenantId, accountId) is { } entry
            ? new ValueTask<AccountEntry?>(entry)
            : LoadAsync(new ReadKey(tenantId, null, accountId, default), cancellationToken);

    /// <summary>The account that has that client device (of several the one that registered it last), from memory or else the database.</summary>
    /// <exception cref="DbException">The database is away, or too many reads are under way.</exception>
    public ValueTask<AccountEntry?> LoadByMacAsync(long tenantId, MacAddress mac, CancellationToken cancellationToken)
    {
        if (mac.IsNone)
        {
            return default;
        }

        return TryFindByMac(tenantId, mac, out AccountEntry? entry) == AccountLookup.Unknown
            ? LoadAsync(new ReadKey(tenantId, null, 0, mac), cancellationToken)
            : new ValueTask<AccountEntry?>(entry);
    }

    private async ValueTask<AccountEntry?> LoadAsync(ReadKey key, CancellationToken cancellationToken)
    {
        try
        {
            AccountEntry? entry = await _reads.RunAsync(key with { AskedAt = _table.Version }, _read, cancellationToken);
            _metrics.Read(entry is not null);
            return entry;
        }
        catch (DbException e)
        {
            _metrics.Failed(e);
            throw;
        }
    }

    private async Task<AccountEntry?> ReadAsync(ReadKey key)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            TableVersion version = _table.Version;
            EntryRead read = await ReadOnceAsync(key);
            if (read.MustReadAgain)
            {
                await Task.Delay(FirstWait * (1 << attempt), _time);
                continue;
            }

            if (read.Entry is { } entry && !_table.TryAdd(entry, version))
            {
                continue;
            }

            Remember(key, read.Entry, version);
            return read.Entry;
        }

        throw new AccountsBusyException("An account changed each time that it was read.");
    }

    private Task<EntryRead> ReadOnceAsync(ReadKey key)
    {
        if (key.NameKey is { } nameKey)
        {
            return _store.ReadByNameAsync(key.TenantId, nameKey);
        }

        return key.Mac.IsNone ? _store.ReadByIdAsync(key.TenantId, key.AccountId) : _store.ReadByMacAsync(key.TenantId, key.Mac);
    }

    private void Remember(ReadKey key, AccountEntry? entry, TableVersion version)
    {
        if (key.NameKey is { } nameKey && entry is null)
        {
            _table.AddMissing(key.TenantId, Encoding.UTF8.GetBytes(nameKey), version);
        }
        else if (!key.Mac.IsNone)
        {
            _macOwners.Set(key.TenantId, key.Mac, version.MissingGeneration, entry?.AccountId ?? 0);
        }
    }

    private void OnChange(Change change)
    {
        if (change.Kind != ChangeKind.Account)
        {
            return;
        }

        if (change.Id != 0)
        {
            _table.Drop(change.TenantId, change.Id);
        }
        else
        {
            _table.DropTenant(change.TenantId);
        }
    }
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
