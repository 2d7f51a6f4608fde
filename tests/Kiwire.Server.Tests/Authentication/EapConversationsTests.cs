using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Eap;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Authentication;
using Kiwire.Server.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Authentication;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EapConversationsTests : IDisposable
{
    private static readonly string[] s_methods = ["GTC"];
    private static readonly EapNas s_nas = new(1, 7);

    private readonly SteppedClock _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counted = [];

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Test]
    public void GTC_goes_through_identity_prompt_and_success()
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice");
        first.Supply(Known("wonderland"));
        EapOutcome.Challenge prompt = (EapOutcome.Challenge)first.Outcome;

        EapTurn second = Take(conversations, first.State, Text(prompt, "wonderland"), "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Outcome, Is.InstanceOf<EapOutcome.Succeeded>());
            Assert.That(Encoding.UTF8.GetString(second.Identity.Span), Is.EqualTo("alice"));
            Assert.That(conversations.Count, Is.Zero);
        }
    }

    [TestCase("wonderland", true)]
    [TestCase("Wonderland", false)]
    public void MSCHAPv2_takes_a_State_of_its_own_in_each_round(string password, bool right)
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice", "MSCHAPv2");
        first.Supply(Known("wonderland"));
        EapOutcome.Challenge challenge = (EapOutcome.Challenge)first.Outcome;

        EapTurn second = Take(conversations, first.State, MsChapV2Response(challenge, "alice", password), "alice");
        EapOutcome.Challenge result = (EapOutcome.Challenge)second.Outcome;
        byte[] acknowledgement = EapMessage.Response(result.Message.Span[1], EapType.MsChapV2, [right ? (byte)3 : (byte)4]);
        EapTurn third = Take(conversations, second.State, acknowledgement, "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.State, Is.Not.EqualTo(first.State));
            Assert.That(second.State, Has.Length.EqualTo(16));
            Assert.That(second.Outcome.WrongPassword, Is.EqualTo(!right));
            Assert.That(third.Outcome, right ? Is.InstanceOf<EapOutcome.Succeeded>() : Is.InstanceOf<EapOutcome.Failed>());
            Assert.That(third.Outcome is EapOutcome.Succeeded { Keys.SendKey.Length: 16, Keys.ReceiveKey.Length: 16 }, Is.EqualTo(right));
            Assert.That(conversations.Count, Is.Zero);
        }
    }

    [Test]
    public void A_request_sent_again_gets_the_same_challenge_and_State_again()
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice", "MSCHAPv2");
        first.Supply(Known("wonderland"));
        byte[] response = MsChapV2Response((EapOutcome.Challenge)first.Outcome, "alice", "wonderland");
        EapTurn second = Take(conversations, first.State, response, "alice");

        EapTurn again = Take(conversations, first.State, response, "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Octets(again), Is.EqualTo(Octets(second)));
            Assert.That(again.State, Is.EqualTo(second.State));
            Assert.That(((EapOutcome.Challenge)again.Outcome).Repeated, Is.True);
        }
    }

    [Test]
    public void What_does_not_answer_leaves_the_conversation_as_it_was()
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice");
        first.Supply(Known("wonderland"));

        EapTurn ignored = Take(conversations, first.State, "??"u8, "alice");
        EapTurn end = Take(conversations, ignored.State, Text((EapOutcome.Challenge)ignored.Outcome, "wonderland"), "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ignored.State, Is.EqualTo(first.State));
            Assert.That(end.Outcome, Is.InstanceOf<EapOutcome.Succeeded>());
        }
    }

    [Test]
    public void An_EAP_Start_gets_an_Identity_request_with_a_State()
    {
        EapConversations conversations = Conversations();

        EapTurn start = Take(conversations, default, default, "00-11-22-33-44-55");
        byte identifier = ((EapOutcome.Challenge)start.Outcome).Message.Span[1];
        EapTurn next = Take(conversations, start.State, EapMessage.Response(identifier, EapType.Identity, "alice"u8), "alice");

        Assert.That(next.Outcome, Is.InstanceOf<EapOutcome.NeedsCredential>());
    }

    [TestCase("")]
    [TestCase("00")]
    [TestCase("000102030405060708090A0B0C0D0E0F")]
    [TestCase("000102030405060708090A0B0C0D0E0F10")]
    public void A_State_that_nobody_gave_is_refused(string hex)
    {
        EapConversations conversations = Conversations();
        byte[] answer = EapMessage.Response(9, EapType.GenericTokenCard, "wonderland"u8);

        EapTurn turn = Take(conversations, Convert.FromHexString(hex), answer, "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(turn.Outcome, Is.InstanceOf<EapOutcome.Failed>());
            Assert.That(Octets(turn), Is.EqualTo(EapMessage.Failure(9)));
            Assert.That(conversations.Count, Is.Zero);
        }
    }

    [TestCase(1, 8)]
    [TestCase(2, 7)]
    public void A_State_is_of_no_use_at_another_NAS_or_tenant(long tenantId, long nasId)
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice");
        first.Supply(Known("wonderland"));
        byte[] answer = Text((EapOutcome.Challenge)first.Outcome, "wonderland");

        _ = conversations.TryTake(new EapNas(tenantId, nasId), s_methods, first.State, "alice"u8, answer, out EapTurn? elsewhere);
        EapTurn here = Take(conversations, first.State, answer, "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((EapOutcome.Failed)elsewhere!.Outcome).Reason, Is.EqualTo(EapFailure.NoConversation));
            Assert.That(here.Outcome, Is.InstanceOf<EapOutcome.Succeeded>());
        }
    }

    [TestCase(29, true)]
    [TestCase(30, false)]
    public void A_peer_has_thirty_seconds_for_each_answer(int seconds, bool inTime)
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice");
        first.Supply(Known("wonderland"));

        _clock.Advance(TimeSpan.FromSeconds(seconds));
        EapTurn turn = Take(conversations, first.State, Text((EapOutcome.Challenge)first.Outcome, "wonderland"), "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(turn.Outcome, inTime ? Is.InstanceOf<EapOutcome.Succeeded>() : Is.InstanceOf<EapOutcome.Failed>());
            Assert.That(conversations.Count, Is.Zero);
            Assert.That(_counted.GetValueOrDefault("radius.server.eap.expired"), Is.EqualTo(inTime ? 0 : 1));
            Assert.That(_counted["radius.server.eap.open"], Is.Zero);
        }
    }

    [Test]
    public void The_oldest_are_forgotten_and_an_answer_makes_young_again()
    {
        EapConversations conversations = Conversations();
        EapTurn older = Identify(conversations, "alice", "MSCHAPv2");
        older.Supply(Known("wonderland"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        EapTurn younger = Identify(conversations, "bob");
        younger.Supply(Known("x"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        _ = Take(conversations, older.State, MsChapV2Response((EapOutcome.Challenge)older.Outcome, "alice", "wonderland"), "alice");

        _clock.Advance(TimeSpan.FromSeconds(20));
        EapTurn late = Take(conversations, younger.State, Text((EapOutcome.Challenge)younger.Outcome, "x"), "bob");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.Outcome, Is.InstanceOf<EapOutcome.Failed>());
            Assert.That(conversations.Count, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_full_table_refuses_new_conversations_and_counts_them_until_old_ones_go()
    {
        EapConversations conversations = Conversations(capacity: 3);
        for (int i = 0; i < 3; i++)
        {
            Identify(conversations, $"user{i}").Supply(Known("x"));
        }

        EapTurn refused = Identify(conversations, "late");
        _clock.Advance(TimeSpan.FromSeconds(30));
        EapTurn taken = Identify(conversations, "late");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((EapOutcome.Failed)refused.Outcome).Reason, Is.EqualTo(EapFailure.TooManyConversations));
            Assert.That(Octets(refused), Is.EqualTo(EapMessage.Failure(1)));
            Assert.That(_counted["radius.server.eap.failed too_many_conversations"], Is.EqualTo(1));
            Assert.That(taken.Outcome, Is.InstanceOf<EapOutcome.NeedsCredential>());
        }
    }

    [Test]
    public void Two_requests_are_not_at_work_on_one_conversation()
    {
        EapConversations conversations = Conversations();
        EapTurn start = Take(conversations, default, default, "");
        byte[] identity = EapMessage.Response(((EapOutcome.Challenge)start.Outcome).Message.Span[1], EapType.Identity, "alice"u8);
        EapTurn lookingUp = Take(conversations, start.State, identity, "alice");

        bool taken = conversations.TryTake(s_nas, s_methods, start.State, "alice"u8, identity, out EapTurn? second);
        lookingUp.Supply(Known("wonderland"));
        bool takenAfterwards = conversations.TryTake(s_nas, s_methods, start.State, "alice"u8, identity, out EapTurn? third);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.False);
            Assert.That(second, Is.Null);
            Assert.That(_counted["radius.server.eap.busy"], Is.EqualTo(1));
            Assert.That(takenAfterwards, Is.True);
            Assert.That(Octets(third!), Is.EqualTo(Octets(lookingUp)));
        }
    }

    [Test]
    public void Of_many_threads_with_the_right_answer_one_gets_in()
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice");
        first.Supply(Known("wonderland"));
        byte[] answer = Text((EapOutcome.Challenge)first.Outcome, "wonderland");
        int succeeded = 0;

        Parallel.For(0, 64, _ =>
        {
            if (conversations.TryTake(s_nas, s_methods, first.State, "alice"u8, answer, out EapTurn? turn) && turn.Outcome is EapOutcome.Succeeded)
            {
                Interlocked.Increment(ref succeeded);
            }
        });

        Assert.That(succeeded, Is.EqualTo(1));
    }

    [Test]
    public void A_User_Name_that_is_not_the_peers_own_is_refused_in_every_round()
    {
        EapConversations conversations = Conversations();
        EapTurn atOnce = Take(conversations, default, EapMessage.Response(1, EapType.Identity, "alice"u8), "bob");
        EapTurn nameless = Take(conversations, default, EapMessage.Response(1, EapType.Identity, default), "bob");
        EapTurn first = Identify(conversations, "alice");
        first.Supply(Known("wonderland"));

        EapTurn later = Take(conversations, first.State, Text((EapOutcome.Challenge)first.Outcome, "wonderland"), "bob");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((EapOutcome.Failed)atOnce.Outcome).Reason, Is.EqualTo(EapFailure.NameMismatch));
            Assert.That(((EapOutcome.Failed)nameless.Outcome).Reason, Is.EqualTo(EapFailure.NameMismatch));
            Assert.That(((EapOutcome.Failed)later.Outcome).Reason, Is.EqualTo(EapFailure.NameMismatch));
            Assert.That(conversations.Count, Is.Zero);
        }
    }

    [Test]
    public void A_wrong_password_is_told_once_and_the_conversation_is_gone()
    {
        EapConversations conversations = Conversations();
        EapTurn first = Identify(conversations, "alice");
        first.Supply(Known("wonderland"));

        EapTurn second = Take(conversations, first.State, Text((EapOutcome.Challenge)first.Outcome, "wrong"), "alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Outcome, Is.InstanceOf<EapOutcome.Failed>());
            Assert.That(second.Outcome.WrongPassword, Is.True);
            Assert.That(second.Method, Is.EqualTo(EapType.GenericTokenCard));
            Assert.That(conversations.Count, Is.Zero);
            Assert.That(_counted["radius.server.eap.failed wrong_password"], Is.EqualTo(1));
        }
    }

    [Test]
    public void Names_of_methods_that_are_not_known_are_left_out()
    {
        EapConversations conversations = Conversations();

        _ = conversations.TryTake(s_nas, ["PEAP", "gtc"], default, default, EapMessage.Response(1, EapType.Identity, "alice"u8), out EapTurn? turn);
        turn!.Supply(Known("x"));

        Assert.That(((EapOutcome.Challenge)turn.Outcome).Message.Span[4], Is.EqualTo((byte)EapType.GenericTokenCard));
    }

    [TestCase(0, 30)]
    [TestCase(10, 0)]
    public void Options_out_of_range_are_told_by_name(int conversations, int seconds)
    {
        ValidateOptionsResult result = new EapOptionsValidator().Validate(
            null, new EapOptions { MaximumConversations = conversations, AnswerSeconds = seconds });

        Assert.That(result.FailureMessage, Does.Contain(conversations == 0 ? "MaximumConversations" : "AnswerSeconds"));
    }

    private EapConversations Conversations(int capacity = 10_000)
    {
        IMeterFactory meters = _services.GetRequiredService<IMeterFactory>();
        EapMetrics metrics = new(meters);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string name = tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
            lock (_counted)
            {
                _counted[name] = _counted.GetValueOrDefault(name) + value;
            }
        });
        _listener.Start();
        return new EapConversations(_clock, Options.Create(new EapOptions { MaximumConversations = capacity }), metrics);
    }

    private static EapTurn Identify(EapConversations conversations, string name, string method = "GTC")
    {
        byte[] octets = Encoding.UTF8.GetBytes(name);
        bool taken = conversations.TryTake(s_nas, [method], default, octets, EapMessage.Response(1, EapType.Identity, octets), out EapTurn? turn);
        Assert.That(taken, Is.True);
        return turn!;
    }

    private static EapTurn Take(EapConversations conversations, ReadOnlySpan<byte> state, ReadOnlySpan<byte> message, string userName)
    {
        bool taken = conversations.TryTake(s_nas, s_methods, state, Encoding.UTF8.GetBytes(userName), message, out EapTurn? turn);
        Assert.That(taken, Is.True);
        return turn!;
    }

    private static EapCredential Known(string password) => EapCredential.OfPassword(Encoding.UTF8.GetBytes(password));

    private static byte[] Octets(EapTurn turn) => turn.Outcome switch
    {
        EapOutcome.Challenge challenge => challenge.Message.ToArray(),
        EapOutcome.Failed failed => failed.Message.ToArray(),
        _ => [],
    };

    private static byte[] Text(EapOutcome.Challenge prompt, string text) =>
        EapMessage.Response(prompt.Message.Span[1], EapType.GenericTokenCard, Encoding.UTF8.GetBytes(text));

    private static byte[] MsChapV2Response(EapOutcome.Challenge challenge, string name, string password)
    {
        ReadOnlySpan<byte> request = challenge.Message.Span;
        byte[] nameOctets = Encoding.UTF8.GetBytes(name);
        byte[] peerChallenge = RandomNumberGenerator.GetBytes(16);
        byte[] response = new byte[24];

        // Header, type, OpCode, ID, MS-Length, Value-Size: the challenge begins at octet 10.
        MsChapV2.NtResponse(request.Slice(10, 16), peerChallenge, nameOctets, Encoding.UTF8.GetBytes(password), response);
        byte[] data = [2, request[6], 0, 0, 49, .. peerChallenge, .. new byte[8], .. response, 0, .. nameOctets];
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2), (ushort)data.Length);
        return EapMessage.Response(request[1], EapType.MsChapV2, data);
    }
}
