using System.Data.Common;
using System.Text.Json;
using Dapper;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Series;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices.Polling;

/// <summary>What polls found, in the database, and which server polls what.</summary>
internal sealed class PollStore(Database database, DeviceNews news)
{
    /// <summary>A server that has not been heard of for so long polls no more.</summary>
    private const long AliveMilliseconds = 30_000;

    private const string ConditionColumns =
        """
        state AS State, changed_at AS ChangedAt, missed AS Missed, polled_at AS PolledAt, seen_at AS SeenAt, round_trip_us AS RoundTripUs,
        up_ticks AS UpTicks, fault AS Fault
        """;

    /// <summary>Says that this server polls.</summary>
    /// <returns>All that do, in the same order on each.</returns>
    public async Task<IReadOnlyList<string>> BeatAsync(UnitOfWork unit)
    {
        _ = await unit.Connection.ExecuteAsync(
            $"""
            INSERT INTO device_pollers (server_id, seen_at) VALUES (@ServerId, {database.Dialect.Now})
            ON CONFLICT (server_id) DO UPDATE SET seen_at = excluded.seen_at
            """,
            new { database.ServerId },
            unit.Transaction);
        return (await unit.Connection.QueryAsync<string>(
            $"SELECT server_id FROM device_pollers WHERE seen_at > {database.Dialect.Now} - {AliveMilliseconds} ORDER BY server_id", transaction: unit.Transaction)).AsList();
    }

    /// <summary>This server ends: others need not wait to find out.</summary>
    public Task LeaveAsync(UnitOfWork unit) => unit.Connection.ExecuteAsync(
        "DELETE FROM device_pollers WHERE server_id = @ServerId", new { database.ServerId }, unit.Transaction);

    /// <summary>Takes a device for this server, unless one that is alive has it; and reads how it stands.</summary>
    /// <returns>Null: another one has it.</returns>
    public async Task<StoredDevice?> ClaimAsync(UnitOfWork unit, long tenantId, long deviceId, IReadOnlyList<string> alive, long now)
    {
        _ = await unit.Connection.ExecuteAsync(
            """
            INSERT INTO device_states (tenant_id, device_id, state, changed_at, missed, fault) SELECT @tenantId, @deviceId, 0, @now, 0, ''
            WHERE EXISTS (SELECT 1 FROM devices WHERE tenant_id = @tenantId AND device_id = @deviceId)
              AND NOT EXISTS (SELECT 1 FROM device_states WHERE tenant_id = @tenantId AND device_id = @deviceId)
            ON CONFLICT DO NOTHING
            """,
            new { tenantId, deviceId, now },
            unit.Transaction);

        // One that another server is just writing is not waited for: both have many in a transaction, and would wait for each other.
        IReadOnlyList<string?> holders = (await unit.Connection.QueryAsync<string?>(
            $"SELECT polled_by FROM device_states WHERE tenant_id = @tenantId AND device_id = @deviceId{database.Dialect.SkipLocked}",
            new { tenantId, deviceId },
            unit.Transaction)).AsList();
        if (holders is not [var holder] || (holder is not null && holder != database.ServerId && alive.Contains(holder)))
        {
            return null;
        }

        _ = await unit.Connection.ExecuteAsync(
            "UPDATE device_states SET polled_by = @ServerId WHERE tenant_id = @tenantId AND device_id = @deviceId",
            new { database.ServerId, tenantId, deviceId },
            unit.Transaction);
        return (await unit.Connection.QuerySingleOrDefaultAsync<Row>(
            $"""
            SELECT {ConditionColumns}, block AS Block, texts AS Texts, series AS Series FROM device_states s
            LEFT JOIN device_profiles p ON p.tenant_id = s.tenant_id AND p.device_id = s.device_id
            WHERE s.tenant_id = @tenantId AND s.device_id = @deviceId
            """,
            new { tenantId, deviceId },
            unit.Transaction))?.ToDevice();
    }

    /// <summary>Gives a device back.</summary>
    public Task ReleaseAsync(UnitOfWork unit, long tenantId, long deviceId) => unit.Connection.ExecuteAsync(
        "UPDATE device_states SET polled_by = NULL WHERE tenant_id = @tenantId AND device_id = @deviceId AND polled_by = @ServerId",
        new { tenantId, deviceId, database.ServerId },
        unit.Transaction);

    /// <summary>Writes what a device's polls found; false: it is not this server's any more, and nothing was written.</summary>
    public async Task<bool> WriteAsync(UnitOfWork unit, PollWrite write, long now)
    {
        DeviceCondition condition = write.Condition;
        DbCommand update = unit.Command(
            """
            UPDATE device_states SET state = @state, changed_at = @changed, missed = @missed, polled_at = @polled, seen_at = @seen,
                                     round_trip_us = @trip, up_ticks = @ticks, fault = @fault, block = @block
            WHERE tenant_id = @tenant AND device_id = @device AND polled_by = @server
            """,
            "state", "changed", "missed", "polled", "seen", "trip", "ticks", "fault", "block", "tenant", "device", "server");
        update.SetValues((short)condition.State, condition.ChangedAt, condition.Missed, condition.PolledAt, condition.SeenAt, condition.RoundTripMicroseconds,
            (long?)condition.UpTicks, condition.Fault, write.Block, write.Device.TenantId, write.Device.DeviceId, database.ServerId);
        if (await update.ExecuteNonQueryAsync() == 0)
        {
            return false;
        }

        foreach (SeriesBlock full in write.Full)
        {
            await SeriesStore.CloseAsync(unit, write.Device.TenantId, write.Device.DeviceId, full.StartsAt, full.Data);
        }

        foreach ((DeviceEvent happened, bool isNews) in write.Events)
        {
            await news.AddAsync(unit, happened, isNews, now);
        }

        if (write.Texts is not null)
        {
            _ = await unit.Connection.ExecuteAsync(
                """
                INSERT INTO device_profiles (tenant_id, device_id, texts, series) VALUES (@TenantId, @DeviceId, @Texts, @Series)
                ON CONFLICT (tenant_id, device_id) DO UPDATE SET texts = excluded.texts, series = excluded.series
                """,
                new { write.Device.TenantId, write.Device.DeviceId, write.Texts, write.Series },
                unit.Transaction);
        }

        return true;
    }

    /// <summary>How a tenant's devices stand, by their ids; those that were never claimed are not in it.</summary>
    public async Task<IReadOnlyDictionary<long, DeviceCondition>> ListAsync(long tenantId, IReadOnlyList<long> deviceIds, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT device_id AS DeviceId, {ConditionColumns} FROM device_states WHERE tenant_id = @tenantId AND {database.Dialect.IsAnyOf("device_id", "@ids")}",
            new { tenantId, ids = deviceIds.ToArray() },
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.DeviceId, row => row.ToCondition());
    }

    /// <summary>How a device stands, with its newest values; null: it was never claimed.</summary>
    public async Task<StoredDevice?> FindAsync(long tenantId, long deviceId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"""
            SELECT {ConditionColumns}, block AS Block, texts AS Texts, series AS Series FROM device_states s
            LEFT JOIN device_profiles p ON p.tenant_id = s.tenant_id AND p.device_id = s.device_id
            WHERE s.tenant_id = @tenantId AND s.device_id = @deviceId
            """,
            new { tenantId, deviceId },
            cancellationToken: cancellationToken)))?.ToDevice();
    }

    /// <summary>Deletes all that polls found of a device but what happened to it.</summary>
    public static async Task DeleteAsync(UnitOfWork unit, long tenantId, long deviceId)
    {
        foreach (string table in (string[])["device_states", "device_profiles"])
        {
            _ = await unit.Connection.ExecuteAsync(
                $"DELETE FROM {table} WHERE tenant_id = @tenantId AND device_id = @deviceId", new { tenantId, deviceId }, unit.Transaction);
        }

        await SeriesStore.DeleteAsync(unit, tenantId, deviceId);
    }

    private sealed class Row
    {
        public long DeviceId { get; set; }

        public int State { get; set; }

        public long ChangedAt { get; set; }

        public int Missed { get; set; }

        public long? PolledAt { get; set; }

        public long? SeenAt { get; set; }

        public long? RoundTripUs { get; set; }

        public long? UpTicks { get; set; }

        public string Fault { get; set; } = "";

        public byte[]? Block { get; set; }

        public string? Texts { get; set; }

        public string? Series { get; set; }

        public DeviceCondition ToCondition() => new()
        {
            State = (DeviceState)State,
            ChangedAt = ChangedAt,
            Missed = Missed,
            PolledAt = PolledAt,
            SeenAt = SeenAt,
            RoundTripMicroseconds = RoundTripUs,
            UpTicks = (uint?)UpTicks,
            Fault = Fault,
        };

        public StoredDevice ToDevice() => new(ToCondition(), Block, ReadTexts(Texts ?? "{}"), Series ?? "[]");

        // What was stored and is none is made anew by the next poll; it must not end the polling of all.
        private static SortedDictionary<string, string> ReadTexts(string json)
        {
            try
            {
                return JsonSerializer.Deserialize<SortedDictionary<string, string>>(json) ?? [];
            }
            catch (JsonException)
            {
                return [];
            }
        }
    }
}

/// <summary>What is stored of a device's polls.</summary>
/// <param name="Condition">How it stands.</param>
/// <param name="Block">The block that grows; null: there is none.</param>
/// <param name="Texts">What it says of itself.</param>
/// <param name="Series">Its <see cref="SeriesCatalog"/> as JSON.</param>
internal sealed record StoredDevice(DeviceCondition Condition, byte[]? Block, SortedDictionary<string, string> Texts, string Series)
{
    /// <summary>Of a device that was never polled.</summary>
    public static StoredDevice None { get; } = new(DeviceCondition.Unpolled(0), null, [], "[]");
}
