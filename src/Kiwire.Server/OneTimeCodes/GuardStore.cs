using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The guard's counters in the database. Whoever has taken the tenant's turn is the only one to read and change them.</summary>
internal sealed class GuardStore(Database database)
{
    private const int PruneLimit = 5000;

    /// <summary>
    /// Takes the tenant's turn until the transaction ends, on whichever server; before any other statement here, so that two never wait for
    /// each other.
    /// </summary>
    /// <returns>What was sent on that day: codes, and segments of all messages.</returns>
    public static async Task<(long Sent, long Segments)> TakeTurnAsync(UnitOfWork unit, long tenantId, long day)
    {
        DbCommand take = unit.Command(
            """
            INSERT INTO guard_counters (tenant_id, kind, window_start, subject, sent, unverified, verified, segments)
            VALUES (@tenant_id, 0, @day, '', 0, 0, 0, 0)
            ON CONFLICT (tenant_id, kind, window_start, subject) DO UPDATE SET sent = guard_counters.sent
            RETURNING sent, segments
            """,
            "tenant_id", "day");
        take.SetValues(tenantId, day);
        await using DbDataReader reader = await take.ExecuteReaderAsync();
        _ = await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>What is counted for a number, a source and a country in these windows and those before.</summary>
    public static async Task<GuardCounts> ReadAsync(
        UnitOfWork unit, long tenantId, string phoneHash, string source, string country, GuardWindows windows)
    {
        DbCommand read = unit.Command(
            """
            SELECT kind, window_start, sent, unverified, verified FROM guard_counters
            WHERE tenant_id = @tenant_id AND kind = 1 AND window_start = @day AND subject = @phone
            UNION ALL
            SELECT kind, window_start, sent, unverified, verified FROM guard_counters
            WHERE tenant_id = @tenant_id AND kind = 2 AND window_start IN (@hour, @hour_before) AND subject = @source
            UNION ALL
            SELECT kind, window_start, sent, unverified, verified FROM guard_counters
            WHERE tenant_id = @tenant_id AND kind = 3 AND window_start IN (@day, @day_before) AND subject = @source
            UNION ALL
            SELECT kind, window_start, sent, unverified, verified FROM guard_counters
            WHERE tenant_id = @tenant_id AND kind = 4 AND window_start IN (@hour, @hour_before) AND subject = @country
            UNION ALL
            SELECT kind, window_start, sent, unverified, verified FROM guard_counters
            WHERE tenant_id = @tenant_id AND kind = 5 AND window_start IN (@day, @day_before) AND subject = @country
            """,
            "tenant_id", "phone", "source", "country", "hour", "hour_before", "day", "day_before");
        read.SetValues(tenantId, phoneHash, source, country, windows.Hour, windows.HourBefore, windows.Day, windows.DayBefore);
        await using DbDataReader reader = await read.ExecuteReaderAsync();
        List<GuardCount> counts = [];
        while (await reader.ReadAsync())
        {
            counts.Add(new GuardCount
            {
                Kind = reader.GetInt16(0),
                WindowStart = reader.GetInt64(1),
                Sent = reader.GetInt64(2),
                Unverified = reader.GetInt64(3),
                Verified = reader.GetInt64(4),
            });
        }

        return new GuardCounts(counts, windows);
    }

    /// <summary>To which countries a source had codes sent that day of which none was verified.</summary>
    public static async Task<IReadOnlyCollection<string>> ListCountriesAsync(UnitOfWork unit, long tenantId, string source, long day)
    {
        DbCommand list = unit.Command(
            "SELECT country FROM guard_countries WHERE tenant_id = @tenant_id AND source = @source AND window_start = @day AND unverified > 0",
            "tenant_id", "source", "day");
        list.SetValues(tenantId, source, day);
        await using DbDataReader reader = await list.ExecuteReaderAsync();
        List<string> countries = [];
        while (await reader.ReadAsync())
        {
            countries.Add(reader.GetString(0));
        }

        return countries;
    }

    /// <summary>Whether a code of that number was verified since.</summary>
    public static async Task<bool> IsKnownAsync(UnitOfWork unit, long tenantId, string phoneHash, long since)
    {
        DbCommand find = unit.Command(
            "SELECT COUNT(*) FROM guard_numbers WHERE tenant_id = @tenant_id AND phone_hash = @phone AND verified_at >= @since", "tenant_id", "phone", "since");
        find.SetValues(tenantId, phoneHash, since);
        return (long)(await find.ExecuteScalarAsync())! > 0;
    }

    /// <summary>Counts a code that is sent.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="code">Where it is counted.</param>
    /// <param name="segments">Of its message.</param>
    public static async Task AddAsync(UnitOfWork unit, GuardCode code, int segments)
    {
        bool hasSource = code.Source.Length > 0;
        DbCommand count = unit.Command(hasSource ? CountWithSource : CountWithoutSource, "tenant_id", "day", "phone", "hour", "country", "counted", "segments", "source");
        count.SetValues(code.TenantId, code.DayStart, code.PhoneHash, code.HourStart, code.Country, (long)code.Counted, (long)segments, code.Source);
        _ = await count.ExecuteNonQueryAsync();

        DbCommand keep = unit.Command(
            """
            INSERT INTO guard_codes (tenant_id, code_id, phone_hash, source, country, hour_start, day_start, counted, verified)
            VALUES (@tenant_id, @code_id, @phone, @source, @country, @hour, @day, @counted, 0)
            """,
            "tenant_id", "code_id", "phone", "source", "country", "hour", "day", "counted");
        keep.SetValues(code.TenantId, code.CodeId, code.PhoneHash, code.Source, code.Country, code.HourStart, code.DayStart, (short)code.Counted);
        _ = await keep.ExecuteNonQueryAsync();
        if (code.Counted == 1 && hasSource)
        {
            DbCommand country = unit.Command(
                """
                INSERT INTO guard_countries (tenant_id, source, window_start, country, unverified) VALUES (@tenant_id, @source, @day, @country, 1)
                ON CONFLICT (tenant_id, source, window_start, country) DO UPDATE SET unverified = guard_countries.unverified + 1
                """,
                "tenant_id", "source", "day", "country");
            country.SetValues(code.TenantId, code.Source, code.DayStart, code.Country);
            _ = await country.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Counts segments of messages that are no codes; after <see cref="TakeTurnAsync"/>.</summary>
    public static Task SpendAsync(UnitOfWork unit, long tenantId, long day, int segments) => unit.Connection.ExecuteAsync(
        "UPDATE guard_counters SET segments = segments + @segments WHERE tenant_id = @tenantId AND kind = 0 AND window_start = @day AND subject = ''",
        new { tenantId, day, segments },
        unit.Transaction);

    /// <summary>Counts a code as verified, once; null: it was, or its windows are long over.</summary>
    public static async Task<GuardCode?> VerifyAsync(UnitOfWork unit, long tenantId, long codeId)
    {
        GuardCode? code = await unit.Connection.QuerySingleOrDefaultAsync<GuardCode>(
            $"UPDATE guard_codes SET verified = 1 WHERE tenant_id = @tenantId AND code_id = @codeId AND verified = 0 RETURNING {CodeColumns}",
            new { tenantId, codeId },
            unit.Transaction);
        if (code is not null)
        {
            _ = await ChangeAsync(unit, code, "verified = verified + 1");
        }

        return code;
    }

    /// <summary>A number that verifies a code is nobody's invention: none of its codes counts against anybody any more.</summary>
    /// <returns>Those that did.</returns>
    public static async Task<IReadOnlyList<GuardCode>> SettleAsync(UnitOfWork unit, long tenantId, string phoneHash, long now)
    {
        _ = await unit.Connection.ExecuteAsync(
            """
            INSERT INTO guard_numbers (tenant_id, phone_hash, verified_at) VALUES (@tenantId, @phoneHash, @now)
            ON CONFLICT (tenant_id, phone_hash) DO UPDATE SET verified_at = excluded.verified_at
            """,
            new { tenantId, phoneHash, now },
            unit.Transaction);
        GuardCode[] codes = [.. await unit.Connection.QueryAsync<GuardCode>(
            $"UPDATE guard_codes SET counted = 0 WHERE tenant_id = @tenantId AND phone_hash = @phoneHash AND counted = 1 RETURNING {CodeColumns}",
            new { tenantId, phoneHash },
            unit.Transaction)];
        foreach (GuardCode code in codes)
        {
            // Not below nothing: a stop that was lifted has set it back.
            _ = await ChangeAsync(unit, code, "unverified = CASE WHEN unverified > 0 THEN unverified - 1 ELSE 0 END");
            _ = await unit.Connection.ExecuteAsync(
                """
                UPDATE guard_countries SET unverified = unverified - 1
                WHERE tenant_id = @TenantId AND source = @Source AND window_start = @DayStart AND country = @Country AND unverified > 0
                """,
                code,
                unit.Transaction);
        }

        return codes;
    }

    /// <summary>Begins to count anew what was sent from a source, or to a country.</summary>
    public static async Task ForgiveAsync(UnitOfWork unit, long tenantId, string subject, bool isSource, GuardWindows windows)
    {
        _ = await unit.Connection.ExecuteAsync(
            """
            UPDATE guard_counters SET unverified = 0
            WHERE (tenant_id = @tenantId AND kind = @hourKind AND window_start = @Hour AND subject = @subject)
                OR (tenant_id = @tenantId AND kind = @dayKind AND window_start = @Day AND subject = @subject)
            """,
            new { tenantId, subject, hourKind = isSource ? 2 : 4, dayKind = isSource ? 3 : 5, windows.Hour, windows.Day },
            unit.Transaction);
        if (isSource)
        {
            _ = await unit.Connection.ExecuteAsync(
                "DELETE FROM guard_countries WHERE tenant_id = @tenantId AND source = @subject AND window_start = @Day",
                new { tenantId, subject, windows.Day },
                unit.Transaction);
        }
    }

    /// <summary>What is counted for the tenant today.</summary>
    public async Task<(long Sent, long Segments)> ReadDayAsync(long tenantId, long day, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<(long, long)>(new CommandDefinition(
            "SELECT sent, segments FROM guard_counters WHERE tenant_id = @tenantId AND kind = 0 AND window_start = @day AND subject = ''",
            new { tenantId, day },
            cancellationToken: cancellationToken));
    }

    /// <summary>The sources and countries of a window of which the most codes were not verified.</summary>
    public async Task<IReadOnlyList<GuardCount>> ListMostAsync(long tenantId, int kind, long windowStart, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<GuardCount>(new CommandDefinition(
            """
            SELECT kind AS Kind, window_start AS WindowStart, subject AS Subject, sent AS Sent, unverified AS Unverified, verified AS Verified
            FROM guard_counters WHERE tenant_id = @tenantId AND kind = @kind AND window_start = @windowStart
            ORDER BY unverified DESC, sent DESC, subject LIMIT @limit
            """,
            new { tenantId, kind, windowStart, limit },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Deletes what no window needs any more, some thousand rows of each table at a time; returns whether there is more.</summary>
    public static async Task<bool> PruneAsync(UnitOfWork unit, long windowsBefore, long numbersBefore, long decisionsBefore)
    {
        int most = 0;
        foreach ((string table, string key, string age, long before) in (IEnumerable<(string, string, string, long)>)
        [
            ("guard_counters", "tenant_id, kind, window_start, subject", "window_start", windowsBefore),
            ("guard_countries", "tenant_id, source, window_start, country", "window_start", windowsBefore),
            ("guard_codes", "tenant_id, code_id", "day_start", windowsBefore),
            ("guard_numbers", "tenant_id, phone_hash", "verified_at", numbersBefore),
            ("guard_decisions", "tenant_id, decision_id", "first_at", decisionsBefore),
        ])
        {
            most = Math.Max(most, await unit.Connection.ExecuteAsync(
                $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {age} < @before ORDER BY {age} LIMIT @PruneLimit)",
                new { before, PruneLimit },
                unit.Transaction));
        }

        return most == PruneLimit;
    }

    private const string CountHead =
        """
        INSERT INTO guard_counters (tenant_id, kind, window_start, subject, sent, unverified, verified, segments)
        VALUES (@tenant_id, 0, @day, '', 1, 0, 0, @segments), (@tenant_id, 1, @day, @phone, 1, 0, 0, 0),
               (@tenant_id, 4, @hour, @country, 1, @counted, 0, 0), (@tenant_id, 5, @day, @country, 1, @counted, 0, 0)
        """;

    private const string CountTail =
        """

        ON CONFLICT (tenant_id, kind, window_start, subject) DO UPDATE SET
            sent = guard_counters.sent + 1, unverified = guard_counters.unverified + excluded.unverified,
            segments = guard_counters.segments + excluded.segments
        """;

    private const string CountWithoutSource = CountHead + CountTail;

    private const string CountWithSource =
        CountHead + ", (@tenant_id, 2, @hour, @source, 1, @counted, 0, 0), (@tenant_id, 3, @day, @source, 1, @counted, 0, 0)" + CountTail;

    private const string CodeColumns =
        """
        tenant_id AS TenantId, code_id AS CodeId, phone_hash AS PhoneHash, source AS Source, country AS Country, hour_start AS HourStart,
        day_start AS DayStart, counted AS Counted
        """;

    // The tenant with each: SQLite would else look through all of the tenant's counters.
    private static Task<int> ChangeAsync(UnitOfWork unit, GuardCode code, string change) => unit.Connection.ExecuteAsync(
        $"""
        UPDATE guard_counters SET {change}
        WHERE (tenant_id = @TenantId AND kind = 2 AND window_start = @HourStart AND subject = @Source)
            OR (tenant_id = @TenantId AND kind = 3 AND window_start = @DayStart AND subject = @Source)
            OR (tenant_id = @TenantId AND kind = 4 AND window_start = @HourStart AND subject = @Country)
            OR (tenant_id = @TenantId AND kind = 5 AND window_start = @DayStart AND subject = @Country)
        """,
        code,
        unit.Transaction);
}

/// <summary>A code as it is counted.</summary>
internal sealed class GuardCode
{
    public long TenantId { get; set; }

    public long CodeId { get; set; }

    public string PhoneHash { get; set; } = "";

    public string Source { get; set; } = "";

    public string Country { get; set; } = "";

    public long HourStart { get; set; }

    public long DayStart { get; set; }

    /// <summary>1: as sent and not verified.</summary>
    public int Counted { get; set; }
}

/// <summary>A counter.</summary>
internal sealed class GuardCount
{
    public int Kind { get; set; }

    public long WindowStart { get; set; }

    public string Subject { get; set; } = "";

    public long Sent { get; set; }

    public long Unverified { get; set; }

    public long Verified { get; set; }
}

/// <summary>What was read for one number, source and country.</summary>
internal sealed class GuardCounts(IReadOnlyList<GuardCount> counts, GuardWindows windows)
{
    public long PhoneToday => Find(1, windows.Day)?.Sent ?? 0;

    public long SourceThisHour => Find(2, windows.Hour)?.Sent ?? 0;

    public GuardTally SourceHour => Tally(2, windows.Hour, windows.HourBefore);

    public GuardTally SourceDay => Tally(3, windows.Day, windows.DayBefore);

    public GuardTally CountryHour => Tally(4, windows.Hour, windows.HourBefore);

    public GuardTally CountryDay => Tally(5, windows.Day, windows.DayBefore);

    private GuardTally Tally(int kind, long window, long before) =>
        new(Find(kind, window)?.Unverified ?? 0, Find(kind, window)?.Verified ?? 0, Find(kind, before)?.Verified ?? 0);

    private GuardCount? Find(int kind, long window) => counts.FirstOrDefault(count => count.Kind == kind && count.WindowStart == window);
}
