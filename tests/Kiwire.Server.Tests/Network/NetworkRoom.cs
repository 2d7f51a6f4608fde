using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Network;

/// <summary>The network's room on a database, as the host puts it together.</summary>
internal sealed class NetworkRoom : IAsyncDisposable
{
    private readonly TestDatabase _storage;
    private readonly List<CommitQueue> _others = [];

    private NetworkRoom(TestDatabase storage, CommitQueue commits, TimeProvider time)
    {
        _storage = storage;
        Commits = commits;
        Types = new NasTypeCatalog(
        [
            new NasType { Name = "generic" },
            new NasType { Name = "mikrotik", CoaPort = 3799 },
            new NasType { Name = "coova", Aliases = ["chillispot"], CoaPort = 3779 },
        ]);
        Zones = new ZoneDirectory(Directory);
        NasStore store = new(storage.Database, storage.Secrets);
        Loader = new NetworkLoader(
            store, new NasObservationStore(storage.Database), new ZoneStore(storage.Database), Directory, Zones, Types, commits, time,
            NullLogger<NetworkLoader>.Instance, NullLogger<NasObservations>.Instance);
        Register = new NasRegister(store, new NasValidator(Types), Types, Loader, commits, storage.Ids, time);
        ZoneRegister = new ZoneRegister(Zones, Loader, [], commits, storage.Ids);
    }

    public NasTypeCatalog Types { get; }

    public NasDirectory Directory { get; } = new();

    public ZoneDirectory Zones { get; }

    public NetworkLoader Loader { get; }

    public NasRegister Register { get; }

    public ZoneRegister ZoneRegister { get; }

    public Database Database => _storage.Database;

    public SecretBox Secrets => _storage.Secrets;

    public CommitQueue Commits { get; }

    public ChangeFeed Changes => _storage.Changes;

    public static async Task<NetworkRoom> CreateAsync(StorageProvider provider, TimeProvider? time = null)
    {
        TestDatabase storage = await TestDatabase.CreateAsync(provider);
        NetworkRoom room = new(storage, storage.Commits, time ?? TimeProvider.System);
        await room.Loader.LoadAsync(CancellationToken.None);
        return room;
    }

    /// <summary>Another process on the same database, with memory of its own.</summary>
    public async Task<NetworkRoom> RestartAsync(TimeProvider? time = null)
    {
        NetworkRoom room = new(_storage, _storage.Commits, time ?? TimeProvider.System);
        await room.Loader.LoadAsync(CancellationToken.None);
        return room;
    }

    /// <summary>Another server on the same database, which writes by itself (PostgreSQL). It ends with this one.</summary>
    public async Task<NetworkRoom> StartSecondAsync()
    {
        CommitQueue commits = new(
            _storage.OpenSecond(), _storage.Ids, TimeProvider.System, TestJournal.Metrics(), _storage.Lifetime, NullLogger<CommitQueue>.Instance);
        _others.Add(commits);
        await commits.StartingAsync(CancellationToken.None);
        NetworkRoom room = new(_storage, commits, TimeProvider.System);
        await room.Loader.LoadAsync(CancellationToken.None);
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (CommitQueue other in _others)
        {
            await other.StoppedAsync(CancellationToken.None);
            other.Dispose();
        }

        await _storage.DisposeAsync();
    }
}
