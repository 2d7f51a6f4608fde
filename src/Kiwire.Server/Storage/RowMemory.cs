using System.Collections.Concurrent;

namespace Kiwire.Server.Storage;

/// <summary>
/// Rows that were read one by one, by tenant and identifier; forgotten when something of their kind changes, on whichever server. Full, all
/// are forgotten, and read again as they are needed.
/// </summary>
internal sealed class RowMemory<T>
    where T : class
{
    private readonly ConcurrentDictionary<(long TenantId, long Id), T?> _known = new();
    private readonly Func<long, long, CancellationToken, Task<T?>> _read;
    private readonly int _capacity;
    private readonly bool _keepsMissing;
    private long _changes;

    /// <param name="changes">Who tells of changes.</param>
    /// <param name="kind">Of what: <see cref="ChangeKind"/>.</param>
    /// <param name="capacity">The most rows.</param>
    /// <param name="keepsMissing">Whether it is remembered, too, that there is none.</param>
    /// <param name="read">Reads one by tenant and identifier.</param>
    public RowMemory(ChangeFeed changes, string kind, int capacity, bool keepsMissing, Func<long, long, CancellationToken, Task<T?>> read)
    {
        _capacity = capacity;
        _keepsMissing = keepsMissing;
        _read = read;
        changes.Subscribe(change =>
        {
            if (change.Kind == kind)
            {
                Interlocked.Increment(ref _changes);
                _known.Clear();
            }
        });
    }

    /// <summary>Null: there is none.</summary>
    /// <exception cref="System.Data.Common.DbException">It is not in memory, and the database is away.</exception>
    public async ValueTask<T?> GetAsync(long tenantId, long id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenantId, id), out T? known))
        {
            return known;
        }

        long before = Interlocked.Read(ref _changes);
        T? found = await _read(tenantId, id, cancellationToken);
        if (_known.Count >= _capacity)
        {
            _known.Clear();
        }

        // What changed while it was read may be newer than what was read.
        if ((found is not null || _keepsMissing) && _known.TryAdd((tenantId, id), found) && Interlocked.Read(ref _changes) != before)
        {
            _known.TryRemove((tenantId, id), out _);
        }

        return found;
    }
}
