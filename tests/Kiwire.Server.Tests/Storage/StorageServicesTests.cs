using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StorageServicesTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("kiwire-host-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task A_host_starts_stores_and_reads_its_secrets_again()
    {
        byte[] box;
        using (var host = Build(_directory))
        {
            await host.StartAsync();
            box = host.Services.GetRequiredService<SecretBox>().Protect("secret"u8, "p");
            await host.Services.GetRequiredService<CommitQueue>().EnqueueAsync(
                unit => unit.Connection.ExecuteAsync("INSERT INTO settings (name, value) VALUES ('box', @box)", new { box }, unit.Transaction), CancellationToken.None);
            host.Services.GetRequiredService<AccountingJournal>().Append(JournalRecordKind.Accounting, [1], null, 0, out _);
            await host.StopAsync();
        }

        using (var host = Build(_directory))
        {
            await host.StartAsync();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(host.Services.GetRequiredService<SecretBox>().TryUnprotect(box, "p", out var plain));
                Assert.That(plain, Is.EqualTo("secret"u8.ToArray()));
                Assert.That(host.Services.GetRequiredService<AccountingJournal>().DurableSequence, Is.EqualTo(1));
                Assert.That(Directory.GetFiles(Path.Combine(_directory, "keys")), Is.Not.Empty);
                Assert.That(File.Exists(Path.Combine(_directory, "kiwire.db")));
            }

            await host.StopAsync();
        }
    }

    [Test]
    public async Task A_second_instance_on_the_data_directory_is_refused_by_name()
    {
        using var first = Build(_directory);
        await first.StartAsync();
        using var second = Build(_directory);

        Assert.That(() => second.StartAsync(), Throws.TypeOf<StartUpException>().With.Message.Contains(_directory));
        await first.StopAsync();
    }

    [Test]
    public async Task The_directory_is_free_again_after_the_stop()
    {
        using (var first = Build(_directory))
        {
            await first.StartAsync();
            await first.StopAsync();
        }

        using var second = Build(_directory);
        Assert.That(() => second.StartAsync(), Throws.Nothing);
        await second.StopAsync();
    }

    [Test]
    public async Task Two_servers_share_the_key_ring_in_PostgreSql()
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql, migrate: false);
        KeyValuePair<string, string?>[] settings = [new("Kiwire:Storage:Provider", "PostgreSql"), new("Kiwire:Storage:ConnectionString", storage.Options.ConnectionString)];
        using var first = Build(Path.Combine(_directory, "1"), settings);
        using var second = Build(Path.Combine(_directory, "2"), settings);

        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        var box = first.Services.GetRequiredService<SecretBox>().Protect("secret"u8, "p");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Services.GetRequiredService<SecretBox>().TryUnprotect(box, "p", out _));
            Assert.That(second.Services.GetRequiredService<IdSource>().Next(), Is.Not.EqualTo(first.Services.GetRequiredService<IdSource>().Next()));
            Assert.That(second.Services.GetRequiredService<AccountingJournal>().JournalId, Is.Not.EqualTo(first.Services.GetRequiredService<AccountingJournal>().JournalId));
        }

        await first.StopAsync();
        await second.StopAsync();
    }

    [TestCase("Kiwire:Storage:Provider", "PostgreSql", "Kiwire:Storage:ConnectionString")]
    [TestCase("Kiwire:Storage:JournalLimitOctets", "5", "JournalLimitOctets")]
    [TestCase("Kiwire:DataDirectory", "", "DataDirectory")]
    [TestCase("Kiwire:Storage:ConnectionString", "Data Sauce=kiwire.db", "Kiwire:Storage:ConnectionString")]
    public void A_wrong_option_is_named(string key, string value, string named)
    {
        using var host = Build(_directory, new KeyValuePair<string, string?>(key, value));

        Assert.That(() => host.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(named));
    }

    [TestCase("Host=localhost;Databse=kiwire")]
    [TestCase("Host=localhost;Port=five")]
    [TestCase("localhost")]
    public void A_connection_string_that_cannot_be_read_is_named_and_not_shown(string text)
    {
        using var host = Build(
            _directory, new("Kiwire:Storage:Provider", "PostgreSql"), new("Kiwire:Storage:ConnectionString", text + ";Password=hush"));

        Assert.That(
            () => host.StartAsync(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Kiwire:Storage:ConnectionString").And.Message.Not.Contains("hush"));
    }

    [Test]
    public void A_database_that_is_away_at_the_start_is_named()
    {
        using var host = Build(
            _directory,
            new("Kiwire:Storage:Provider", "PostgreSql"),
            new("Kiwire:Storage:ConnectionString", $"Host={_directory};Username=nobody;Database=nothing"));

        Assert.That(() => host.StartAsync(), Throws.TypeOf<StartUpException>().With.Message.Contains("Kiwire:Storage:ConnectionString"));
    }

    private static IHost Build(string directory, params KeyValuePair<string, string?>[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Kiwire:DataDirectory", directory), new("Kiwire:Storage:JournalSegmentOctets", "65536")]);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddStorage(builder.Configuration);
        return builder.Build();
    }
}
