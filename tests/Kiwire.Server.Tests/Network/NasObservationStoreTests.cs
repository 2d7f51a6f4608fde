using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Network;

/// <summary>radius.md, 6: auto counts per NAS entry, and kept across restarts.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class NasObservationStoreTests(StorageProvider provider)
{
    private const long Day = 24 * 60 * 60 * 1000L;
    private const long Now = 1_700_000_000_000;

    [Test]
    public async Task Nineteen_before_a_restart_and_one_after_it_are_twenty()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NasEntry entry = await CreateAsync(room);
        Send(entry, 19, has: true, Now);
        await room.Loader.SaveObservationsAsync(default);

        NasEntry again = Entry(await room.RestartAsync(), entry);
        Assert.That(again.Observations.IsEnforced, Is.False);
        Send(again, 1, has: true, Now);

        Assert.That(again.Observations.IsEnforced, Is.True);
    }

    [Test]
    public async Task That_it_is_required_survives_a_restart()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NasEntry entry = await CreateAsync(room);
        Send(entry, 20, has: true, Now);
        await room.Loader.SaveObservationsAsync(default);

        NasEntry again = Entry(await room.RestartAsync(), entry);

        Assert.That(
            again.Observations.Judge(MessageAuthenticatorPolicy.Auto, false, false, false, Now + 1),
            Is.EqualTo(MessageAuthenticatorVerdict.MissingMessageAuthenticator));
    }

    [Test]
    public async Task The_24_hours_go_on_across_a_restart()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NasEntry entry = await CreateAsync(room);
        Send(entry, 1, has: false, Now);
        await room.Loader.SaveObservationsAsync(default);

        NasEntry again = Entry(await room.RestartAsync(), entry);
        Send(again, 30, has: true, Now + Day - 1);
        Assert.That(again.Observations.IsEnforced, Is.False);
        Send(again, 1, has: true, Now + Day);

        Assert.That(again.Observations.IsEnforced, Is.True);
    }

    [Test]
    public async Task All_that_was_seen_is_read_back()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NasEntry entry = await CreateAsync(room);
        Send(entry, 3, has: true, Now);
        Send(entry, 2, has: false, Now + 1000, proxyState: true);
        Send(entry, 4, has: true, Now + 5000, eap: true);
        NasSightings seen = entry.Observations.Sightings;
        await room.Loader.SaveObservationsAsync(default);
        await room.Loader.SaveObservationsAsync(default);

        NasEntry again = Entry(await room.RestartAsync(), entry);

        Assert.That(again.Observations.Sightings, Is.EqualTo(seen));
    }

    [Test]
    public async Task Two_servers_count_into_one_row()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NasEntry here = await CreateAsync(room);
        NetworkRoom other = await room.RestartAsync();
        NasEntry there = Entry(other, here);
        Send(here, 3, has: true, Now);
        Send(there, 5, has: true, Now);

        await room.Loader.SaveObservationsAsync(default);
        await other.Loader.SaveObservationsAsync(default);
        await room.Loader.LoadNasAsync(default);
        Send(here, 1, has: true, Now);
        await room.Loader.SaveObservationsAsync(default);

        Assert.That(Entry(await room.RestartAsync(), here).Observations.Sightings.With, Is.EqualTo(9));
    }

    [Test]
    public async Task A_request_without_one_that_another_server_saw_forbids_requiring_it()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NasEntry here = await CreateAsync(room);
        NetworkRoom other = await room.RestartAsync();
        NasEntry there = Entry(other, here);
        Send(there, 1, has: false, Now - Day + 1);
        await other.Loader.SaveObservationsAsync(default);

        Send(here, 20, has: true, Now);
        await room.Loader.SaveObservationsAsync(default);
        await room.Loader.LoadNasAsync(here.TenantId, here.NasId, default);
        await other.Loader.LoadNasAsync(here.TenantId, here.NasId, default);
        bool[] inBetween = [here.Observations.IsEnforced, there.Observations.IsEnforced];
        Send(here, 1, has: true, Now + 1);
        await room.Loader.SaveObservationsAsync(default);
        await other.Loader.LoadNasAsync(here.TenantId, here.NasId, default);

        Assert.That(inBetween, Is.EqualTo((bool[])[false, false]));
        Assert.That((here.Observations.IsEnforced, there.Observations.IsEnforced), Is.EqualTo((false, false)), "24 hours are not over");
    }

    [Test]
    public async Task Relaxing_holds_here_on_other_servers_and_across_a_restart()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NasEntry entry = await CreateAsync(room);
        NetworkRoom other = await room.RestartAsync();
        Send(entry, 20, has: true, Now);
        await room.Loader.SaveObservationsAsync(default);
        await other.Loader.LoadNasAsync(default);
        Assert.That(Entry(other, entry).Observations.IsEnforced, Is.True);

        bool relaxed = await room.Register.RelaxMessageAuthenticatorAsync(entry.TenantId, entry.NasId, default);
        await other.Loader.LoadNasAsync(default);
        Send(Entry(other, entry), 1, has: true, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        await other.Loader.SaveObservationsAsync(default);
        NetworkRoom restarted = await room.RestartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(relaxed, Is.True);
            Assert.That(Entry(room, entry).Observations.IsEnforced, Is.False);
            Assert.That(Entry(other, entry).Observations.IsEnforced, Is.False);
            Assert.That(Entry(restarted, entry).Observations.IsEnforced, Is.False);
        }
    }

    [Test]
    public async Task Relaxing_what_is_not_there_says_so()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);

        Assert.That(await room.Register.RelaxMessageAuthenticatorAsync(1, 42, default), Is.False);
    }

    [Test]
    public async Task What_a_deleted_nas_still_sends_is_not_kept()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NetworkRoom other = await room.RestartAsync();
        NasEntry entry = await CreateAsync(room);
        await other.Loader.LoadNasAsync(default);
        _ = await room.Register.DeleteAsync(entry.TenantId, entry.NasId, 0, default);
        Send(Entry(other, entry), 1, has: true, Now);

        await other.Loader.SaveObservationsAsync(default);

        Assert.That(await new NasObservationStore(room.Database).ListAllAsync(default), Is.Empty);
    }

    private static async Task<NasEntry> CreateAsync(NetworkRoom room)
    {
        SaveOutcome outcome = await room.Register.CreateAsync(
            1, new NasSettings { Identity = "ap", Address = "192.0.2.1", Secret = "testing123" }, default);
        _ = room.Directory.TryGet(1, ((SaveOutcome.Saved)outcome).Id, out NasEntry? entry);
        return entry!;
    }

    private static NasEntry Entry(NetworkRoom room, NasEntry entry)
    {
        _ = room.Directory.TryGet(entry.TenantId, entry.NasId, out NasEntry? found);
        return found!;
    }

    private static void Send(NasEntry entry, int times, bool has, long now, bool eap = false, bool proxyState = false)
    {
        for (int i = 0; i < times; i++)
        {
            _ = entry.Observations.Judge(MessageAuthenticatorPolicy.Auto, has, eap, proxyState, now);
        }
    }
}
