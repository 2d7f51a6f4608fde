using System.Globalization;
using System.Net;
using Kiwire.Snmp;
using Kiwire.Snmp.Notifications;

namespace Kiwire.Peers.Tests;

/// <summary>Net-SNMP's snmptrap and snmpinform send; the listener receives, and snmpinform is satisfied with the answer.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(300_000)]
public sealed class SnmpTrapTests : IAsyncDisposable
{
    private const string Authentication = "authentication-1";
    private const string Privacy = "privacy-password-2";
    private const string LinkDown = "1.3.6.1.6.3.1.1.5.3";
    private const string IfIndex = "1.3.6.1.2.1.2.2.1.1.7";

    private static readonly VariableBinding s_seven = new(ObjectId.Parse(IfIndex), SnmpValue.Integer32(7));

    private readonly string _scratch = Directory.CreateTempSubdirectory("kiwire-snmptrap-").FullName;
    private readonly SnmpNotificationListener _listener = new(new SnmpListenerOptions
    {
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        Communities = [new CommunityCredentials(SnmpVersion.V1, "traps-1"), new CommunityCredentials(SnmpVersion.V2c, "traps-2")],
        Users = [.. s_levels.Values],
    });

    private static readonly Dictionary<string, UsmCredentials> s_levels = new()
    {
        ["-u plain -l noAuthNoPriv"] = new UsmCredentials { User = "plain" },
        [$"-u md5 -l authNoPriv -a MD5 -A {Authentication}"] = Of("md5", AuthenticationProtocol.Md5),
        [$"-u sha224 -l authNoPriv -a SHA-224 -A {Authentication}"] = Of("sha224", AuthenticationProtocol.Sha224),
        [$"-u sha512 -l authNoPriv -a SHA-512 -A {Authentication}"] = Of("sha512", AuthenticationProtocol.Sha512),
        [$"-u des -l authPriv -a SHA -A {Authentication} -x DES -X {Privacy}"] = Of("des", AuthenticationProtocol.Sha1, PrivacyProtocol.Des),
        [$"-u aes -l authPriv -a SHA-256 -A {Authentication} -x AES -X {Privacy}"] = Of("aes", AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128),
        [$"-u aes256 -l authPriv -a SHA-384 -A {Authentication} -x AES-256 -X {Privacy}"] = Of("aes256", AuthenticationProtocol.Sha384, PrivacyProtocol.Aes256),
    };

    private static IEnumerable<string> Levels => s_levels.Keys;

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
    }

    [Test]
    public async Task A_trap_of_SNMPv1_is_told_as_SNMPv2_has_it(CancellationToken cancellationToken)
    {
        await SendAsync("snmptrap", $"-v 1 -c traps-1 {_listener.LocalEndPoint} 1.3.6.1.4.1.8072 192.0.2.9 2 0 4711 {IfIndex} i 7");
        await SendAsync("snmptrap", $"-v 1 -c traps-1 {_listener.LocalEndPoint} 1.3.6.1.4.1.8072.4 192.0.2.9 6 42 4712");

        SnmpNotification generic = await NextAsync(cancellationToken);
        SnmpNotification specific = await NextAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((generic.Version, generic.IsInform, generic.UpTimeTicks), Is.EqualTo((SnmpVersion.V1, false, 4711u)));
            Assert.That(generic.TrapId, Is.EqualTo(ObjectId.Parse(LinkDown)), "RFC 3584, 3.1: linkDown");
            Assert.That(generic.Bindings, Is.EqualTo((VariableBinding[])[s_seven]));
            Assert.That(generic.AgentAddress, Is.EqualTo(IPAddress.Parse("192.0.2.9")));
            Assert.That(specific.TrapId, Is.EqualTo(ObjectId.Parse("1.3.6.1.4.1.8072.4.0.42")), "RFC 3584, 3.1: enterprise, 0, specific");
        }
    }

    [Test]
    public async Task A_trap_of_SNMPv2c_is_received(CancellationToken cancellationToken)
    {
        await SendAsync("snmptrap", $"-v 2c -c traps-2 {_listener.LocalEndPoint} 4711 {LinkDown} {IfIndex} i 7");

        AssertLinkDown(await NextAsync(cancellationToken), SnmpVersion.V2c, isInform: false);
    }

    [Test]
    public async Task An_inform_of_SNMPv2c_is_received_and_answered(CancellationToken cancellationToken)
    {
        await SendAsync("snmpinform", $"-v 2c -c traps-2 -r 0 -t 60 {_listener.LocalEndPoint} 4711 {LinkDown} {IfIndex} i 7");

        AssertLinkDown(await NextAsync(cancellationToken), SnmpVersion.V2c, isInform: true);
    }

    [TestCaseSource(nameof(Levels))]
    public async Task A_trap_of_SNMPv3_is_received(string user, CancellationToken cancellationToken)
    {
        await SendAsync("snmptrap", $"-v 3 -e 0x80001f8880aabbccdd11 {user} {_listener.LocalEndPoint} 4711 {LinkDown} {IfIndex} i 7");

        SnmpNotification trap = await NextAsync(cancellationToken);
        AssertLinkDown(trap, SnmpVersion.V3, isInform: false);
        Assert.That((trap.User, trap.EngineId), Is.EqualTo((user.Split(' ')[1], "80001f8880aabbccdd11")));
    }

    [TestCaseSource(nameof(Levels))]
    public async Task An_inform_of_SNMPv3_finds_out_who_we_are_and_is_answered(string user, CancellationToken cancellationToken)
    {
        await SendAsync("snmpinform", $"-v 3 -r 0 -t 60 {user} {_listener.LocalEndPoint} 4711 {LinkDown} {IfIndex} i 7");

        SnmpNotification inform = await NextAsync(cancellationToken);
        AssertLinkDown(inform, SnmpVersion.V3, isInform: true);
        Assert.That(inform.User, Is.EqualTo(user.Split(' ')[1]));
    }

    [TestCase("-u nobody -l noAuthNoPriv", "Unknown user name")]
    [TestCase("-u md5 -l authNoPriv -a MD5 -A another-password", "Authentication failure")]
    [TestCase("-u md5 -l noAuthNoPriv", "Unsupported security level")]
    public async Task An_inform_that_proves_nothing_is_refused_with_the_reason(string user, string reason, CancellationToken cancellationToken)
    {
        Exception? refused = Assert.CatchAsync(() => SendAsync("snmpinform", $"-v 3 -r 0 -t 60 {user} {_listener.LocalEndPoint} 4711 {LinkDown}"));
        await SendAsync("snmptrap", $"-v 2c -c traps-2 {_listener.LocalEndPoint} 4711 {LinkDown} {IfIndex} i 7");
        SnmpNotification next = await NextAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused!.Message, Does.Contain(reason));
            Assert.That(next.Version, Is.EqualTo(SnmpVersion.V2c), "nothing else was taken");
            Assert.That(_listener.Statistics.Refused, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Another_community_is_not_heard(CancellationToken cancellationToken)
    {
        await SendAsync("snmptrap", $"-v 2c -c traps-1 {_listener.LocalEndPoint} 4711 {LinkDown}");
        await SendAsync("snmptrap", $"-v 2c -c traps-2 {_listener.LocalEndPoint} 4711 {LinkDown} {IfIndex} i 7");

        AssertLinkDown(await NextAsync(cancellationToken), SnmpVersion.V2c, isInform: false);
        Assert.That(_listener.Statistics, Is.EqualTo(new SnmpListenerStatistics(1, 0, 0, 0, 1, 0)));
    }

    private static UsmCredentials Of(string user, AuthenticationProtocol authentication, PrivacyProtocol privacy = PrivacyProtocol.None) => new()
    {
        User = user,
        AuthenticationProtocol = authentication,
        AuthenticationPassword = Authentication,
        PrivacyProtocol = privacy,
        PrivacyPassword = privacy == PrivacyProtocol.None ? null : Privacy,
    };

    private static void AssertLinkDown(SnmpNotification notification, SnmpVersion version, bool isInform)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((notification.Version, notification.IsInform, notification.UpTimeTicks), Is.EqualTo((version, isInform, 4711u)));
            Assert.That(notification.TrapId, Is.EqualTo(ObjectId.Parse(LinkDown)));
            Assert.That(notification.Bindings, Is.EqualTo((VariableBinding[])[s_seven]));
            Assert.That(notification.From.Address, Is.EqualTo(IPAddress.Loopback));
        }
    }

    private async Task<SnmpNotification> NextAsync(CancellationToken cancellationToken)
    {
        await foreach (SnmpNotification notification in _listener.ReadAllAsync(cancellationToken))
        {
            return notification;
        }

        throw new InvalidOperationException("The listener has ended.");
    }

    private Task<string> SendAsync(string program, FormattableString arguments) => Child.RunAsync(
        Peer.Require("env", "coreutils"),
        [.. Snmpd.Environment(_scratch).Select(static pair => $"{pair.Key}={pair.Value}"), Peer.Require(program, "snmp"), .. arguments.ToString(CultureInfo.InvariantCulture).Split(' ')]);
}
