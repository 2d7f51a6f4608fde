using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Demo;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>radius.md, Passwords and EAP, over the wire: what each kind of credentials proves, and what its answers carry.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class CredentialsTests
{
    private const string Phone = "02-AA-00-00-00-01";
    private const byte MsChapErrorType = 2;
    private const byte MppeKeysType = 12;
    private const byte SendKeyType = 16;
    private const byte ReceiveKeyType = 17;
    private const byte SuccessType = 26;

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public Task ResetPolicyAsync() => _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });

    [Test]
    public void A_voucher_logs_in_by_every_method_with_its_code_in_any_case_and_with_no_password(
        [Values("PAP", "CHAP", "MS-CHAP", "MS-CHAPv2")] string method, [Values(DemoData.Voucher, "v_demo2345", "")] string password)
    {
        using TestNas nas = new(_server);
        string name = password.Length == 0 ? "v_Demo2345" : password;

        Answer right = Login(nas, method, name, password);
        Answer wrong = Login(nas, method, name, "something else");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right.IsAccept, Is.True);
            Assert.That(wrong.Text, Is.EqualTo("Wrong username or password"));
        }

        if (method == "MS-CHAPv2")
        {
            AssertSuccess(nas, password, right: Login(nas, method, name, password), name);
        }
    }

    [Test]
    public async Task A_user_does_not_log_in_with_no_password([Values("PAP", "CHAP", "MS-CHAP", "MS-CHAPv2")] string method)
    {
        await _server.CreateUserAsync(new AccountSettings { Username = "empty-" + method, Password = "secret-1", Profile = "gold" });
        using TestNas nas = new(_server);

        Assert.That(Login(nas, method, "empty-" + method, "").Text, Is.EqualTo("Wrong username or password"));
    }

    [Test]
    public async Task A_password_of_128_octets_logs_in_by_PAP()
    {
        string password = new('x', 128);
        await _server.CreateUserAsync(new AccountSettings { Username = "long", Password = password, Profile = "gold" });
        using TestNas nas = new(_server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nas.Login("long", password, Phone).IsAccept, Is.True);
            Assert.That(nas.Login("long", password[1..], Phone).IsAccept, Is.False);
        }
    }

    [Test]
    public void CHAP_is_of_the_Request_Authenticator_where_there_is_no_CHAP_Challenge()
    {
        using TestNas nas = new(_server);

        Answer ofAttribute = Login(nas, "CHAP", "alice", "wonderland");
        Answer ofAuthenticator = Chap(nas, "alice", "wonderland", null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ofAttribute.IsAccept, Is.True);
            Assert.That(ofAuthenticator.IsAccept, Is.True);
            Assert.That(Chap(nas, "alice", "Wonderland", null).IsAccept, Is.False);
        }
    }

    [Test]
    public void An_MS_CHAPv2_accept_proves_the_server_and_carries_the_links_keys()
    {
        using TestNas nas = new(_server);

        AssertSuccess(nas, "wonderland", Login(nas, "MS-CHAPv2", "alice", "wonderland"), "alice");
    }

    [Test]
    public void An_MS_CHAP_accept_carries_its_keys()
    {
        using TestNas nas = new(_server);

        Answer answer = Login(nas, "MS-CHAP", "alice", "wonderland");

        byte[] expected = new byte[32];
        MsChap.MppeKeys("wonderland"u8, expected);
        byte[] hidden = new byte[32];
        UserPassword.Hide(expected, nas.Secret, nas.Authenticator, hidden);
        Assert.That(answer.Microsoft(MppeKeysType), Is.EqualTo(hidden));
    }

    [Test]
    public async Task MS_CHAP_failures_carry_E_691_whatever_the_reason([Values("MS-CHAP", "MS-CHAPv2")] string method)
    {
        string locked = "locked-" + method;
        await _server.CreateUserAsync(new AccountSettings { Username = locked, Password = "secret-1", Profile = "gold" });
        using TestNas nas = new(_server);
        for (int i = 0; i < 10; i++)
        {
            nas.Login(locked, "guess", Phone);
        }

        Answer[] answers =
        [
            Login(nas, method, "alice", "wrong"), Login(nas, method, "nobody", "wrong"), Login(nas, method, "carol", "carol"), Login(nas, method, locked, "secret-1"),
        ];

        Assert.That(answers.Select(answer => answer.Text), Is.EqualTo(new[]
        {
            "Wrong username or password", "Wrong username or password", "This account is not active", "Too many wrong passwords. Try again in a few minutes",
        }));
        foreach (Answer answer in answers)
        {
            Assert.That(Encoding.ASCII.GetString(answer.Microsoft(MsChapErrorType) ?? []), Does.StartWith("\tE=691 R=0 C="), "the response's identifier, 9, comes first");
        }
    }

    [Test]
    public void EAP_goes_from_the_method_that_is_offered_to_the_one_that_the_peer_wants_and_in()
    {
        using TestNas nas = new(_server);
        byte[] identity = [2, 7, 0, 10, 1, .. "alice"u8];

        // In two pieces (RFC 3579, 3.1): they are one message.
        Answer first = Eap(nas, null, identity[..4], identity[4..]);
        byte[] offered = first.Octets(79)!;
        Answer second = Eap(nas, first.Octets(24), [2, offered[1], 0, 6, 3, 4]);
        byte[] challenge = second.Octets(79)!;
        byte[] value = new byte[ChapPassword.Length];
        ChapPassword.Compute(challenge[1], "wonderland"u8, challenge.AsSpan(6, challenge[5]), value);
        Answer third = Eap(nas, second.Octets(24), [2, challenge[1], 0, 22, 4, 16, .. value[1..]]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Code, second.Code), Is.EqualTo((RadiusCode.AccessChallenge, RadiusCode.AccessChallenge)));
            Assert.That((offered[4], challenge[4]), Is.EqualTo(((byte)26, (byte)4)), "MSCHAPv2 is offered first, MD5-Challenge after the Nak");
            Assert.That((first.Integer(27), second.Integer(27)), Is.EqualTo(((uint?)30, (uint?)30)), "Session-Timeout in challenges");
            Assert.That(second.Octets(24), Is.Not.EqualTo(first.Octets(24)), "a State for each round");
            Assert.That(third.IsAccept, Is.True);
            Assert.That(third.Octets(79), Is.EqualTo(new byte[] { 3, challenge[1], 0, 4 }), "EAP-Success");
        }
    }

    [Test]
    public async Task EAP_offers_the_tenants_methods_alone()
    {
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, EapMethods = ["GTC"] });
        using TestNas nas = new(_server);

        Answer first = Eap(nas, null, [2, 7, 0, 10, 1, .. "alice"u8]);
        byte[] offered = first.Octets(79)!;
        Answer second = Eap(nas, first.Octets(24), [2, offered[1], 0, 6, 3, 4]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(offered[4], Is.EqualTo(6), "GTC");
            Assert.That(second.Code, Is.EqualTo(RadiusCode.AccessReject), "a Nak for MD5-Challenge, which is not in the list");
            Assert.That(second.Octets(79)![0], Is.EqualTo(4), "EAP-Failure");
        }
    }

    private static Answer Login(TestNas nas, string method, string name, string password) => method switch
    {
        "PAP" => nas.Login(name, password, Phone),
        "CHAP" => Chap(nas, name, password, Challenge),
        "MS-CHAP" => nas.Authenticate(writer =>
        {
            Append(writer, name);
            writer.AppendVendor(311, 11, Challenge.AsSpan(0, 8));
            writer.AppendVendor(311, 1, V1Response(password));
        }),
        _ => nas.Authenticate(writer =>
        {
            Append(writer, name);
            writer.AppendVendor(311, 11, Challenge);
            writer.AppendVendor(311, 25, V2Response(name, password));
        }),
    };

    private static byte[] Challenge => [.. Enumerable.Range(1, 16).Select(octet => (byte)octet)];

    private static Answer Chap(TestNas nas, string name, string password, byte[]? challenge) => nas.Authenticate(writer =>
    {
        byte[] value = new byte[17];
        ChapPassword.Compute(5, Encoding.UTF8.GetBytes(password), challenge ?? nas.Authenticator, value);
        Append(writer, name);
        writer.Append(3, value);
        if (challenge is not null)
        {
            writer.Append(60, challenge);
        }
    });

    private static Answer Eap(TestNas nas, byte[]? state, params byte[][] pieces) => nas.Authenticate(writer =>
    {
        Append(writer, "alice");
        Array.ForEach(pieces, piece => writer.Append(79, piece));
        if (state is not null)
        {
            writer.Append(24, state);
        }
    });

    private static void Append(PacketWriter writer, string name)
    {
        writer.Append(1, Encoding.UTF8.GetBytes(name));
        writer.Append(31, Encoding.ASCII.GetBytes(Phone));
    }

    internal static byte[] V1Response(string password)
    {
        byte[] response = new byte[50];
        response[0] = 9;
        response[1] = 1;
        byte[] hash = new byte[MsChap.HashLength];
        MsChap.NtPasswordHash(Encoding.UTF8.GetBytes(password), hash);
        MsChap.ChallengeResponse(Challenge.AsSpan(0, 8), hash, response.AsSpan(26));
        return response;
    }

    internal static byte[] V2Response(string name, string password)
    {
        byte[] response = new byte[50];
        response[0] = 9;
        Challenge.AsSpan().CopyTo(response.AsSpan(2));
        MsChapV2.NtResponse(Challenge, Challenge, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(password), response.AsSpan(26));
        return response;
    }

    private static void AssertSuccess(TestNas nas, string password, Answer right, string name)
    {
        byte[] response = V2Response(name, password);
        byte[] proof = new byte[MsChapV2.AuthenticatorResponseLength];
        Assert.That(MsChapV2.VerifyResponse(Challenge, response, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(password), proof), Is.True);
        byte[] send = new byte[16];
        byte[] receive = new byte[16];
        MsChapV2.DeriveKeys(Encoding.UTF8.GetBytes(password), response.AsSpan(26), send, receive);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right.Microsoft(SuccessType), Is.EqualTo((byte[])[9, .. proof]));
            Assert.That(Reveal(nas, right.Microsoft(SendKeyType)!), Is.EqualTo(send));
            Assert.That(Reveal(nas, right.Microsoft(ReceiveKeyType)!), Is.EqualTo(receive));
        }
    }

    private static byte[] Reveal(TestNas nas, byte[] hidden)
    {
        byte[] clear = new byte[64];
        Assert.That(TunnelPassword.TryReveal(hidden, nas.Secret, nas.Authenticator, clear, out int length), Is.True);
        return clear[..length];
    }
}
