using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices.Series;

/// <summary>The devices' history in the database: see the migration for its form.</summary>
internal sealed class SeriesStore(Database database)
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    /// <summary>
    /// Puts a full block of values as polled into the history, and what it makes of the coarser resolutions; in the transaction in which the
    /// device's state gets an empty one.
    /// </summary>
    public static async Task CloseAsync(UnitOfWork unit, long tenantId, long deviceId, long startsAt, ReadOnlyMemory<byte> block)
    {
        await InsertAsync(unit, tenantId, deviceId, Resolution.Raw, startsAt, block.ToArray());

        SeriesBuckets fiveMinutes = new(Resolution.FiveMinutes);
        fiveMinutes.AddRaw(block.Span);
        if (fiveMinutes.ToBlock() is { } folded)
        {
            await InsertAsync(unit, tenantId, deviceId, Resolution.FiveMinutes, startsAt, folded);
        }

        SeriesBuckets hours = new(Resolution.Hour);
        hours.AddRaw(block.Span);
        foreach (IGrouping<long, (int, SeriesPoint Point)> day in hours.Points.GroupBy(point => point.Point.At - (point.Point.At % Day)).ToArray())
        {
            await AddHoursAsync(unit, tenantId, deviceId, day.Key, block);
        }
    }

    /// <summary>The blocks that have values of a range, the one that still grows as the last; it alone has values as polled whatever the resolution.</summary>
    public async Task<IReadOnlyList<StoredBlock>> ReadAsync(
        long tenantId, long deviceId, Resolution resolution, long from, long to, CancellationToken cancellationToken)
    {
        // One statement: a block that is closed meanwhile is read once.
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<StoredBlock>(new CommandDefinition(
            """
            SELECT starts_at AS StartsAt, block AS Block, 0 AS Growing FROM device_series
            WHERE tenant_id = @tenantId AND device_id = @deviceId AND resolution = @resolution AND starts_at >= @From AND starts_at < @to
            UNION ALL
            SELECT 0 AS StartsAt, block AS Block, 1 AS Growing FROM device_states
            WHERE tenant_id = @tenantId AND device_id = @deviceId AND block IS NOT NULL
            ORDER BY Growing, StartsAt
            """,
            new { tenantId, deviceId, resolution = (int)resolution, From = from - Longest(resolution), to },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Deletes some of what is older than it is kept.</summary>
    /// <returns>How many rows; fewer than <paramref name="limit"/>: there is no more.</returns>
    public static Task<int> PruneAsync(UnitOfWork unit, Resolution resolution, long olderThan, int limit) => unit.Connection.ExecuteAsync(
        """
        DELETE FROM device_series WHERE (tenant_id, device_id, resolution, starts_at) IN (
            SELECT tenant_id, device_id, resolution, starts_at FROM device_series WHERE resolution = @resolution AND starts_at < @olderThan
            ORDER BY starts_at LIMIT @limit)
        """,
        new { resolution = (int)resolution, olderThan, limit },
        unit.Transaction);

    /// <summary>Deletes all of a device.</summary>
    public static Task DeleteAsync(UnitOfWork unit, long tenantId, long deviceId) => unit.Connection.ExecuteAsync(
        "DELETE FROM device_series WHERE tenant_id = @tenantId AND device_id = @deviceId", new { tenantId, deviceId }, unit.Transaction);

    /// <summary>How much time a block may be over, with what clocks may have been set back.</summary>
    private static long Longest(Resolution resolution) => resolution == Resolution.Hour ? Day + Hour : 2 * Hour;

    private static async Task AddHoursAsync(UnitOfWork unit, long tenantId, long deviceId, long day, ReadOnlyMemory<byte> raw)
    {
        byte[]? before = await unit.Connection.ExecuteScalarAsync<byte[]?>(
            """
            SELECT block FROM device_series WHERE tenant_id = @tenantId AND device_id = @deviceId AND resolution = @Hours AND starts_at = @day
            """,
            new { tenantId, deviceId, Hours = (int)Resolution.Hour, day },
            unit.Transaction);
        SeriesBuckets hours = new(Resolution.Hour);
        hours.AddFolded(before);
        hours.AddRaw(raw.Span, day, day + Day);
        if (hours.ToBlock() is { } block)
        {
            await InsertAsync(unit, tenantId, deviceId, Resolution.Hour, day, block);
        }
    }

    private static async Task InsertAsync(UnitOfWork unit, long tenantId, long deviceId, Resolution resolution, long startsAt, byte[] block)
    {
        DbCommand insert = unit.Command(
            """
            INSERT INTO device_series (tenant_id, device_id, resolution, starts_at, block) VALUES (@tenant, @device, @resolution, @starts, @block)
            ON CONFLICT (tenant_id, device_id, resolution, starts_at) DO UPDATE SET block = excluded.block
            """,
            "tenant", "device", "resolution", "starts", "block");
        insert.SetValues(tenantId, deviceId, (short)resolution, startsAt, block);
        _ = await insert.ExecuteNonQueryAsync();
    }
}

/// <summary>A block as it is stored.</summary>
internal sealed class StoredBlock
{
    public long StartsAt { get; set; }

    public byte[] Block { get; set; } = [];

    /// <summary>1: values as polled are still added to it.</summary>
    public int Growing { get; set; }
}
