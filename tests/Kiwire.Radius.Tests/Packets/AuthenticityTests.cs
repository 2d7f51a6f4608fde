using System.Security.Cryptography;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Packets;

[Parallelizable(ParallelScope.All)]
public sealed class AuthenticityTests
{
    private static readonly SharedSecret Secret = new(RfcExamples.Secret);

    private static readonly TestCaseData[] Answers =
    [
        new(RfcExamples.TelnetRequest, RfcExamples.TelnetAccept) { TestName = "RFC_2865_7_1" },
        new(RfcExamples.ChapRequest, RfcExamples.ChapAccept) { TestName = "RFC_2865_7_2" },
        new(RfcExamples.ChallengeRequest, RfcExamples.Challenge) { TestName = "RFC_2865_7_3_challenge" },
        new(RfcExamples.ChallengeAnswer, RfcExamples.ChallengeReject) { TestName = "RFC_2865_7_3_reject" },
        new(RfcExamples.StatusServer, RfcExamples.StatusServerAccept) { TestName = "RFC_5997_6_1" },
        new(RfcExamples.StatusServerForAccounting, RfcExamples.StatusServerForAccountingResponse) { TestName = "RFC_5997_6_2" },
    ];

    [TestCaseSource(nameof(Answers))]
    public void Verifies_the_answer_of_an_example_and_no_answer_with_an_octet_changed(byte[] request, byte[] answer)
    {
        Assert.That(Parse(answer).HasValidResponseAuthenticator(request.AsSpan(4, 16), Secret), Is.True);

        for (int i = 0; i < answer.Length; i++)
        {
            byte[] changed = [.. answer];
            changed[i] ^= 0x01;
            bool verified = PacketView.TryParse(changed, out PacketView packet, out _)
                && packet.HasValidResponseAuthenticator(request.AsSpan(4, 16), Secret);

            Assert.That(verified, Is.False, $"octet {i}");
        }
    }

    [Test]
    public void Verifies_the_Status_Server_of_RFC_5997_6_1_and_6_2_and_none_with_a_bit_changed()
    {
        foreach (byte[] request in new[] { RfcExamples.StatusServer, RfcExamples.StatusServerForAccounting })
        {
            Assert.That(Parse(request).HasValidRequestMessageAuthenticator(Secret), Is.True);

            for (int bit = 0; bit < request.Length * 8; bit++)
            {
                byte[] changed = [.. request];
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                bool verified = PacketView.TryParse(changed, out PacketView packet, out _)
                    && packet.HasValidRequestMessageAuthenticator(Secret);

                Assert.That(verified, Is.False, $"bit {bit}");
            }
        }
    }

    [Test]
    public void A_packet_without_Message_Authenticator_has_no_valid_one()
    {
        Assert.That(Parse(RfcExamples.TelnetRequest).HasValidRequestMessageAuthenticator(Secret), Is.False);
    }

    // RFC 2866, 3; RFC 5176, 2.3: MD5 over code, identifier, length, 16 zero octets, attributes, secret.
    [TestCase(RadiusCode.AccountingRequest)]
    [TestCase(RadiusCode.CoaRequest)]
    [TestCase(RadiusCode.DisconnectRequest)]
    public void Verifies_the_Request_Authenticator_that_the_platform_computes(RadiusCode code)
    {
        byte[] octets = [.. Hex.Octets("00 07 001a 00000000000000000000000000000000 28 06 00000001")];
        octets[0] = (byte)code;
        MD5.HashData([.. octets, .. "testing123"u8]).CopyTo(octets, 4);

        Assert.That(Parse(octets).HasValidRequestAuthenticator(new SharedSecret("testing123")), Is.True);

        for (int i = 0; i < octets.Length; i++)
        {
            byte[] changed = [.. octets];
            changed[i] ^= 0x80;
            bool verified = PacketView.TryParse(changed, out PacketView packet, out _)
                && packet.HasValidRequestAuthenticator(new SharedSecret("testing123"));

            Assert.That(verified, Is.False, $"octet {i}");
        }
    }

    // RFC 3579, 3.2; RFC 5176, 3.4: over zeros where the authenticator is computed, over the Request Authenticator elsewhere.
    [TestCase(RadiusCode.AccessRequest, true)]
    [TestCase(RadiusCode.StatusServer, true)]
    [TestCase(RadiusCode.AccountingRequest, false)]
    [TestCase(RadiusCode.CoaRequest, false)]
    [TestCase(RadiusCode.DisconnectRequest, false)]
    public void Verifies_the_Message_Authenticator_that_the_platform_computes(RadiusCode code, bool overAuthenticator)
    {
        byte[] octets = Hex.Octets("""
            00 07 0030 0f403f9473978057bd83d5cb98f4227a
            01 03 61
            50 12 00000000000000000000000000000000
            01 03 62 20 04 6e61
            """);
        octets[0] = (byte)code;
        byte[] hashed = [.. octets];
        if (!overAuthenticator)
        {
            hashed.AsSpan(4, 16).Clear();
        }

        HMACMD5.HashData("testing123"u8, hashed).CopyTo(octets, 25);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Parse(octets).HasValidRequestMessageAuthenticator(new SharedSecret("testing123")), Is.True);
            Assert.That(Parse(octets).HasValidRequestMessageAuthenticator(new SharedSecret("testing124")), Is.False);
        }
    }

    [Test]
    public void Another_secret_verifies_nothing()
    {
        SharedSecret other = new("xyzzy5462");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Parse(RfcExamples.StatusServer).HasValidRequestMessageAuthenticator(other), Is.False);
            Assert.That(Parse(RfcExamples.TelnetAccept).HasValidResponseAuthenticator(RfcExamples.TelnetRequest.AsSpan(4, 16), other), Is.False);
        }
    }

    private static PacketView Parse(byte[] octets)
    {
        Assert.That(PacketView.TryParse(octets, out PacketView packet, out PacketFault fault), Is.True, fault.ToString());
        return packet;
    }
}
