using System.Globalization;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Storage;

/// <summary>What is older than it is to be kept goes, and nothing else.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class RetentionTests(StorageProvider provider)
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task What_is_too_old_goes_in_every_tenant_and_what_is_not_stays()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await FillAsync(storage, tenantId: 1, "old", Now.AddDays(-31));
        await FillAsync(storage, tenantId: 1, "new", Now.AddDays(-29));
        await FillAsync(storage, tenantId: 2, "old", Now.AddDays(-31));

        long rows = await PruneAsync(storage, new RetentionOptions
        {
            LoginDays = 30, SessionDays = 30, UnauthorisedDeviceDays = 30, AuditDays = 30, CoaDays = 30,
        });

        Assert.That(await ReadAsync(storage), Is.EqualTo("1 audit new|1 coa new|1 device new|1 login new|1 session new|1 session open new|1 session open old|2 session open old"));
        Assert.That(rows, Is.EqualTo(10));
    }

    [Test]
    public async Task Zero_days_keeps_for_ever()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await FillAsync(storage, tenantId: 1, "old", Now.AddDays(-10_000 + 9_200));

        long rows = await PruneAsync(storage, new RetentionOptions { LoginDays = 0, SessionDays = 0, UnauthorisedDeviceDays = 0, AuditDays = 0, CoaDays = 0 });

        Assert.That(rows, Is.Zero);
    }

    [Test]
    public async Task More_rows_than_one_transaction_deletes_all_go()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await AddTenantAsync(storage, 1);
        long first = IdSource.LeastAt(Now.AddDays(-400).ToUnixTimeMilliseconds());
        await storage.Commits.EnqueueAsync(
            async unit =>
            {
                for (int i = 0; i < 4_500; i++)
                {
                    await LoginAsync(unit, 1, first + i, "many");
                }

                return 0;
            },
            default);

        long rows = await PruneAsync(storage, new RetentionOptions());

        Assert.That(rows, Is.EqualTo(4_500));
    }

    private static Task<long> PruneAsync(TestDatabase storage, RetentionOptions options)
    {
        using Retention retention = new(
            storage.Database, storage.Commits, new SteppedClock(Now), Microsoft.Extensions.Options.Options.Create(options), NullLogger<Retention>.Instance);
        return retention.PruneAsync(default);
    }

    private static Task<int> AddTenantAsync(TestDatabase storage, long tenantId) => storage.Commits.EnqueueAsync(
        unit => unit.Connection.ExecuteAsync(
            """
            INSERT INTO tenants (tenant_id, cloud_id, cloud_id_key, name, active, time_zone, api_enabled, api_key, permissions, policy, created_at)
            VALUES (@tenantId, @name, @name, @name, 1, 'UTC', 0, @key, '', '{}', 0) ON CONFLICT DO NOTHING
            """,
            new { tenantId, name = "t" + tenantId.ToString(CultureInfo.InvariantCulture), key = new byte[1] },
            unit.Transaction),
        default);

    private static async Task FillAsync(TestDatabase storage, long tenantId, string mark, DateTimeOffset when)
    {
        await AddTenantAsync(storage, tenantId);
        long at = when.ToUnixTimeMilliseconds();
        long id = IdSource.LeastAt(at);
        await storage.Commits.EnqueueAsync(
            async unit =>
            {
                await LoginAsync(unit, tenantId, id, "login " + mark);
                await SessionAsync(unit, tenantId, id, "session " + mark, endedAt: at);
                await SessionAsync(unit, tenantId, id + 1, "session open " + mark, endedAt: null);
                await unit.Connection.ExecuteAsync(
                    """
                    INSERT INTO unauthorised_devices (tenant_id, mac, client_ip, nas_id, user_name, reason, first_seen_at, last_seen_at, times)
                    VALUES (@tenantId, @mac, '', 1, @name, 'zone', 0, @at, 1)
                    """,
                    new { tenantId, mac = mark, name = "device " + mark, at },
                    unit.Transaction);
                await unit.Connection.ExecuteAsync(
                    """
                    INSERT INTO audit_log (tenant_id, audit_id, at, author, via, address, action, kind, name, changes)
                    VALUES (@tenantId, @id, @at, 'a', 'v1', '', 'update', 'zone', @name, '{}')
                    """,
                    new { tenantId, id, at, name = "audit " + mark },
                    unit.Transaction);
                return await unit.Connection.ExecuteAsync(
                    """
                    INSERT INTO dynamic_authorizations (tenant_id, request_id, at, nas_id, kind, reason, attributes, outcome, detail, sends, proof)
                    VALUES (@tenantId, @id, @at, 1, 0, @name, '', 0, '', 1, 0)
                    """,
                    new { tenantId, id, at, name = "coa " + mark },
                    unit.Transaction);
            },
            default);
    }

    private static Task<int> LoginAsync(UnitOfWork unit, long tenantId, long id, string name) => unit.Connection.ExecuteAsync(
        """
        INSERT INTO login_history (tenant_id, login_id, at, user_name, name_key, nas_id, mac, client_ip, accepted, method, reason, detail)
        VALUES (@tenantId, @id, 0, @name, @name, 1, '', '', 1, 'PAP', '', '')
        """,
        new { tenantId, id, name },
        unit.Transaction);

    private static Task<int> SessionAsync(UnitOfWork unit, long tenantId, long id, string name, long? endedAt) => unit.Connection.ExecuteAsync(
        """
        INSERT INTO sessions (tenant_id, session_id, nas_id, acct_session_id, client_key, generation, user_name, mac, calling_station_id, called_station_id, client_ip,
            nas_address, nas_port, multi_session_id, started_at, last_news_at, ended_at, ending, seconds, octets_in, octets_out, counter_seconds, counter_in, counter_out,
            interim_seconds)
        VALUES (@tenantId, @id, 1, @name, '', 0, @name, '', '', '', '', '', '', '', 0, 0, @endedAt, 0, 0, 0, 0, 0, 0, 0, 0)
        """,
        new { tenantId, id, name, endedAt },
        unit.Transaction);

    private static async Task<string> ReadAsync(TestDatabase storage)
    {
        await using System.Data.Common.DbConnection connection = await storage.Database.OpenAsync(default);
        IEnumerable<string> names = await connection.QueryAsync<string>(
            """
            SELECT tenant_id || ' ' || user_name FROM login_history
            UNION ALL SELECT tenant_id || ' ' || user_name FROM sessions
            UNION ALL SELECT tenant_id || ' ' || user_name FROM unauthorised_devices
            UNION ALL SELECT tenant_id || ' ' || name FROM audit_log
            UNION ALL SELECT tenant_id || ' ' || reason FROM dynamic_authorizations
            """);
        return string.Join('|', names.Order(StringComparer.Ordinal));
    }
}
