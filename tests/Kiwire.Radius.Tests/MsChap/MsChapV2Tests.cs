using System.Text;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.MsChap;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class MsChapV2Tests
{
    // RFC 2759, 9.2: user name "User", password "clientPass".
    private static readonly byte[] s_authenticatorChallenge = Convert.FromHexString("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static readonly byte[] s_peerChallenge = Convert.FromHexString("21402324255E262A28295F2B3A337C7E");
    private static readonly byte[] s_ntResponse = Convert.FromHexString("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
    private const string AuthenticatorResponse = "S=407A5589115FD0D6209F510FE9C04566932CDA56";

    [TestCase("User")]
    [TestCase("DOMAIN\\User")]
    public void Accepts_the_response_of_RFC_2759_9_2_whatever_the_domain(string userName)
    {
        byte[] proof = new byte[MsChapV2.AuthenticatorResponseLength];

        bool right = MsChapV2.Verify(
            s_authenticatorChallenge, s_peerChallenge, Encoding.ASCII.GetBytes(userName), s_ntResponse, "clientPass"u8, proof);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.True);
            Assert.That(Encoding.ASCII.GetString(proof), Is.EqualTo(AuthenticatorResponse));
        }
    }

    [Test]
    public void Hashes_the_challenges_of_RFC_2759_9_2()
    {
        byte[] challenge = new byte[8];

        MsChapV2.ChallengeHash(s_peerChallenge, s_authenticatorChallenge, "User"u8, challenge);

        Assert.That(Convert.ToHexString(challenge), Is.EqualTo("D02E4386BCE91226"));
    }

    [Test]
    public void Makes_the_response_of_RFC_2759_9_2()
    {
        byte[] response = new byte[24];

        MsChapV2.NtResponse(s_authenticatorChallenge, s_peerChallenge, "User"u8, "clientPass"u8, response);

        Assert.That(response, Is.EqualTo(s_ntResponse));
    }

    [TestCase("User", "clientpass")]
    [TestCase("User", "")]
    [TestCase("user", "clientPass")]
    [TestCase("", "clientPass")]
    public void Refuses_another_password_or_name_and_gives_no_proof(string userName, string password)
    {
        byte[] proof = Encoding.ASCII.GetBytes(AuthenticatorResponse);

        bool right = MsChapV2.Verify(
            s_authenticatorChallenge, s_peerChallenge, Encoding.ASCII.GetBytes(userName), s_ntResponse, Encoding.ASCII.GetBytes(password), proof);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.False);
            Assert.That(proof, Is.All.Zero);
        }
    }

    [Test]
    public void Refuses_a_name_of_257_octets()
    {
        byte[] proof = new byte[MsChapV2.AuthenticatorResponseLength];

        Assert.That(
            MsChapV2.Verify(s_authenticatorChallenge, s_peerChallenge, new byte[257], s_ntResponse, "clientPass"u8, proof), Is.False);
    }

    [Test]
    public void Round_trips_names_up_to_256_octets()
    {
        const int seed = 2759;
        Random random = new(seed);
        byte[] proof = new byte[MsChapV2.AuthenticatorResponseLength];
        byte[] response = new byte[24];
        for (int length = 0; length <= 256; length++)
        {
            byte[] name = new byte[length];
            byte[] password = new byte[random.Next(130)];
            random.NextBytes(name);
            random.NextBytes(password);
            MsChapV2.NtResponse(s_authenticatorChallenge, s_peerChallenge, name, password, response);

            Assert.That(
                MsChapV2.Verify(s_authenticatorChallenge, s_peerChallenge, name, response, password, proof),
                Is.True,
                $"length {length}, seed {seed}");
        }
    }

    [Test]
    public void Accepts_the_value_of_an_MS_CHAP2_Response()
    {
        byte[] proof = new byte[MsChapV2.AuthenticatorResponseLength];

        bool right = MsChapV2.VerifyResponse(s_authenticatorChallenge, Response(), "User"u8, "clientPass"u8, proof);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.True);
            Assert.That(Encoding.ASCII.GetString(proof), Is.EqualTo(AuthenticatorResponse));
        }
    }

    [Test]
    public void Refuses_every_truncation_and_every_flipped_octet_that_counts()
    {
        byte[] proof = new byte[MsChapV2.AuthenticatorResponseLength];
        byte[] response = Response();
        for (int length = 0; length < response.Length; length++)
        {
            Assert.That(
                MsChapV2.VerifyResponse(s_authenticatorChallenge, response.AsSpan(0, length), "User"u8, "clientPass"u8, proof),
                Is.False,
                $"{length} octets");
        }

        for (int length = 0; length < s_authenticatorChallenge.Length; length++)
        {
            Assert.That(
                MsChapV2.VerifyResponse(s_authenticatorChallenge.AsSpan(0, length), response, "User"u8, "clientPass"u8, proof),
                Is.False,
                $"{length} octets of challenge");
        }

        int[] counted = [.. Enumerable.Range(2, 16), .. Enumerable.Range(26, 24)];
        foreach (int at in counted)
        {
            response[at] ^= 1;
            Assert.That(
                MsChapV2.VerifyResponse(s_authenticatorChallenge, response, "User"u8, "clientPass"u8, proof), Is.False, $"octet {at}");
            response[at] ^= 1;
        }
    }

    [Test]
    public void Derives_the_keys_of_RFC_3079_3_5_3()
    {
        byte[] send = new byte[MsChapV2.KeyLength];
        byte[] receive = new byte[MsChapV2.KeyLength];

        MsChapV2.DeriveKeys("clientPass"u8, s_ntResponse, send, receive);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convert.ToHexString(send), Is.EqualTo("8B7CDC149B993A1BA118CB153F56DCCB"));
            Assert.That(Convert.ToHexString(receive), Is.EqualTo("D5F0E9521E3EA9589645E86051C82226"));
        }
    }

    // Identifier, flags, Peer-Challenge (16), reserved (8), NT-Response (24): RFC 2548, 2.3.2.
    private static byte[] Response() => [7, 0, .. s_peerChallenge, .. new byte[8], .. s_ntResponse];
}
