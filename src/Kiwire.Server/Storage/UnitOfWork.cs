using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>One unit's view of the transaction it shares.</summary>
internal sealed class UnitOfWork
{
    private readonly WriteScope _scope;
    private List<Change>? _changes;

    internal UnitOfWork(WriteScope scope) => _scope = scope;

    public DbConnection Connection => _scope.Connection;

    public DbTransaction Transaction => _scope.Transaction;

    /// <summary>A statement that is run again and again: kept prepared. See <see cref="WriteScope.Command"/>.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<string> parameters) => _scope.Command(sql, parameters);

    /// <summary>Tells every server, this one included, once this is committed, that something it may hold in memory has changed.</summary>
    public void Announce(Change change) => (_changes ??= []).Add(change);

    /// <summary>What was announced becomes the transaction's to announce.</summary>
    internal void HandOver()
    {
        if (_changes is null)
        {
            return;
        }

        foreach (var change in _changes)
        {
            _scope.Announce(change);
        }
    }
}
