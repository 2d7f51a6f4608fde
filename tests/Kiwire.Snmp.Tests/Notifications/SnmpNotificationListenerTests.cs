using System.Net;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Notifications;

namespace Kiwire.Snmp.Tests.Notifications;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class SnmpNotificationListenerTests : IAsyncDisposable
{
    private readonly ListeningScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Test]
    public async Task An_inform_that_comes_twice_is_answered_twice_and_given_out_once(CancellationToken cancellationToken)
    {
        byte[] inform = TrapSender.V2c(PduType.InformRequest, 77);
        _scene.Sender.Send(inform);
        byte[] first = await _scene.Sender.ReceiveAsync(cancellationToken);
        _scene.Sender.Send(inform);
        byte[] second = await _scene.Sender.ReceiveAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(MessageHeader.TryParse(first, out MessageHeader header), Is.True);
            Assert.That(PduView.TryParse(header.Pdu, out PduView pdu, out _), Is.True);
            Assert.That((pdu.Type, pdu.RequestId, pdu.ErrorStatus), Is.EqualTo((PduType.Response, 77, SnmpErrorStatus.NoError)));
            Assert.That(_scene.Listener.Statistics, Is.EqualTo(new SnmpListenerStatistics(1, 1, 0, 0, 0, 0)));
        }
    }

    [Test]
    public async Task The_same_with_another_request_id_is_another(CancellationToken cancellationToken)
    {
        _scene.Sender.Send(TrapSender.V2c(PduType.InformRequest, 77));
        _ = await _scene.Sender.ReceiveAsync(cancellationToken);
        _scene.Sender.Send(TrapSender.V2c(PduType.InformRequest, 78));
        _ = await _scene.Sender.ReceiveAsync(cancellationToken);

        Assert.That(_scene.Listener.Statistics.Received, Is.EqualTo(2));
    }

    [Test]
    public async Task Where_nobody_reads_an_inform_is_not_answered_until_there_is_room(CancellationToken cancellationToken)
    {
        foreach (int requestId in (int[])[1, 2])
        {
            _scene.Sender.Send(TrapSender.V2c(PduType.InformRequest, requestId));
            _ = await _scene.Sender.ReceiveAsync(cancellationToken);
        }

        // The third is not answered; a fourth of the first's kind is, so that its answer shows that the third was looked at.
        _scene.Sender.Send(TrapSender.V2c(PduType.InformRequest, 3));
        _scene.Sender.Send(TrapSender.V2c(PduType.InformRequest, 1));
        int answered = ListeningScene.RequestIdOf(await _scene.Sender.ReceiveAsync(cancellationToken));
        SnmpListenerStatistics full = _scene.Listener.Statistics;
        _ = await _scene.NextAsync(cancellationToken);
        _scene.Sender.Send(TrapSender.V2c(PduType.InformRequest, 3));
        int again = ListeningScene.RequestIdOf(await _scene.Sender.ReceiveAsync(cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answered, again), Is.EqualTo((1, 3)));
            Assert.That(full, Is.EqualTo(new SnmpListenerStatistics(2, 1, 1, 0, 0, 0)));
        }
    }

    [Test]
    public async Task A_community_among_the_bindings_is_left_out(CancellationToken cancellationToken)
    {
        _scene.Sender.Send(TrapSender.V2c(PduType.TrapV2, 1, "public", new VariableBinding(ObjectId.Parse("1.3.6.1.6.3.18.1.4.0"), SnmpValue.OctetString("secret"))));

        SnmpNotification notification = await _scene.NextAsync(cancellationToken);

        Assert.That(notification.Bindings, Is.EqualTo((VariableBinding[])[new(TrapSender.IfIndex, SnmpValue.Integer32(7))]));
    }

    [Test]
    public async Task Garbage_truncations_and_requests_are_counted_and_nothing_else(CancellationToken cancellationToken)
    {
        byte[] trap = TrapSender.V2c(PduType.TrapV2, 1);
        for (int length = 0; length < trap.Length; length++)
        {
            _scene.Sender.Send(trap.AsSpan(0, length));
        }

        byte[] secure = TrapSender.V3(PduType.TrapV2, ListeningScene.User, ListeningScene.RemoteEngine, 7, 1000);
        for (int length = 0; length < secure.Length; length++)
        {
            _scene.Sender.Send(secure.AsSpan(0, length));
        }

        _scene.Sender.Send(TrapSender.V2c(PduType.GetRequest, 1));
        _scene.Sender.Send(TrapSender.V2c(PduType.TrapV2, 2));
        SnmpNotification notification = await _scene.NextAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(notification.Version, Is.EqualTo(SnmpVersion.V2c));
            Assert.That(_scene.Listener.Statistics, Is.EqualTo(new SnmpListenerStatistics(1, 0, 0, trap.Length + secure.Length + 1, 0, 0)));
        }
    }

    [Test]
    public async Task Listens_on_IPv4_and_IPv6_at_once(CancellationToken cancellationToken)
    {
        await using SnmpNotificationListener both = new(new SnmpListenerOptions
        {
            EndPoint = new IPEndPoint(IPAddress.IPv6Any, 0), Communities = [new CommunityCredentials(SnmpVersion.V2c, "public")],
        });
        using TrapSender four = new(new IPEndPoint(IPAddress.Loopback, both.LocalEndPoint.Port));
        four.Send(TrapSender.V2c(PduType.TrapV2, 1));

        await foreach (SnmpNotification notification in both.ReadAllAsync(cancellationToken))
        {
            Assert.That(notification.From.Address, Is.EqualTo(IPAddress.Loopback));
            break;
        }
    }

    [Test]
    public void What_was_taken_is_forgotten_after_five_minutes_or_when_there_is_more()
    {
        RecentNotifications recent = new(_scene.Clock, capacity: 2);
        recent.Add(1);
        recent.Add(2);
        recent.Add(3);
        bool[] byNumber = [recent.Contains(1), recent.Contains(2), recent.Contains(3)];
        _scene.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.That(byNumber, Is.EqualTo((bool[])[false, true, true]));
        Assert.That((bool[])[recent.Contains(2), recent.Contains(3)], Is.EqualTo((bool[])[false, false]));
    }
}
