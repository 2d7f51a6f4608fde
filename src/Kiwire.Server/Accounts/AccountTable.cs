using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kiwire.Server.Accounts;

/// <summary>
/// The accounts that are in memory, by name and by id, and the names known not to exist. Reading takes no lock and allocates nothing;
/// changes take turns. What is read from the database goes in only if nothing has been said to have changed meanwhile: take
/// <see cref="Version"/> before the read and give it back with what was read.
/// </summary>
internal sealed class AccountTable
{
    // How far the hand looks for an entry to evict before the newcomer stays out.
    private const int HandSteps = 512;

    // Buckets of the moments of change; two accounts that share one only make a read in vain now and then.
    private const int ChangeBuckets = 4096;

    private readonly NameHasher _hasher = new();
    private readonly EntryTable _byName = new();
    private readonly EntryTable _byId = new();
    private readonly MissingNames _missing;
    private readonly TimeProvider _clock;
    private readonly Func<AccountEntry, bool> _isIdle;
    private readonly int _capacity;
    private readonly long[] _changed = new long[ChangeBuckets];
    private readonly Lock _lock = new();
    private long _version = 1;
    private long _allChanged;

    public AccountTable(AccountsOptions options, TimeProvider clock)
    {
        _capacity = options.Capacity;
        _clock = clock;
        _missing = new MissingNames(_hasher, clock, (int)BitOperations.RoundUpToPowerOf2((uint)options.MissingCapacity));
        _isIdle = IsIdle;
    }

    public int Count => _byId.Count;

    public int Capacity => _capacity;

    /// <summary>The moment to be taken before the database is read.</summary>
    public TableVersion Version => new(Volatile.Read(ref _version), _missing.Generation);

    /// <summary>Looks up a name as a client wrote it.</summary>
    [SkipLocalsInit]
    public AccountLookup Find(long tenantId, ReadOnlySpan<byte> name, out AccountEntry? entry)
    {
        entry = null;
        if (name.Length is 0 or > AccountName.MaxOctets)
        {
            return AccountLookup.Missing;
        }

        Span<byte> buffer = stackalloc byte[AccountName.MaxKeyOctets];
        ReadOnlySpan<byte> key = buffer[..AccountName.Fold(name, buffer)];
        ulong hash = _hasher.Hash(tenantId, key);
        entry = _byName.Find(hash, tenantId, key);
        if (entry is not null)
        {
            entry.MarkReferenced();
            return AccountLookup.Found;
        }

        return _missing.Contains(hash, tenantId, key) || !AccountName.IsPossible(name) ? AccountLookup.Missing : AccountLookup.Unknown;
    }

    public AccountEntry? FindById(long tenantId, long accountId)
    {
        AccountEntry? entry = _byId.Find(_hasher.Hash(tenantId, accountId), tenantId, accountId);
        entry?.MarkReferenced();
        return entry;
    }

    /// <summary>
    /// Takes in an account that was read; false: it may have changed since <paramref name="readAt"/>, and must be read again. Where there
    /// is no room, it stays out.
    /// </summary>
    [SkipLocalsInit]
    public bool TryAdd(AccountEntry entry, TableVersion readAt)
    {
        Span<byte> buffer = stackalloc byte[AccountName.MaxKeyOctets];
        ReadOnlySpan<byte> key = buffer[..AccountName.Fold(entry.NameUtf8, buffer)];
        ulong nameHash = _hasher.Hash(entry.TenantId, key);
        ulong idHash = _hasher.Hash(entry.TenantId, entry.AccountId);
        lock (_lock)
        {
            if (HasChangedSince(idHash, readAt))
            {
                return false;
            }

            if (_byId.Find(idHash, entry.TenantId, entry.AccountId) is { } same)
            {
                Remove(same);
            }

            if (_byName.Find(nameHash, entry.TenantId, key) is { } namesake)
            {
                Remove(namesake);
            }

            if (_byId.Count < _capacity || TryEvict())
            {
                _byName.Add(nameHash, entry);
                _byId.Add(idHash, entry);
            }

            return true;
        }
    }

    /// <summary>Remembers that the database had no such name.</summary>
    [SkipLocalsInit]
    public void AddMissing(long tenantId, ReadOnlySpan<byte> name, TableVersion readAt)
    {
        Span<byte> buffer = stackalloc byte[AccountName.MaxKeyOctets];
        ReadOnlySpan<byte> key = buffer[..AccountName.Fold(name, buffer)];
        ulong hash = _hasher.Hash(tenantId, key);
        lock (_lock)
        {
            _missing.Remember(hash, tenantId, key, readAt.MissingGeneration);
        }
    }

    /// <summary>An account was made, changed or deleted: what memory has of it counts no longer, nor what is being read.</summary>
    public void Drop(long tenantId, long accountId)
    {
        _missing.ForgetAll();
        ulong idHash = _hasher.Hash(tenantId, accountId);
        lock (_lock)
        {
            MarkChanged(idHash);
            if (_byId.Find(idHash, tenantId, accountId) is { } entry)
            {
                Remove(entry);
            }
        }
    }

    /// <summary>The same for all accounts of a tenant (0: of all).</summary>
    public void DropTenant(long tenantId)
    {
        _missing.ForgetAll();
        lock (_lock)
        {
            _allChanged = ++_version;
            foreach (AccountEntry entry in _byId.OfTenant(tenantId))
            {
                Remove(entry);
            }
        }
    }

    /// <summary>Accounts were made that were not there before; nothing that is in memory has changed.</summary>
    public void ForgetMissing() => _missing.ForgetAll();

    /// <summary>The account has logged in for the first time; nothing else of it has changed.</summary>
    public void SetFirstLogin(long tenantId, long accountId, long at)
    {
        ulong idHash = _hasher.Hash(tenantId, accountId);
        lock (_lock)
        {
            MarkChanged(idHash);
            if (_byId.Find(idHash, tenantId, accountId) is { } entry && entry.FirstLoginAt != at)
            {
                AccountEntry newer = entry.WithFirstLogin(at);
                _byId.Replace(idHash, entry, newer);
                _byName.Replace(HashOfName(entry), entry, newer);
            }
        }
    }

    private bool HasChangedSince(ulong idHash, TableVersion readAt) =>
        _allChanged > readAt.Changes || _changed[idHash % ChangeBuckets] > readAt.Changes;

    private void MarkChanged(ulong idHash)
    {
        _changed[idHash % ChangeBuckets] = _version + 1;
        Volatile.Write(ref _version, _version + 1);
    }

    private bool TryEvict()
    {
        if (_byName.NextVictim(HandSteps, _isIdle) is not { } victim)
        {
            return false;
        }

        Remove(victim);
        return true;
    }

    private bool IsIdle(AccountEntry entry) => entry.Presence.CountPlaces(_clock.GetUtcNow().ToUnixTimeMilliseconds()) == 0;

    private void Remove(AccountEntry entry)
    {
        _byName.Remove(HashOfName(entry), entry);
        _byId.Remove(_hasher.Hash(entry.TenantId, entry.AccountId), entry);
    }

    [SkipLocalsInit]
    private ulong HashOfName(AccountEntry entry)
    {
        Span<byte> key = stackalloc byte[AccountName.MaxKeyOctets];
        int length = AccountName.Fold(entry.NameUtf8, key);
        return _hasher.Hash(entry.TenantId, key[..length]);
    }
}

/// <summary>A moment in the life of <see cref="AccountTable"/>.</summary>
internal readonly record struct TableVersion(long Changes, long MissingGeneration);
