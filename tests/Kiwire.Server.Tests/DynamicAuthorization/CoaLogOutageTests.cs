using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>The dynamic-authorization log while the database is away.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CoaLogOutageTests
{
    [Test]
    [CancelAfter(600_000)]
    public async Task Rows_wait_for_the_database_and_none_is_lost(CancellationToken cancellationToken)
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using TestDatabase storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql, server: server);
        await using CoaRoom room = CoaRoom.On(storage, new HandMovedClock());
        await server.StopAsync();
        await room.Log.StartAsync(cancellationToken);
        for (int i = 0; i < 3; i++)
        {
            room.Log.Add(Row(storage.Ids.Next()));
        }

        await UntilAsync(() => !storage.Database.IsReachable, room, cancellationToken);
        long waiting = room.Log.Backlog;
        await server.RestartAsync();
        await UntilAsync(() => room.Log.Backlog == 0, room, cancellationToken);

        Assert.That(waiting, Is.EqualTo(3));
        Assert.That(await room.Store.ListAsync(new CoaLogQuery { TenantId = 1 }, cancellationToken), Has.Count.EqualTo(3));
    }

    /// <summary>Lets time pass until it is so.</summary>
    private static async Task UntilAsync(Func<bool> condition, CoaRoom room, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            room.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, cancellationToken);
        }
    }

    private static CoaLogRow Row(long id) => new()
    {
        TenantId = 1,
        RequestId = id,
        At = 1,
        NasId = 1,
        Kind = CoaKind.Coa,
        Reason = "by hand",
        Attributes = "",
        Outcome = CoaResult.Acknowledged,
        Detail = "",
        Sends = 1,
    };
}
