using Kiwire.Server.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Support;

/// <summary>
/// A fresh database with the schema in it, and a data directory. Store tests run on both kinds:
/// <code>
/// [TestFixture(StorageProvider.Sqlite)]
/// [TestFixture(StorageProvider.PostgreSql)]
/// internal sealed class ThingStoreTests(StorageProvider provider)
/// {
///     [Test]
///     public async Task Does_this()
///     {
///         await using var storage = await TestDatabase.CreateAsync(provider);
/// </code>
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresServer? _server;
    private readonly string _name;
    private readonly string _root;
    private readonly TimeProvider _time;
    private readonly List<IAsyncDisposable> _others = [];
    private AccountingJournal? _journal;

    private TestDatabase(StorageOptions options, DataDirectory directory, PostgresServer? server, string name, string root, TimeProvider time)
    {
        Options = options;
        Directory = directory;
        _server = server;
        _name = name;
        _root = root;
        _time = time;
        Database = Open(directory);
        Ids = new IdSource(time);
        Secrets = new SecretBox(Database, new EphemeralDataProtectionProvider());
        Changes = new ChangeFeed(Database, time, Lifetime, NullLogger<ChangeFeed>.Instance);
        Commits = new CommitQueue(Database, Ids, TimeProvider.System, TestJournal.Metrics(), Lifetime, NullLogger<CommitQueue>.Instance);
    }

    public StorageOptions Options { get; }

    public DataDirectory Directory { get; }

    public Database Database { get; }

    public IdSource Ids { get; }

    public SecretBox Secrets { get; }

    public CommitQueue Commits { get; }

    public ChangeFeed Changes { get; }

    /// <summary>Runs after <see cref="StartJournalAsync"/>.</summary>
    public AccountingJournal Journal => _journal ?? throw new InvalidOperationException("StartJournalAsync first.");

    /// <summary>Told when one of the services fails.</summary>
    public TestLifetime Lifetime { get; } = new();

    /// <summary>Makes one.</summary>
    /// <param name="provider">The kind.</param>
    /// <param name="time">The clock; the system's when not given.</param>
    /// <param name="migrate">False: the database is empty, and nothing runs on it yet.</param>
    /// <param name="server">PostgreSQL only: another server than the shared one.</param>
    public static async Task<TestDatabase> CreateAsync(
        StorageProvider provider, TimeProvider? time = null, bool migrate = true, PostgresServer? server = null)
    {
        var options = new StorageOptions { Provider = provider, JournalSegmentOctets = 1 << 18 };
        var name = $"t{Guid.NewGuid():N}";
        if (provider == StorageProvider.PostgreSql)
        {
            server ??= await PostgresServer.GetAsync();
            await server.ExecuteAsync($"CREATE DATABASE {name}");
            options.ConnectionString = server.ConnectionString(name);
        }

        var root = System.IO.Directory.CreateTempSubdirectory("kiwire-test-").FullName;
        var test = new TestDatabase(options, DataDirectory.Open(Path.Combine(root, "1")), server, name, root, time ?? TimeProvider.System);
        if (migrate)
        {
            await test.Database.MigrateAsync(CancellationToken.None);
            test.Ids.UseServer(await ServerNumber.ClaimAsync(test.Database, CancellationToken.None));
            await test.Secrets.LoadAsync(CancellationToken.None);
            await test.Changes.StartingAsync(CancellationToken.None);
            await test.Commits.StartingAsync(CancellationToken.None);
        }

        return test;
    }

    /// <summary>A second server on the same database, with a data directory of its own (PostgreSQL).</summary>
    public Database OpenSecond()
    {
        var directory = DataDirectory.Open(Path.Combine(_root, $"{_others.Count + 2}"));
        var database = Open(directory);
        _others.Add(database);
        return database;
    }

    /// <summary>Starts the journal of this server, where the database says it was; after <see cref="StopJournalAsync"/>, again.</summary>
    public async Task<AccountingJournal> StartJournalAsync()
    {
        _journal = new AccountingJournal(
            Microsoft.Extensions.Options.Options.Create(Options),
            Directory,
            new JournalDisc(),
            TestJournal.Metrics(),
            _time,
            Lifetime,
            NullLogger<AccountingJournal>.Instance);
        _journal.Recover();
        _journal.Begin(await JournalPositions.ReadAsync(Database, _journal.JournalId, CancellationToken.None));
        await _journal.StartingAsync(CancellationToken.None);
        return _journal;
    }

    /// <summary>Stops the journal as a server that ends does.</summary>
    public async Task StopJournalAsync()
    {
        if (_journal is not null)
        {
            await _journal.StoppedAsync(CancellationToken.None);
            _journal.Dispose();
            _journal = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopJournalAsync();
        await Commits.StoppedAsync(CancellationToken.None);
        await Changes.StoppedAsync(CancellationToken.None);
        Commits.Dispose();
        Changes.Dispose();
        Secrets.Dispose();
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        await Database.DisposeAsync();
        Directory.Dispose();
        System.IO.Directory.Delete(_root, recursive: true);
        if (_server is not null)
        {
            await _server.DropAsync(_name);
        }
    }

    private Database Open(DataDirectory directory) =>
        new(Microsoft.Extensions.Options.Options.Create(Options), directory, TestJournal.Metrics(), _time, NullLogger<Database>.Instance);
}
