using System.Text;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.AspNetCore.DataProtection;

namespace Kiwire.Server.Tests.Storage;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class SecretBoxTests(StorageProvider provider)
{
    private const string Purpose = "account.password";

    [TestCase("")]
    [TestCase("x")]
    [TestCase("correct horse battery staple, and then some more to make it long")]
    public async Task Reads_back_what_it_protected(string secret)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        var box = storage.Secrets.Protect(Encoding.UTF8.GetBytes(secret), Purpose);

        Assert.That(storage.Secrets.TryUnprotect(box, Purpose, out var plain));
        Assert.That(Encoding.UTF8.GetString(plain), Is.EqualTo(secret));
    }

    [Test]
    public async Task The_same_secret_never_looks_the_same()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        var boxes = Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(storage.Secrets.Protect("secret"u8, Purpose)));

        Assert.That(boxes, Is.Unique);
    }

    [Test]
    public async Task Refuses_another_purpose()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        var box = storage.Secrets.Protect("secret"u8, Purpose);

        Assert.That(storage.Secrets.TryUnprotect(box, "nas.secret", out var plain), Is.False);
        Assert.That(plain, Is.Empty);
    }

    [Test]
    public async Task Refuses_every_truncation_and_every_changed_octet()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        var box = storage.Secrets.Protect("secret"u8, Purpose);

        for (var i = 0; i < box.Length; i++)
        {
            Assert.That(storage.Secrets.TryUnprotect(box.AsSpan(0, i), Purpose, out _), Is.False, $"cut at {i}");
            var changed = box.ToArray();
            changed[i] ^= 1;
            Assert.That(storage.Secrets.TryUnprotect(changed, Purpose, out _), Is.False, $"changed at {i}");
        }
    }

    [Test]
    public async Task A_restarted_server_reads_what_the_first_wrote()
    {
        await using var storage = await TestDatabase.CreateAsync(provider, migrate: false);
        await storage.Database.MigrateAsync(CancellationToken.None);
        var ring = new EphemeralDataProtectionProvider();
        using var first = new SecretBox(storage.Database, ring);
        using var second = new SecretBox(storage.Database, ring);
        await first.LoadAsync(CancellationToken.None);
        await second.LoadAsync(CancellationToken.None);

        var box = first.Protect("secret"u8, Purpose);

        Assert.That(second.TryUnprotect(box, Purpose, out var plain));
        Assert.That(plain, Is.EqualTo("secret"u8.ToArray()));
    }

    [Test]
    public async Task Start_is_refused_with_another_key_ring()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        using var other = new SecretBox(storage.Database, new EphemeralDataProtectionProvider());

        Assert.That(() => other.LoadAsync(CancellationToken.None), Throws.TypeOf<StartUpException>().With.Message.Contains("key ring"));
    }

    [Test]
    public async Task Threads_share_it()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        var boxes = Enumerable.Range(0, 500).Select(i => storage.Secrets.Protect(BitConverter.GetBytes(i), Purpose)).ToArray();

        var wrong = 0;
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < boxes.Length; i++)
            {
                if (!storage.Secrets.TryUnprotect(boxes[i], Purpose, out var plain) || BitConverter.ToInt32(plain) != i)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });

        Assert.That(wrong, Is.Zero);
    }
}
