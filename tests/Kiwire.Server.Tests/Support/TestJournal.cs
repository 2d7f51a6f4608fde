using Kiwire.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Win32.SafeHandles;

namespace Kiwire.Server.Tests.Support;

/// <summary>A journal in a temporary directory that can be closed and opened again, with a disc that fails when told to.</summary>
internal sealed class TestJournal : IAsyncDisposable
{
    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("kiwire-journal-").FullName;
    private readonly DataDirectory _directory;
    private AccountingJournal? _journal;

    public TestJournal()
    {
        _directory = DataDirectory.Open(_root);
    }

    public StorageOptions Options { get; } = new() { JournalSegmentOctets = 1 << 16 };

    public StorageMetrics StorageMetrics { get; init; } = Metrics();

    public TestDisc Disc { get; } = new();

    public TestLifetime Lifetime { get; } = new();

    public ListLogger<AccountingJournal> Log { get; } = new();

    public AccountingJournal Journal => _journal!;

    /// <summary>Where its segments are.</summary>
    public string Path => _directory.Combine("journal");

    public string[] Segments => [.. Directory.GetFiles(Path, "*.journal").Order(StringComparer.Ordinal)];

    /// <summary>Metrics that nobody listens to.</summary>
    public static StorageMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    /// <summary>Opens it.</summary>
    /// <param name="applied">What the database says was applied.</param>
    /// <param name="start">False: the journal's thread does not run.</param>
    public async Task<AccountingJournal> OpenAsync(long applied = 0, bool start = true)
    {
        _journal = new AccountingJournal(Microsoft.Extensions.Options.Options.Create(Options), _directory, Disc, StorageMetrics, TimeProvider.System, Lifetime, Log);
        _journal.Recover();
        _journal.Begin(applied);
        if (start)
        {
            await _journal.StartingAsync(CancellationToken.None);
        }

        return _journal;
    }

    public async Task CloseAsync()
    {
        if (_journal is not null)
        {
            await _journal.StoppedAsync(CancellationToken.None);
            _journal.Dispose();
            _journal = null;
        }
    }

    /// <summary>Appends records that nobody waits for.</summary>
    public void Append(params ReadOnlySpan<byte[]> records)
    {
        foreach (var record in records)
        {
            Assert.That(Journal.Append(JournalRecordKind.Accounting, record, null, 0, out _), Is.EqualTo(JournalAppend.Taken));
        }
    }

    /// <summary>All that is durable and not applied, from the start.</summary>
    public Task<List<(long Sequence, JournalRecordKind Kind, byte[] Payload)>> ReadAllAsync(int limit = 100) =>
        ReadAllUntilAsync(Journal.DurableSequence, limit);

    /// <summary>All that is not applied, up to a record that may still have to become durable.</summary>
    public async Task<List<(long Sequence, JournalRecordKind Kind, byte[] Payload)>> ReadAllUntilAsync(long sequence, int limit = 100)
    {
        using var reader = Journal.OpenReader();
        List<(long Sequence, JournalRecordKind Kind, byte[] Payload)> all = [];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (sequence > (all.Count == 0 ? Journal.AppliedSequence : all[^1].Sequence))
        {
            foreach (var record in (await reader.ReadAsync(limit, patience.Token)).ToArray())
            {
                all.Add((record.Sequence, record.Kind, record.Payload.ToArray()));
            }
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        Disc.Failure = null;
        await CloseAsync();
        _directory.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}

/// <summary>A disc that fails, or holds its breath, when told to.</summary>
internal sealed class TestDisc : JournalDisc
{
    private int _syncs;

    /// <summary>Thrown instead of writing and syncing.</summary>
    public volatile Exception? Failure;

    /// <summary>When not set, a sync waits.</summary>
    public ManualResetEventSlim MaySync { get; } = new(true);

    public int Syncs => Volatile.Read(ref _syncs);

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> octets, long offset)
    {
        if (Failure is { } failure)
        {
            // As a full disc does: some of it is there.
            base.Write(file, octets[..(octets.Length / 2)], offset);
            throw failure;
        }

        base.Write(file, octets, offset);
    }

    public override void Sync(SafeFileHandle file)
    {
        MaySync.Wait();
        if (Failure is { } failure)
        {
            throw failure;
        }

        base.Sync(file);
        Interlocked.Increment(ref _syncs);
    }
}
