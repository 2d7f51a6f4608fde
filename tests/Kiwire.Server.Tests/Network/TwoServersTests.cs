using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Network;

/// <summary>Two servers on one database change and count the same NAS entries and zones.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class TwoServersTests
{
    private const long Tenant = 1;
    private const int Rounds = 25;

    [TestCase(StorageProvider.Sqlite)]
    [TestCase(StorageProvider.PostgreSql)]
    public async Task An_identity_that_was_given_to_another_entry_is_taken_over_in_whatever_order_that_is_told(StorageProvider provider)
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long first = await CreateAsync(room, "a");
        long second = await CreateAsync(room, "b");
        NetworkRoom other = await room.RestartAsync();
        _ = await room.Register.UpdateAsync(Tenant, first, new NasSettings { Identity = "c" }, 0, default);
        _ = await room.Register.UpdateAsync(Tenant, second, new NasSettings { Identity = "a" }, 0, default);

        await other.Loader.LoadAsync([(Tenant, second), (Tenant, first)], default);

        Assert.That(other.Directory.Entries.Select(entry => (entry.NasId, entry.Identity)), Is.EquivalentTo(((long, string)[])[(first, "c"), (second, "a")]));
    }

    [Test]
    public async Task Neither_of_two_changes_of_a_NAS_is_lost()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(StorageProvider.PostgreSql);
        NetworkRoom other = await room.StartSecondAsync();
        long id = await CreateAsync(room, "a");

        for (int round = 0; round < Rounds; round++)
        {
            string said = $"round {round}";
            await Task.WhenAll(
                room.Register.UpdateAsync(Tenant, id, new NasSettings { Location = said }, 0, default),
                other.Register.UpdateAsync(Tenant, id, new NasSettings { Description = said }, 0, default));

            Nas nas = (await room.Register.GetAsync(Tenant, id, default))!;
            Assert.That((nas.Location, nas.Description), Is.EqualTo((said, said)));
        }
    }

    [Test]
    public async Task Of_two_changes_under_the_same_version_one_is_refused()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(StorageProvider.PostgreSql);
        NetworkRoom other = await room.StartSecondAsync();
        long id = await CreateAsync(room, "a");

        for (int round = 0; round < Rounds; round++)
        {
            long version = (await room.Register.GetAsync(Tenant, id, default))!.Version;
            SaveOutcome[] outcomes = await Task.WhenAll(
                room.Register.UpdateAsync(Tenant, id, new NasSettings { Location = $"one {round}" }, version, default),
                other.Register.UpdateAsync(Tenant, id, new NasSettings { Location = $"two {round}" }, version, default));

            Assert.That(outcomes.Select(outcome => outcome.GetType()), Is.EquivalentTo([typeof(SaveOutcome.Saved), typeof(SaveOutcome.Stale)]));
        }
    }

    [Test]
    public async Task Neither_of_two_changes_of_a_zone_is_lost()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(StorageProvider.PostgreSql);
        NetworkRoom other = await room.StartSecondAsync();
        long id = ((SaveOutcome.Saved)await room.ZoneRegister.CreateAsync(Tenant, "lobby", [], default)).Id;

        for (int round = 0; round < Rounds; round++)
        {
            string said = $"round {round}";
            await Task.WhenAll(
                room.ZoneRegister.UpdateAsync(Tenant, id, said, null, 0, default),
                other.ZoneRegister.UpdateAsync(Tenant, id, null, [new ZoneMember(ZoneMemberKind.NasIdentity, said)], 0, default));

            await room.Loader.LoadZonesAsync(default);
            Zone zone = room.ZoneRegister.List(Tenant).Single();
            Assert.That((zone.Name, zone.Members.Single().Value), Is.EqualTo((said, said)));
        }
    }

    [Test]
    public async Task What_both_have_seen_of_many_NASes_is_written_by_both_in_one_order()
    {
        const int Entries = 60;
        await using NetworkRoom room = await NetworkRoom.CreateAsync(StorageProvider.PostgreSql);
        NetworkRoom other = await room.StartSecondAsync();
        List<long> ids = [];
        for (int i = 0; i < Entries; i++)
        {
            ids.Add(await CreateAsync(room, $"nas-{i}"));
        }

        // The other one comes to know them from the last to the first.
        foreach (long id in Enumerable.Reverse(ids))
        {
            await other.Loader.LoadNasAsync(Tenant, id, default);
        }

        for (int round = 1; round <= Rounds; round++)
        {
            Send(room);
            Send(other);
            await Task.WhenAll(room.Loader.SaveObservationsAsync(default), other.Loader.SaveObservationsAsync(default));
        }

        Dictionary<(long, long), NasSightings> seen = await new NasObservationStore(room.Database).ListAllAsync(default);
        Assert.That(seen.Values.Select(one => one.Without), Is.EqualTo(Enumerable.Repeat(2L * Rounds, Entries)));
    }

    private static async Task<long> CreateAsync(NetworkRoom room, string identity) =>
        ((SaveOutcome.Saved)await room.Register.CreateAsync(
            Tenant, new NasSettings { Identity = identity, Address = "192.0.2.1", Secret = "testing123" }, default)).Id;

    private static void Send(NetworkRoom room)
    {
        foreach (NasEntry entry in room.Directory.Entries)
        {
            _ = entry.Observations.Judge(MessageAuthenticatorPolicy.Auto, hasValidMessageAuthenticator: false, isEap: false, hasProxyState: false, 1_700_000_000_000);
        }
    }
}
