using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>What is not the engine's, or not of now, neither ends a request nor changes what is known.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UsmForgeryTests
{
    private readonly UsmScene _scene = new();

    [Test]
    public void A_forged_change_of_engine_ends_nothing_and_changes_nothing()
    {
        _scene.Known();
        FakeEngine other = new(UsmScene.Private, "80001f88801234567890");
        UsmConversation conversation = _scene.New();

        Judged forged = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        Judged genuine = conversation.Receive(_scene.Engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forged, Is.EqualTo(Judged.Ignored));
            Assert.That(genuine, Is.EqualTo(Judged.Answered("lobby")));
            Assert.That(FakeEngine.Hear(_scene.New().Send()).EngineId, Is.EqualTo("80001f8880aabbccdd00"));
        }
    }

    [Test]
    public void Where_the_answer_stays_away_too_the_engine_is_asked_for_again_and_its_session_goes_on()
    {
        _scene.Known();
        FakeEngine other = new(UsmScene.Private, "80001f88801234567890");
        UsmConversation conversation = _scene.New();
        _ = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));

        Judged expired = conversation.Expire();
        byte[] probe = conversation.Send();
        _ = conversation.Receive(_scene.Engine.Report(probe, UsmReport.UnknownEngineIds));
        byte[] request = conversation.Send();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(expired, Is.EqualTo(Judged.SendAgain));
            Assert.That(FakeEngine.Hear(probe).IsProbe, Is.True);
            Assert.That(_scene.Engine.IsGenuine(request), Is.True);
            Assert.That(conversation.Receive(_scene.Engine.Answer(request, UsmConversation.SysName, "lobby")), Is.EqualTo(Judged.Answered("lobby")));
        }
    }

    [Test]
    public void A_device_that_was_replaced_is_found_once_its_engine_has_answered_authentically()
    {
        _scene.Known();
        FakeEngine other = new(UsmScene.Private, "80001f88801234567890") { Boots = 1, Seconds = 5 };
        UsmConversation conversation = _scene.New();
        _ = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        _ = conversation.Expire();
        _ = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        string before = FakeEngine.Hear(_scene.New().Send()).EngineId;

        Judged answered = conversation.Receive(other.Answer(conversation.Send(), UsmConversation.SysName, "hall"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo("80001f8880aabbccdd00"), "not before");
            Assert.That(answered, Is.EqualTo(Judged.Answered("hall")));
            Assert.That(FakeEngine.Hear(_scene.New().Send()).EngineId, Is.EqualTo("80001f88801234567890"));
        }
    }

    [Test]
    public void A_forged_answer_to_the_discovery_is_forgotten_with_the_request()
    {
        FakeEngine forger = new(UsmScene.Private, "80001f88801234567890");
        UsmConversation conversation = _scene.New();
        _ = conversation.Receive(forger.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        _ = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        Judged expired = conversation.Expire();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(expired, Is.EqualTo(Judged.SendAgain), "the agent does not know that engine: it is asked for again");
            Assert.That(FakeEngine.Hear(_scene.New().Send()).IsProbe, Is.True);
        }
    }

    [Test]
    public void A_discovery_that_is_answered_with_another_engine_each_time_ends()
    {
        UsmConversation conversation = _scene.New();
        List<Judged> judged = [];
        foreach (int round in (int[])[1, 2])
        {
            // The probe; the request, which that engine's successor does not know.
            judged.Add(conversation.Receive(new FakeEngine(UsmScene.Private, $"80001f88800000{round}1").Report(conversation.Send(), UsmReport.UnknownEngineIds)));
            judged.Add(conversation.Receive(new FakeEngine(UsmScene.Private, $"80001f88800000{round}2").Report(conversation.Send(), UsmReport.UnknownEngineIds)));
            judged.Add(conversation.Expire());
        }

        Assert.That(
            judged,
            Is.EqualTo((Judged[])[Judged.SendAgain, Judged.Ignored, Judged.SendAgain, Judged.SendAgain, Judged.Ignored, Judged.Failed(SnmpFault.UnknownEngine)]));
    }

    [Test]
    public void A_clock_behind_the_known_one_counts_for_nothing_and_the_next_request_begins_anew()
    {
        _scene.Known();
        _scene.Engine.Boots = 1;
        _scene.Engine.Seconds = 2;
        UsmConversation conversation = _scene.New();

        Judged report = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
        Judged end = conversation.Expire();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report, Is.EqualTo(Judged.Ignored));
            Assert.That(end, Is.EqualTo(Judged.Failed(SnmpFault.NotInTimeWindow)));
            Assert.That(FakeEngine.Hear(_scene.New().Send()).IsProbe, Is.True);
        }
    }

    [Test]
    public void An_agent_that_is_not_in_time_and_says_so_unauthenticated_is_learnt_anew_when_no_answer_comes()
    {
        _scene.Known();
        _scene.Engine.Boots = 1;
        _scene.Engine.Seconds = 30;
        UsmConversation conversation = _scene.New();
        Judged report = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows));
        Judged expired = conversation.Expire();
        byte[] probe = conversation.Send();
        _ = conversation.Receive(_scene.Engine.Report(probe, UsmReport.UnknownEngineIds));
        Heard again = FakeEngine.Hear(conversation.Send());
        int before = FakeEngine.Hear(_scene.New().Send()).Boots;
        Judged answered = conversation.Receive(_scene.Engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report, expired), Is.EqualTo((Judged.Ignored, Judged.SendAgain)));
            Assert.That(FakeEngine.Hear(probe).IsProbe, Is.True);
            Assert.That((again.Boots, again.Seconds), Is.EqualTo((1, 30)));
            Assert.That(before, Is.EqualTo(7), "what is known stays until the engine has answered authentically");
            Assert.That(answered, Is.EqualTo(Judged.Answered("lobby")));
            Assert.That(FakeEngine.Hear(_scene.New().Send()).Boots, Is.EqualTo(1));
        }
    }

    [Test]
    public void One_that_says_so_for_ever_is_given_up_after_that()
    {
        _scene.Known();
        UsmConversation conversation = _scene.New();
        _ = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows));
        _ = conversation.Expire();
        _ = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        _ = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows));

        Assert.That(conversation.Expire(), Is.EqualTo(Judged.Failed(SnmpFault.NotInTimeWindow)));
    }

    [Test]
    public void An_unauthenticated_clock_behind_the_known_one_does_not_even_that()
    {
        _scene.Known();
        _scene.Engine.Boots = 1;
        UsmConversation conversation = _scene.New();

        _ = conversation.Receive(_scene.Engine.Report(conversation.Send(), UsmReport.NotInTimeWindows));

        Assert.That(FakeEngine.Hear(_scene.New().Send()).Boots, Is.EqualTo(7));
    }

    [TestCase(UsmFlags.None)]
    [TestCase(UsmFlags.Authenticated)]
    public void An_answer_below_the_request_s_level_is_none(object level)
    {
        _scene.Known();
        UsmConversation conversation = _scene.New();

        Assert.That(conversation.Receive(_scene.Engine.Answer(conversation.Send(), UsmConversation.SysName, "forged", (UsmFlags)level)), Is.EqualTo(Judged.Ignored));
    }

    [Test]
    public void An_answer_of_150_seconds_ago_is_none()
    {
        _scene.Known();
        UsmConversation conversation = _scene.New();
        byte[] late = _scene.Engine.Answer(conversation.Send(), UsmConversation.SysName, "late");
        _scene.Clock.Advance(TimeSpan.FromSeconds(151));

        Assert.That(conversation.Receive(late), Is.EqualTo(Judged.Ignored));
    }
}
