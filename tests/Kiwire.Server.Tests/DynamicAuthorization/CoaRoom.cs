using System.Diagnostics.Metrics;
using System.Net;
using Kiwire.Radius.Dictionaries;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>The room of CoA and Disconnect without the program around it: by a hand-moved clock, on a database, with NASes on loopback.</summary>
internal sealed class CoaRoom : IAsyncDisposable
{
    public const long Tenant = 1;

    private static readonly NasTypeCatalog Types = NasTypeLoader.Load(NasTypeLoader.BuiltInFolder, "/nonexistent", RadiusDictionary.BuiltIn);

    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private readonly bool _ownsStorage;

    private CoaRoom(TestDatabase storage, HandMovedClock clock, bool ownsStorage)
    {
        Storage = storage;
        Clock = clock;
        _ownsStorage = ownsStorage;
        Meters = _meters.GetRequiredService<IMeterFactory>();
        Metrics = new DynamicAuthorizationMetrics(Meters);
        Sender = new CoaSender(Metrics, new SilenceNotices(Clock, Notices), Clock);
        Log = new CoaLog(storage.Database, storage.Commits, Metrics, Clock, NullLogger<CoaLog>.Instance);
        Store = new CoaLogStore(storage.Database);
        Dialogue = new CoaDialogue(Sender, Log, storage.Ids, Clock);
    }

    public HandMovedClock Clock { get; }

    /// <summary>What was said of NASes that do not answer.</summary>
    public ListLogger<SilenceNotices> Notices { get; } = new();

    public TestDatabase Storage { get; }

    public IMeterFactory Meters { get; }

    public DynamicAuthorizationMetrics Metrics { get; }

    public CoaSender Sender { get; }

    public CoaLog Log { get; }

    public CoaLogStore Store { get; }

    public CoaDialogue Dialogue { get; }

    public static async Task<CoaRoom> CreateAsync(StorageProvider provider = StorageProvider.Sqlite) =>
        new(await TestDatabase.CreateAsync(provider), new HandMovedClock(), ownsStorage: true);

    /// <summary>The room on a database that another has.</summary>
    public static CoaRoom On(TestDatabase storage, HandMovedClock clock) => new(storage, clock, ownsStorage: false);

    public static NasType TypeOf(string name) => Types.TryGet(name, out NasType? type) ? type : throw new ArgumentException($"There is no type {name}.", nameof(name));

    /// <summary>A NAS entry for a NAS on loopback.</summary>
    public static NasEntry Entry(IPEndPoint endPoint, string type = "generic", string identity = "lobby", long nasId = 7, string? address = null) => new()
    {
        TenantId = Tenant,
        NasId = nasId,
        Identity = identity,
        Location = "",
        Address = IPNetwork.Parse(address ?? $"{endPoint.Address}/{(endPoint.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)}"),
        Type = TypeOf(type),
        Secret = FakeNas.Secret,
        CoaPort = endPoint.Port,
        RequireMessageAuthenticator = MessageAuthenticatorPolicy.Auto,
        Observations = new NasObservations(NullLogger<NasObservations>.Instance),
    };

    /// <summary>A session in a notation that no server would choose.</summary>
    public static SessionInfo Session(long sessionId = 70, long nasId = 7) => new()
    {
        SessionId = sessionId,
        NasId = nasId,
        AcctSessionId = "00AbCdEf",
        ClientKey = "02:00:00:00:00:01",
        AccountId = 5,
        UserName = "Alice@Lobby",
        Mac = "02:00:00:00:00:01",
        CallingStationId = "02-00-00-00-00-0A",
        CalledStationId = "0A-0B-0C-0D-0E-0F:Guests",
        ClientIp = "10.1.2.3",
        NasAddress = "127.0.0.1",
        NasPort = "17",
        MultiSessionId = "multi-1",
        StartedAt = 1,
        LastNewsAt = 2,
        Seconds = 1,
        OctetsIn = 1,
        OctetsOut = 1,
    };

    public static CoaSubject Subject(NasEntry nas, SessionInfo? session = null)
    {
        session ??= Session();
        return new CoaSubject(NasDestination.Of(nas, session.NasAddress)!, SessionIdentity.Of(session)) { Session = session };
    }

    public async ValueTask DisposeAsync()
    {
        await Sender.DisposeAsync();
        await Log.StopAsync(CancellationToken.None);
        Log.Dispose();
        if (_ownsStorage)
        {
            await Storage.DisposeAsync();
        }

        await _meters.DisposeAsync();
    }
}
