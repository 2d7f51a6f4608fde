using Kiwire.Radius.Tests.Client;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UsmModelTests
{
    private static readonly UsmCredentials s_private = new()
    {
        User = "monitor",
        AuthenticationProtocol = AuthenticationProtocol.Sha256,
        AuthenticationPassword = "authentication-1",
        PrivacyProtocol = PrivacyProtocol.Aes128,
        PrivacyPassword = "privacy-password-2",
    };

    private static readonly UsmCredentials s_plain = new() { User = "plain" };

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeEngine _engine = new(s_private);
    private readonly SnmpTarget _target = new(new(System.Net.IPAddress.Loopback, 161), s_private);

    [Test]
    public void Discovers_the_engine_and_then_asks_it()
    {
        UsmConversation conversation = New();

        byte[] probe = conversation.Send();
        Judged discovered = conversation.Receive(_engine.Report(probe, UsmReport.UnknownEngineIds));
        byte[] request = conversation.Send();
        Judged answered = conversation.Receive(_engine.Answer(request, UsmConversation.SysName, "lobby"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FakeEngine.Hear(probe), Is.EqualTo(new Heard(4711, UsmFlags.Reportable, "", 0, 0, "")), "RFC 3414, 4");
            Assert.That(discovered, Is.EqualTo(Judged.SendAgain));
            Assert.That(
                FakeEngine.Hear(request), Is.EqualTo(new Heard(4711, UsmFlags.Reportable | UsmFlags.Level, "80001f8880aabbccdd00", 7, 1000, "monitor")));
            Assert.That(_engine.IsGenuine(request), Is.True);
            Assert.That(_engine.Read(request), Is.EqualTo((PduType.GetRequest, "", UsmConversation.SysName)));
            Assert.That(answered, Is.EqualTo(Judged.Answered("lobby")));
            Assert.That(FakeEngine.Hear(New().Send()).IsProbe, Is.False, "it is known from now on");
        }
    }

    [Test]
    public void Never_uses_a_salt_twice()
    {
        Known();
        HashSet<string> salts = [];
        for (int i = 0; i < 1000; i++)
        {
            _ = V3Message.TryParse(New().Send(), out V3Message message, out _);
            Assert.That(salts.Add(Convert.ToHexString(message.Salt)), Is.True);
        }
    }

    [Test]
    public void Sets_the_clock_right_once_and_then_gives_up()
    {
        Known();
        _engine.Boots = 8;
        _engine.Seconds = 3;
        UsmConversation conversation = New();

        Judged first = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
        Heard again = FakeEngine.Hear(conversation.Send());
        Judged second = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
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

    [TestCaseSource(nameof(Reports))]
    public void A_report_that_proves_nothing_takes_effect_only_where_no_answer_comes(ObjectId counter, SnmpFault expected)
    {
        Known();
        UsmConversation answered = New();
        Judged forged = answered.Receive(_engine.Report(answered.Send(), counter));
        Judged genuine = answered.Receive(_engine.Answer(answered.Send(), UsmConversation.SysName, "lobby"));
        UsmConversation silent = New();
        _ = silent.Receive(_engine.Report(silent.Send(), counter));
        Judged end = silent.Expire(last: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forged, Is.EqualTo(Judged.Ignored));
            Assert.That(genuine, Is.EqualTo(Judged.Answered("lobby")));
            Assert.That(end, Is.EqualTo(Judged.Failed(expected)));
            Assert.That(FakeEngine.Hear(New().Send()).Boots, Is.EqualTo(7), "and what is known of the engine stays");
        }
    }

    private static IEnumerable<TestCaseData> ReportsButOfTime => Reports.Where(static report => report.Arguments[1] is not SnmpFault.NotInTimeWindow);

    [TestCaseSource(nameof(ReportsButOfTime))]
    public void An_authenticated_report_is_believed_at_once(ObjectId counter, SnmpFault expected)
    {
        Known();
        UsmConversation conversation = New();

        Judged end = conversation.Receive(_engine.Report(conversation.Send(), counter, UsmFlags.Authenticated));

        Assert.That(end, Is.EqualTo(Judged.Failed(expected)));
    }

    [TestCaseSource(nameof(Reports))]
    public void Without_authentication_there_is_nothing_better_than_the_report(ObjectId counter, SnmpFault expected)
    {
        FakeEngine engine = new(s_plain);
        UsmConversation conversation = new(new SnmpTarget(_target.EndPoint, s_plain), _clock);
        _ = conversation.Receive(engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));

        Judged end = conversation.Receive(engine.Report(conversation.Send(), counter));

        Assert.That(end, Is.EqualTo(Judged.Failed(expected)));
    }

    [Test]
    public void A_forged_change_of_engine_ends_nothing_and_changes_nothing()
    {
        Known();
        FakeEngine other = new(s_private, "80001f88801234567890");
        UsmConversation conversation = New();

        Judged forged = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        Judged genuine = conversation.Receive(_engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forged, Is.EqualTo(Judged.Ignored));
            Assert.That(genuine, Is.EqualTo(Judged.Answered("lobby")));
            Assert.That(FakeEngine.Hear(New().Send()).EngineId, Is.EqualTo("80001f8880aabbccdd00"));
        }
    }

    [Test]
    public void Where_the_answer_stays_away_too_the_engine_is_asked_for_again_and_its_session_goes_on()
    {
        Known();
        FakeEngine other = new(s_private, "80001f88801234567890");
        UsmConversation conversation = New();
        _ = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));

        Judged expired = conversation.Expire();
        byte[] probe = conversation.Send();
        _ = conversation.Receive(_engine.Report(probe, UsmReport.UnknownEngineIds));
        byte[] request = conversation.Send();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(expired, Is.EqualTo(Judged.SendAgain));
            Assert.That(FakeEngine.Hear(probe).IsProbe, Is.True);
            Assert.That(_engine.IsGenuine(request), Is.True);
            Assert.That(conversation.Receive(_engine.Answer(request, UsmConversation.SysName, "lobby")), Is.EqualTo(Judged.Answered("lobby")));
        }
    }

    [Test]
    public void A_device_that_was_replaced_is_found_once_its_engine_has_answered_authentically()
    {
        Known();
        FakeEngine other = new(s_private, "80001f88801234567890") { Boots = 1, Seconds = 5 };
        UsmConversation conversation = New();
        _ = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        _ = conversation.Expire();
        _ = conversation.Receive(other.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        string before = FakeEngine.Hear(New().Send()).EngineId;

        Judged answered = conversation.Receive(other.Answer(conversation.Send(), UsmConversation.SysName, "hall"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo("80001f8880aabbccdd00"), "not before");
            Assert.That(answered, Is.EqualTo(Judged.Answered("hall")));
            Assert.That(FakeEngine.Hear(New().Send()).EngineId, Is.EqualTo("80001f88801234567890"));
        }
    }

    [Test]
    public void A_forged_answer_to_the_discovery_is_forgotten_with_the_request()
    {
        FakeEngine forger = new(s_private, "80001f88801234567890");
        UsmConversation conversation = New();
        _ = conversation.Receive(forger.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        _ = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        Judged expired = conversation.Expire();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(expired, Is.EqualTo(Judged.SendAgain), "the agent does not know that engine: it is asked for again");
            Assert.That(FakeEngine.Hear(New().Send()).IsProbe, Is.True);
        }
    }

    [Test]
    public void A_discovery_that_is_answered_with_another_engine_each_time_ends()
    {
        UsmConversation conversation = New();
        List<Judged> judged = [];
        foreach (int round in (int[])[1, 2])
        {
            // The probe; the request, which that engine's successor does not know.
            judged.Add(conversation.Receive(new FakeEngine(s_private, $"80001f88800000{round}1").Report(conversation.Send(), UsmReport.UnknownEngineIds)));
            judged.Add(conversation.Receive(new FakeEngine(s_private, $"80001f88800000{round}2").Report(conversation.Send(), UsmReport.UnknownEngineIds)));
            judged.Add(conversation.Expire());
        }

        Assert.That(
            judged,
            Is.EqualTo((Judged[])[Judged.SendAgain, Judged.Ignored, Judged.SendAgain, Judged.SendAgain, Judged.Ignored, Judged.Failed(SnmpFault.UnknownEngine)]));
    }

    [Test]
    public void A_clock_behind_the_known_one_counts_for_nothing_and_the_next_request_begins_anew()
    {
        Known();
        _engine.Boots = 1;
        _engine.Seconds = 2;
        UsmConversation conversation = New();

        Judged report = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
        Judged end = conversation.Expire();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report, Is.EqualTo(Judged.Ignored));
            Assert.That(end, Is.EqualTo(Judged.Failed(SnmpFault.NotInTimeWindow)));
            Assert.That(FakeEngine.Hear(New().Send()).IsProbe, Is.True);
        }
    }

    [Test]
    public void An_unauthenticated_clock_behind_the_known_one_does_not_even_that()
    {
        Known();
        _engine.Boots = 1;
        UsmConversation conversation = New();

        _ = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.NotInTimeWindows));

        Assert.That(FakeEngine.Hear(New().Send()).Boots, Is.EqualTo(7));
    }

    [Test]
    public void A_set_is_sent_only_with_a_clock_that_is_proven()
    {
        UsmConversation conversation = New(PduType.SetRequest);
        _ = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));

        Heard guessed = FakeEngine.Hear(conversation.Send());
        Judged learnt = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.NotInTimeWindows, UsmFlags.Authenticated));
        Heard proven = FakeEngine.Hear(conversation.Send());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((guessed.Boots, guessed.Seconds), Is.EqualTo((0, 0)));
            Assert.That(learnt, Is.EqualTo(Judged.SendAgain));
            Assert.That((proven.Boots, proven.Seconds), Is.EqualTo((7, 1000)));
        }
    }

    [TestCase(UsmFlags.None)]
    [TestCase(UsmFlags.Authenticated)]
    public void An_answer_below_the_request_s_level_is_none(object level)
    {
        Known();
        UsmConversation conversation = New();

        Assert.That(conversation.Receive(_engine.Answer(conversation.Send(), UsmConversation.SysName, "forged", (UsmFlags)level)), Is.EqualTo(Judged.Ignored));
    }

    [Test]
    public void An_answer_of_150_seconds_ago_is_none()
    {
        Known();
        UsmConversation conversation = New();
        byte[] late = _engine.Answer(conversation.Send(), UsmConversation.SysName, "late");
        _clock.Advance(TimeSpan.FromSeconds(151));

        Assert.That(conversation.Receive(late), Is.EqualTo(Judged.Ignored));
    }

    [Test]
    public void No_flipped_octet_gets_through([Values] bool isPrivate)
    {
        UsmCredentials credentials = isPrivate
            ? s_private
            : new UsmCredentials { User = "monitor", AuthenticationProtocol = AuthenticationProtocol.Md5, AuthenticationPassword = "authentication-1" };
        FakeEngine engine = new(credentials);
        SnmpTarget target = new(_target.EndPoint, credentials);
        UsmConversation conversation = new(target, _clock);
        _ = conversation.Receive(engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        byte[] answer = engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby");

        for (int i = 0; i < answer.Length * 8; i++)
        {
            byte[] changed = [.. answer];
            changed[i / 8] ^= (byte)(1 << (i % 8));

            Assert.That(conversation.Receive(changed), Is.EqualTo(Judged.Ignored), $"octet {i / 8}, bit {i % 8}");
        }

        Assert.That(conversation.Receive(answer), Is.EqualTo(Judged.Answered("lobby")));
    }

    [Test]
    public void No_truncation_gets_through()
    {
        Known();
        UsmConversation conversation = New();
        byte[] answer = _engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby");

        for (int length = 0; length < answer.Length; length++)
        {
            Assert.That(conversation.Receive(answer[..length]), Is.EqualTo(Judged.Ignored), $"{length} octets");
        }

        Assert.That(conversation.Receive([.. answer, 0, 0]), Is.EqualTo(Judged.Answered("lobby")), "what a datagram has behind the message is not of it");
    }

    [Test]
    public void Random_octets_are_nothing()
    {
        Random random = new(3414);
        Known();
        UsmConversation conversation = New();
        byte[] answer = _engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby");
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutated = [.. answer];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            Judged judged = conversation.Receive(mutated);
            Assert.That(judged, Is.EqualTo(mutated.AsSpan().SequenceEqual(answer) ? Judged.Answered("lobby") : Judged.Ignored), Convert.ToHexString(mutated));
        }
    }

    [Test]
    public void Whatever_comes_without_authentication_is_read_or_refused_and_nothing_is_thrown()
    {
        const int seed = 3412;
        Random random = new(seed);
        FakeEngine engine = new(s_plain);
        UsmConversation conversation = new(new SnmpTarget(_target.EndPoint, s_plain), _clock);
        byte[] report = engine.Report(conversation.Send(), UsmReport.UnknownEngineIds);
        _ = conversation.Receive(report);
        byte[] answer = engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby");
        HashSet<MessageVerdict> verdicts = [];
        for (int i = 0; i < 50_000; i++)
        {
            byte[] mutated = i % 2 == 0 ? [.. answer] : [.. report];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            // Each begins from where the engine is known, or from where it is not.
            UsmConversation fresh = new(new SnmpTarget(_target.EndPoint, s_plain), _clock);
            _ = fresh.Send();
            if (i % 3 > 0)
            {
                _ = fresh.Receive(report);
                _ = fresh.Send();
            }

            _ = verdicts.Add(fresh.Receive(mutated[..random.Next(mutated.Length / 2, mutated.Length + 1)]).Verdict);
            _ = verdicts.Add(fresh.Receive(mutated).Verdict);
            _ = fresh.Expire(last: true);
        }

        Assert.That(
            verdicts, Is.EquivalentTo((MessageVerdict[])[MessageVerdict.Ignored, MessageVerdict.Answer, MessageVerdict.SendAgain, MessageVerdict.Failed]), $"seed {seed}");
    }

    [Test]
    public void Credentials_that_cannot_be_used_are_refused_where_a_device_gets_them()
    {
        UsmCredentials credentials = new() { User = "monitor", PrivacyProtocol = PrivacyProtocol.Aes128, PrivacyPassword = "privacy-password-2" };

        Assert.That(() => new SnmpTarget(_target.EndPoint, credentials), Throws.ArgumentException.With.Message.Contains("PrivacyProtocol needs an AuthenticationProtocol"));
    }

    [Test]
    public void Credentials_never_print_a_password()
    {
        Assert.That(s_private.ToString(), Is.EqualTo("monitor, authPriv (Sha256, Aes128)"));
    }

    private UsmConversation New(PduType type = PduType.GetRequest) => new(_target, _clock, type);

    /// <summary>Lets the target be known from an answered request.</summary>
    private void Known()
    {
        UsmConversation conversation = New();
        _ = conversation.Receive(_engine.Report(conversation.Send(), UsmReport.UnknownEngineIds));
        Assert.That(conversation.Receive(_engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby")), Is.EqualTo(Judged.Answered("lobby")));
    }
}
