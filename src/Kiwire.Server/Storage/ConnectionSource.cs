using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>Where a database's connections come from.</summary>
internal abstract class ConnectionSource : IAsyncDisposable
{
    public abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);

    public abstract Task<WriteScope> BeginWriteAsync(Database database, CancellationToken cancellationToken);

    /// <summary>Whether somebody had to wait for their turn to write just now.</summary>
    public virtual bool IsContended => false;

    /// <summary>Whether other servers can be told of a change by the database itself.</summary>
    public abstract Task<bool> CanNotifyAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
