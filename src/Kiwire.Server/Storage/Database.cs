using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>
/// The database: connections to it and what differs between the two kinds. Reads open a connection of their own and are concurrent;
/// writes go through <see cref="CommitQueue"/> or, for the journal, through its applier.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>Which kind it is.</summary>
    public StorageProvider Provider => throw new NotImplementedException();

    /// <summary>Whether the last use of the database succeeded; false while it is away.</summary>
    public bool IsReachable => throw new NotImplementedException();

    /// <summary>An open connection from the pool, for reading.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Brings the schema up to date, under a lock that several servers respect.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
