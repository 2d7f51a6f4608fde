using System.Data.Common;
using Dapper;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices.Events;

/// <summary>Which events to list; what is null does not matter.</summary>
internal sealed record DeviceEventQuery
{
    public required long TenantId { get; init; }

    public long? DeviceId { get; init; }

    public DeviceEventKind? Kind { get; init; }

    /// <summary>At or after; Unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Before; Unix milliseconds.</summary>
    public long? To { get; init; }

    /// <summary>Only events below this id.</summary>
    public long? Below { get; init; }

    public required int Limit { get; init; }
}

/// <summary>The devices' events in the database.</summary>
internal sealed class DeviceEventStore(Database database)
{
    // An event's id is made when it is noticed.
    private const long ClocksApartMilliseconds = 60_000;

    private const string Columns =
        "tenant_id AS TenantId, event_id AS EventId, device_id AS DeviceId, identity AS Identity, at AS At, kind AS Kind, detail AS Detail";

    /// <summary>False: it is there already, from a commit of which it could not be told whether it went well.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork unit, DeviceEvent happened) => await unit.Connection.ExecuteAsync(
        """
        INSERT INTO device_events (tenant_id, event_id, device_id, identity, at, kind, detail)
        VALUES (@TenantId, @EventId, @DeviceId, @Identity, @At, @Kind, @Detail) ON CONFLICT DO NOTHING
        """,
        happened,
        unit.Transaction) > 0;

    /// <summary>Some events of a query, newest first, and where the list goes on.</summary>
    public async Task<HistoryPart<DeviceEvent>> ReadAsync(DeviceEventQuery query, CancellationToken cancellationToken)
    {
        HistoryScan scan = new HistoryScan("device_events", "event_id").Between(query.Below, query.From, query.To, ClocksApartMilliseconds, ClocksApartMilliseconds);
        _ = scan.Indexed(query.DeviceId is null ? null : "device_id = @DeviceId")
            .Filter(query.Kind is null ? null : "kind = @Kind")
            .Filter(query.From is null ? null : "at >= @From")
            .Filter(query.To is null ? null : "at < @To");
        scan.Parameters.AddDynamicParams(new { query.DeviceId, Kind = (int?)query.Kind, query.From, query.To });
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await scan.ReadAsync<DeviceEvent>(
            connection, $"SELECT {Columns} FROM device_events t", query.TenantId, query.Limit, happened => happened.EventId, cancellationToken);
    }

    /// <summary>Those of these ids, oldest first.</summary>
    public static async Task<IReadOnlyList<DeviceEvent>> ListAsync(UnitOfWork unit, Dialect dialect, long tenantId, IReadOnlyList<long> ids) =>
        (await unit.Connection.QueryAsync<DeviceEvent>(
            $"SELECT {Columns} FROM device_events WHERE tenant_id = @tenantId AND {dialect.IsAnyOf("event_id", "@ids")} ORDER BY event_id",
            new { tenantId, ids = ids.ToArray() },
            unit.Transaction)).AsList();

    /// <summary>Deletes some of what is older than it is kept; returns how many.</summary>
    public static Task<int> PruneAsync(UnitOfWork unit, long olderThan, int limit) => unit.Connection.ExecuteAsync(
        """
        DELETE FROM device_events WHERE (tenant_id, event_id) IN (
            SELECT tenant_id, event_id FROM device_events WHERE at < @olderThan ORDER BY at LIMIT @limit)
        """,
        new { olderThan, limit },
        unit.Transaction);
}
