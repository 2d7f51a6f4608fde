using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>What the NASes were seen to send, in the database.</summary>
internal sealed class NasObservationStore(Database database)
{
    private const string Select =
        """
        SELECT tenant_id AS TenantId, nas_id AS NasId, with_authenticator AS WithAuthenticator,
               without_authenticator AS WithoutAuthenticator, run AS Run, COALESCE(last_without_at, 0) AS LastWithoutAt,
               COALESCE(enforced_at, 0) AS EnforcedAt, proxy_state AS ProxyState, eap AS Eap, COALESCE(last_seen_at, 0) AS LastSeenAt
        FROM nas_observations
        """;

    public async Task<Dictionary<(long TenantId, long NasId), NasSightings>> ListAllAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Select, cancellationToken: cancellationToken));
        return rows.ToDictionary(row => (row.TenantId, row.NasId), row => row.ToSightings());
    }

    /// <summary>What one NAS was seen to send; nothing, where it was not seen.</summary>
    public async Task<NasSightings> GetAsync(long tenantId, long nasId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND nas_id = @nasId", new { tenantId, nasId }, cancellationToken: cancellationToken));
        return row?.ToSightings() ?? default;
    }

    /// <summary>
    /// Adds what was seen since the last time; several servers may do so for one NAS. Nothing is kept for a NAS that is gone, and auto does not come
    /// to act as yes where another server has seen a request without a Message-Authenticator within 24 hours.
    /// </summary>
    /// <param name="unit">The transaction under way.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="nasId">Which.</param>
    /// <param name="now">All that was seen.</param>
    /// <param name="saved">As much of it as the database has.</param>
    public static Task AddAsync(UnitOfWork unit, long tenantId, long nasId, NasSightings now, NasSightings saved) =>
        unit.Connection.ExecuteAsync(
            """
            INSERT INTO nas_observations (tenant_id, nas_id, with_authenticator, without_authenticator, run, last_without_at, enforced_at,
                                          proxy_state, eap, last_seen_at)
            SELECT @tenantId, @nasId, @With, @Without, @Run, @LastWithoutAt, @EnforcedAt, @ProxyState, @Eap, @LastSeenAt
            FROM nas WHERE tenant_id = @tenantId AND nas_id = @nasId
            ON CONFLICT (tenant_id, nas_id) DO UPDATE SET
                with_authenticator = nas_observations.with_authenticator + excluded.with_authenticator,
                without_authenticator = nas_observations.without_authenticator + excluded.without_authenticator,
                run = CASE WHEN COALESCE(excluded.last_without_at, 0) >= COALESCE(nas_observations.last_without_at, 0)
                           THEN excluded.run ELSE nas_observations.run END,
                last_without_at = CASE WHEN COALESCE(excluded.last_without_at, 0) >= COALESCE(nas_observations.last_without_at, 0)
                                       THEN excluded.last_without_at ELSE nas_observations.last_without_at END,
                enforced_at = COALESCE(nas_observations.enforced_at,
                                       CASE WHEN COALESCE(nas_observations.last_without_at, 0) = 0
                                                 OR excluded.enforced_at - nas_observations.last_without_at >= @Clean
                                            THEN excluded.enforced_at END),
                proxy_state = nas_observations.proxy_state + excluded.proxy_state,
                eap = nas_observations.eap + excluded.eap,
                last_seen_at = CASE WHEN COALESCE(excluded.last_seen_at, 0) >= COALESCE(nas_observations.last_seen_at, 0)
                                    THEN excluded.last_seen_at ELSE nas_observations.last_seen_at END
            """,
            new
            {
                tenantId,
                nasId,
                With = now.With - saved.With,
                Without = now.Without - saved.Without,
                Run = Math.Min(now.Run, NasObservations.RequiredRun),
                LastWithoutAt = NullIfNever(now.LastWithoutAt),
                // Once written it is the database's word: relaxed by another server, it must not come back from here.
                EnforcedAt = saved.EnforcedAt == 0 ? NullIfNever(now.EnforcedAt) : null,
                ProxyState = now.ProxyState - saved.ProxyState,
                Eap = now.Eap - saved.Eap,
                LastSeenAt = NullIfNever(now.LastSeenAt),
                Clean = NasObservations.CleanMilliseconds,
            },
            unit.Transaction);

    /// <summary>Auto does not act as yes any more, and counts from <paramref name="nowUnixMs"/> on.</summary>
    public static Task RelaxAsync(UnitOfWork unit, long tenantId, long nasId, long nowUnixMs) =>
        unit.Connection.ExecuteAsync(
            """
            UPDATE nas_observations SET enforced_at = NULL, run = 0, last_without_at = @nowUnixMs
            WHERE tenant_id = @tenantId AND nas_id = @nasId
            """,
            new { tenantId, nasId, nowUnixMs },
            unit.Transaction);

    private static long? NullIfNever(long at) => at == 0 ? null : at;

    private sealed class Row
    {
        public long TenantId { get; set; }

        public long NasId { get; set; }

        public long WithAuthenticator { get; set; }

        public long WithoutAuthenticator { get; set; }

        public int Run { get; set; }

        public long LastWithoutAt { get; set; }

        public long EnforcedAt { get; set; }

        public long ProxyState { get; set; }

        public long Eap { get; set; }

        public long LastSeenAt { get; set; }

        public NasSightings ToSightings() => new()
        {
            With = WithAuthenticator,
            Without = WithoutAuthenticator,
            Run = Run,
            LastWithoutAt = LastWithoutAt,
            EnforcedAt = EnforcedAt,
            ProxyState = ProxyState,
            Eap = Eap,
            LastSeenAt = LastSeenAt,
        };
    }
}
