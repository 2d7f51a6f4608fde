using Dapper;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using static Kiwire.Server.Tests.Network.NetworkSamples;

namespace Kiwire.Server.Tests.Network;

/// <summary>radius.md, "Which NAS sent this": entries of all tenants; a change takes effect at once.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class NasRegisterTests(StorageProvider provider)
{
    private const long Tenant = 1;

    [Test]
    public async Task A_new_entry_answers_at_once()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);

        SaveOutcome outcome = await room.Register.CreateAsync(Tenant, Settings("Lobby-AP", "192.0.2.7"), default);

        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
        Assert.That(room.Directory.TryFind(Bits("192.0.2.7"), out NasCandidates found), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found[0].Identity, Is.EqualTo("Lobby-AP"));
            Assert.That(found[0].Secret.SameAs(new SharedSecret("testing123")), Is.True);
            Assert.That(found[0].Type.Name, Is.EqualTo("generic"));
            Assert.That(found[0].CoaPort, Is.EqualTo(3799));
            Assert.That(found[0].RequireMessageAuthenticator, Is.EqualTo(MessageAuthenticatorPolicy.Auto));
        }
    }

    [Test]
    public async Task A_changed_address_and_secret_answer_at_once_and_the_rest_stays()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long id = await CreateAsync(room, new NasSettings
        {
            Identity = "a", Address = "192.0.2.7", Secret = "first", Location = "Hall", Type = "ChilliSpot", CoaPort = 1700, Description = "d",
        });

        SaveOutcome outcome = await room.Register.UpdateAsync(Tenant, id, new NasSettings { Address = "192.0.2.8", Secret = "second" }, 0, default);

        Assert.That(outcome, Is.EqualTo(new SaveOutcome.Saved(id)));
        Assert.That(room.Directory.TryFind(Bits("192.0.2.8"), out NasCandidates found), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(room.Directory.TryFind(Bits("192.0.2.7"), out _), Is.False);
            Assert.That(found[0].Secret.SameAs(new SharedSecret("second")), Is.True);
            Assert.That(found[0].Location, Is.EqualTo("Hall"));
            Assert.That(found[0].Type.Name, Is.EqualTo("coova"));
            Assert.That(found[0].CoaPort, Is.EqualTo(1700));
        }
    }

    [Test]
    public async Task A_secret_that_is_not_given_stays()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long id = await CreateAsync(room, Settings("a", "192.0.2.7"));

        _ = await room.Register.UpdateAsync(Tenant, id, new NasSettings { Description = "elsewhere" }, 0, default);

        _ = room.Directory.TryGet(Tenant, id, out NasEntry? entry);
        Assert.That(entry!.Secret.SameAs(new SharedSecret("testing123")), Is.True);
    }

    [Test]
    public async Task What_a_nas_was_seen_to_send_outlives_a_change_of_its_entry()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long id = await CreateAsync(room, Settings("a", "192.0.2.7"));
        _ = room.Directory.TryGet(Tenant, id, out NasEntry? before);

        _ = await room.Register.UpdateAsync(Tenant, id, new NasSettings { Address = "192.0.2.0/24" }, 0, default);

        _ = room.Directory.TryGet(Tenant, id, out NasEntry? after);
        Assert.That(after, Is.Not.SameAs(before));
        Assert.That(after!.Observations, Is.SameAs(before!.Observations));
    }

    [Test]
    public async Task A_deleted_entry_is_gone_at_once()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long id = await CreateAsync(room, Settings("a", "192.0.2.7"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await room.Register.DeleteAsync(Tenant, id, 0, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(room.Directory.TryFind(Bits("192.0.2.7"), out _), Is.False);
            Assert.That(await room.Register.DeleteAsync(Tenant, id, 0, default), Is.TypeOf<SaveOutcome.Missing>());
        }
    }

    [Test]
    public async Task Entries_of_two_tenants_may_share_an_address_and_an_identity()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        _ = await CreateAsync(room, Settings("ap", "198.51.100.1"));

        SaveOutcome outcome = await room.Register.CreateAsync(2, Settings("ap", "198.51.100.1"), default);

        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
        _ = room.Directory.TryFind(Bits("198.51.100.1"), out NasCandidates found);
        Assert.That(found.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task An_identity_is_the_tenants_once_whatever_its_case()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        _ = await CreateAsync(room, Settings("Lobby-AP", "192.0.2.7"));
        long other = await CreateAsync(room, Settings("pool", "192.0.2.8"));

        SaveOutcome created = await room.Register.CreateAsync(Tenant, Settings("lobby-ap", "192.0.2.9"), default);
        SaveOutcome renamed = await room.Register.UpdateAsync(Tenant, other, new NasSettings { Identity = "LOBBY-AP" }, 0, default);
        SaveOutcome same = await room.Register.UpdateAsync(Tenant, other, new NasSettings { Identity = "POOL" }, 0, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created, Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(renamed, Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(same, Is.TypeOf<SaveOutcome.Saved>());
        }
    }

    [Test]
    public async Task A_change_raises_the_version_and_one_made_for_another_version_does_nothing()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long id = await CreateAsync(room, Settings("a", "192.0.2.7"));

        SaveOutcome first = await room.Register.UpdateAsync(Tenant, id, new NasSettings { Location = "hall" }, 1, default);
        SaveOutcome late = await room.Register.UpdateAsync(Tenant, id, new NasSettings { Location = "roof", Secret = "other" }, 1, default);
        SaveOutcome lateDelete = await room.Register.DeleteAsync(Tenant, id, 1, default);

        Nas nas = (await room.Register.GetAsync(Tenant, id, default))!;
        _ = room.Directory.TryGet(Tenant, id, out NasEntry? entry);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(late, Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(lateDelete, Is.TypeOf<SaveOutcome.Stale>());
            Assert.That((nas.Version, nas.Location), Is.EqualTo((2L, "hall")));
            Assert.That(entry!.Secret.SameAs(new SharedSecret("testing123")), Is.True);
            Assert.That(await room.Register.DeleteAsync(Tenant, id, 2, default), Is.TypeOf<SaveOutcome.Saved>());
        }
    }

    [Test]
    public async Task Who_changed_what_is_in_the_audit_log_and_secrets_are_not()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        ChangeAuthor.Enter(new ChangeAuthor { TenantId = Tenant, Name = "admin", Via = "v1", Address = "127.0.0.1" });
        long id = await CreateAsync(room, Settings("Hall-AP", "192.0.2.7"));
        _ = await room.Register.UpdateAsync(
            Tenant, id, new NasSettings { Identity = "Roof-AP", Secret = "new-secret", RequireMessageAuthenticator = MessageAuthenticatorPolicy.Yes }, 0, default);
        _ = await room.Register.RelaxMessageAuthenticatorAsync(Tenant, id, default);
        _ = await room.Register.DeleteAsync(Tenant, id, 0, default);

        await using System.Data.Common.DbConnection connection = await room.Database.OpenAsync(default);
        IEnumerable<(string Action, string Name, string Changes)> rows = await connection.QueryAsync<(string, string, string)>(
            "SELECT action, name, changes FROM audit_log WHERE tenant_id = 1 AND kind = 'nas' ORDER BY audit_id");

        Assert.That(rows, Is.EqualTo(new[]
        {
            ("create", "Hall-AP", """{"identity":{"to":"Hall-AP"},"address":{"to":"192.0.2.7"},"type":{"to":"generic"},"coaPort":{"to":3799},"secret":"changed","requireMessageAuthenticator":{"to":"auto"}}"""),
            ("update", "Hall-AP", """{"identity":{"from":"Hall-AP","to":"Roof-AP"},"secret":"changed","requireMessageAuthenticator":{"from":"auto","to":"yes"}}"""),
            ("relax-message-authenticator", "Roof-AP", "{}"),
            ("delete", "Roof-AP", "{}"),
        }));
    }

    [Test]
    public async Task Is_listed_by_prefix_type_and_location_page_by_page()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        foreach (string name in (string[])["ap-1", "AP-2", "ap-3", "ap_%", "pool"])
        {
            _ = await CreateAsync(room, new NasSettings
            {
                Identity = name, Address = "192.0.2.7", Secret = "testing123", Location = name == "AP-2" ? "Hall" : "roof", Type = name == "ap-3" ? "coova" : "generic",
            });
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ListAsync(new NasQuery { TenantId = Tenant, Prefix = "Ap-", Limit = 10 }), Is.EqualTo(["ap-1", "AP-2", "ap-3"]));
            Assert.That(await ListAsync(new NasQuery { TenantId = Tenant, Prefix = "ap_%", Limit = 10 }), Is.EqualTo(["ap_%"]));
            Assert.That(await ListAsync(new NasQuery { TenantId = Tenant, Prefix = "ap-", After = "ap-1", Limit = 1 }), Is.EqualTo(["AP-2"]));
            Assert.That(await ListAsync(new NasQuery { TenantId = Tenant, Types = ["coova", "chillispot"], Limit = 10 }), Is.EqualTo(["ap-3"]));
            Assert.That(await ListAsync(new NasQuery { TenantId = Tenant, Location = "hall", Limit = 10 }), Is.EqualTo(["AP-2"]));
            Assert.That(await ListAsync(new NasQuery { TenantId = 2, Limit = 10 }), Is.Empty);
        }

        async Task<IEnumerable<string>> ListAsync(NasQuery query) => (await room.Register.ListAsync(query, default)).Select(nas => nas.Identity);
    }

    [Test]
    public async Task Updating_what_is_not_there_says_so()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);

        Assert.That(await room.Register.UpdateAsync(Tenant, 42, new NasSettings { Location = "x" }, 0, default), Is.TypeOf<SaveOutcome.Missing>());
    }

    [Test]
    public async Task Reads_back_what_was_saved_canonical_and_in_pages()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        foreach (string name in (string[])["d", "b", "a", "C"])
        {
            _ = await CreateAsync(room, Settings(name, "10.1.2.3/8"));
        }

        IReadOnlyList<Nas> page = await room.Register.ListAsync(Tenant, 1, 2, default);
        Nas? found = await room.Register.FindAsync(Tenant, "c", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Select(nas => nas.Identity), Is.EqualTo(["b", "C"]));
            Assert.That(found, Has.Property(nameof(Nas.Identity)).EqualTo("C").And.Property(nameof(Nas.Address)).EqualTo("10.0.0.0/8"));
            Assert.That(await room.Register.GetAsync(Tenant, found!.NasId, default), Is.EqualTo(found));
            Assert.That(await room.Register.ListAsync(2, 0, 10, default), Is.Empty);
        }
    }

    [Test]
    public async Task No_secret_is_in_the_database_in_clear()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        _ = await CreateAsync(room, new NasSettings
        {
            Identity = "a", Address = "192.0.2.7", Secret = "testing123", Community = "testing123", Password = "testing123",
        });

        await using System.Data.Common.DbConnection connection = await room.Database.OpenAsync(default);
        (byte[] secret, byte[] community, byte[] password) =
            await connection.QuerySingleAsync<(byte[], byte[], byte[])>("SELECT secret, community, password FROM nas");

        foreach (byte[] box in (byte[][])[secret, community, password])
        {
            Assert.That(System.Text.Encoding.Latin1.GetString(box), Does.Not.Contain("testing123"));
        }
    }

    [Test]
    public async Task A_change_by_another_server_is_loaded_too()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        NetworkRoom other = await room.RestartAsync();
        _ = await CreateAsync(room, Settings("a", "192.0.2.7"));

        await other.Loader.LoadAsync(default);

        Assert.That(other.Directory.TryFind(Bits("192.0.2.7"), out _), Is.True);
    }

    [Test]
    public async Task What_another_server_made_changed_and_deleted_is_loaded_by_name_and_the_rest_stays()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        long kept = await CreateAsync(room, Settings("kept", "192.0.2.6"));
        long changed = await CreateAsync(room, Settings("changed", "192.0.2.7"));
        long deleted = await CreateAsync(room, Settings("deleted", "192.0.2.8"));
        NetworkRoom other = await room.RestartAsync();
        _ = other.Directory.TryGet(Tenant, kept, out NasEntry? before);
        long made = await CreateAsync(room, Settings("made", "192.0.2.9"));
        _ = await room.Register.UpdateAsync(Tenant, changed, new NasSettings { Address = "192.0.2.17" }, 0, default);
        _ = await room.Register.DeleteAsync(Tenant, deleted, 0, default);

        await other.Loader.LoadAsync([(Tenant, made), (Tenant, changed), (Tenant, deleted)], default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(other.Directory.Entries.Select(entry => entry.Identity), Is.EquivalentTo(new[] { "kept", "changed", "made" }));
            Assert.That(other.Directory.TryFind(Bits("192.0.2.17"), out _), Is.True);
            Assert.That(other.Directory.TryFind(Bits("192.0.2.7"), out _), Is.False);
            Assert.That(other.Directory.TryGet(Tenant, kept, out NasEntry? after) && after == before, Is.True);
        }
    }

    [Test]
    public async Task A_few_changes_are_named_and_many_are_all()
    {
        await using NetworkRoom room = await NetworkRoom.CreateAsync(provider);
        ChangedNas changes = new(room.Changes);

        long one = await CreateAsync(room, Settings("a", "192.0.2.7"));
        IReadOnlyCollection<(long, long)>? few = changes.Take();
        for (int i = 0; i < 17; i++)
        {
            _ = await CreateAsync(room, Settings($"b-{i}", "192.0.2.8"));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(few, Is.EqualTo(new[] { (Tenant, one) }));
            Assert.That(changes.Take(), Is.Null);
            Assert.That(changes.Take(), Is.Empty);
        }
    }

    private static NasSettings Settings(string identity, string address) =>
        new() { Identity = identity, Address = address, Secret = "testing123" };

    private static async Task<long> CreateAsync(NetworkRoom room, NasSettings settings) =>
        ((SaveOutcome.Saved)await room.Register.CreateAsync(Tenant, settings, default)).Id;
}
