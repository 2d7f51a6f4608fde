using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>The audit log's rows about one thing, the oldest first.</summary>
internal static class AuditRows
{
    public static async Task<List<(string Action, string Changes)>> ReadAsync(RunningServer server, string kind, string name)
    {
        await using DbConnection connection = await server.Get<Database>().OpenAsync(default);
        return (await connection.QueryAsync<(string, string)>(
            "SELECT action, changes FROM audit_log WHERE tenant_id = 1 AND kind = @kind AND name = @name ORDER BY audit_id", new { kind, name })).AsList();
    }
}
