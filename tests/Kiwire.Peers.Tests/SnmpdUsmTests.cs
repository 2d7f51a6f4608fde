using System.Net;
using System.Net.Sockets;
using Kiwire.Snmp;

namespace Kiwire.Peers.Tests;

/// <summary>Net-SNMP's agent asked by every version, protocol and security level that it has, and with each thing that can be wrong.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[CancelAfter(300_000)]
public sealed class SnmpdUsmTests
{
    private const string Engine = "80001f8880aabbccdd00";
    private const string Authentication = "authentication-1";
    private const string Privacy = "privacy-password-2";

    private static readonly ObjectId SysName = ObjectId.Parse("1.3.6.1.2.1.1.5.0");

    // The protocols' names in its configuration.
    private static readonly Dictionary<AuthenticationProtocol, string> s_authentications = new()
    {
        [AuthenticationProtocol.Md5] = "MD5",
        [AuthenticationProtocol.Sha1] = "SHA",
        [AuthenticationProtocol.Sha224] = "SHA-224",
        [AuthenticationProtocol.Sha256] = "SHA-256",
        [AuthenticationProtocol.Sha384] = "SHA-384",
        [AuthenticationProtocol.Sha512] = "SHA-512",
    };

    private static readonly Dictionary<PrivacyProtocol, string> s_privacies = new()
    {
        [PrivacyProtocol.Des] = "DES",
        [PrivacyProtocol.Aes128] = "AES",
        [PrivacyProtocol.Aes192] = "AES192",
        [PrivacyProtocol.Aes256] = "AES256",
        [PrivacyProtocol.Aes192Reeder] = "AES192C",
        [PrivacyProtocol.Aes256Reeder] = "AES256C",
    };

    private Snmpd _agent = null!;
    private SnmpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _agent = await Snmpd.StartAsync(Configuration);
        _client = new SnmpClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        _agent?.Dispose();
    }

    [Test]
    public async Task Answers_to_a_community([Values(SnmpVersion.V1, SnmpVersion.V2c)] SnmpVersion version, CancellationToken cancellationToken)
    {
        Assert.That(await NameAsync(new CommunityCredentials(version, "public"), cancellationToken), Is.EqualTo("kiwire"));
    }

    [Test]
    public async Task Answers_to_a_user_without_a_password(CancellationToken cancellationToken)
    {
        Assert.That(await NameAsync(new UsmCredentials { User = "plain" }, cancellationToken), Is.EqualTo("kiwire"));
    }

    [TestCaseSource(nameof(AuthenticationProtocols))]
    public async Task Answers_to_an_authenticated_user(AuthenticationProtocol protocol, CancellationToken cancellationToken)
    {
        Assert.That(await NameAsync(User(protocol), cancellationToken), Is.EqualTo("kiwire"));
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task Answers_to_an_enciphered_request(AuthenticationProtocol authentication, PrivacyProtocol privacy, CancellationToken cancellationToken)
    {
        Assert.That(await NameAsync(User(authentication, privacy), cancellationToken), Is.EqualTo("kiwire"));
    }

    [Test]
    public async Task Sets_an_object_by_SNMPv3(CancellationToken cancellationToken)
    {
        ObjectId sysLocation = ObjectId.Parse("1.3.6.1.2.1.1.6.0");
        SnmpTarget target = Target(With(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128, user: "writer"));

        _ = await _client.SetAsync(target, new[] { new VariableBinding(sysLocation, SnmpValue.OctetString("lobby")) }, cancellationToken);
        VariableBinding[] bindings = await _client.GetAsync(target, new[] { sysLocation }, cancellationToken);

        Assert.That(bindings[0].Value.AsText, Is.EqualTo("lobby"));
    }

    [Test]
    public async Task A_walk_by_SNMPv3_sees_what_a_walk_by_SNMPv2c_sees(CancellationToken cancellationToken)
    {
        ObjectId sysOrTable = ObjectId.Parse("1.3.6.1.2.1.1.9");
        SnmpTarget secure = Target(User(AuthenticationProtocol.Sha384, PrivacyProtocol.Aes256));
        List<VariableBinding> seen = [];
        List<VariableBinding> expected = [];

        await foreach (VariableBinding binding in _client.WalkAsync(secure, sysOrTable, cancellationToken))
        {
            seen.Add(binding);
        }

        await foreach (VariableBinding binding in _client.WalkAsync(Target(new CommunityCredentials(SnmpVersion.V2c, "public")), sysOrTable, cancellationToken))
        {
            expected.Add(binding);
        }

        Assert.That(seen, Is.EqualTo(expected).And.Count.GreaterThan(10));
    }

    [Test]
    public async Task Many_requests_at_once_get_to_know_a_device_together(CancellationToken cancellationToken)
    {
        SnmpTarget target = Target(User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128));

        SnmpOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => _client.TryGetAsync(target, new[] { SysName }, cancellationToken).AsTask()));

        Assert.That(outcomes.Select(static outcome => outcome.Fault), Is.All.EqualTo(SnmpFault.None));
    }

    [TestCaseSource(nameof(Faults))]
    public async Task Each_thing_that_is_wrong_is_a_fault_of_its_own(SnmpCredentials credentials, SnmpFault expected, CancellationToken cancellationToken)
    {
        // Most faults are believed only when the time for a genuine answer is over: it is waited out, once.
        SnmpTarget target = new(_agent.EndPoint, credentials) { Retries = 0, Timeout = TimeSpan.FromSeconds(5) };

        SnmpOutcome outcome = await _client.TryGetAsync(target, new[] { SysName }, cancellationToken);

        Assert.That(outcome.Fault, Is.EqualTo(expected), outcome.Describe(target));
        Assert.That(outcome.Describe(target), Does.Not.Contain("another password").And.Not.Contain(Authentication));
    }

    [TestCase(SnmpVersion.V2c, "another-community", SnmpFault.WrongCommunity, "its SNMPv3 engine is " + Engine)]
    [TestCase(SnmpVersion.V1, "another-community", SnmpFault.WrongCommunity, "its SNMPv3 engine is " + Engine)]
    [TestCase(SnmpVersion.V2c, "only-v1", SnmpFault.WrongVersion, "it answers to this community by V1")]
    [TestCase(SnmpVersion.V2c, "public", SnmpFault.None, "answered")]
    public async Task A_diagnosis_says_why_it_is_silent(
        SnmpVersion version, string community, SnmpFault expected, string sentence, CancellationToken cancellationToken)
    {
        SnmpTarget target = new(_agent.EndPoint, new CommunityCredentials(version, community)) { Retries = 0, Timeout = TimeSpan.FromSeconds(5) };

        SnmpOutcome outcome = await _client.DiagnoseAsync(target, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(expected));
            Assert.That(outcome.Describe(target), Does.Contain(sentence).And.Not.Contain("another-community"));
        }
    }

    [Test]
    public async Task A_diagnosis_where_there_is_no_agent_says_that_nothing_answers(CancellationToken cancellationToken)
    {
        using Socket nobody = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SnmpTarget target = new((IPEndPoint)nobody.LocalEndPoint!, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromMilliseconds(100) };

        SnmpOutcome outcome = await _client.DiagnoseAsync(target, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.NoAnswer));
            Assert.That(outcome.Describe(target), Does.EndWith("it does not answer the discovery of SNMPv3 either, which needs no password."));
        }
    }

    [Test]
    public async Task A_restart_is_followed_without_an_error(CancellationToken cancellationToken)
    {
        using Snmpd before = await Snmpd.StartAsync(OneUser);
        SnmpTarget target = new(before.EndPoint, User(AuthenticationProtocol.Sha256)) { Timeout = TimeSpan.FromSeconds(30) };
        SnmpOutcome first = await _client.TryGetAsync(target, new[] { SysName }, cancellationToken);
        before.Dispose();

        using Snmpd after = await Snmpd.StartAsync(OneUser, $"engineBoots 41\noldEngineID 0x{Engine}", before.EndPoint.Port);
        SnmpOutcome second = await _client.TryGetAsync(target, new[] { SysName }, cancellationToken);

        Assert.That((first.Fault, second.Fault), Is.EqualTo((SnmpFault.None, SnmpFault.None)), second.Describe(target));
    }

    [Test]
    public async Task A_clock_that_went_back_is_a_fault_once_and_then_learnt_anew(CancellationToken cancellationToken)
    {
        using Snmpd before = await Snmpd.StartAsync(OneUser, $"engineBoots 41\noldEngineID 0x{Engine}");
        SnmpTarget target = new(before.EndPoint, User(AuthenticationProtocol.Sha256)) { Timeout = TimeSpan.FromSeconds(10) };
        SnmpOutcome first = await _client.TryGetAsync(target, new[] { SysName }, cancellationToken);
        before.Dispose();

        using Snmpd after = await Snmpd.StartAsync(OneUser, "", before.EndPoint.Port);
        SnmpOutcome second = await _client.TryGetAsync(target, new[] { SysName }, cancellationToken);
        SnmpOutcome third = await _client.TryGetAsync(target, new[] { SysName }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Fault, second.Fault, third.Fault), Is.EqualTo((SnmpFault.None, SnmpFault.NotInTimeWindow, SnmpFault.None)));
            Assert.That(second.Describe(target), Does.Contain("boots 1,").And.Contain("behind boots 42"));
        }
    }

    private static string OneUser => $"exactEngineID 0x{Engine}\nsysname kiwire\ncreateUser Sha256 SHA-256 \"{Authentication}\"\nrouser Sha256 auth";

    private static IEnumerable<TestCaseData> Faults =>
    [
        new TestCaseData(new CommunityCredentials(SnmpVersion.V2c, "another-community"), SnmpFault.NoAnswer).SetArgDisplayNames("community"),
        new TestCaseData(new UsmCredentials { User = "nobody" }, SnmpFault.UnknownUser).SetArgDisplayNames("user"),
        new TestCaseData(With(AuthenticationProtocol.Sha1, user: "nobody"), SnmpFault.UnknownUser).SetArgDisplayNames("authenticated user"),
        new TestCaseData(With(AuthenticationProtocol.Sha1, password: "another password"), SnmpFault.WrongPassword).SetArgDisplayNames("password"),
        new TestCaseData(With(AuthenticationProtocol.Sha1, user: "Md5"), SnmpFault.WrongPassword).SetArgDisplayNames("authentication protocol"),
        new TestCaseData(With(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128, privacyPassword: "another password"), SnmpFault.DecryptionFailed)
            .SetArgDisplayNames("AES password"),
        new TestCaseData(With(AuthenticationProtocol.Sha256, PrivacyProtocol.Des, privacyPassword: "another password"), SnmpFault.DecryptionFailed)
            .SetArgDisplayNames("DES password"),
        new TestCaseData(With(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes256Reeder, user: "Sha1-Aes256"), SnmpFault.DecryptionFailed)
            .SetArgDisplayNames("cipher"),
        new TestCaseData(With(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128, user: "Sha256"), SnmpFault.UnsupportedSecurityLevel)
            .SetArgDisplayNames("level above the user's"),
        new TestCaseData(new UsmCredentials { User = "plain", ContextName = "nowhere" }, SnmpFault.UnknownContext).SetArgDisplayNames("context"),
        new TestCaseData(With(AuthenticationProtocol.Sha256, context: "nowhere"), SnmpFault.UnknownContext).SetArgDisplayNames("context of an authenticated user"),
    ];

    private static IEnumerable<AuthenticationProtocol> AuthenticationProtocols => s_authentications.Keys;

    private static IEnumerable<TestCaseData> Pairs =>
        from authentication in s_authentications.Keys from privacy in s_privacies.Keys select new TestCaseData(authentication, privacy);

    private static string Configuration => string.Join('\n', (string[])
    [
        $"exactEngineID 0x{Engine}",
        "sysname kiwire",
        "rocommunity public",
        "com2sec first default only-v1",
        "group firsts v1 first",
        "view everything included .1",
        "access firsts \"\" any noauth exact everything none none",
        "createUser plain",
        $"createUser writer SHA-256 \"{Authentication}\" AES \"{Privacy}\"",
        "rwuser writer priv",
        "rouser plain noauth",
        .. s_authentications.Select(static protocol => $"createUser {protocol.Key} {protocol.Value} \"{Authentication}\""),
        .. s_authentications.Select(static protocol => $"rouser {protocol.Key} auth"),
        .. from authentication in s_authentications from privacy in s_privacies
           select $"createUser {authentication.Key}-{privacy.Key} {authentication.Value} \"{Authentication}\" {privacy.Value} \"{Privacy}\"",
        .. from authentication in s_authentications from privacy in s_privacies select $"rouser {authentication.Key}-{privacy.Key} priv",
    ]);

    private static UsmCredentials User(AuthenticationProtocol authentication, PrivacyProtocol privacy = PrivacyProtocol.None) => new()
    {
        User = privacy == PrivacyProtocol.None ? $"{authentication}" : $"{authentication}-{privacy}",
        AuthenticationProtocol = authentication,
        AuthenticationPassword = Authentication,
        PrivacyProtocol = privacy,
        PrivacyPassword = privacy == PrivacyProtocol.None ? null : Privacy,
    };

    private static UsmCredentials With(
        AuthenticationProtocol authentication, PrivacyProtocol privacy = PrivacyProtocol.None, string? user = null, string? password = null,
        string? privacyPassword = null, string context = "") => new()
        {
            User = user ?? User(authentication, privacy).User,
            AuthenticationProtocol = authentication,
            AuthenticationPassword = password ?? Authentication,
            PrivacyProtocol = privacy,
            PrivacyPassword = privacyPassword ?? Privacy,
            ContextName = context,
        };

    private async Task<string> NameAsync(SnmpCredentials credentials, CancellationToken cancellationToken)
    {
        VariableBinding[] bindings = await _client.GetAsync(Target(credentials), new[] { SysName }, cancellationToken);
        return bindings[0].Value.AsText;
    }

    private SnmpTarget Target(SnmpCredentials credentials) => new(_agent.EndPoint, credentials) { Timeout = TimeSpan.FromSeconds(30) };
}
