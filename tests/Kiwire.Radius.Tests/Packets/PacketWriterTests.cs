using System.Security.Cryptography;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Packets;

[Parallelizable(ParallelScope.All)]
public sealed class PacketWriterTests
{
    private static readonly SharedSecret Secret = new(RfcExamples.Secret);

    [Test]
    public void Writes_the_accept_of_RFC_2865_7_1()
    {
        PacketWriter writer = new();

        writer.Begin(RadiusCode.AccessAccept, 0, RfcExamples.TelnetRequest.AsSpan(4, 16), messageAuthenticator: false);
        writer.Append(6, 1u);
        writer.Append(15, 0u);
        writer.Append(14, [192, 168, 1, 3]);
        writer.FinishResponse(Secret);

        Assert.That(writer.Octets.ToArray(), Is.EqualTo(RfcExamples.TelnetAccept));
    }

    [Test]
    public void Writes_the_Status_Server_of_RFC_5997_6_1()
    {
        PacketWriter writer = new();

        writer.Begin(RadiusCode.StatusServer, 0xda, RfcExamples.StatusServer.AsSpan(4, 16), messageAuthenticator: true);
        writer.FinishAccessRequest(Secret);

        Assert.That(writer.Memory.ToArray(), Is.EqualTo(RfcExamples.StatusServer));
    }

    [Test]
    public void Signs_an_answer_with_the_Message_Authenticator_first()
    {
        PacketWriter writer = new();
        byte[] request = RfcExamples.StatusServer[4..20];

        writer.Begin(RadiusCode.AccessAccept, 7, request, messageAuthenticator: true);
        writer.Append(18, "hello"u8);
        writer.FinishResponse(Secret);

        byte[] octets = writer.Octets.ToArray();
        byte[] unsigned = [.. octets];
        request.CopyTo(unsigned, 4);
        unsigned.AsSpan(22, 16).Clear();
        _ = PacketView.TryParse(octets, out PacketView packet, out _);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(octets[20], Is.EqualTo(80));
            Assert.That(octets[22..38], Is.EqualTo(HMACMD5.HashData("xyzzy5461"u8, unsigned)));
            Assert.That(packet.HasValidMessageAuthenticator(Secret, request), Is.True);
            Assert.That(packet.HasValidResponseAuthenticator(request, Secret), Is.True);
        }
    }

    [TestCase(RadiusCode.AccountingRequest, true)]
    [TestCase(RadiusCode.AccountingRequest, false)]
    [TestCase(RadiusCode.CoaRequest, true)]
    [TestCase(RadiusCode.DisconnectRequest, false)]
    public void Signs_a_request_that_is_proven_by_its_authenticator(RadiusCode code, bool messageAuthenticator)
    {
        PacketWriter writer = new();

        writer.Begin(code, 9, [], messageAuthenticator);
        writer.Append(44, "session"u8);
        writer.FinishSignedRequest(Secret);

        _ = PacketView.TryParse(writer.Octets, out PacketView packet, out PacketFault fault);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault, Is.EqualTo(PacketFault.None));
            Assert.That(packet.HasValidRequestAuthenticator(Secret), Is.True);
            Assert.That(packet.HasValidRequestMessageAuthenticator(Secret), Is.EqualTo(messageAuthenticator));
        }
    }

    [Test]
    public void Leaves_out_what_does_not_fit_and_says_so()
    {
        PacketWriter writer = new(64);
        writer.Begin(RadiusCode.AccessAccept, 1, new byte[16], messageAuthenticator: true);
        writer.Append(18, new byte[24]);
        bool before = writer.Overflowed;

        writer.Append(25, []);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.False);
            Assert.That(writer.Overflowed, Is.True);
            Assert.That(writer.Length, Is.EqualTo(64));
        }
    }

    [Test]
    public void Starts_afresh_after_an_overflow()
    {
        PacketWriter writer = new(64);
        writer.Begin(RadiusCode.AccessAccept, 1, new byte[16], messageAuthenticator: true);
        writer.Append(18, new byte[100]);

        writer.Begin(RadiusCode.AccessReject, 2, RfcExamples.TelnetRequest.AsSpan(4, 16), messageAuthenticator: false);
        writer.FinishResponse(Secret);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(writer.Overflowed, Is.False);
            Assert.That(writer.Length, Is.EqualTo(20));
        }
    }

    [TestCase(0, 1)]
    [TestCase(253, 1)]
    [TestCase(254, 2)]
    [TestCase(506, 2)]
    [TestCase(1500, 6)]
    public void Spreads_a_long_value_over_attributes(int length, int attributes)
    {
        byte[] value = new byte[length];
        new Random(3579).NextBytes(value);
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessChallenge, 1, new byte[16], messageAuthenticator: false);

        writer.AppendInPieces(79, value);
        writer.FinishResponse(Secret);

        _ = PacketView.TryParse(writer.Octets, out PacketView packet, out _);
        List<byte> joined = [];
        int count = 0;
        foreach (AttributeView attribute in packet)
        {
            count++;
            joined.AddRange(attribute.Value);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(attributes));
            Assert.That(joined, Is.EqualTo(value));
        }
    }

    [Test]
    public void Writes_all_pieces_of_a_long_value_or_none()
    {
        PacketWriter writer = new(600);
        writer.Begin(RadiusCode.AccessChallenge, 1, new byte[16], messageAuthenticator: true);
        int before = writer.Length;

        writer.AppendInPieces(79, new byte[600]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(writer.Overflowed, Is.True);
            Assert.That(writer.Length, Is.EqualTo(before));
        }
    }

    [Test]
    public void Writes_a_vendor_attribute_in_the_form_of_RFC_2865_5_26()
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessAccept, 1, new byte[16], messageAuthenticator: false);

        writer.AppendVendor(14988, 8, "1M/2M"u8);

        Assert.That(writer.Octets[20..].ToArray(), Is.EqualTo(Hex.Octets("1a 0d 00003a8c 08 07 314d2f324d")));
    }

    [Test]
    public void Refuses_what_no_attribute_can_hold()
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessAccept, 1, new byte[16], messageAuthenticator: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => writer.Append(1, new byte[254]), Throws.ArgumentException);
            Assert.That(() => writer.AppendVendor(9, 1, new byte[248]), Throws.ArgumentException);
            Assert.That(() => writer.Reserve(1, 254, out _), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new PacketWriter(37), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new PacketWriter(4097), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(writer.Length, Is.EqualTo(20));
        }
    }
}
