using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.Tests.Tenants;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class ApiKeyStoreTests(StorageProvider provider)
{
    private static readonly Caller Admin = new() { TenantId = 1, Name = "admin", Scopes = ApiScope.OfRole("administrator", ofDefaultTenant: true) };

    [Test]
    public async Task A_key_is_known_by_its_text_alone_in_its_tenant_alone_until_its_time()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        ApiKeyStore keys = StoreOf(room);

        ApiKeyCreation made = await keys.CreateAsync(
            Admin, " Grafana ", ["server:read", "network:read", "server:read"], room.Clock.GetUtcNow().AddMinutes(1), default);

        ApiKey key = (await keys.UseAsync(1, made.Text!, default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((key.Name, key.CreatedBy, key.Version), Is.EqualTo(("Grafana", "admin", 1L)));
            Assert.That(key.Scopes, Is.EqualTo(["network:read", "server:read"]));
            Assert.That(made.ToString(), Does.Not.Contain(made.Text!));
            Assert.That(await keys.UseAsync(2, made.Text!, default), Is.Null);
            Assert.That(await keys.UseAsync(1, made.Text![..^1], default), Is.Null);
            Assert.That((await keys.FindAsync(1, "GRAFANA", default))!.LastUsedAt, Is.EqualTo(room.Clock.GetUtcNow()));
            Assert.That(await keys.FindAsync(2, "Grafana", default), Is.Null);
            Assert.That((await keys.CreateAsync(Admin, "grafana", ["network:read"], null, default)).Outcome, Is.TypeOf<SaveOutcome.Exists>());
        }

        room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await keys.UseAsync(1, made.Text!, default), Is.Null);
    }

    [Test]
    public async Task Keys_are_listed_by_name_and_deleted_at_their_version()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        ApiKeyStore keys = StoreOf(room);
        foreach (string name in (string[])["b", "C", "a"])
        {
            await keys.CreateAsync(Admin, name, ["network:read"], null, default);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await keys.ListAsync(1, null, 2, default)).Select(key => key.Name), Is.EqualTo(["a", "b"]));
            Assert.That((await keys.ListAsync(1, "b", 2, default)).Select(key => key.Name), Is.EqualTo(["C"]));
            Assert.That(await keys.ListAsync(2, null, 9, default), Is.Empty);
            Assert.That(await keys.DeleteAsync(1, "B", 9, default), Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(await keys.DeleteAsync(2, "b", 0, default), Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(await keys.DeleteAsync(1, "B", 1, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await keys.DeleteAsync(1, "b", 0, default), Is.TypeOf<SaveOutcome.Missing>());
        }
    }

    [Test]
    public async Task The_audit_log_is_read_newest_first_by_what_is_asked_for()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        ApiKeyStore keys = StoreOf(room);
        AuditStore audit = new(room.Storage.Database);
        TenantsRoom.Enter();
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMinutes(-1);
        foreach (string name in (string[])["a", "b", "c"])
        {
            await keys.CreateAsync(Admin, name, ["network:read"], null, default);
        }

        await keys.DeleteAsync(1, "b", 0, default);

        IReadOnlyList<AuditEntry> all = await audit.ListAsync(1, default, long.MaxValue, 9, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Select(entry => $"{entry.Action} {entry.Name}"), Is.EqualTo(["delete b", "create c", "create b", "create a"]));
            Assert.That(all[1].Changes.GetRawText(), Is.EqualTo("""{"name":{"to":"c"},"scopes":{"to":["network:read"]},"key":"changed"}"""));
            Assert.That(await CountAsync(new AuditFilter { Name = "b" }), Is.EqualTo(2));
            Assert.That(await CountAsync(new AuditFilter { Kind = "key", Author = "admin", From = before }), Is.EqualTo(4));
            Assert.That(await CountAsync(new AuditFilter { Kind = "zone" }), Is.Zero);
            Assert.That(await CountAsync(new AuditFilter { Author = "nobody" }), Is.Zero);
            Assert.That(await CountAsync(new AuditFilter { To = before }), Is.Zero);
            Assert.That((await audit.ListAsync(1, default, all[1].AuditId, 1, default)).Single().Name, Is.EqualTo("b"));
            Assert.That(await audit.ListAsync(2, default, long.MaxValue, 9, default), Is.Empty);
        }

        async Task<int> CountAsync(AuditFilter filter) => (await audit.ListAsync(1, filter, long.MaxValue, 9, default)).Count;
    }

    private static ApiKeyStore StoreOf(TenantsRoom room) => new(room.Storage.Database, room.Storage.Commits, room.Storage.Ids, room.Clock);
}
