using System.Diagnostics;
using System.Globalization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>
/// How fast a page of a long history comes, by each filter. To be run by hand, in a Release build:
/// <code>dotnet test tests/Kiwire.Server.Tests -c Release --filter FullyQualifiedName~HistorySpeed</code>
/// </summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Explicit("measures")]
internal sealed class HistorySpeed(StorageProvider provider)
{
    private const int Rows = 1_000_000;

    /// <summary>One every ten seconds.</summary>
    private const long Apart = 10_000;
    private const long Beginning = 1_760_000_000_000;
    private const long Middle = Beginning + (Rows / 2 * Apart);

    [Test]
    public async Task Pages_of_a_million_sessions_and_logins()
    {
        await using SessionsRoom room = await SessionsRoom.CreateAsync(provider);
        long alice = await room.Accounts.CreateUserAsync("alice", profile: "wx_temp");
        string id = string.Create(CultureInfo.InvariantCulture, $"{IdSource.LeastAt(Beginning)} + i * {Apart << 21}");
        string numbers = $"WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})";
        await room.ExecuteAsync($"""
            {numbers}
            INSERT INTO sessions (tenant_id, session_id, nas_id, acct_session_id, client_key, generation, account_id, user_name, mac, calling_station_id, called_station_id,
                client_ip, nas_address, nas_port, multi_session_id, started_at, last_news_at, ended_at, ending, seconds, octets_in, octets_out, counter_seconds,
                counter_in, counter_out, interim_seconds)
            SELECT 1, {id}, i % 1000, CAST(i AS TEXT), 'c', 0, CASE WHEN i % 10000 = 0 THEN {alice} ELSE i % 50000 + 1000000 END, 'u', '02:00:00:' || (i % 50000), '',
                'AP:hall', '10.0.0.1', '192.0.2.1', '', '', {Beginning} + i * {Apart}, {Beginning} + i * {Apart}, CASE WHEN i % 200 = 0 THEN NULL ELSE {Beginning} + i * {Apart} END,
                0, 1, 1, 1, 1, 1, 1, 300 FROM n
            """);
        await room.ExecuteAsync($"""
            {numbers}
            INSERT INTO login_history (tenant_id, login_id, at, user_name, name_key, nas_id, mac, client_ip, accepted, method, reason, detail)
            SELECT 1, {id}, {Beginning} + i * {Apart}, 'u', 'u' || (i % 50000), i % 1000, '02:00:00:' || (i % 50000), '', CASE WHEN i % 10 = 0 THEN 0 ELSE 1 END, 'PAP',
                CASE WHEN i = 1 THEN 'volume' WHEN i % 10 = 0 THEN 'zone' ELSE '' END, '' FROM n
            """);
        if (provider == StorageProvider.PostgreSql)
        {
            // What autovacuum does within a minute. SQLite's plans are to hold without.
            await room.ExecuteAsync("ANALYZE sessions");
            await room.ExecuteAsync("ANALYZE login_history");
        }

        SessionStore sessions = new(room.Accounts.Storage.Database);
        LoginHistoryStore logins = new(room.Accounts.Storage.Database);
        SessionQuery all = new() { TenantId = 1, Limit = 50 };
        LoginQuery any = new() { TenantId = 1, Limit = 50 };
        string mac = "02:00:00:77";

        await SessionsAsync("all", all);
        await SessionsAsync("open", all with { OpenOnly = true });
        await SessionsAsync("ended", all with { EndedOnly = true });
        await SessionsAsync("NAS", all with { NasId = 7 });
        await SessionsAsync("NAS, open", all with { NasId = 0, OpenOnly = true });
        await SessionsAsync("account", all with { UserName = "alice" });
        await SessionsAsync("a name that nobody has", all with { UserName = "nobody" });
        await SessionsAsync("device", all with { Mac = mac });
        await SessionsAsync("a day in the middle", all with { From = Middle, To = Middle + 86_400_000 });
        await SessionsAsync("NAS, before the middle", all with { NasId = 7, To = Middle });
        await SessionsAsync("a place where nobody is", all, _ => false);
        await LoginsAsync("all", any);
        await LoginsAsync("name", any with { UserName = "u77" });
        await LoginsAsync("device", any with { Mac = mac });
        await LoginsAsync("NAS", any with { NasId = 7 });
        await LoginsAsync("refused", any with { Outcome = LoginOutcome.Rejected });
        await LoginsAsync("a reason that was once", any with { Reason = "volume" });
        await LoginsAsync("a day in the middle", any with { From = Middle, To = Middle + 86_400_000 });

        Task SessionsAsync(string what, SessionQuery query, Predicate<SessionInfo>? isWanted = null) =>
            MeasureAsync("sessions, " + what, async () => (await sessions.ReadAsync(query, isWanted, default)).Rows.Count);

        Task LoginsAsync(string what, LoginQuery query) => MeasureAsync("logins, " + what, async () => (await logins.ReadAsync(query, default)).Rows.Count);
    }

    [Test]
    public async Task Pages_of_ten_thousand_NASes()
    {
        await using Network.NetworkRoom room = await Network.NetworkRoom.CreateAsync(provider);
        for (int i = 0; i < 10_000; i++)
        {
            await room.Commits.EnqueueAsync(
                unit => Dapper.SqlMapper.ExecuteAsync(
                    unit.Connection,
                    """
                    INSERT INTO nas (tenant_id, nas_id, identity, identity_key, address, type, coa_port, secret, require_message_authenticator, location, server, description,
                        username, created_at)
                    VALUES (1, @i, @name, @name, '192.0.2.1', 'generic', 3799, @secret, 0, @location, '', '', '', 0)
                    """,
                    new { i = (long)i, name = $"nas-{i:D5}", secret = room.Secrets.Protect("testing123"u8, "nas.secret"), location = $"site-{i % 500}" },
                    unit.Transaction),
                default);
        }

        await room.Loader.LoadAsync(default);
        NasQuery all = new() { TenantId = 1, Limit = 50 };
        await MeasureAsync("NASes, the first", async () => (await room.Register.ListAsync(all, default)).Count);
        await MeasureAsync("NASes, behind 9000", async () => (await room.Register.ListAsync(all with { After = "nas-09000" }, default)).Count);
        await MeasureAsync("NASes, a prefix", async () => (await room.Register.ListAsync(all with { Prefix = "nas-0999" }, default)).Count);
        await MeasureAsync("NASes, a changed secret in use", async () => await room.Register.UpdateAsync(1, 7, new NasSettings { Secret = "another" }, 0, default) is SaveOutcome.Saved ? 1 : 0);
        await MeasureAsync("NASes, a location", async () => (await room.Register.ListAsync(all with { Location = "site-499" }, default)).Count);
    }

    private async Task MeasureAsync(string what, Func<Task<int>> read)
    {
        double first = 0;
        double best = double.MaxValue;
        int rows = 0;
        for (int i = 0; i < 5; i++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            rows = await read();
            double milliseconds = clock.Elapsed.TotalMilliseconds;
            first = i == 0 ? milliseconds : first;
            best = Math.Min(best, milliseconds);
        }

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{provider}: {what}: {rows} rows, first {first:F1} ms, best of five {best:F1} ms"));
        Assert.That(best, Is.LessThan(1000));
    }
}
