using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>A whole server whose NAS takes CoA- and Disconnect-Requests on loopback, with a clock that can be put forward.</summary>
internal sealed class EnforcedServer : IAsyncDisposable
{
    public const long Tenant = TenantDirectory.DefaultTenantId;
    public const string Phone = "02-AA-00-00-00-01";

    private const string Marker = "marker";
    private const string MarkerDevice = "02-AA-00-00-00-FF";

    private readonly DateTimeOffset _began;
    private int _markers;

    private EnforcedServer(RunningServer server, ShiftedClock clock, FakeNas nas)
    {
        Server = server;
        Clock = clock;
        _began = clock.GetUtcNow();
        Nas = nas;
        Equipment = new TestNas(server);
    }

    public RunningServer Server { get; }

    public ShiftedClock Clock { get; }

    /// <summary>Where requests arrive.</summary>
    public FakeNas Nas { get; }

    /// <summary>What sends logins and accounting.</summary>
    public TestNas Equipment { get; }

    public static Task<EnforcedServer> StartAsync(string type = "generic", DateTimeOffset? at = null, params string[] options) =>
        StartAsync(new FakeNas(FakeNas.Ack), type, at, options);

    public static async Task<EnforcedServer> StartAsync(FakeNas nas, string type = "generic", DateTimeOffset? at = null, params string[] options)
    {
        ShiftedClock clock = at is { } moment ? ShiftedClock.At(moment) : new ShiftedClock();
        EnforcedServer enforced = new(await RunningServer.StartAsync(clock, options), clock, nas);
        await enforced.Server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        await enforced.UseTypeAsync(type);
        return enforced;
    }

    /// <summary>Has the NAS be of a type, and listen where the test's does.</summary>
    public async Task UseTypeAsync(string type)
    {
        NasRegister register = Server.Get<NasRegister>();
        Kiwire.Server.Network.Nas nas = (await register.FindAsync(Tenant, "demo-nas", default))!;
        Assert.That(
            await register.UpdateAsync(Tenant, nas.NasId, new NasSettings { Type = type, CoaPort = Nas.EndPoint.Port }, 0, default),
            Is.InstanceOf<Kiwire.Server.Storage.SaveOutcome.Saved>());
    }

    /// <summary>A user who is in, with the session that its accounting has begun.</summary>
    public async Task<long> LogInAsync(
        string user, ProfileSettings? profile = null, string device = Phone, string profileName = "gold", string? expiry = null)
    {
        if (profile is not null)
        {
            await Server.CreateProfileAsync(profile);
        }

        await Server.CreateUserAsync(new AccountSettings { Username = user, Password = "secret-1", Profile = profile?.Name ?? profileName, Expiry = expiry });
        Enter(user, device);
        return (await Server.Get<AccountStore>().FindAsync(Tenant, user, default))!.AccountId;
    }

    /// <summary>A login and the Start that follows it; the session is called as the user and device are.</summary>
    public void Enter(string user, string device = Phone)
    {
        Answer answer = Equipment.Login(user, "secret-1", device);
        Assert.That(answer.IsAccept, Is.True, answer.Text);
        Account(1, user, 0, 0, device, answer.Octets(25));
    }

    /// <summary>Accounting of the user's session: 1 Start, 2 Stop, 3 Interim.</summary>
    public void Account(uint status, string user, uint seconds, uint octets, string device = Phone, byte[]? loginClass = null) =>
        Equipment.Account(status, $"{user} {device[^2..]}", user, device, seconds, loginClass, writer =>
        {
            writer.Append(43, octets);
            writer.Append(8, (ReadOnlySpan<byte>)[10, 0, 0, 7]);
            writer.Append(55, (uint)_began.AddSeconds(seconds).ToUnixTimeSeconds());
        });

    /// <summary>All that arrives at the NAS until what is asked for now, which comes behind all that was noticed before.</summary>
    public async Task<List<CoaArrival>> TakeUntilNowAsync()
    {
        string marker = $"{Marker}-{++_markers}";
        long account = await LogInAsync(marker, device: MarkerDevice);
        await Server.Get<AccountStore>().SetActiveAsync(Tenant, account, active: false, default);
        List<CoaArrival> arrivals = [];
        while (true)
        {
            CoaArrival arrival = await Nas.ReceiveNextAsync();
            if (arrival.Text(1) == marker)
            {
                return arrivals;
            }

            arrivals.Add(arrival);
        }
    }

    /// <summary>The open sessions of an account, as the database has them.</summary>
    public Task<IReadOnlyList<SessionInfo>> OpenSessionsAsync(long account) => Server.Get<SessionStore>().ListAsync(
        new SessionQuery { TenantId = Tenant, AccountId = account, OpenOnly = true }, default);

    public async ValueTask DisposeAsync()
    {
        Equipment.Dispose();
        await Server.DisposeAsync();
        await Nas.DisposeAsync();
    }
}
