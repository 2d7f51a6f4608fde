using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Packets;

public sealed class PacketAllocationTests
{
    private static readonly SharedSecret Secret = new(RfcExamples.Secret);
    private static readonly AttributeKey<uint> NasPort = new("NAS-Port", AttributePath.Standard(5), Codecs.Integer);
    private static readonly AttributeKey<uint> SessionTimeout = new("Session-Timeout", AttributePath.Standard(27), Codecs.Integer);
    private static readonly AttributeKey<string> RateLimit = new("Mikrotik-Rate-Limit", AttributePath.OfVendor(14988, 8), Codecs.Text);

    [Test]
    public void A_login_from_datagram_to_signed_answer_allocates_nothing()
    {
        PacketWriter requestWriter = new();
        requestWriter.Begin(RadiusCode.AccessRequest, 1, RfcExamples.TelnetRequest.AsSpan(4, 16), messageAuthenticator: true);
        requestWriter.Append(1, "nemo"u8);
        requestWriter.Append(2, RfcExamples.TelnetRequest.AsSpan(28, 16));
        requestWriter.Append(NasPort, 3u);
        requestWriter.FinishAccessRequest(Secret);
        byte[] request = requestWriter.Octets.ToArray();
        PacketWriter writer = new();
        for (int i = 0; i < 200; i++)
        {
            Assert.That(Login(request, writer), Is.True);
        }

        bool right = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            right &= Login(request, writer);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.True);
            Assert.That(allocated, Is.Zero);
        }
    }

    private static bool Login(byte[] datagram, PacketWriter writer)
    {
        if (!PacketView.TryParse(datagram, out PacketView packet, out _) || !packet.HasValidRequestMessageAuthenticator(Secret))
        {
            return false;
        }

        int attributes = 0;
        foreach (AttributeView attribute in packet)
        {
            attributes += attribute.Value.Length;
        }

        Span<byte> password = stackalloc byte[UserPassword.MaximumLength];
        if (!packet.TryGet(2, out ReadOnlySpan<byte> hidden)
            || !UserPassword.TryReveal(hidden, Secret, packet.Authenticator, password, out int length)
            || !password[..length].SequenceEqual("arctangent"u8)
            || !packet.TryGet(NasPort, out uint port) || port != 3)
        {
            return false;
        }

        writer.Begin(RadiusCode.AccessAccept, packet.Identifier, packet.Authenticator, messageAuthenticator: true);
        writer.Append(SessionTimeout, 3600u);
        writer.Append(RateLimit, "10M/10M");
        writer.Append(25, "class"u8);
        writer.FinishResponse(Secret);
        return attributes > 0 && !writer.Overflowed;
    }
}
