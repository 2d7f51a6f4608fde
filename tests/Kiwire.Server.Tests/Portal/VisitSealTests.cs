using Kiwire.Server.Portal;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Portal;

/// <summary>A guest carries a visit and can neither read nor change it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class VisitSealTests
{
    [Test]
    public async Task What_was_sealed_is_opened_again_for_that_tenant_and_no_other()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(StorageProvider.Sqlite);
        VisitSeal seal = new(storage.Secrets, TimeProvider.System);
        Visit visit = Some();
        string text = seal.Seal(visit);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seal.TryOpen(visit.TenantId, text, out Visit? opened), Is.True);
            Assert.That(opened! with { Given = visit.Given }, Is.EqualTo(visit));
            Assert.That(opened!.Given, Is.EqualTo(visit.Given));
            Assert.That(seal.TryOpen(visit.TenantId + 1, text, out _), Is.False);
            Assert.That(text, Does.Not.Contain("60123456789").And.Not.Contain("10.5.50.1"));
            Assert.That(seal.Seal(visit), Is.Not.EqualTo(text));
            Assert.That(new VisitSeal(storage.Secrets, TimeProvider.System).TryOpen(visit.TenantId, text, out _), Is.True, "another server opens it");
        }
    }

    [Test]
    public async Task Whatever_was_changed_in_it_it_is_not_opened()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(StorageProvider.Sqlite);
        VisitSeal seal = new(storage.Secrets, TimeProvider.System);
        string text = seal.Seal(Some());

        string[] changed =
        [
            .. Enumerable.Range(0, text.Length - 1).Select(i => $"{text[..i]}{(text[i] == 'A' ? 'B' : 'A')}{text[(i + 1)..]}"),
            .. Enumerable.Range(0, 60).Select(length => text[..length]),
            text + text, "%", "", new string('A', VisitSeal.LongestText + 1),
        ];

        Assert.That(changed.Where(other => seal.TryOpen(1, other, out _)), Is.Empty);
    }

    [Test]
    public async Task After_an_hour_it_is_not_opened_any_more()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(StorageProvider.Sqlite);
        HandMovedClock clock = new();
        VisitSeal seal = new(storage.Secrets, clock);
        string text = seal.Seal(Some() with { CameAt = clock.GetUtcNow().ToUnixTimeMilliseconds() });

        clock.Advance(TimeSpan.FromMinutes(60));
        Assert.That(seal.TryOpen(1, text, out _), Is.True);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(seal.TryOpen(1, text, out _), Is.False);
    }

    private static Visit Some() => new()
    {
        TenantId = 1,
        CameAt = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        Type = "mikrotik",
        LoginAddress = "http://10.5.50.1/login",
        Given = new Dictionary<string, string> { ["chap-id"] = @"\371", ["chap-challenge"] = @"\357\315" },
        Phone = "+60123456789",
    };
}
