using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>Grants on both databases: given once, used once, whoever asks.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class GrantStoreTests(StorageProvider provider)
{
    private const long Tenant = 1;
    private const long Nas = 7;
    private const long Account = 42;

    private static readonly MacAddress Device = Mac("02:aa:00:00:00:01");

    [Test]
    public async Task A_grant_is_used_up_once_however_many_servers_ask_at_one_time()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Server[] servers = [Server.On(storage), Server.On(storage), Server.On(storage)];
        Grant grant = (await servers[0].Store.GiveAsync(Tenant, Nas, Device, Account, default))!;

        bool[] consumed = await Task.WhenAll(servers.SelectMany(server => (Task<bool>[])[server.Store.TryConsumeAsync(grant, default), server.Store.TryConsumeAsync(grant, default)]));

        Assert.That(consumed.Count(one => one), Is.EqualTo(1));
    }

    [Test]
    public async Task A_grant_is_of_its_tenant_its_NAS_and_its_device_alone_and_only_until_it_expires()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Server server = Server.On(storage, clock);
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Grant grant = (await server.Store.GiveAsync(Tenant, Nas, Device, Account, default))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Table.TryFind(Tenant, Nas, Device, now, out Grant? found), Is.True);
            Assert.That(found, Is.EqualTo(grant));
            Assert.That(server.Table.TryFind(2, Nas, Device, now, out _), Is.False);
            Assert.That(server.Table.TryFind(Tenant, 8, Device, now, out _), Is.False);
            Assert.That(server.Table.TryFind(Tenant, Nas, Mac("02:aa:00:00:00:02"), now, out _), Is.False);
            Assert.That(server.Table.TryFind(Tenant, Nas, Device, now + 299_999, out _), Is.True);
            Assert.That(server.Table.TryFind(Tenant, Nas, Device, now + 300_000, out _), Is.False);
        }

        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await server.Store.TryConsumeAsync(grant, default), Is.False);
        Assert.That(server.Table.IsEmpty, Is.True);
    }

    [Test]
    public async Task A_newer_grant_takes_the_place_of_the_same_devices_older_one()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Server server = Server.On(storage);
        Grant older = (await server.Store.GiveAsync(Tenant, Nas, Device, Account, default))!;
        Grant newer = (await server.Store.GiveAsync(Tenant, Nas, Device, 43, default))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await server.Store.ListAsync(default), Is.EqualTo((Grant[])[newer]));
            Assert.That(server.Table.Count, Is.EqualTo(1));
            Assert.That(await server.Store.TryConsumeAsync(older, default), Is.False);
            Assert.That(server.Table.TryFind(Tenant, Nas, Device, newer.ExpiresAt - 1, out Grant? found), Is.True);
            Assert.That(found, Is.EqualTo(newer));
            Assert.That(await server.Store.TryConsumeAsync(newer, default), Is.True);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Another_server_hears_of_a_grant_and_of_its_end(CancellationToken cancellationToken)
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Server giver = Server.On(storage);
        Server other = Server.On(storage);
        using GrantFollower follower = new(other.Store, other.Table, storage.Changes, TimeProvider.System, NullLogger<GrantFollower>.Instance);
        Grant before = (await giver.Store.GiveAsync(Tenant, Nas, Mac("02:aa:00:00:00:09"), Account, cancellationToken))!;
        await follower.StartingAsync(cancellationToken);
        Assert.That(other.Table.TryFind(Tenant, Nas, before.Device, before.ExpiresAt - 1, out _), Is.True, "what was given before the start is read");
        await follower.StartAsync(cancellationToken);

        Grant grant = (await giver.Store.GiveAsync(Tenant, Nas, Device, Account, cancellationToken))!;
        await Until(() => other.Table.TryFind(Tenant, Nas, Device, grant.ExpiresAt - 1, out _), cancellationToken);
        Assert.That(await giver.Store.TryConsumeAsync(grant, cancellationToken), Is.True);
        await Until(() => !other.Table.TryFind(Tenant, Nas, Device, grant.ExpiresAt - 1, out _), cancellationToken);

        await follower.StopAsync(cancellationToken);
    }

    [Test]
    public async Task What_has_expired_is_deleted()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        Server server = Server.On(storage, clock);
        _ = await server.Store.GiveAsync(Tenant, Nas, Device, Account, default);
        clock.Advance(TimeSpan.FromMinutes(4));
        Grant second = (await server.Store.GiveAsync(Tenant, 8, Device, Account, default))!;
        clock.Advance(TimeSpan.FromMinutes(1));

        await server.Store.SweepAsync(default);
        server.Table.Sweep(clock.GetUtcNow().ToUnixTimeMilliseconds());

        clock.Advance(TimeSpan.FromMinutes(-2));
        Assert.That(await server.Store.ListAsync(default), Is.EqualTo((Grant[])[second]));
        Assert.That(server.Table.Count, Is.EqualTo(1));
    }

    private static async Task Until(Func<bool> done, CancellationToken cancellationToken) =>
        await RunningServer.UntilAsync(() => Task.FromResult(done()), isDone => isDone, cancellationToken);

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out MacAddress mac) ? mac : throw new FormatException(text);

    private sealed record Server(GrantStore Store, GrantTable Table)
    {
        public static Server On(TestDatabase storage, TimeProvider? clock = null)
        {
            GrantTable table = new();
            return new Server(new GrantStore(storage.Database, storage.Commits, storage.Ids, table, clock ?? TimeProvider.System), table);
        }
    }
}
