using System.Buffers.Binary;
using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>accounts.md, Access-Accept, over the wire: what an accept carries, spelt as the type of the NAS that asks has it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class AcceptTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;
    private const string Phone = "02-AA-00-00-00-01";

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, InterimIntervalSeconds = 120, Lockout = false });
        await _server.CreateProfileAsync(new ProfileSettings
        {
            Name = "limits", Type = "Countdown", Minutes = 60, VolumeLimited = true, VolumeGigabytes = 6, IdleMinutes = 7,
            DownKbps = 10240, UpKbps = 2048, MinDownKbps = 1024, MinUpKbps = 512,
        });
        await NasAsync("router", "127.0.0.31", "mikrotik");
        await NasAsync("portal", "127.0.0.32", "chillispot");
        await NasAsync("access-point", "127.0.0.33", "generic");
        await UserAsync("limited", "limits");

        Assert.That(
            await _server.Get<ZoneRegister>().CreateAsync(Tenant, "guests", [new ZoneMember(ZoneMemberKind.Ssid, "Guests")], default),
            Is.InstanceOf<SaveOutcome.Saved>());
        await _server.CreateUserAsync(new AccountSettings { Username = "by-ssid", Password = "secret-1", Profile = "gold", AllowNas = "guests, lobby-ap" });

        // 1000 s and 1 GiB of it are used up; 2600 s and 5 GiB are left.
        using TestNas nas = new(_server);
        nas.Login("limited", "secret-1", Phone);
        nas.Account(2, "used", "limited", Phone, 1000, more: writer => writer.Append(43, 1u << 30));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("127.0.0.31")]
    [TestCase("127.0.0.32")]
    [TestCase("127.0.0.33")]
    public void Carries_what_is_left_whatever_the_type(string address)
    {
        using TestNas nas = new(_server, address);

        Answer answer = nas.Login("limited", "secret-1", Phone);

        Assert.That((answer.Integer(27), answer.Integer(28), answer.Integer(85), answer.Octets(25) is not null, answer.Octets(1)), Is.EqualTo(
            ((uint?)2600, (uint?)420, (uint?)120, true, (byte[]?)null)));
    }

    [Test]
    public void Spells_rates_and_volume_as_the_NAS_knows_them()
    {
        using TestNas router = new(_server, "127.0.0.31");
        using TestNas portal = new(_server, "127.0.0.32");
        using TestNas accessPoint = new(_server, "127.0.0.33");

        List<byte[]> mikrotik = router.Login("limited", "secret-1", Phone).All(26);
        List<byte[]> coova = portal.Login("limited", "secret-1", Phone).All(26);
        List<byte[]> generic = accessPoint.Login("limited", "secret-1", Phone).All(26);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mikrotik, Is.EqualTo(new[]
            {
                Vendor(14988, 8, "2048k/10240k 0/0 0/0 0/0 8 512k/1024k"u8), Vendor(14988, 17, Number(1u << 30)), Vendor(14988, 18, Number(1)),
            }));
            Assert.That(coova, Is.EquivalentTo(new[]
            {
                Vendor(14559, 5, Number(10240)), Vendor(14559, 4, Number(2048)), Vendor(14559, 3, Number(1u << 30)), Vendor(14559, 23, Number(1)),
            }));
            Assert.That(generic, Is.SupersetOf(new[] { Vendor(14122, 8, Number(10_240_000)), Vendor(14122, 7, Number(2_048_000)) }));
        }
    }

    [Test]
    public async Task Session_Timeout_ends_with_the_account_and_is_absent_where_nothing_ends()
    {
        string soon = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow.AddMinutes(2), _server.Get<TenantDirectory>().Tenants[0].TimeZone)
            .ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        await UserAsync("ends-soon", "limits", soon);
        await UserAsync("never-ends", "gold");
        using TestNas nas = new(_server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nas.Login("ends-soon", "secret-1", Phone).Integer(27), Is.InRange(1, 120));
            Assert.That(nas.Login("never-ends", "secret-1", Phone).Integer(27), Is.Null);
        }
    }

    [Test]
    public async Task Without_the_lockout_switch_nobody_is_locked_out()
    {
        await UserAsync("often-wrong", "gold");
        using TestNas nas = new(_server);
        for (int i = 0; i < 12; i++)
        {
            nas.Login("often-wrong", "guess", Phone);
        }

        Assert.That(nas.Login("often-wrong", "secret-1", Phone).IsAccept, Is.True);
    }

    [Test]
    public void A_zone_of_an_SSID_admits_those_of_that_SSID([Values("02-11-22-33-44-55:Guests", "02-11-22-33-44-55:Staff")] string calledStation)
    {
        using TestNas nas = new(_server);

        Answer answer = nas.Login("by-ssid", "secret-1", Phone, writer => writer.Append(30, Encoding.ASCII.GetBytes(calledStation)));

        Assert.That(answer.Text, Is.EqualTo(calledStation.EndsWith("Guests", StringComparison.Ordinal) ? "" : "Login is not allowed from this zone"));
    }

    private static byte[] Vendor(uint vendor, byte type, ReadOnlySpan<byte> value) => [.. Number(vendor), type, (byte)(value.Length + 2), .. value];

    private static byte[] Number(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }

    private async Task NasAsync(string identity, string address, string type) => Assert.That(
        await _server.Get<NasRegister>().CreateAsync(
            Tenant, new NasSettings { Identity = identity, Address = address, Secret = "testing123", Type = type }, default),
        Is.InstanceOf<SaveOutcome.Saved>());

    private Task UserAsync(string name, string profile, string? expiry = null) =>
        _server.CreateUserAsync(new AccountSettings { Username = name, Password = "secret-1", Profile = profile, Expiry = expiry });
}
