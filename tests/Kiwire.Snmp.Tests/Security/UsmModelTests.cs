using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UsmModelTests
{
    private readonly UsmScene _scene = new();

    [Test]
    public void Discovers_the_engine_and_then_asks_it()
    {
        UsmConversation conversation = _scene.New();

        byte[] probe = conversation.Send();
        Judged discovered = conversation.Receive(_scene.Engine.Report(probe, UsmReport.UnknownEngineIds));
        byte[] request = conversation.Send();
        Judged answered = conversation.Receive(_scene.Engine.Answer(request, UsmConversation.SysName, "lobby"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FakeEngine.Hear(probe), Is.EqualTo(new Heard(4711, UsmFlags.Reportable, "", 0, 0, "")), "RFC 3414, 4");
            Assert.That(discovered, Is.EqualTo(Judged.SendAgain));
            Assert.That(
                FakeEngine.Hear(request), Is.EqualTo(new Heard(4711, UsmFlags.Reportable | UsmFlags.Level, "80001f8880aabbccdd00", 7, 1000, "monitor")));
            Assert.That(_scene.Engine.IsGenuine(request), Is.True);
            Assert.That(_scene.Engine.Read(request), Is.EqualTo((PduType.GetRequest, "", UsmConversation.SysName)));
            Assert.That(answered, Is.EqualTo(Judged.Answered("lobby")));
            Assert.That(FakeEngine.Hear(_scene.New().Send()).IsProbe, Is.False, "it is known from now on");
        }
    }

    [Test]
    public void Never_uses_a_salt_twice()
    {
        _scene.Known();
        HashSet<string> salts = [];
        for (int i = 0; i < 1000; i++)
        {
            _ = V3Message.TryParse(_scene.New().Send(), out V3Message message, out _);
            Assert.That(salts.Add(Convert.ToHexString(message.Salt)), Is.True);
        }
    }

    [Test]
    public void Sets_the_clock_right_once_and_then_gives_up()
    {
        _scene.Known();
        _scene.Engine.Boots = 8;
        _scene.Engine.Seconds = 3;
        UsmConversation conversation = _scene.New();

        Judged first = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
        Heard again = FakeEngine.Hear(conversation.Send());
        Judged second = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
        Judged end = conversation.Expire();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(Judged.SendAgain));
            Assert.That((again.Boots, again.Seconds), Is.EqualTo((8, 3)));
            Assert.That(second, Is.EqualTo(Judged.Ignored), "it may be the first once more");
            Assert.That(end, Is.EqualTo(Judged.Failed(SnmpFault.NotInTimeWindow)));
        }
    }

    private static IEnumerable<TestCaseData> Reports =>
    [
        new(UsmReport.UnsupportedSecLevels, SnmpFault.UnsupportedSecurityLevel),
        new(UsmReport.NotInTimeWindows, SnmpFault.NotInTimeWindow),
        new(UsmReport.UnknownUserNames, SnmpFault.UnknownUser),
        new(UsmReport.WrongDigests, SnmpFault.WrongPassword),
        new(UsmReport.DecryptionErrors, SnmpFault.DecryptionFailed),
        new(UsmReport.UnknownContexts, SnmpFault.UnknownContext),
        new(UsmReport.UnavailableContexts, SnmpFault.UnknownContext),
        new(UsmReport.UnknownPduHandlers, SnmpFault.UnknownContext),
        new(UsmReport.UnknownSecurityModels, SnmpFault.UnsupportedSecurityLevel),
        new(UsmReport.InvalidMsgs, SnmpFault.Malformed),
    ];

    [TestCaseSource(nameof(ReportsButOfTime))]
    public void A_report_that_proves_nothing_takes_effect_only_where_no_answer_comes(ObjectId counter, SnmpFault expected)
    {
        _scene.Known();
        UsmConversation answered = _scene.New();
        Judged forged = answered.Receive(_scene.Engine.Report(answered.Send(), counter));
        Judged genuine = answered.Receive(_scene.Engine.Answer(answered.Send(), UsmConversation.SysName, "lobby"));
        UsmConversation silent = _scene.New();
        _ = silent.Receive(_scene.Engine.Report(silent.Send(), counter));
        Judged end = silent.Expire(last: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forged, Is.EqualTo(Judged.Ignored));
            Assert.That(genuine, Is.EqualTo(Judged.Answered("lobby")));
            Assert.That(end, Is.EqualTo(Judged.Failed(expected)));
            Assert.That(FakeEngine.Hear(_scene.New().Send()).Boots, Is.EqualTo(7), "and what is known of the engine stays");
        }
    }

    private static IEnumerable<TestCaseData> ReportsButOfTime => Reports.Where(static report => report.Arguments[1] is not SnmpFault.NotInTimeWindow);

    [TestCaseSource(nameof(ReportsButOfTime))]
    public void An_authenticated_report_is_believed_at_once(ObjectId counter, SnmpFault expected)
    {
        _scene.Known();
        UsmConversation conversation = _scene.New();

        Judged end = conversation.Receive(_scene.Engine.Report(conversation.Send(), counter, UsmFlags.Authenticated));

        Assert.That(end, Is.EqualTo(Judged.Failed(expected)));
    }

    [TestCaseSource(nameof(Reports))]
    public void Without_authentication_there_is_nothing_better_than_the_report(ObjectId counter, SnmpFault expected)
    {
        FakeEngine engine = new(UsmScene.Plain);
        UsmConversation conversation = new(new SnmpTarget(_scene.Target.EndPoint, UsmScene.Plain), _scene.Clock);
        _ = conversation.Receive(engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));

        Judged end = conversation.Receive(engine.Report(conversation.Send(), counter));

        Assert.That(end, Is.EqualTo(Judged.Failed(expected)));
    }

    [Test]
    public void A_set_is_sent_only_with_a_clock_that_is_proven()
    {
        UsmConversation conversation = _scene.New(PduType.SetRequest);
        _ = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));

        Heard guessed = FakeEngine.Hear(conversation.Send());
        Judged learnt = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
        Heard proven = FakeEngine.Hear(conversation.Send());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((guessed.Boots, guessed.Seconds), Is.EqualTo((0, 0)));
            Assert.That(learnt, Is.EqualTo(Judged.SendAgain));
            Assert.That((proven.Boots, proven.Seconds), Is.EqualTo((7, 1000)));
        }
    }

    [Test]
    public void Credentials_that_cannot_be_used_are_refused_where_a_device_gets_them()
    {
        UsmCredentials credentials = new() { User = "monitor", PrivacyProtocol = PrivacyProtocol.Aes128, PrivacyPassword = "privacy-password-2" };

        Assert.That(() => new SnmpTarget(_scene.Target.EndPoint, credentials), Throws.ArgumentException.With.Message.Contains("PrivacyProtocol needs an AuthenticationProtocol"));
    }

    [Test]
    public void Credentials_never_print_a_password()
    {
        Assert.That(UsmScene.Private.ToString(), Is.EqualTo("monitor, authPriv (Sha256, Aes128)"));
    }
}
