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
        DbCommand verify = unit.Command(
            $"UPDATE guard_codes SET verified = 1 WHERE tenant_id = @tenant_id AND code_id = @code_id AND verified = 0 RETURNING {CodeColumns}", "tenant_id", "code_id");
        verify.SetValues(tenantId, codeId);
        if (await ReadCodesAsync(verify) is not [var code])
        {
            return null;
        }

        _ = await ChangeAsync(unit, code, "verified = verified + 1");
        return code;
    }

    /// <summary>A number that verifies a code is nobody's invention: none of its codes counts against anybody any more.</summary>
    /// <returns>Those that did.</returns>
    public static async Task<IReadOnlyList<GuardCode>> SettleAsync(UnitOfWork unit, long tenantId, string phoneHash, long now)
    {
        DbCommand know = unit.Command(
            """
            INSERT INTO guard_numbers (tenant_id, phone_hash, verified_at) VALUES (@tenant_id, @phone, @now)
            ON CONFLICT (tenant_id, phone_hash) DO UPDATE SET verified_at = excluded.verified_at
            """,
            "tenant_id", "phone", "now");
        know.SetValues(tenantId, phoneHash, now);
        _ = await know.ExecuteNonQueryAsync();
        DbCommand settle = unit.Command(
            $"UPDATE guard_codes SET counted = 0 WHERE tenant_id = @tenant_id AND phone_hash = @phone AND counted = 1 RETURNING {CodeColumns}", "tenant_id", "phone");
        settle.SetValues(tenantId, phoneHash);
        List<GuardCode> codes = await ReadCodesAsync(settle);
        foreach (GuardCode code in codes)
        {
            // Not below nothing: a stop that was lifted has set it back.
            _ = await ChangeAsync(unit, code, "unverified = CASE WHEN unverified > 0 THEN unverified - 1 ELSE 0 END");
            DbCommand country = unit.Command(
                """
                UPDATE guard_countries SET unverified = unverified - 1
                WHERE tenant_id = @tenant_id AND source = @source AND window_start = @day AND country = @country AND unverified > 0
                """,
                "tenant_id", "source", "day", "country");
            country.SetValues(code.TenantId, code.Source, code.DayStart, code.Country);
            _ = await country.ExecuteNonQueryAsync();
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

    private const string CodeColumns = "tenant_id, code_id, phone_hash, source, country, hour_start, day_start, counted";

    private static async Task<List<GuardCode>> ReadCodesAsync(DbCommand command)
    {
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        List<GuardCode> codes = [];
        while (await reader.ReadAsync())
        {
            codes.Add(new GuardCode
            {
                TenantId = reader.GetInt64(0),
                CodeId = reader.GetInt64(1),
                PhoneHash = reader.GetString(2),
                Source = reader.GetString(3),
                Country = reader.GetString(4),
                HourStart = reader.GetInt64(5),
                DayStart = reader.GetInt64(6),
                Counted = reader.GetInt16(7),
            });
        }

        return codes;
    }

    // The tenant with each: SQLite would else look through all of the tenant's counters.
    private static Task<int> ChangeAsync(UnitOfWork unit, GuardCode code, string change)
    {
        DbCommand update = unit.Command(
            $"""
            UPDATE guard_counters SET {change}
            WHERE (tenant_id = @tenant_id AND kind = 2 AND window_start = @hour AND subject = @source)
                OR (tenant_id = @tenant_id AND kind = 3 AND window_start = @day AND subject = @source)
                OR (tenant_id = @tenant_id AND kind = 4 AND window_start = @hour AND subject = @country)
                OR (tenant_id = @tenant_id AND kind = 5 AND window_start = @day AND subject = @country)
            """,
            "tenant_id", "hour", "day", "source", "country");
        update.SetValues(code.TenantId, code.HourStart, code.DayStart, code.Source, code.Country);
        return update.ExecuteNonQueryAsync();
    }
}
