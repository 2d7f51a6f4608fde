using System.Diagnostics;
using System.Globalization;
using Dapper;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>
/// How fast accounting goes into the database. To be run by hand, in a Release build:
/// <code>dotnet test tests/Kiwire.Server.Tests -c Release --filter FullyQualifiedName~BatchApplierSpeed</code>
/// </summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Explicit("measures")]
internal sealed class BatchApplierSpeed(StorageProvider provider)
{
    private const int SessionCount = 20_000;
    private const int RecordsPerSession = 10;

    [TestCase(1_000)]
    [TestCase(4_000)]
    [TestCase(8_000)]
    public async Task Records_of_as_many_sessions_as_a_batch_holds(int batch)
    {
        await using SessionsRoom room = await SessionsRoom.CreateAsync(provider);
        await using (WriteScope scope = await room.Accounts.Storage.Database.BeginWriteAsync(default))
        {
            long profile = await scope.Connection.ExecuteScalarAsync<long>("SELECT profile_id FROM profiles WHERE tenant_id = 1", transaction: scope.Transaction);
            await scope.Connection.ExecuteAsync(
                """
                INSERT INTO accounts (tenant_id, account_id, name, name_key, kind, active, profile_id, fullname, email, phone, remark, allow_nas, integration, statistics,
                    used_seconds, used_in, used_out, created_at)
                VALUES (1, @id, @name, @name, 0, 1, @profile, '', '', '', '', 'none', '', '', 0, 0, 0, 0)
                """,
                Enumerable.Range(0, SessionCount).Select(i => new { id = (long)i + 1, name = UserName(i), profile }),
                scope.Transaction);
            await scope.CommitAsync(default);
        }

        for (int round = 0; round < RecordsPerSession; round++)
        {
            for (int session = 0; session < SessionCount; session++)
            {
                room.Journal(Record(session, round));
            }
        }

        JournalRecord[] records = [.. room.Journalled];
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (int from = 0; from < records.Length; from += batch)
        {
            room.Applier.ApplyAll(records.AsSpan(from, Math.Min(batch, records.Length - from)), _ => { }, default);
        }

        double seconds = clock.Elapsed.TotalSeconds;
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{provider}, {batch} records to a transaction: {records.Length / seconds:F0} records/s, {cpu.TotalMicroseconds / records.Length:F1} us of processor time a record"));
        Assert.That((await room.QueryAsync("SELECT session_id FROM sessions WHERE seconds = 2700 AND ended_at IS NOT NULL")).Length, Is.EqualTo(SessionCount));
    }

    private static string UserName(int number) => string.Create(CultureInfo.InvariantCulture, $"user{number:D6}");

    private static AccountingPacket Record(int session, int round)
    {
        string device = string.Create(CultureInfo.InvariantCulture, $"02-00-00-{(session >> 16) & 0xff:X2}-{(session >> 8) & 0xff:X2}-{session & 0xff:X2}");
        string id = string.Create(CultureInfo.InvariantCulture, $"{session * 2_654_435_761L & 0xffffffff:X8}-{session:D6}");
        int status = round == 0 ? 1 : round == RecordsPerSession - 1 ? 2 : 3;
        AccountingPacket packet = AccountingPacket.Of(status, id, UserName(session), device).With(55, (uint)(1_700_000_000 + (round * 300)))
            .With(8, [10, (byte)(session >> 16), (byte)(session >> 8), (byte)session]).With(30, "AP-1:lobby").With(new LoginClass(session + 1, session + 1));
        return round == 0 ? packet : packet.With(46, (uint)(round * 300)).With(42, (uint)(round * 1_000_000)).With(43, (uint)(round * 10_000_000));
    }
}
