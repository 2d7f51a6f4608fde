using System.Data.Common;
using System.Text.Json;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>One change that somebody made.</summary>
internal sealed record AuditEntry
{
    public required long AuditId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Author { get; init; }

    public required string Via { get; init; }

    public required string Address { get; init; }

    public required string Action { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Field by field what <see cref="AuditChanges"/> wrote.</summary>
    public required JsonElement Changes { get; init; }
}

/// <summary>Which entries are wanted; null: whatever it is.</summary>
internal readonly record struct AuditFilter(string? Kind, string? Name, string? Author, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Reads the audit log, which every unit of work writes for itself (<see cref="UnitOfWork.AuditAsync"/>).</summary>
internal sealed class AuditStore(Database database)
{
    /// <summary>A tenant's entries, newest first.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">The last one's number; <see cref="long.MaxValue"/>: from the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(
        long tenantId, AuditFilter filter, long before, int limit, CancellationToken cancellationToken)
    {
        List<string> conditions = ["tenant_id = @tenantId", "audit_id < @Before"];
        Add(filter.Kind, "kind = @Kind");
        Add(filter.Name, "name = @Name");
        Add(filter.Author, "author = @Author");
        Add(filter.From, "at >= @From");
        Add(filter.To, "at < @To");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT audit_id AS AuditId, at AS At, author AS Author, via AS Via, address AS Address, action AS Action, kind AS Kind, name AS Name,
                   changes AS Changes
            FROM audit_log WHERE {string.Join(" AND ", conditions)} ORDER BY audit_id DESC LIMIT @limit
            """,
            new
            {
                tenantId,
                Before = before,
                filter.Kind,
                filter.Name,
                filter.Author,
                From = filter.From?.ToUnixTimeMilliseconds(),
                To = filter.To?.ToUnixTimeMilliseconds(),
                limit,
            },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToEntry())];

        void Add(object? given, string condition)
        {
            if (given is not null)
            {
                conditions.Add(condition);
            }
        }
    }

    private sealed class Row
    {
        public long AuditId { get; set; }

        public long At { get; set; }

        public string Author { get; set; } = "";

        public string Via { get; set; } = "";

        public string Address { get; set; } = "";

        public string Action { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Name { get; set; } = "";

        public string Changes { get; set; } = "{}";

        public AuditEntry ToEntry() => new()
        {
            AuditId = AuditId,
            At = DateTimeOffset.FromUnixTimeMilliseconds(At),
            Author = Author,
            Via = Via,
            Address = Address,
            Action = Action,
            Kind = Kind,
            Name = Name,
            Changes = JsonElement.Parse(Changes),
        };
    }
}
