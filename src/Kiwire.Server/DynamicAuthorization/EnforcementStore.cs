using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>Which server does what about a session, in the database that they share.</summary>
internal sealed class EnforcementStore(CommitQueue commits)
{
    // Ended sessions' rows are of no use; those of open ones are made anew at each attempt.
    private const long KeptMilliseconds = 86_400_000;

    /// <summary>
    /// Takes it up; false: it is done, or being done, here or elsewhere. What failed may be taken up again when there is news of the session;
    /// what was acknowledged too, when the NAS goes on reporting the session; and other rates at any time.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<bool> TryTakeAsync(EnforcementClaim claim, long now, CancellationToken cancellationToken) => commits.EnqueueAsync(
        async unit => await unit.Connection.ExecuteAsync(
            """
            INSERT INTO enforcements (tenant_id, session_id, kind, what, news_at, at, state) VALUES (@TenantId, @SessionId, @Kind, @What, @NewsAt, @now, 0)
            ON CONFLICT (tenant_id, session_id, kind) DO UPDATE SET what = excluded.what, news_at = excluded.news_at, at = excluded.at, state = 0
            WHERE (excluded.news_at > enforcements.news_at AND (enforcements.state = 2 OR excluded.at > enforcements.at + @IgnoredAfter))
                OR (enforcements.kind = 1 AND enforcements.what <> excluded.what)
            """,
            new
            {
                claim.TenantId,
                claim.SessionId,
                Kind = (short)claim.Kind,
                claim.What,
                claim.NewsAt,
                now,
                IgnoredAfter = EnforcementClaim.IgnoredAfterMilliseconds,
            },
            unit.Transaction) > 0,
        cancellationToken);

    /// <summary>Says what became of it.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task SetStateAsync(EnforcementClaim claim, EnforcementState state, long now, CancellationToken cancellationToken) => commits.EnqueueAsync(
        unit => unit.Connection.ExecuteAsync(
            "UPDATE enforcements SET state = @State, at = @now WHERE tenant_id = @TenantId AND session_id = @SessionId AND kind = @Kind",
            new { claim.TenantId, claim.SessionId, Kind = (short)claim.Kind, State = (short)state, now },
            unit.Transaction),
        cancellationToken);

    /// <summary>Deletes what is long past.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task SweepAsync(long now, CancellationToken cancellationToken) => commits.EnqueueAsync(
        unit => unit.Connection.ExecuteAsync("DELETE FROM enforcements WHERE at < @Before", new { Before = now - KeptMilliseconds }, unit.Transaction),
        cancellationToken);
}
