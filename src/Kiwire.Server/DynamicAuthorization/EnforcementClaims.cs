using System.Data.Common;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// What this server has taken upon itself to do about sessions, so that each thing is done once: in memory, and where other servers may be on
/// the database, there too. Bounded: full, nothing more is taken up until some of it is old.
/// </summary>
internal sealed class EnforcementClaims(EnforcementStore store, Database database, TimeProvider time)
{
    /// <summary>The most that is remembered.</summary>
    public const int Capacity = 131_072;

    // What failed and has had no news for so long may be tried again.
    private const long KeptMilliseconds = 3_600_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(long SessionId, EnforcementKind Kind), Entry> _entries = [];
    private long _sweptAt;

    // SQLite has one server.
    private readonly bool _isShared = database.Provider != StorageProvider.Sqlite;

    /// <summary>What is being done at this moment.</summary>
    public int UnderWay
    {
        get
        {
            lock (_lock)
            {
                return _entries.Values.Count(entry => entry.State == EnforcementState.UnderWay);
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether it could be taken up, as far as this server knows.</summary>
    public bool MayTake(in EnforcementClaim claim)
    {
        lock (_lock)
        {
            return MayTake(claim, Now);
        }
    }

    /// <summary>Takes it up; false: it is done, or being done, here or elsewhere.</summary>
    /// <exception cref="DbException">The database is away; it is not taken up.</exception>
    public async Task<bool> TryTakeAsync(EnforcementClaim claim, CancellationToken cancellationToken)
    {
        long now = Now;
        lock (_lock)
        {
            if (!MayTake(claim, now) || (_entries.Count >= Capacity && !_entries.ContainsKey((claim.SessionId, claim.Kind))))
            {
                return false;
            }

            _entries[(claim.SessionId, claim.Kind)] = new Entry(claim.What, claim.NewsAt, now, EnforcementState.UnderWay);
        }

        if (!_isShared)
        {
            return true;
        }

        try
        {
            bool taken = await store.TryTakeAsync(claim, now, cancellationToken);
            if (!taken)
            {
                // Another server's: until there is news again, as if done here.
                Set(claim, EnforcementState.Done);
            }

            return taken;
        }
        catch (Exception e) when (e is DbException or OperationCanceledException)
        {
            lock (_lock)
            {
                _ = _entries.Remove((claim.SessionId, claim.Kind));
            }

            throw;
        }
    }

    /// <summary>Says what became of it.</summary>
    /// <exception cref="DbException">The database is away: another server takes it to be under way, until it is old.</exception>
    public async Task SetAsync(EnforcementClaim claim, EnforcementState state, CancellationToken cancellationToken)
    {
        Set(claim, state);
        if (_isShared)
        {
            await store.SetStateAsync(claim, state, Now, cancellationToken);
        }
    }

    /// <summary>Forgets what is old, now and then.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        long now = Now;
        if (now - _sweptAt < KeptMilliseconds / 6)
        {
            return;
        }

        _sweptAt = now;
        lock (_lock)
        {
            foreach (((long, EnforcementKind) key, Entry entry) in _entries)
            {
                if (now - entry.At > KeptMilliseconds && entry.State != EnforcementState.UnderWay)
                {
                    _ = _entries.Remove(key);
                }
            }
        }

        if (_isShared)
        {
            await store.SweepAsync(now, cancellationToken);
        }
    }

    private bool MayTake(in EnforcementClaim claim, long now)
    {
        if (!_entries.TryGetValue((claim.SessionId, claim.Kind), out Entry? entry))
        {
            return true;
        }

        if (entry.State == EnforcementState.UnderWay)
        {
            return false;
        }

        return (claim.NewsAt > entry.NewsAt && (entry.State == EnforcementState.Failed || now > entry.At + EnforcementClaim.IgnoredAfterMilliseconds))
            || (claim.Kind == EnforcementKind.Change && claim.What != entry.What);
    }

    private void Set(in EnforcementClaim claim, EnforcementState state)
    {
        lock (_lock)
        {
            _entries[(claim.SessionId, claim.Kind)] = new Entry(claim.What, claim.NewsAt, Now, state);
        }
    }

    private sealed record Entry(string What, long NewsAt, long At, EnforcementState State);
}
