using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>
/// Group commit: units of work that arrive while a transaction is under way go into the next one together, each in a savepoint of
/// its own, so that one that fails harms no other. Bounded; full, <see cref="EnqueueAsync"/> waits.
/// </summary>
internal sealed class CommitQueue
{
    /// <summary>Runs <paramref name="work"/> in a transaction; completes when it is committed, with what it returned.</summary>
    public Task<T> EnqueueAsync<T>(Func<UnitOfWork, Task<T>> work, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}

/// <summary>One unit's view of the transaction it shares.</summary>
internal sealed class UnitOfWork
{
    public DbConnection Connection => throw new NotImplementedException();

    public DbTransaction Transaction => throw new NotImplementedException();

    /// <summary>Tells every server, this one included, once this is committed, that something it may hold in memory has changed.</summary>
    public void Announce(Change change) => throw new NotImplementedException();
}
