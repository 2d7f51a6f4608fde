using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Http;

/// <summary>The audit log as it is in the database.</summary>
internal static class AuditRows
{
    /// <summary>From where the last change of a thing was made.</summary>
    public static async Task<string?> AddressOfLastAsync(RunningServer server, string name)
    {
        await using DbConnection connection = await server.Get<Database>().OpenAsync(default);
        return await connection.QuerySingleAsync<string?>("SELECT address FROM audit_log WHERE name = @name ORDER BY audit_id DESC LIMIT 1", new { name });
    }
}
