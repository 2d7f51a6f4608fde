using System.Text;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Notifications;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Notifications;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class UsmNotificationTests : IAsyncDisposable
{
    private readonly ListeningScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Test]
    public async Task A_trap_of_SNMPv3_counts_once_however_often_it_is_sent(CancellationToken cancellationToken)
    {
        byte[] trap = TrapSender.V3(PduType.TrapV2, ListeningScene.User, ListeningScene.RemoteEngine, 7, 1000);
        using TrapSender thief = new(_scene.Listener.LocalEndPoint);
        _scene.Sender.Send(trap);
        SnmpNotification notification = await _scene.NextAsync(cancellationToken);
        thief.Send(trap);
        await _scene.SettleAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((notification.User, notification.EngineId, notification.IsInform), Is.EqualTo(("traps", "80001f8880aabbccdd00", false)));
            Assert.That(_scene.Listener.Statistics.Duplicates, Is.EqualTo(1));
        }
    }

    [TestCase(6, 5000, 1000)]
    [TestCase(7, 849, 0)]
    [TestCase(7, 1000, 151)]
    public async Task A_trap_outside_the_time_window_is_refused(int boots, int seconds, int passed, CancellationToken cancellationToken)
    {
        _scene.Sender.Send(TrapSender.V3(PduType.TrapV2, ListeningScene.User, ListeningScene.RemoteEngine, 7, 1000));
        _ = await _scene.NextAsync(cancellationToken);
        _scene.Clock.Advance(TimeSpan.FromSeconds(passed));

        _scene.Sender.Send(TrapSender.V3(PduType.TrapV2, ListeningScene.User, ListeningScene.RemoteEngine, boots, seconds, requestId: 2));
        await _scene.SettleAsync(cancellationToken);

        Assert.That(_scene.Listener.Statistics.Refused, Is.EqualTo(1), "and a trap is never answered with a report");
    }

    [TestCase(UsmFlags.None)]
    [TestCase(UsmFlags.Authenticated)]
    public async Task A_user_with_passwords_is_not_believed_without_them(object level, CancellationToken cancellationToken)
    {
        _scene.Sender.Send(TrapSender.V3(PduType.TrapV2, ListeningScene.User, ListeningScene.RemoteEngine, 7, 1000, (UsmFlags)level));
        await _scene.SettleAsync(cancellationToken);

        Assert.That(_scene.Listener.Statistics.Refused, Is.EqualTo(1));
    }

    [Test]
    public async Task No_flipped_octet_of_a_trap_gets_through(CancellationToken cancellationToken)
    {
        byte[] trap = TrapSender.V3(PduType.TrapV2, ListeningScene.User, ListeningScene.RemoteEngine, 7, 1000);
        for (int i = 0; i < trap.Length; i++)
        {
            byte[] changed = [.. trap];
            changed[i] ^= 0x40;
            _scene.Sender.Send(changed);
        }

        await _scene.SettleAsync(cancellationToken);

        SnmpListenerStatistics statistics = _scene.Listener.Statistics;
        Assert.That((statistics.Received, statistics.Malformed + statistics.Refused), Is.EqualTo((1L, (long)trap.Length)));
    }

    [Test]
    public async Task Says_who_it_is_to_whoever_asks_and_what_time_it_is_to_its_users(CancellationToken cancellationToken)
    {
        byte[] probe = [];
        int length = EngineProbe.Write(99, ref probe);
        _scene.Sender.Send(probe.AsSpan(0, length));
        Heard who = Hear(await _scene.Sender.ReceiveAsync(cancellationToken), UsmReport.UnknownEngineIds);
        _scene.Clock.Advance(TimeSpan.FromSeconds(1000));

        _scene.Sender.Send(TrapSender.V3(PduType.InformRequest, ListeningScene.User, ListeningScene.OwnEngine, 0, 0));
        byte[] late = await _scene.Sender.ReceiveAsync(cancellationToken);
        Heard time = Hear(late, UsmReport.NotInTimeWindows);
        _scene.Sender.Send(TrapSender.V3(PduType.InformRequest, ListeningScene.User, ListeningScene.OwnEngine, time.Boots, time.Seconds));
        _ = V3Message.TryParse(await _scene.Sender.ReceiveAsync(cancellationToken), out V3Message answer, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(who, Is.EqualTo(new Heard("80001f8805aabbccddee", ListeningScene.Boots, 0, UsmFlags.None, "")));
            Assert.That(time, Is.EqualTo(new Heard("80001f8805aabbccddee", ListeningScene.Boots, 1000, UsmFlags.Authenticated, "traps")));
            Assert.That(answer.Flags, Is.EqualTo(UsmFlags.Level));
            Assert.That(_scene.Listener.Statistics, Is.EqualTo(new SnmpListenerStatistics(1, 0, 0, 0, 1, 2)));
        }
    }

    [TestCase(0)]
    [TestCase(1000)]
    [TestCase(20_000)]
    public async Task The_answer_to_an_inform_has_its_bindings_however_large(int octets, CancellationToken cancellationToken)
    {
        string text = new('x', octets);
        _scene.Sender.Send(TrapSender.V3(PduType.InformRequest, ListeningScene.User, ListeningScene.OwnEngine, ListeningScene.Boots, 0, requestId: 88, text: text));
        byte[] answer = await _scene.Sender.ReceiveAsync(cancellationToken);

        UserKeys keys = new UsmUser(ListeningScene.User, ListeningScene.OwnEngine).OwnKeys;
        _ = V3Message.TryParse(answer, out V3Message message, out _);
        bool isGenuine = keys.Verify(message);
        _ = keys.TryDecrypt(message, out byte[]? plain);
        _ = ScopedPdu.TryParse(plain, out ScopedPdu scoped) & PduView.TryParse(scoped.Pdu, out PduView pdu, out _);
        _ = BindingReader.TryRead(pdu.Bindings, [], out VariableBinding[] bindings, out _);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isGenuine, Is.True);
            Assert.That((message.Id, pdu.Type, pdu.RequestId), Is.EqualTo((1, PduType.Response, 88)));
            Assert.That(bindings[3].Value.AsText, Is.EqualTo(text));
        }
    }

    [TestCase(ListeningScene.Boots, 150, true)]
    [TestCase(ListeningScene.Boots, 151, false)]
    [TestCase(ListeningScene.Boots - 1, 0, false)]
    [TestCase(ListeningScene.Boots + 1, 0, false)]
    public async Task An_inform_is_in_time_within_150_seconds_of_our_clock(int boots, int ahead, bool expected, CancellationToken cancellationToken)
    {
        _scene.Sender.Send(TrapSender.V3(PduType.InformRequest, ListeningScene.User, ListeningScene.OwnEngine, boots, ahead));
        _ = await _scene.Sender.ReceiveAsync(cancellationToken);

        Assert.That(_scene.Listener.Statistics.Received, Is.EqualTo(expected ? 1 : 0));
    }

    [Test]
    public void Engines_are_remembered_up_to_a_number_the_least_used_goes_first()
    {
        RemoteEngines engines = new(_scene.Clock, capacity: 3);
        UsmUser user = new(new UsmCredentials { User = "plain" }, ListeningScene.OwnEngine);
        foreach (byte last in (byte[])[1, 2, 3])
        {
            _ = engines.Add([.. ListeningScene.RemoteEngine, last], user);
        }

        _ = engines.Find([.. ListeningScene.RemoteEngine, 1], user);
        _ = engines.Add([.. ListeningScene.RemoteEngine, 4], user);

        Assert.That(
            ((byte[])[1, 2, 3, 4]).Select(last => engines.Find([.. ListeningScene.RemoteEngine, last], user) is not null), Is.EqualTo((bool[])[true, false, true, true]));
    }

    private static Heard Hear(byte[] report, ObjectId counter)
    {
        Assert.That(V3Message.TryParse(report, out V3Message message, out string fault), Is.True, fault);
        Assert.That(ScopedPdu.TryParse(message.Data, out ScopedPdu scoped) & PduView.TryParse(scoped.Pdu, out PduView pdu, out _), Is.True);
        Assert.That(BindingReader.TryRead(pdu.Bindings, [], out VariableBinding[] bindings, out _), Is.True);
        Assert.That(bindings.Single().Id, Is.EqualTo(counter));
        return new Heard(
            Convert.ToHexStringLower(message.EngineId), message.Boots, message.Seconds, message.Flags, Encoding.UTF8.GetString(message.User));
    }

    private sealed record Heard(string EngineId, int Boots, int Seconds, UsmFlags Flags, string User);
}
