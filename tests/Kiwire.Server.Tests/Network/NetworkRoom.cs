using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Network;

/// <summary>The network's room on a database, as the host puts it together.</summary>
internal sealed class NetworkRoom : IAsyncDisposable
{
    private readonly TestDatabase _storage;

    private NetworkRoom(TestDatabase storage, TimeProvider time)
    {
        _storage = storage;
        Types = new NasTypeCatalog(
        [
            new NasType { Name = "generic" },
            new NasType { Name = "mikrotik", CoaPort = 3799 },
            new NasType { Name = "coova", Aliases = ["chillispot"], CoaPort = 3779 },
        ]);
        Zones = new ZoneDirectory(Directory);
        NasStore store = new(storage.Database, storage.Secrets);
        Loader = new NetworkLoader(
            store, new NasObservationStore(storage.Database), new ZoneStore(storage.Database), Directory, Zones, Types, storage.Commits, time,
            NullLogger<NetworkLoader>.Instance, NullLogger<NasObservations>.Instance);
        Register = new NasRegister(store, new NasValidator(Types), Types, Loader, storage.Commits, storage.Ids, time);
        ZoneRegister = new ZoneRegister(Zones, Loader, [], storage.Commits, storage.Ids);
    }

    public NasTypeCatalog Types { get; }

    public NasDirectory Directory { get; } = new();

    public ZoneDirectory Zones { get; }

    public NetworkLoader Loader { get; }

    public NasRegister Register { get; }

    public ZoneRegister ZoneRegister { get; }

    public Database Database => _storage.Database;

    public SecretBox Secrets => _storage.Secrets;

    public CommitQueue Commits => _storage.Commits;

    public ChangeFeed Changes => _storage.Changes;

    public static async Task<NetworkRoom> CreateAsync(StorageProvider provider, TimeProvider? time = null)
    {
        NetworkRoom room = new(await TestDatabase.CreateAsync(provider), time ?? TimeProvider.System);
        await room.Loader.LoadAsync(CancellationToken.None);
        return room;
    }

    /// <summary>Another process on the same database, with memory of its own.</summary>
    public async Task<NetworkRoom> RestartAsync(TimeProvider? time = null)
    {
        NetworkRoom room = new(_storage, time ?? TimeProvider.System);
        await room.Loader.LoadAsync(CancellationToken.None);
        return room;
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();
}
