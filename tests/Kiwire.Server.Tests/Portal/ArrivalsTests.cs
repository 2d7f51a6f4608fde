using Kiwire.Server.Portal;

namespace Kiwire.Server.Tests.Portal;

/// <summary>What a NAS gives the guest's browser is read by its type's description.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class ArrivalsTests
{
    [Test]
    public async Task Device_address_NAS_and_wanted_page_are_read()
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With("coova", "10.1.0.1", "Residence_Inn").With("coova", "10.2.0.1", "Other_Inn");

        Arrival arrival = network.Read("?res=notyet&uamip=10.1.0.1&uamport=3990&challenge=00&mac=08-00-27-3E-84-A7&ip=10.1.0.2&nasid=other_inn&userurl=http%3a%2f%2fiol.co.za%2f");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrival.Visit.Device, Is.EqualTo("08:00:27:3e:84:a7").IgnoreCase);
            Assert.That(arrival.Visit.Address, Is.EqualTo("10.1.0.2"));
            Assert.That(arrival.Visit.NasId, Is.EqualTo(2));
            Assert.That(arrival.Visit.Wanted, Is.EqualTo("http://iol.co.za/"));
            Assert.That(arrival.Outcome, Is.EqualTo(ArrivalOutcome.None));
        }
    }

    [TestCase("res=notyet&uamip=10.1.0.1", 1)]
    [TestCase("res=notyet&uamip=10.2.0.1", 2)]
    [TestCase("res=notyet&uamip=10.2.0.1&nas=nas-1", 1)]
    [TestCase("res=notyet&uamip=10.2.0.1&nas=nobody", 2)]
    public async Task A_NAS_that_does_not_name_itself_is_known_by_its_address_or_by_the_portals(string query, long nasId)
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With("coova", "10.1.0.1").With("coova", "10.2.0.1");

        Assert.That(network.Read($"?{query}&uamport=3990&challenge=00").Visit.NasId, Is.EqualTo(nasId));
    }

    [TestCase("coova", "?res=success&uamip=10.1.0.1&uamport=3990", ArrivalOutcome.Success)]
    [TestCase("coova", "?res=already&uamip=10.1.0.1&uamport=3990", ArrivalOutcome.Success)]
    [TestCase("coova", "?res=failed&uamip=10.1.0.1&uamport=3990&challenge=00", ArrivalOutcome.Failure)]
    [TestCase("mikrotik", "?link-login-only=http%3A%2F%2F10.1.0.1%2Flogin&error=", ArrivalOutcome.None)]
    [TestCase("mikrotik", "?link-login-only=http%3A%2F%2F10.1.0.1%2Flogin&error=invalid+password", ArrivalOutcome.Failure)]
    [TestCase("cisco-wlc", "?switch_url=https://10.1.0.1/login.html&statusCode=5", ArrivalOutcome.Failure)]
    public async Task What_the_NAS_says_of_a_login_is_read(string type, string query, ArrivalOutcome outcome)
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With(type, "10.1.0.1");

        Arrival arrival = network.Read(query);

        Assert.That((arrival.Visit.Type, arrival.Outcome), Is.EqualTo((type, outcome)));
    }

    [Test]
    public async Task Of_two_types_that_fit_it_is_the_one_that_the_tenant_has()
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With("cisco-wlc", "192.0.2.20");

        Assert.That(network.Read("?switch_url=https://192.0.2.1/login.html").Visit.Type, Is.EqualTo("cisco-wlc"));
    }

    [Test]
    public async Task A_NAS_that_takes_no_credentials_is_let_in_by_online()
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With("unifi", "192.0.2.80");

        Arrival arrival = network.Read("?ap=00:27:22:aa:bb:cc&id=f4:5c:89:9b:17:67&t=1700000000&url=http%3A%2F%2Fexample.com&ssid=guest");

        Assert.That((arrival.Visit.Type, arrival.Visit.NasId, arrival.Visit.LoginAddress, arrival.Fault), Is.EqualTo(("unifi", 1, "", "")));
        Assert.That(arrival.Visit.Device, Is.EqualTo("f4:5c:89:9b:17:67").IgnoreCase);
    }

    [TestCase("javascript:alert(1)")]
    [TestCase("http://user:password@example.com/")]
    [TestCase("example.com")]
    public async Task A_wanted_page_that_is_no_web_address_is_forgotten(string wanted)
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With("coova", "10.1.0.1");

        Assert.That(network.Read($"?uamip=10.1.0.1&uamport=3990&challenge=00&userurl={Uri.EscapeDataString(wanted)}").Visit.Wanted, Is.Empty);
    }

    [Test]
    public async Task More_than_fits_into_an_address_is_refused()
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With("fortinet", "10.0.1.3");

        Arrival arrival = network.Read($"?post=https://10.0.1.3:1003/fgtauth&magic={new string('m', 4000)}");

        Assert.That((arrival.Visit.LoginAddress, arrival.Fault), Is.EqualTo(("", "the NAS gave more than 3000 octets.")));
    }
}
