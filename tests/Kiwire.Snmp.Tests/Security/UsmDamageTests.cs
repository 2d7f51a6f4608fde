using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>Messages with octets changed or missing.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UsmDamageTests
{
    private readonly UsmScene _scene = new();

    [Test]
    public void No_flipped_octet_gets_through([Values] bool isPrivate)
    {
        UsmCredentials credentials = isPrivate
            ? UsmScene.Private
            : new UsmCredentials { User = "monitor", AuthenticationProtocol = AuthenticationProtocol.Md5, AuthenticationPassword = "authentication-1" };
        FakeEngine engine = new(credentials);
        SnmpTarget target = new(_scene.Target.EndPoint, credentials);
        UsmConversation conversation = new(target, _scene.Clock);
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
        _scene.Known();
        UsmConversation conversation = _scene.New();
        byte[] answer = _scene.Engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby");

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
        _scene.Known();
        UsmConversation conversation = _scene.New();
        byte[] answer = _scene.Engine.Answer(conversation.Send(), UsmConversation.SysName, "lobby");
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
        FakeEngine engine = new(UsmScene.Plain);
        UsmConversation conversation = new(new SnmpTarget(_scene.Target.EndPoint, UsmScene.Plain), _scene.Clock);
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
            UsmConversation fresh = new(new SnmpTarget(_scene.Target.EndPoint, UsmScene.Plain), _scene.Clock);
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
}
