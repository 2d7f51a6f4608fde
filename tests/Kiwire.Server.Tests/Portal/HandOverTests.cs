using Kiwire.Server.Network;
using Kiwire.Server.Portal;

namespace Kiwire.Server.Tests.Portal;

/// <summary>From the address that a maker's documentation shows a guest's browser to come with, to what that maker's equipment takes.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class HandOverTests
{
    private const string Return = "https://portal.example.net/portal/default/online";

    [Test]
    public async Task MikroTik_gets_a_form_with_the_proof_and_where_to_go_on() => Assert.That(
        await HandOverAsync(
            "mikrotik", "10.5.50.1",
            "?mac=12:34:56:78:90:AB&ip=10.5.50.7&identity=lobby&link-login-only=http%3A%2F%2F10.5.50.1%2Flogin&link-orig=http%3A%2F%2Fexample.com%2F"
            + @"&chap-id=\371&chap-challenge=\357\315\330\001\134\033\057\000\377\176\012\074\055\101\142\047"),
        Is.EqualTo($"POST http://10.5.50.1/login username=60123456789 password=d389ac2960fc983abc5bfd0eeb093558 dst={Return} popup=false"));

    [Test]
    public async Task MikroTik_without_a_challenge_gets_the_password() => Assert.That(
        await HandOverAsync("mikrotik", "10.5.50.1", "?mac=12:34:56:78:90:AB&link-login-only=https%3A%2F%2F10.5.50.1%2Flogin&chap-id=&chap-challenge="),
        Is.EqualTo($"POST https://10.5.50.1/login username=60123456789 password=secret dst={Return} popup=false"));

    [TestCase("", "b7ae2948299cdc701d2e79c87c249b40")]
    [TestCase("greatsecret", "85d716afd004b2724f203aa2c2c26c38")]
    public async Task CoovaChilli_gets_a_response_to_its_challenge(string secret, string response)
    {
        const string Query =
            "?res=notyet&uamip=10.1.0.1&uamport=3990&challenge=0af969874aa833e6989006f0b2f41793&called=08-00-27-56-22-0B&mac=08-00-27-3E-84-A7&ip=10.1.0.2"
            + "&nasid=Residence_Inn&sessionid=4f2eaf5400000001&userurl=http%3a%2f%2fiol.co.za%2f&md=730D01F4C88F503DF4CBC95B3A980223";

        Assert.That(
            await HandOverAsync("coova", "10.1.0.1", Query, secret),
            Is.EqualTo($"GET http://10.1.0.1:3990/logon?username=60123456789&response={response}&userurl={Uri.EscapeDataString(Return)}"));
    }

    [Test]
    public async Task Aruba_gets_a_form_at_the_controller() => Assert.That(
        await HandOverAsync("aruba", "192.0.2.10", "?cmd=login&mac=34:02:86:c6:d2:3e&essid=guest&ip=10.0.0.5&apname=ap-1&switchip=192.0.2.10&url=http%3A%2F%2Fexample.com%2F"),
        Is.EqualTo($"POST https://192.0.2.10/cgi-bin/login user=60123456789 password=secret cmd=authenticate url={Return}"));

    [Test]
    public async Task Arubas_own_name_needs_no_leave_where_there_is_such_a_NAS() => Assert.That(
        await HandOverAsync("aruba", "192.0.2.10", "?cmd=login&mac=34:02:86:c6:d2:3e&essid=guest&ip=10.0.0.5&url=http%3A%2F%2Fexample.com%2F"),
        Does.StartWith("POST https://securelogin.arubanetworks.com/cgi-bin/login "));

    [Test]
    public async Task A_Cisco_controller_gets_its_button() => Assert.That(
        await HandOverAsync("cisco-wlc", "192.0.2.20", "?switch_url=https://192.0.2.1/login.html&ap_mac=00:1b:54:aa:bb:cc&client_mac=f4:5c:89:9b:17:67&wlan=guest&redirect=example.com/"),
        Is.EqualTo($"POST https://192.0.2.1/login.html username=60123456789 password=secret buttonClicked=4 redirect_url={Return} err_flag=0"));

    [Test]
    public async Task ZoneDirector_gets_a_form_at_9997() => Assert.That(
        await HandOverAsync("ruckus", "192.0.2.30", "?sip=192.0.2.30&mac=ac6706000000&lid=&uip=10.0.0.9&dn=&url=http%3A%2F%2Fexample.com&client_mac=74911a2eb8d0&ssid=guest"),
        Is.EqualTo("POST http://192.0.2.30:9997/login username=60123456789 password=secret uip=10.0.0.9 client_mac=74911a2eb8d0 ssid=guest"));

    [Test]
    public async Task SmartZone_gets_it_at_its_subscriber_portal() => Assert.That(
        await HandOverAsync("ruckus", "192.0.2.30", "?nbiIP=192.0.2.31&sip=192.0.2.30&uip=10.0.0.9&client_mac=ENC323e79bf1bbd5ac4&proxy=0&ssid=guest"),
        Is.EqualTo("POST http://192.0.2.30:9997/SubscriberPortal/hotspotlogin username=60123456789 password=secret uip=10.0.0.9 client_mac=ENC323e79bf1bbd5ac4 ssid=guest proxy=0"));

    [Test]
    public async Task FortiGate_gets_its_magic_back() => Assert.That(
        await HandOverAsync(
            "fortinet", "10.0.1.3",
            "?login&post=https://10.0.1.3:1003/fgtauth&magic=040d028c9aaae999&usermac=aa:bb:cc:dd:ee:ff&apmac=00:11:22:33:44:55&apip=192.168.1.99&userip=192.168.200.99&ssid=Guest-SSID"),
        Is.EqualTo($"POST https://10.0.1.3:1003/fgtauth magic=040d028c9aaae999 username=60123456789 password=secret 4Tredir={Return}"));

    [Test]
    public async Task Meraki_gets_it_at_its_cloud() => Assert.That(
        await HandOverAsync(
            "meraki", "192.0.2.40",
            "?login_url=https%3A%2F%2Fn143.network-auth.com%2Fsplash%2Flogin%3Fmauth%3DMM1SZQl&continue_url=http%3A%2F%2Fwww.ask.com%2F&ap_mac=88%3A15%3A44%3A60%3A1c%3A1a&client_mac=f4%3A5c%3A89%3A9b%3A17%3A67&client_ip=192.168.0.13"),
        Is.EqualTo($"POST https://n143.network-auth.com/splash/login?mauth=MM1SZQl username=60123456789 password=secret success_url={Return}"));

    [Test]
    public async Task Cambium_gets_its_own_query_back() => Assert.That(
        await HandOverAsync("cambium", "192.0.2.50", "?ga_ssid=guest&ga_ap_mac=BC-E6-7C-49-5E-A0&ga_nas_id=ap-1&ga_srvr=192.0.2.50&ga_cmac=76-7C-98-06-87-99&ga_Qv=eUROBR86HBgAGDEEVgQAGw4UWRUCACYV.&ga_orig_url=http%3A%2F%2Fexample.com"),
        Is.EqualTo(
            "POST http://192.0.2.50:880/cgi-bin/hotspot_login.cgi?ga_ssid=guest&ga_ap_mac=BC-E6-7C-49-5E-A0&ga_nas_id=ap-1&ga_srvr=192.0.2.50&ga_cmac=76-7C-98-06-87-99&ga_Qv=eUROBR86HBgAGDEEVgQAGw4UWRUCACYV."
            + " ga_user=60123456789 ga_pass=secret"));

    [Test]
    public async Task Omada_gets_what_it_gave_back() => Assert.That(
        await HandOverAsync(
            "tp-link", "172.30.30.113",
            "?target=172.30.30.113&targetPort=8088&clientMac=F8-1E-DF-AA-AA-AA&clientIP=172.30.30.103&apMac=AC-84-C6-BB-BB-BB&scheme=https&ssidName=eap_test&radioId=1&originUrl=https%3A%2F%2Fwww.tp-link.com"),
        Is.EqualTo(
            "POST https://172.30.30.113:8088/portal/radius/browserauth clientMac=F8-1E-DF-AA-AA-AA clientIp=172.30.30.103 apMac=AC-84-C6-BB-BB-BB ssidName=eap_test radioId=1 authType=2"
            + $" originUrl={Return} username=60123456789 password=secret"));

    [Test]
    public async Task Nomadix_gets_a_form_at_1111() => Assert.That(
        await HandOverAsync("nomadix", "192.0.2.60", "?UI=0127d3&NI=0050e801&UIP=192.0.2.60&MA=0050E8AABBCC&RN=101&PORT=1&RAD=yes&SIP=10.0.0.7&OS=http%3A%2F%2Fexample.com"),
        Is.EqualTo($"POST http://192.0.2.60:1111/usg/process username=60123456789 password=secret OS={Return}"));

    [Test]
    public async Task PfSense_gets_the_form_of_its_own_page() => Assert.That(
        await HandOverAsync("pfsense", "192.0.2.70", "?portal_action=http%3A%2F%2F192.0.2.70%3A8002%2Findex.php%3Fzone%3Dguests&portal_redirurl=http%3A%2F%2Fexample.com&zone=guests"),
        Is.EqualTo($"POST http://192.0.2.70:8002/index.php?zone=guests auth_user=60123456789 auth_pass=secret redirurl={Return} zone=guests accept=Continue"));

    [Test]
    public async Task Nothing_is_handed_over_without_a_challenge_that_can_be_answered()
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With("coova", "10.1.0.1");
        Arrival arrival = network.Read("?res=notyet&uamip=10.1.0.1&uamport=3990&challenge=zz");
        PortalLogin login = PortalNetwork.Type("coova").Portal!.Login!;

        Assert.That(HandOver.TryMake(login, new Uri(arrival.Visit.LoginAddress), arrival.Visit.Given, Credentials(""), out _, out string? fault), Is.False);
        Assert.That(fault, Is.EqualTo("challenge is not 32 hexadecimal digits."));
    }

    [Test]
    public void Every_type_that_hands_over_sends_name_and_password() => Assert.That(
        PortalNetwork.Types.Types.Where(type => type.Portal?.Login is { } login
            && !(login.Fields.Any(field => field.Value.Text == "{$username}") && login.Fields.Any(field => field.Value.Text == "{$password}"))),
        Is.Empty);

    private static async Task<string> HandOverAsync(string type, string nas, string query, string uamSecret = "")
    {
        await using PortalNetwork network = (await PortalNetwork.StartAsync()).With(type, nas);
        Arrival arrival = network.Read(query);
        Assert.That(arrival.Fault, Is.Empty);
        Assert.That(arrival.Visit.Type, Is.EqualTo(type));
        Assert.That(
            HandOver.TryMake(PortalNetwork.Type(type).Portal!.Login!, new Uri(arrival.Visit.LoginAddress), arrival.Visit.Given, Credentials(uamSecret), out HandOver? handOver, out string? fault),
            Is.True,
            fault);
        return string.Join(' ', [handOver!.IsPost ? "POST" : "GET", handOver.Address.AbsoluteUri, .. handOver.Fields.Select(field => $"{field.Key}={field.Value}")]);
    }

    private static HotspotCredentials Credentials(string uamSecret) => new()
    {
        Username = "60123456789",
        Password = "secret",
        ReturnTo = Return,
        UamSecret = System.Text.Encoding.UTF8.GetBytes(uamSecret),
    };
}
