using System.Net;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Accounts;

namespace Kiwire.Server.Tests.Tenants;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class LoginGuardTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.2");

    [Test]
    public void Ten_failures_within_ten_minutes_shut_an_address_for_ten_minutes()
    {
        SteppedClock clock = new();
        LoginGuard guard = new(clock);

        for (int i = 1; i < 10; i++)
        {
            Assert.That(guard.Failed(Home, 1, $"name{i}"), Is.False);
            Assert.That(guard.ShutFor(Home, 1, "any"), Is.EqualTo(TimeSpan.Zero));
            clock.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.That(guard.Failed(Home, 1, "name10"), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(guard.ShutFor(Home, 1, "any"), Is.EqualTo(TimeSpan.FromMinutes(10)));
            Assert.That(guard.ShutFor(Home, 2, "any"), Is.EqualTo(TimeSpan.FromMinutes(10)));
            Assert.That(guard.ShutFor(Elsewhere, 1, "any"), Is.EqualTo(TimeSpan.Zero));
        }

        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(guard.ShutFor(Home, 1, "any"), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Ten_failures_over_more_than_ten_minutes_do_not()
    {
        SteppedClock clock = new();
        LoginGuard guard = new(clock);

        for (int i = 0; i < 40; i++)
        {
            Assert.That(guard.Failed(Home, 1, $"name{i}"), Is.False);
            clock.Advance(TimeSpan.FromSeconds(67));
        }
    }

    [Test]
    public void An_address_of_IPv6_counts_with_its_64_and_an_IPv4_one_in_either_form()
    {
        LoginGuard guard = new(new SteppedClock());

        for (int i = 0; i < 10; i++)
        {
            guard.Failed(IPAddress.Parse($"2001:db8:0:1::{i:x}"), 1, $"a{i}");
            guard.Failed(i % 2 == 0 ? Home : Home.MapToIPv6(), 1, $"b{i}");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(guard.ShutFor(IPAddress.Parse("2001:db8:0:1:ffff::"), 1, "any"), Is.GreaterThan(TimeSpan.Zero));
            Assert.That(guard.ShutFor(IPAddress.Parse("2001:db8:0:2::"), 1, "any"), Is.EqualTo(TimeSpan.Zero));
            Assert.That(guard.ShutFor(Home, 1, "any"), Is.GreaterThan(TimeSpan.Zero));
        }
    }

    [Test]
    public void Thirty_failures_of_a_name_shut_it_for_a_minute_but_not_where_it_has_logged_in()
    {
        SteppedClock clock = new();
        LoginGuard guard = new(clock);
        guard.Succeeded(Home, 1, "Admin");

        for (int i = 0; i < 30; i++)
        {
            Assert.That(guard.ShutFor(Elsewhere, 1, "admin"), Is.EqualTo(TimeSpan.Zero));
            guard.Failed(IPAddress.Parse($"198.51.100.{i}"), 1, i % 2 == 0 ? "admin" : "ADMIN");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(guard.ShutFor(Elsewhere, 1, "admin"), Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(guard.ShutFor(Home, 1, "admin"), Is.EqualTo(TimeSpan.Zero));
            Assert.That(guard.ShutFor(Elsewhere, 1, "other"), Is.EqualTo(TimeSpan.Zero));
            Assert.That(guard.ShutFor(Elsewhere, 2, "admin"), Is.EqualTo(TimeSpan.Zero));
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(guard.ShutFor(Elsewhere, 1, "admin"), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Memory_is_bounded_and_those_that_were_quiet_give_way()
    {
        SteppedClock clock = new();
        AttemptTable table = new(clock);
        table.Mark("first", TimeSpan.FromDays(1));

        for (int i = 0; i < 400_000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            table.Mark($"other{i}", TimeSpan.FromDays(1));
        }

        Assert.That(table.MarkedFor("first"), Is.EqualTo(TimeSpan.Zero));
        Assert.That(table.MarkedFor("other399999"), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task Of_many_wrong_passwords_that_come_at_once_no_more_than_ten_are_looked_at()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(StorageProvider.Sqlite);

        AdministratorProof[] proofs = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => room.LogInAsync($"name{i}", "wrong")));

        int lookedAt = proofs.OfType<AdministratorProof.Refused>().Count();
        Assert.That(lookedAt, Is.InRange(10, 10 + (Environment.ProcessorCount / 4)));
        Assert.That(proofs.OfType<AdministratorProof.ShutOut>().Count(), Is.EqualTo(20 - lookedAt));
        Assert.That(await room.LogInAsync("admin", TenantsRoom.Password), Is.TypeOf<AdministratorProof.ShutOut>(), "the right one, from there");
        Assert.That(await room.LogInAsync("admin", TenantsRoom.Password, Elsewhere), Is.TypeOf<AdministratorProof.Admitted>());
    }

    [Test]
    public async Task Past_what_may_wait_a_log_in_is_told_to_try_again()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(StorageProvider.Sqlite);
        using ManualResetEventSlim open = new();
        List<Task<bool>> waiting = [];

        // Each thread holds one before the rest is filled: one that began later would make room for the log-in behind all of them.
        int threads = Math.Max(1, Environment.ProcessorCount / 4);
        using CountdownEvent begun = new(threads);
        for (int i = 0; i < threads; i++)
        {
            waiting.Add(room.Hasher.TryRun(() => begun.Signal() | open.Wait(TimeSpan.FromMinutes(1)))!);
        }

        begun.Wait();
        while (room.Hasher.TryRun(() => open.Wait(TimeSpan.FromMinutes(1))) is { } task)
        {
            waiting.Add(task);
        }

        AdministratorProof proof = await room.LogInAsync("admin", TenantsRoom.Password);
        open.Set();
        await Task.WhenAll(waiting);

        Assert.That(proof, Is.TypeOf<AdministratorProof.Busy>());
        Assert.That(waiting, Has.Count.GreaterThanOrEqualTo(LoginHasher.MostWaiting));
        Assert.That(await room.LogInAsync("admin", TenantsRoom.Password), Is.TypeOf<AdministratorProof.Admitted>());
    }
}
