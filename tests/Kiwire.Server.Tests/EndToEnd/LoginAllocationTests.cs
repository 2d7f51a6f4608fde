using System.Security.Cryptography;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Authentication;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>The warm path of a login: from the parsed packet to the signed answer, with the place taken and the history recorded.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class LoginAllocationTests
{
    private const int Logins = 20_000;
    private static readonly SharedSecret Secret = new("testing123");

    [Test]
    public async Task An_accepted_login_from_memory_allocates_at_most_300_octets()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        AccessRequestHandler handler = server.Get<AccessRequestHandler>();
        NasEntry nas = FindNas(server);
        using (TestNas first = new(server))
        {
            Assert.That(first.Login("alice", "wonderland", "02-AA-00-00-00-01").IsAccept, Is.True);
        }

        byte[] request = Request();
        PacketWriter writer = new();
        int accepted = Run(handler, nas, request, writer, Logins);

        long before = GC.GetAllocatedBytesForCurrentThread();
        accepted += Run(handler, nas, request, writer, Logins);
        double perLogin = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Logins;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted, Is.EqualTo(2 * Logins));
            Assert.That(perLogin, Is.LessThanOrEqualTo(300));
        }

        TestContext.Out.WriteLine($"{perLogin:0.0} octets allocated per accepted login");
    }

    private static int Run(AccessRequestHandler handler, NasEntry nas, byte[] request, PacketWriter writer, int times)
    {
        int accepted = 0;
        for (int i = 0; i < times; i++)
        {
            _ = PacketView.TryParse(request, out PacketView packet, out _);
            RadiusRequest radius = new() { Packet = packet, Nas = nas, Source = default, ReceivedAt = 1_780_000_000_000 + i };
            ValueTask<RadiusReply?> reply = handler.HandleAsync(in radius, writer, CancellationToken.None);
            if (reply.IsCompletedSuccessfully && reply.Result is { } answer && answer.Octets.Span[0] == (byte)RadiusCode.AccessAccept)
            {
                accepted++;
            }
        }

        return accepted;
    }

    private static NasEntry FindNas(RunningServer server)
    {
        Assert.That(server.Get<NasDirectory>().TryFind(new UInt128(0, 0xffff_7f00_0001), out NasCandidates candidates), Is.True);
        return candidates[0];
    }

    private static byte[] Request()
    {
        byte[] authenticator = RandomNumberGenerator.GetBytes(16);
        byte[] hidden = new byte[16];
        UserPassword.Hide("wonderland"u8, Secret, authenticator, hidden);
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessRequest, 1, authenticator, messageAuthenticator: true);
        writer.Append(1, "alice"u8);
        writer.Append(2, hidden);
        writer.Append(31, "02-AA-00-00-00-01"u8);
        writer.FinishAccessRequest(Secret);
        return writer.Octets.ToArray();
    }
}
