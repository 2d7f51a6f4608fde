using System.Data.Common;
using Dapper;

namespace Kiwire.Server.Storage;

/// <summary>One unit's view of the transaction it shares.</summary>
internal sealed class UnitOfWork
{
    private readonly WriteScope _scope;
    private readonly IdSource _ids;
    private readonly TimeProvider _time;
    private List<Change>? _changes;

    internal UnitOfWork(WriteScope scope, ChangeAuthor? author, IdSource ids, TimeProvider time)
    {
        _scope = scope;
        _ids = ids;
        _time = time;
        Author = author;
    }

    public DbConnection Connection => _scope.Connection;

    public DbTransaction Transaction => _scope.Transaction;

    /// <summary>Who wants it; null: the server itself.</summary>
    public ChangeAuthor? Author { get; }

    /// <summary>A statement that is run again and again: kept prepared. See <see cref="WriteScope.Command"/>.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<string> parameters) => _scope.Command(sql, parameters);

    /// <summary>Tells every server, this one included, once this is committed, that something it may hold in memory has changed.</summary>
    public void Announce(Change change) => (_changes ??= []).Add(change);

    /// <summary>
    /// Writes down who changed what, in this transaction. What the server does of its own accord is not written; nor is an update that
    /// changed nothing.
    /// </summary>
    /// <param name="tenantId">Whose thing it is.</param>
    /// <param name="action">create, update, delete, or what else was done: a word.</param>
    /// <param name="kind">What sort of thing: account, voucher, nas, zone ...</param>
    /// <param name="name">Which.</param>
    /// <param name="changes">Its fields.</param>
    public async Task AuditAsync(long tenantId, string action, string kind, string name, AuditChanges changes)
    {
        if (Author is null || (action == AuditAction.Update && changes.IsEmpty))
        {
            return;
        }

        _ = await Connection.ExecuteAsync(
            """
            INSERT INTO audit_log (tenant_id, audit_id, at, author, via, address, action, kind, name, changes)
            VALUES (@tenantId, @AuditId, @At, @Author, @Via, @Address, @action, @kind, @name, @Changes)
            """,
            new
            {
                tenantId,
                AuditId = _ids.Next(),
                At = _time.GetUtcNow().ToUnixTimeMilliseconds(),
                Author = Author.Name,
                Author.Via,
                Author.Address,
                action,
                kind,
                name,
                Changes = changes.ToJson(),
            },
            Transaction);
    }

    /// <summary>Takes the request's Idempotency-Key, where it came with one and no earlier unit of it has.</summary>
    /// <returns>Whether this transaction holds it now.</returns>
    /// <exception cref="IdempotencyConflictException">Another request holds it.</exception>
    internal async Task<bool> ClaimAsync()
    {
        if (Author?.Claim is not { IsTaken: false } claim)
        {
            return false;
        }

        // One whose time is over may still be there, and is anybody's.
        DateTimeOffset now = _time.GetUtcNow();
        int taken = await Connection.ExecuteAsync(
            """
            INSERT INTO idempotency_keys (tenant_id, caller, key, request_hash, at) VALUES (@TenantId, @Name, @Key, @RequestHash, @At)
            ON CONFLICT (tenant_id, caller, key) DO UPDATE SET request_hash = excluded.request_hash, at = excluded.at, status = NULL, headers = NULL, body = NULL
            WHERE idempotency_keys.at <= @Since
            """,
            new
            {
                Author.TenantId,
                Author.Name,
                claim.Key,
                claim.RequestHash,
                At = now.ToUnixTimeMilliseconds(),
                Since = (now - IdempotencyClaim.Kept).ToUnixTimeMilliseconds(),
            },
            Transaction);
        return taken > 0 ? true : throw new IdempotencyConflictException();
    }

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

/// <summary>The usual words of the audit log's actions.</summary>
internal static class AuditAction
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Delete = "delete";
}
