using System.Net;
using Kiwire.Radius.Tests.Client;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Notifications;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Notifications;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(60_000)]
public sealed class SnmpNotificationListenerTests : IAsyncDisposable
{
    private const int Boots = 5;
    private const int Seconds = 0;

    private static readonly byte[] s_own = Convert.FromHexString("80001f8805aabbccddee");
    private static readonly byte[] s_remote = Convert.FromHexString("80001f8880aabbccdd00");

    private static readonly UsmCredentials s_user = new()
    {
        User = "traps",
        AuthenticationProtocol = AuthenticationProtocol.Sha256,
        AuthenticationPassword = "authentication-1",
        PrivacyProtocol = PrivacyProtocol.Aes256Reeder,
        PrivacyPassword = "privacy-password-2",
    };

    private readonly ManualTimeProvider _clock = new();
    private readonly SnmpNotificationListener _listener;
    private readonly TrapSender _sender;

    public SnmpNotificationListenerTests()
    {
        _listener = new SnmpNotificationListener(
            new SnmpListenerOptions
            {
                EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                Communities = [new CommunityCredentials(SnmpVersion.V2c, "public")],
                Users = [s_user],
                Capacity = 2,
                EngineId = s_own,
                EngineBoots = Boots,
            },
            _clock);
        _sender = new TrapSender(_listener.LocalEndPoint);
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _sender.Dispose();
    }

    [Test]
    public async Task An_inform_that_comes_twice_is_answered_twice_and_given_out_once(CancellationToken cancellationToken)
    {
        byte[] inform = TrapSender.V2c(PduType.InformRequest, 77);
        _sender.Send(inform);
        byte[] first = await _sender.ReceiveAsync(cancellationToken);
        _sender.Send(inform);
        byte[] second = await _sender.ReceiveAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(MessageHeader.TryParse(first, out MessageHeader header), Is.True);
            Assert.That(PduView.TryParse(header.Pdu, out PduView pdu, out _), Is.True);
            Assert.That((pdu.Type, pdu.RequestId, pdu.ErrorStatus), Is.EqualTo((PduType.Response, 77, SnmpErrorStatus.NoError)));
            Assert.That(_listener.Statistics, Is.EqualTo(new SnmpListenerStatistics(1, 1, 0, 0, 0, 0)));
        }
    }

    [Test]
    public async Task The_same_with_another_request_id_is_another(CancellationToken cancellationToken)
    {
        _sender.Send(TrapSender.V2c(PduType.InformRequest, 77));
        _ = await _sender.ReceiveAsync(cancellationToken);
        _sender.Send(TrapSender.V2c(PduType.InformRequest, 78));
        _ = await _sender.ReceiveAsync(cancellationToken);

        Assert.That(_listener.Statistics.Received, Is.EqualTo(2));
    }

    [Test]
    public async Task Where_nobody_reads_an_inform_is_not_answered_until_there_is_room(CancellationToken cancellationToken)
    {
        foreach (int requestId in (int[])[1, 2])
        {
            _sender.Send(TrapSender.V2c(PduType.InformRequest, requestId));
            _ = await _sender.ReceiveAsync(cancellationToken);
        }

        // The third is not answered; a fourth of the first's kind is, so that its answer shows that the third was looked at.
        _sender.Send(TrapSender.V2c(PduType.InformRequest, 3));
        _sender.Send(TrapSender.V2c(PduType.InformRequest, 1));
        int answered = RequestIdOf(await _sender.ReceiveAsync(cancellationToken));
        SnmpListenerStatistics full = _listener.Statistics;
        _ = await NextAsync(cancellationToken);
        _sender.Send(TrapSender.V2c(PduType.InformRequest, 3));
        int again = RequestIdOf(await _sender.ReceiveAsync(cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answered, again), Is.EqualTo((1, 3)));
            Assert.That(full, Is.EqualTo(new SnmpListenerStatistics(2, 1, 1, 0, 0, 0)));
        }
    }

    [Test]
    public async Task A_community_among_the_bindings_is_left_out(CancellationToken cancellationToken)
    {
        _sender.Send(TrapSender.V2c(PduType.TrapV2, 1, "public", new VariableBinding(ObjectId.Parse("1.3.6.1.6.3.18.1.4.0"), SnmpValue.OctetString("secret"))));

        SnmpNotification notification = await NextAsync(cancellationToken);

        Assert.That(notification.Bindings, Is.EqualTo((VariableBinding[])[new(TrapSender.IfIndex, SnmpValue.Integer32(7))]));
    }

    [Test]
    public async Task Garbage_truncations_and_requests_are_counted_and_nothing_else(CancellationToken cancellationToken)
    {
        byte[] trap = TrapSender.V2c(PduType.TrapV2, 1);
        for (int length = 0; length < trap.Length; length++)
        {
            _sender.Send(trap.AsSpan(0, length));
        }

        byte[] secure = TrapSender.V3(PduType.TrapV2, s_user, s_remote, 7, 1000);
        for (int length = 0; length < secure.Length; length++)
        {
            _sender.Send(secure.AsSpan(0, length));
        }

        _sender.Send(TrapSender.V2c(PduType.GetRequest, 1));
        _sender.Send(TrapSender.V2c(PduType.TrapV2, 2));
        SnmpNotification notification = await NextAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(notification.Version, Is.EqualTo(SnmpVersion.V2c));
            Assert.That(_listener.Statistics, Is.EqualTo(new SnmpListenerStatistics(1, 0, 0, trap.Length + secure.Length + 1, 0, 0)));
        }
    }

    [Test]
    public async Task A_trap_of_SNMPv3_counts_once_however_often_it_is_sent(CancellationToken cancellationToken)
    {
        byte[] trap = TrapSender.V3(PduType.TrapV2, s_user, s_remote, 7, 1000);
        using TrapSender thief = new(_listener.LocalEndPoint);
        _sender.Send(trap);
        SnmpNotification notification = await NextAsync(cancellationToken);
        thief.Send(trap);
        await SettleAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((notification.User, notification.EngineId, notification.IsInform), Is.EqualTo(("traps", "80001f8880aabbccdd00", false)));
            Assert.That(_listener.Statistics.Duplicates, Is.EqualTo(1));
        }
    }

    [TestCase(6, 5000, 1000)]
    [TestCase(7, 849, 0)]
    [TestCase(7, 1000, 151)]
    public async Task A_trap_outside_the_time_window_is_refused(int boots, int seconds, int passed, CancellationToken cancellationToken)
    {
        _sender.Send(TrapSender.V3(PduType.TrapV2, s_user, s_remote, 7, 1000));
        _ = await NextAsync(cancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(passed));

        _sender.Send(TrapSender.V3(PduType.TrapV2, s_user, s_remote, boots, seconds, requestId: 2));
        await SettleAsync(cancellationToken);

        Assert.That(_listener.Statistics.Refused, Is.EqualTo(1), "and a trap is never answered with a report");
    }

    [TestCase(UsmFlags.None)]
    [TestCase(UsmFlags.Authenticated)]
    public async Task A_user_with_passwords_is_not_believed_without_them(object level, CancellationToken cancellationToken)
    {
        _sender.Send(TrapSender.V3(PduType.TrapV2, s_user, s_remote, 7, 1000, (UsmFlags)level));
        await SettleAsync(cancellationToken);

        Assert.That(_listener.Statistics.Refused, Is.EqualTo(1));
    }

    [Test]
    public async Task No_flipped_octet_of_a_trap_gets_through(CancellationToken cancellationToken)
    {
        byte[] trap = TrapSender.V3(PduType.TrapV2, s_user, s_remote, 7, 1000);
        for (int i = 0; i < trap.Length; i++)
        {
            byte[] changed = [.. trap];
            changed[i] ^= 0x40;
            _sender.Send(changed);
        }

        await SettleAsync(cancellationToken);

        SnmpListenerStatistics statistics = _listener.Statistics;
        Assert.That((statistics.Received, statistics.Malformed + statistics.Refused), Is.EqualTo((1L, (long)trap.Length)));
    }

    [Test]
    public async Task Says_who_it_is_to_whoever_asks_and_what_time_it_is_to_its_users(CancellationToken cancellationToken)
    {
        byte[] probe = [];
        int length = EngineProbe.Write(99, ref probe);
        _sender.Send(probe.AsSpan(0, length));
        Heard who = Hear(await _sender.ReceiveAsync(cancellationToken), UsmReport.UnknownEngineIds);
        _clock.Advance(TimeSpan.FromSeconds(1000));

        _sender.Send(TrapSender.V3(PduType.InformRequest, s_user, s_own, 0, 0));
        byte[] late = await _sender.ReceiveAsync(cancellationToken);
        Heard time = Hear(late, UsmReport.NotInTimeWindows);
        _sender.Send(TrapSender.V3(PduType.InformRequest, s_user, s_own, time.Boots, time.Seconds));
        _ = V3Message.TryParse(await _sender.ReceiveAsync(cancellationToken), out V3Message answer, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(who, Is.EqualTo(new Heard("80001f8805aabbccddee", Boots, Seconds, UsmFlags.None, "")));
            Assert.That(time, Is.EqualTo(new Heard("80001f8805aabbccddee", Boots, 1000, UsmFlags.Authenticated, "traps")));
            Assert.That(answer.Flags, Is.EqualTo(UsmFlags.Level));
            Assert.That(_listener.Statistics, Is.EqualTo(new SnmpListenerStatistics(1, 0, 0, 0, 1, 2)));
        }
    }

    [TestCase(Boots, 150, true)]
    [TestCase(Boots, 151, false)]
    [TestCase(Boots - 1, 0, false)]
    [TestCase(Boots + 1, 0, false)]
    public async Task An_inform_is_in_time_within_150_seconds_of_our_clock(int boots, int ahead, bool expected, CancellationToken cancellationToken)
    {
        _sender.Send(TrapSender.V3(PduType.InformRequest, s_user, s_own, boots, ahead));
        _ = await _sender.ReceiveAsync(cancellationToken);

        Assert.That(_listener.Statistics.Received, Is.EqualTo(expected ? 1 : 0));
    }

    [Test]
    public void Engines_are_remembered_up_to_a_number_the_least_used_goes_first()
    {
        RemoteEngines engines = new(_clock, capacity: 3);
        UsmUser user = new(new UsmCredentials { User = "plain" }, s_own);
        foreach (byte last in (byte[])[1, 2, 3])
        {
            _ = engines.Add([.. s_remote, last], user);
        }

        _ = engines.Find([.. s_remote, 1], user);
        _ = engines.Add([.. s_remote, 4], user);

        Assert.That(
            ((byte[])[1, 2, 3, 4]).Select(last => engines.Find([.. s_remote, last], user) is not null), Is.EqualTo((bool[])[true, false, true, true]));
    }

    [Test]
    public void What_was_taken_is_forgotten_after_five_minutes_or_when_there_is_more()
    {
        RecentNotifications recent = new(_clock, capacity: 2);
        recent.Add(1);
        recent.Add(2);
        recent.Add(3);
        bool[] byNumber = [recent.Contains(1), recent.Contains(2), recent.Contains(3)];
        _clock.Advance(TimeSpan.FromMinutes(6));

        Assert.That(byNumber, Is.EqualTo((bool[])[false, true, true]));
        Assert.That((bool[])[recent.Contains(2), recent.Contains(3)], Is.EqualTo((bool[])[false, false]));
    }

    private static int RequestIdOf(byte[] message) => MessageHeader.TryParse(message, out MessageHeader header) ? header.Id : -1;

    private static Heard Hear(byte[] report, ObjectId counter)
    {
        Assert.That(V3Message.TryParse(report, out V3Message message, out string fault), Is.True, fault);
        Assert.That(ScopedPdu.TryParse(message.Data, out ScopedPdu scoped) & PduView.TryParse(scoped.Pdu, out PduView pdu, out _), Is.True);
        Assert.That(BindingReader.TryRead(pdu.Bindings, [], out VariableBinding[] bindings, out _), Is.True);
        Assert.That(bindings.Single().Id, Is.EqualTo(counter));
        return new Heard(
            Convert.ToHexStringLower(message.EngineId), message.Boots, message.Seconds, message.Flags, System.Text.Encoding.UTF8.GetString(message.User));
    }

    private async Task<SnmpNotification> NextAsync(CancellationToken cancellationToken)
    {
        await foreach (SnmpNotification notification in _listener.ReadAllAsync(cancellationToken))
        {
            return notification;
        }

        throw new InvalidOperationException("The listener has ended.");
    }

    /// <summary>Waits until all that was sent has been looked at: an inform that came behind it is answered.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        _sender.Send(TrapSender.V2c(PduType.InformRequest, 4242));
        Assert.That(RequestIdOf(await _sender.ReceiveAsync(cancellationToken)), Is.EqualTo(4242));
    }

    private sealed record Heard(string EngineId, int Boots, int Seconds, UsmFlags Flags, string User);
}
