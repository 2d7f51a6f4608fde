using System.Globalization;

namespace Kiwire.Server.Storage;

/// <summary>The table of changes that other servers read; written in the transaction that made them.</summary>
internal static class ChangeLog
{
    /// <summary>The channel that servers listen on; a notification only says: look.</summary>
    public const string Channel = "kiwire_changes";

    // A bulk import says "all of that kind" rather than a million times which.
    private const int ReduceFrom = 1000;

    /// <summary>The same changes, each once; many of a kind as one for all of it.</summary>
    public static List<Change> Reduce(List<Change> changes)
    {
        if (changes.Count == 1)
        {
            return changes;
        }

        var distinct = changes.Distinct().ToList();
        return distinct.Count < ReduceFrom
            ? distinct
            : distinct.GroupBy(change => (change.Kind, change.TenantId))
                .SelectMany(IEnumerable<Change> (group) =>
                    group.Count() < ReduceFrom ? group : [new Change(group.Key.Kind, group.Key.TenantId, 0)])
                .ToList();
    }

    public static async Task WriteAsync(Database database, WriteScope scope, List<Change> changes, CancellationToken cancellationToken)
    {
        // SQLite has one server, which hears of its changes in the process.
        if (database.Provider == StorageProvider.Sqlite)
        {
            return;
        }

        // All of them in one statement, which only PostgreSQL is given.
        var insert = scope.Command(
            string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO changes (change_id, tenant_id, kind, id, server_id, at)
                SELECT change_id, tenant_id, kind, id, @server_id, {database.Dialect.Now}
                FROM unnest(@change_ids, @tenant_ids, @kinds, @ids) AS new (change_id, tenant_id, kind, id)
                """),
            "server_id", "change_ids", "tenant_ids", "kinds", "ids");
        insert.Parameters[0].Value = database.ServerId;

        // Random: nothing orders by it, and so no two servers can come to the same.
        insert.Parameters[1].Value = changes.Select(_ => Random.Shared.NextInt64()).ToArray();
        insert.Parameters[2].Value = changes.Select(change => change.TenantId).ToArray();
        insert.Parameters[3].Value = changes.Select(change => change.Kind).ToArray();
        insert.Parameters[4].Value = changes.Select(change => change.Id).ToArray();
        await insert.ExecuteNonQueryAsync(cancellationToken);

        if (database.CanNotify)
        {
            await scope.Command($"NOTIFY {Channel}").ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
