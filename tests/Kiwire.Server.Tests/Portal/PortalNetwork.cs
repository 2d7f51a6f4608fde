using System.Net;
using Kiwire.Radius.Dictionaries;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Network;
using Kiwire.Server.Portal;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Kiwire.Server.Tests.Portal;

/// <summary>The NAS types as they come with the server, and a tenant's NASes and zones, for what the portal reads of them.</summary>
internal sealed class PortalNetwork : IAsyncDisposable
{
    public const long Tenant = 1;
    public const long Stranger = 2;

    private readonly TestDatabase _database;
    private readonly NasDirectory _nas = new();
    private readonly ZoneDirectory _zones;
    private readonly List<NasEntry> _entries = [];

    private PortalNetwork(TestDatabase database)
    {
        _database = database;
        _zones = new ZoneDirectory(_nas);
        Settings = new PortalSettingsDirectory(new PortalSettingsStore(database.Database));
        Addresses = new LoginAddresses(_nas, _zones, Settings);
        Arrivals = new Arrivals(Types, _nas, Addresses, TimeProvider.System);
    }

    public static NasTypeCatalog Types { get; } =
        NasTypeLoader.Load(NasTypeLoader.BuiltInFolder, Path.Combine(NasTypeLoader.BuiltInFolder, "none"), RadiusDictionary.BuiltIn);

    public PortalSettingsDirectory Settings { get; }

    public LoginAddresses Addresses { get; }

    public Arrivals Arrivals { get; }

    public static async Task<PortalNetwork> StartAsync() => new(await TestDatabase.CreateAsync(StorageProvider.Sqlite));

    public static NasType Type(string name) => Types.TryGet(name, out NasType? type) ? type : throw new ArgumentException(name);

    public PortalNetwork With(string type, string address, string? identity = null, long tenant = Tenant)
    {
        _entries.Add(new NasEntry
        {
            TenantId = tenant,
            NasId = _entries.Count + 1,
            Identity = identity ?? $"nas-{_entries.Count + 1}",
            Location = "",
            Address = NasAddress.TryParse(address, out IPNetwork network) ? network : throw new ArgumentException(address),
            Type = Type(type),
            Secret = new SharedSecret("testing123"),
            CoaPort = 3799,
            RequireMessageAuthenticator = MessageAuthenticatorPolicy.Auto,
            Observations = new NasObservations(),
        });
        _nas.Replace([.. _entries]);
        return this;
    }

    public PortalNetwork WithZone(string prefix, long tenant = Tenant)
    {
        _zones.Replace([.. _zones.Zones, new Zone { TenantId = tenant, ZoneId = _zones.Zones.Count + 1, Name = $"zone-{_zones.Zones.Count + 1}", Members = [new ZoneMember(ZoneMemberKind.NasIpPrefix, prefix)] }]);
        return this;
    }

    public async Task<PortalNetwork> WithHostsAsync(params string[] hosts)
    {
        SaveOutcome outcome = await new PortalSettingsRegister(Settings, _database.Commits).UpdateAsync(Tenant, hosts, null, 0, default);
        Assert.That(outcome, Is.InstanceOf<SaveOutcome.Saved>());
        return this;
    }

    /// <summary>Reads an address's query as a browser brings it.</summary>
    public Arrival Read(string query)
    {
        Dictionary<string, StringValues> values = QueryHelpers.ParseQuery(query);
        return Arrivals.Read(Tenant, name => values.TryGetValue(name, out StringValues value) ? value.ToString() : null);
    }

    public async ValueTask DisposeAsync()
    {
        Settings.Dispose();
        await _database.DisposeAsync();
    }
}
