using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Kiwire.Server.Sessions;

/// <summary>
/// A part of a list of millions of rows, newest first. What an index answers is found by it alone; what none answers is looked for among
/// so many rows and no more, and the list goes on where the looking stopped. So no request takes long, whatever it filters by.
/// </summary>
/// <param name="Table">Its primary key is the tenant and <paramref name="Id"/>.</param>
/// <param name="Id">Ascends with time.</param>
internal sealed record HistoryScan(string Table, string Id)
{
    /// <summary>Rows that one request looks at, at most.</summary>
    public const int MostRows = 20_000;

    private readonly List<string> _indexed = [];
    private readonly List<string> _others = [];

    /// <summary>The values that conditions name.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>A condition that, with those indexed before it and the tenant, is the beginning of an index that goes on with the id; null: none.</summary>
    public HistoryScan Indexed(string? condition) => Add(_indexed, condition);

    /// <summary>Any other condition; null: none.</summary>
    public HistoryScan Filter(string? condition) => Add(_others, condition);

    /// <summary>Only ids below it (null: all), and those in the range of a time, with what the clocks may be apart on either side.</summary>
    public HistoryScan Between(long? below, long? from, long? to, long earlyMilliseconds, long lateMilliseconds)
    {
        Parameters.Add("Below", Math.Min(below ?? long.MaxValue, to is { } end ? Storage.IdSource.LeastAt(end + lateMilliseconds) : long.MaxValue));
        Parameters.Add("Least", from is { } begin ? Storage.IdSource.LeastAt(begin - earlyMilliseconds) : 0);
        return this;
    }

    /// <summary>Reads rows.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="select">From SELECT to FROM, with the table as <c>t</c>.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="limit">How many.</param>
    /// <param name="idOf">A row's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HistoryPart<T>> ReadAsync<T>(
        DbConnection connection, string select, long tenantId, int limit, Func<T, long> idOf, CancellationToken cancellationToken)
    {
        int window = _others.Count == 0 ? limit + 1 : MostRows;
        Parameters.Add("TenantId", tenantId);
        Parameters.Add("Window", window);
        Parameters.Add("Limit", limit + 1);

        // The plus keeps SQLite from walking the whole primary key in its order where a small partial index must be sorted instead.
        string plus = _indexed.Contains(OpenSessions) ? "+" : "";
        string candidates = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT {Id} FROM {Table} WHERE tenant_id = @TenantId{Join(_indexed)} AND {plus}{Id} < @Below AND {plus}{Id} >= @Least
            ORDER BY {plus}{Id} DESC LIMIT @Window
            """);
        long? reached = _others.Count == 0 ? null : await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            $"SELECT CASE WHEN COUNT(*) = @Window THEN MIN({Id}) END FROM ({candidates}) AS c", Parameters, cancellationToken: cancellationToken));
        List<T> rows = (await connection.QueryAsync<T>(new CommandDefinition(
            $"{select} WHERE t.tenant_id = @TenantId AND t.{Id} IN ({candidates}){Join(_others)} ORDER BY t.{Id} DESC LIMIT @Limit",
            Parameters,
            cancellationToken: cancellationToken))).AsList();
        return rows.Count > limit
            ? new HistoryPart<T>(rows[..limit], idOf(rows[limit - 1]))
            : new HistoryPart<T>(rows, reached);
    }

    /// <summary>The condition of the partial index of open sessions.</summary>
    public const string OpenSessions = "ended_at IS NULL";

    private static string Join(List<string> conditions) => string.Concat(conditions.Select(condition => $" AND {condition}"));

    private HistoryScan Add(List<string> conditions, string? condition)
    {
        if (condition is not null)
        {
            conditions.Add(condition);
        }

        return this;
    }
}

/// <summary>Some rows of a list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">The list goes on below this id; null: this was its end.</param>
internal sealed record HistoryPart<T>(IReadOnlyList<T> Rows, long? Next);
