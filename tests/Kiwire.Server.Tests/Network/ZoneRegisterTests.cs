using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using static Kiwire.Server.Network.ZoneMemberKind;

namespace Kiwire.Server.Tests.Network;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class ZoneRegisterTests(StorageProvider provider)
{
    [Test]
    public async Task A_zone_is_known_at_once_and_after_a_restart()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);

        SaveOutcome outcome = await room.ZoneRegister.CreateAsync(
            1, " Lobby ", [new(NasIdentity, " lobby-ap "), new(NasLocation, "Hall"), new(Ssid, " Guests "), new(NasIpPrefix, "10.1.2.3/8")], default);

        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
        NetworkRoom again = await room.RestartAsync();
        foreach (NetworkRoom one in (NetworkRoom[])[room, again])
        {
            Zone zone = one.ZoneRegister.List(1).Single();
            Assert.That(zone.Name, Is.EqualTo("Lobby"));
            Assert.That(
                zone.Members,
                Is.EquivalentTo(new ZoneMember[] { new(NasIdentity, "lobby-ap"), new(NasLocation, "Hall"), new(Ssid, " Guests "), new(NasIpPrefix, "10.0.0.0/8") }));
            Assert.That(one.Zones.TryResolve(1, "LOBBY", out _, out _), Is.True);
        }
    }

    [Test]
    public async Task A_zone_may_have_no_members_yet()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);

        _ = await room.ZoneRegister.CreateAsync(1, "empty", [], default);

        Assert.That(room.ZoneRegister.List(1).Single().Members, Is.Empty);
    }

    [Test]
    public async Task An_update_replaces_name_and_members_at_once()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long id = await CreateAsync(room, "a");

        SaveOutcome outcome = await room.ZoneRegister.UpdateAsync(1, id, "b", [new(Ssid, "x"), new(Ssid, "x")], 0, default);

        Assert.That(outcome, Is.EqualTo(new SaveOutcome.Saved(id)));
        Zone zone = room.ZoneRegister.List(1).Single();
        Assert.That(zone.Name, Is.EqualTo("b"));
        Assert.That(zone.Members, Is.EqualTo(new[] { new ZoneMember(Ssid, "x") }));
    }

    [Test]
    public async Task A_deleted_zone_is_gone_at_once()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long id = await CreateAsync(room, "a");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await room.ZoneRegister.DeleteAsync(1, id, 0, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(room.ZoneRegister.List(1), Is.Empty);
            Assert.That(room.Zones.TryResolve(1, "a", out _, out _), Is.False);
            Assert.That(await room.ZoneRegister.DeleteAsync(1, id, 0, default), Is.TypeOf<SaveOutcome.Missing>());
        }
    }

    [Test]
    public async Task A_name_is_the_tenants_once_whatever_its_case()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        _ = await CreateAsync(room, "Lobby");
        long other = await CreateAsync(room, "Pool");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await room.ZoneRegister.CreateAsync(1, "LOBBY", [], default), Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(await room.ZoneRegister.UpdateAsync(1, other, "lobby", [], 0, default), Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(await room.ZoneRegister.UpdateAsync(1, other, "POOL", [], 0, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await room.ZoneRegister.CreateAsync(2, "lobby", [], default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await room.ZoneRegister.UpdateAsync(1, 42, "x", [], 0, default), Is.TypeOf<SaveOutcome.Missing>());
        }
    }

    [Test]
    public async Task Faults_name_the_field_and_what_would_be_right()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);

        SaveOutcome outcome = await room.ZoneRegister.CreateAsync(
            1, "a,b", [new(NasIdentity, ""), new(NasLocation, " "), new(Ssid, new string('x', 33)), new(NasIpPrefix, "10.0.0"), new((ZoneMemberKind)9, "x")], default);

        Assert.That(outcome, Is.TypeOf<SaveOutcome.Refused>());
        string[] messages = [.. ((SaveOutcome.Refused)outcome).Faults.Select(fault => fault.Message)];
        Assert.That(messages, Has.Length.EqualTo(6));
        Assert.That(messages[0], Is.EqualTo("name has a comma, which separates names in allowNas; it must be a zone's name, 1 to 253 octets without a comma."));
        Assert.That(messages[4], Is.EqualTo("members has '10.0.0', which is neither an address such as 192.0.2.1 nor a prefix such as 192.0.2.0/24."));
        Assert.That(room.ZoneRegister.List(1), Is.Empty);
    }

    private static async Task<long> CreateAsync(NetworkRoom room, string name) =>
        ((SaveOutcome.Saved)await room.ZoneRegister.CreateAsync(1, name, [new(Ssid, "x")], default)).Id;
}
