using Kiwire.Server.Portal;

namespace Kiwire.Server.Tests.Portal;

/// <summary>A login address must not become a way to steal credentials: anybody can make a guest follow a link to the portal.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class LoginAddressesTests
{
    [TestCase("http://198.51.100.7/login")]
    [TestCase("http://198.51.100.7:8080/anything")]
    [TestCase("http://10.5.50.1/login")]
    [TestCase("http://[2001:db8::7]/login")]
    [TestCase("http://[::ffff:198.51.100.7]/login")]
    [TestCase("http://203.0.113.9/login")]
    [TestCase("http://LOGIN.example.net/login")]
    [TestCase("https://a.hotspot.example.net/login")]
    [TestCase("https://a.b.hotspot.example.net./login")]
    [TestCase("http://192.168.77.1/login")]
    public async Task What_belongs_to_the_tenant_is_handed_to(string address)
    {
        await using PortalNetwork network = await SomeAsync();

        Assert.That(network.Addresses.FindFault(PortalNetwork.Tenant, PortalNetwork.Type("mikrotik"), new Uri(address)), Is.Null);
    }

    [TestCase("http://192.0.2.66/login", "the host 192.0.2.66, which is the address of no NAS entry, in no zone's prefix, and not among loginHosts of /api/v1/portal.")]
    [TestCase("http://198.51.100.8/login", "the host 198.51.100.8, which is the address of no NAS entry")]
    [TestCase("http://8.8.8.8/login", "the host 8.8.8.8, which is the address of no NAS entry")]
    [TestCase("http://10.99.0.1/login", "the host 10.99.0.1, which is the address of no NAS entry")]
    [TestCase("http://127.0.0.1:8081/api/v1/login", "the host 127.0.0.1, which is the address of no NAS entry")]
    [TestCase("http://3325256711/login", "the host 198.51.100.8")]
    [TestCase("http://evil.example.net/login", "the host evil.example.net, which is not among loginHosts")]
    [TestCase("http://hotspot.example.net/login", "the host hotspot.example.net, which is not among loginHosts")]
    [TestCase("http://evilhotspot.example.net/login", "which is not among loginHosts")]
    [TestCase("http://login.example.net.evil.example/login", "which is not among loginHosts")]
    [TestCase("https://securelogin.arubanetworks.com/cgi-bin/login", "which is not among loginHosts")]
    public async Task What_does_not_is_refused_and_said_why(string address, string fault)
    {
        // 3325256712 is how a browser may also be told 198.51.100.8.
        await using PortalNetwork network = await SomeAsync();

        Assert.That(network.Addresses.FindFault(PortalNetwork.Tenant, PortalNetwork.Type("mikrotik"), new Uri(address.Replace("3325256711", "3325256712", StringComparison.Ordinal))), Does.Contain(fault));
    }

    [Test]
    public async Task Another_tenants_NAS_and_zone_do_not_count()
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync())
            .With("mikrotik", "198.51.100.7/32", tenant: PortalNetwork.Stranger)
            .WithZone("203.0.113.0/24", PortalNetwork.Stranger);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(network.Addresses.FindFault(PortalNetwork.Tenant, PortalNetwork.Type("mikrotik"), new Uri("http://198.51.100.7/login")), Is.Not.Null);
            Assert.That(network.Addresses.FindFault(PortalNetwork.Tenant, PortalNetwork.Type("mikrotik"), new Uri("http://203.0.113.9/login")), Is.Not.Null);
        }
    }

    [Test]
    public async Task A_makers_own_host_counts_only_for_who_has_such_a_NAS()
    {
        Uri address = new("https://n143.network-auth.com/splash/login");
        await using PortalNetwork without = await SomeAsync();
        await using PortalNetwork with = (await PortalNetwork.StartAsync()).With("meraki", "192.0.2.40");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(without.Addresses.FindFault(PortalNetwork.Tenant, PortalNetwork.Type("meraki"), address), Is.Not.Null);
            Assert.That(with.Addresses.FindFault(PortalNetwork.Tenant, PortalNetwork.Type("meraki"), address), Is.Null);
            Assert.That(with.Addresses.FindFault(PortalNetwork.Tenant, PortalNetwork.Type("mikrotik"), address), Is.Not.Null);
        }
    }

    [TestCase("?link-login-only=http%3A%2F%2Fevil.example%2Flogin", "evil.example")]
    [TestCase("?link-login-only=http%3A%2F%2F10.5.50.1%40evil.example%2Flogin", "")]
    [TestCase("?link-login-only=http%3A%2F%2Fevil.example%5C%4010.5.50.1%2Flogin", "")]
    [TestCase("?link-login-only=javascript%3Aalert(1)", "")]
    [TestCase("?link-login-only=data%3Atext%2Fhtml%2Chi", "")]
    [TestCase("?link-login-only=%2F%2Fevil.example%2Flogin", "")]
    [TestCase("?link-login-only=%2Flogin", "")]
    [TestCase("?uamip=evil.example&uamport=3990&challenge=0af969874aa833e6989006f0b2f41793", "evil.example")]
    [TestCase("?uamip=10.1.0.1%40evil.example&uamport=80&challenge=0af969874aa833e6989006f0b2f41793", "")]
    [TestCase("?uamip=evil.example%2F&uamport=80&challenge=0af969874aa833e6989006f0b2f41793", "")]
    [TestCase("?uamip=10.1.0.1&uamport=80%2F..%2Fx&challenge=0af969874aa833e6989006f0b2f41793", "")]
    public async Task A_guest_with_such_an_address_is_given_none(string query, string host)
    {
        await using PortalNetwork network = (await SomeAsync()).With("coova", "10.1.0.1");

        Arrival arrival = network.Read(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrival.Visit.LoginAddress, Is.Empty);
            Assert.That(arrival.Visit.Given, Is.Empty);
            Assert.That(arrival.Fault, Is.Not.Empty);
            Assert.That(arrival.RefusedHost, Is.EqualTo(host));
        }
    }

    [TestCase("0.0.0.0/0", "so wide that it says nothing")]
    [TestCase("10.0.0.0/7", "so wide that it says nothing")]
    [TestCase("2000::/3", "so wide that it says nothing")]
    [TestCase("*", "it must be a host such as")]
    [TestCase("*.com", "it must be a host such as")]
    [TestCase("*.*.example.net", "it must be a host such as")]
    [TestCase("http://login.example.net", "it must be a host such as")]
    [TestCase("login.example.net:80", "it must be a host such as")]
    [TestCase("login example", "it must be a host such as")]
    [TestCase("10.5.50", "it must be a host such as")]
    [TestCase("0x0a053201", "it must be a host such as")]
    [TestCase("", "it must be a host such as")]
    public void What_is_no_host_cannot_be_allowed(string text, string fault)
    {
        Assert.That(LoginHost.TryParse(text, out _, out string? said), Is.False);
        Assert.That(said, Does.Contain(fault));
    }

    [TestCase("LOGIN.Example.NET", "login.example.net")]
    [TestCase("10.5.50.9/24", "10.5.50.0/24")]
    [TestCase("router.lan", "router.lan")]
    [TestCase("wifi", "wifi")]
    [TestCase("müller.example", "xn--mller-kva.example")]
    public void A_host_is_kept_as_browsers_write_it(string text, string kept)
    {
        Assert.That(LoginHost.TryParse(text, out LoginHost? host, out string? fault), Is.True, fault);
        Assert.That(host!.Text, Is.EqualTo(kept));
    }

    private static async Task<PortalNetwork> SomeAsync() => await (await PortalNetwork.StartAsync())
        .With("mikrotik", "198.51.100.7/32")
        .With("mikrotik", "2001:db8::7/128")
        .With("mikrotik", "192.168.0.0/16")
        .With("generic", "0.0.0.0/0")
        .With("generic", "8.0.0.0/8")
        .WithZone("203.0.113.0/24")
        .WithZone("0.0.0.0/0")
        .WithHostsAsync("10.5.50.1", "login.example.net", "*.hotspot.example.net");
}
