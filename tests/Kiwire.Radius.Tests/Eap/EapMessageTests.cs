using Kiwire.Radius.Eap;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Tests.Eap;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class EapMessageTests
{
    [TestCase(1)]
    [TestCase(253)]
    [TestCase(254)]
    [TestCase(1500)]
    [TestCase(4000)]
    public void Joins_pieces_in_order(int length)
    {
        byte[] message = new byte[length];
        new Random(3579).NextBytes(message);
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessRequest, 1, new byte[16], messageAuthenticator: true);
        writer.Append(1, "alice"u8);
        writer.AppendInPieces(EapMessage.AttributeType, message);
        writer.Append(32, "nas"u8);
        writer.FinishAccessRequest(new("s"));
        _ = PacketView.TryParse(writer.Octets, out PacketView packet, out _);

        byte[] joined = new byte[4096];
        bool found = EapMessage.TryJoin(packet, joined, out int joinedLength);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.True);
            Assert.That(joined[..joinedLength], Is.EqualTo(message));
        }
    }

    [Test]
    public void A_packet_without_EAP_has_no_message()
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessRequest, 1, new byte[16], messageAuthenticator: false);
        writer.FinishAccessRequest(new("s"));
        _ = PacketView.TryParse(writer.Octets, out PacketView packet, out _);

        Assert.That(EapMessage.TryJoin(packet, new byte[4096], out _), Is.False);
    }

    [Test]
    public void An_EAP_Start_is_a_message_of_no_octets()
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessRequest, 1, new byte[16], messageAuthenticator: false);
        writer.Append(EapMessage.AttributeType, default(ReadOnlySpan<byte>));
        writer.FinishAccessRequest(new("s"));
        _ = PacketView.TryParse(writer.Octets, out PacketView packet, out _);

        bool found = EapMessage.TryJoin(packet, new byte[4096], out int length);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.True);
            Assert.That(length, Is.Zero);
        }
    }

    [Test]
    public void Writes_what_the_view_reads()
    {
        byte[] request = EapMessage.Request(9, EapType.GenericTokenCard, "Password: "u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convert.ToHexString(request), Is.EqualTo("0109000F06" + Convert.ToHexString("Password: "u8)));
            Assert.That(Convert.ToHexString(EapMessage.Success(9)), Is.EqualTo("03090004"));
            Assert.That(Convert.ToHexString(EapMessage.Failure(9)), Is.EqualTo("04090004"));
            Assert.That(() => EapMessage.Response(9, EapType.Identity, new byte[65531]), Throws.ArgumentException);
        }
    }
}
