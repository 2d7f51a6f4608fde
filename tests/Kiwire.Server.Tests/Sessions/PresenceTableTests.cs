using System.Runtime.CompilerServices;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.Sessions;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PresenceTableTests : IDisposable
{
    private const long Now = 1_700_000_000_000;

    private readonly PresenceTable _table = new();

    public void Dispose() => _table.Dispose();

    [Test]
    public void Usage_is_what_the_database_says_plus_what_is_journalled_and_not_applied()
    {
        _table.GetOrAdd(1, 2).AddJournalled(new UsageTotals(1, 10, 100));
        AccountPresence? presence = _table.TryAttach(1, 2, new StoredUsage(new UsageTotals(5, 50, 500)), _table.BeginRead());

        Assert.That(presence!.Usage, Is.EqualTo(new UsageTotals(6, 60, 600)));
    }

    [Test]
    public void A_commit_moves_usage_into_the_database_without_changing_the_sum()
    {
        AccountPresence presence = Attached(2);
        presence.AddJournalled(new UsageTotals(1, 10, 100));
        AppliedUsage[] batch = [new(presence, new UsageTotals(1, 10, 100), 1)];
        PresenceTable.BeginApply(batch);
        _table.EndApply(batch);

        _table.TryAttach(1, 2, new StoredUsage(new UsageTotals(1, 10, 100)), _table.BeginRead());

        Assert.That(presence.Usage, Is.EqualTo(new UsageTotals(1, 10, 100)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_read_that_straddles_a_commit_is_to_be_repeated(bool attachWhileCommitting)
    {
        AccountPresence unknown = _table.GetOrAdd(1, 2);
        unknown.AddJournalled(new UsageTotals(1, 0, 0));
        AppliedUsage[] batch = [new(unknown, new UsageTotals(1, 0, 0), 1)];

        long version = _table.BeginRead();
        PresenceTable.BeginApply(batch);
        if (!attachWhileCommitting)
        {
            _table.EndApply(batch);
        }

        Assert.That(_table.TryAttach(1, 2, new StoredUsage(new UsageTotals(7, 0, 0)), version), Is.Null);
        Assert.That(unknown.IsUsageKnown, Is.False);
    }

    [Test]
    public void A_straddling_read_of_an_account_that_is_known_leaves_its_usage_alone()
    {
        AccountPresence presence = Attached(2);
        presence.AddJournalled(new UsageTotals(3, 0, 0));
        AppliedUsage[] batch = [new(presence, new UsageTotals(3, 0, 0), 1)];
        long version = _table.BeginRead();
        PresenceTable.BeginApply(batch);
        _table.EndApply(batch);

        Assert.That(_table.TryAttach(1, 2, default, version), Is.SameAs(presence));
        Assert.That(presence.Usage.Seconds, Is.EqualTo(3));
    }

    [Test]
    public void A_commit_that_did_not_happen_leaves_the_usage_journalled()
    {
        AccountPresence presence = Attached(2);
        presence.AddJournalled(new UsageTotals(3, 0, 0));
        AppliedUsage[] batch = [new(presence, new UsageTotals(3, 0, 0), 1)];
        PresenceTable.BeginApply(batch);
        PresenceTable.AbandonApply(batch);

        _table.TryAttach(1, 2, default, _table.BeginRead());

        Assert.That(presence.Usage.Seconds, Is.EqualTo(3));
    }

    [Test]
    public void Once_nothing_is_pending_the_databases_count_stands()
    {
        AccountPresence presence = Attached(2);
        presence.AddJournalled(new UsageTotals(3, 0, 0));
        presence.AddJournalled(new UsageTotals(3, 0, 0));
        AppliedUsage[] batch = [new(presence, new UsageTotals(5, 0, 0), 2)];
        PresenceTable.BeginApply(batch);
        _table.EndApply(batch);

        Assert.That(presence.Usage.Seconds, Is.EqualTo(5));
    }

    [Test]
    public void An_account_with_a_reservation_outlives_the_entry_that_referred_to_it()
    {
        Reserve(2);
        GC.Collect();
        _table.Sweep(Now + 1);
        GC.Collect();

        Assert.That(_table.TryGet(1, 2, out AccountPresence? presence), Is.True);
        Assert.That(presence!.CountPlaces(Now + 1), Is.EqualTo(1));
    }

    [Test]
    public void An_account_with_nothing_to_remember_goes()
    {
        Reserve(2);
        _table.Sweep(Now + 60_000);
        _table.Sweep(Now + 70_000);
        Assert.That(_table.RootedCount, Is.Zero);
        GC.Collect();

        Assert.That(_table.TryGet(1, 2, out _), Is.False);
    }

    [Test]
    public void An_account_with_a_reservation_takes_about_a_hundred_octets()
    {
        AccountPresence[] all = new AccountPresence[10_000];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = new AccountPresence { TenantId = 1, AccountId = i };
            all[i].TryReserve(MacAddress.FromBits(1), 1, 1, false, Now);
        }

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / all.Length, Is.LessThanOrEqualTo(112));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reserve(long account) => Attached(account).TryReserve(MacAddress.FromBits(1), 1, 1, false, Now);

    private AccountPresence Attached(long account) => _table.TryAttach(1, account, default, _table.BeginRead())!;
}
