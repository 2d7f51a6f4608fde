using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Status-Server (RFC 5997).</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StatusServerTests
{
    [TestCase(false, RadiusCode.AccessAccept)]
    [TestCase(true, RadiusCode.AccountingResponse)]
    public void Is_answered_with_Message_Authenticator_first(bool accounting, RadiusCode code)
    {
        using DispatcherHarness harness = new(accounting ? ListenerPurpose.Accounting : ListenerPurpose.Authentication);
        byte[] request = Status(identifier: 42);

        byte[] octets = harness.Dispatch(request).Single();

        Assert.That(PacketView.TryParse(octets, out PacketView reply, out _));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Code, Is.EqualTo(code));
            Assert.That(reply.Identifier, Is.EqualTo(42));
            Assert.That(octets[20], Is.EqualTo(80));
            Assert.That(reply.HasValidMessageAuthenticator(Secret, request.AsSpan(4, 16)));
            Assert.That(reply.HasValidResponseAuthenticator(request.AsSpan(4, 16), Secret));
            Assert.That(harness.Access.Calls + harness.Accounting.Calls, Is.Zero);
        }
    }

    [Test]
    public void A_retransmission_gets_the_same_octets()
    {
        using DispatcherHarness harness = new();

        byte[] first = harness.Dispatch(Status()).Single();

        Assert.That(harness.Dispatch(Status()).Single(), Is.EqualTo(first));
    }

    [Test]
    public void Is_not_answered_while_the_server_can_do_nothing_useful([Values] bool accounting)
    {
        using DispatcherHarness harness = new(accounting ? ListenerPurpose.Accounting : ListenerPurpose.Authentication);
        harness.Health.CanAuthenticate = accounting;
        harness.Health.CanAccount = !accounting;

        Assert.That(harness.Dispatch(Status(1, 1)), Is.Empty);
        Assert.That(harness.Counters.Read(DropReason.NotServing), Is.EqualTo(1));

        harness.Health.CanAuthenticate = harness.Health.CanAccount = true;
        Assert.That(harness.Dispatch(Status(2, 2)), Has.Length.EqualTo(1));
    }
}
