using System.Text;
using Kiwire.Radius.Eap;

namespace Kiwire.Radius.Tests.Eap;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class EapConversationTests
{
    private static readonly EapMethodKind[] s_all = [EapMethodKind.MsChapV2, EapMethodKind.Md5, EapMethodKind.Gtc];

    private static IEnumerable<TestCaseData> OrdersAndWishes()
    {
        EapMethodKind[][] orders =
        [
            [EapMethodKind.Md5, EapMethodKind.MsChapV2, EapMethodKind.Gtc],
            [EapMethodKind.Md5, EapMethodKind.Gtc, EapMethodKind.MsChapV2],
            [EapMethodKind.MsChapV2, EapMethodKind.Md5, EapMethodKind.Gtc],
            [EapMethodKind.MsChapV2, EapMethodKind.Gtc, EapMethodKind.Md5],
            [EapMethodKind.Gtc, EapMethodKind.Md5, EapMethodKind.MsChapV2],
            [EapMethodKind.Gtc, EapMethodKind.MsChapV2, EapMethodKind.Md5],
        ];
        foreach (EapMethodKind[] order in orders)
        {
            foreach (EapType wish in (EapType[])[EapType.Md5Challenge, EapType.MsChapV2, EapType.GenericTokenCard])
            {
                yield return new TestCaseData(string.Join(',', order.Select(static kind => kind.Name)), wish);
            }
        }
    }

    [TestCaseSource(nameof(OrdersAndWishes))]
    public void A_peer_gets_in_by_the_method_it_wants_whatever_is_offered_first(string order, EapType wish)
    {
        EapConversation conversation = new([.. order.Split(',').Select(Kind)]);
        Peer peer = new("alice", "wonderland", wish);

        EapOutcome outcome = Converse(conversation, peer, Known("wonderland"));

        Assert.That(outcome, Is.InstanceOf<EapOutcome.Succeeded>());
        EapOutcome.Succeeded success = (EapOutcome.Succeeded)outcome;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(success.Method, Is.EqualTo(wish));
            Assert.That(success.Message.Length, Is.EqualTo(4));
            Assert.That(success.Message.Span[0], Is.EqualTo((byte)EapCode.Success));
            Assert.That(success.FailureMessage.ToArray(), Is.EqualTo(new byte[] { 4, success.Message.Span[1], 0, 4 }));
            Assert.That(success.Keys, wish == EapType.MsChapV2 ? Is.Not.Null : Is.Null);
            Assert.That(success.WrongPassword, Is.False);
            Assert.That(conversation.HasEnded, Is.True);
            Assert.That(Encoding.UTF8.GetString(conversation.Identity.Span), Is.EqualTo("alice"));
        }
    }

    [Test]
    public void MSCHAPv2_gives_both_sides_the_same_keys()
    {
        Peer peer = new("DOMAIN\\alice", "w\u00f6nderland");

        EapOutcome.Succeeded success = (EapOutcome.Succeeded)Converse(new([EapMethodKind.MsChapV2]), peer, Known("w\u00f6nderland"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(success.Keys!.SendKey.ToArray(), Is.EqualTo(peer.ReceiveKey));
            Assert.That(success.Keys.ReceiveKey.ToArray(), Is.EqualTo(peer.SendKey));
            Assert.That(peer.SendKey, Is.Not.EqualTo(peer.ReceiveKey));
            Assert.That(peer.Said, Does.Match("^S=[0-9A-F]{40} M="));
        }
    }

    [Test]
    public void A_wrong_password_is_refused_by_every_method(
        [Values("MD5", "MSCHAPv2", "GTC")] string method, [Values("Wonderland", "", "wonderland ")] string password)
    {
        EapOutcome outcome = Converse(new([Kind(method)]), new("alice", password), Known("wonderland"), out List<EapOutcome> all);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.InstanceOf<EapOutcome.Failed>());
            Assert.That(((EapOutcome.Failed)outcome).Reason, Is.EqualTo(EapFailure.WrongPassword));
            Assert.That(((EapOutcome.Failed)outcome).Message.Span[0], Is.EqualTo((byte)EapCode.Failure));
            Assert.That(all.Count(static one => one.WrongPassword), Is.EqualTo(1), "counted once");
        }
    }

    [Test]
    public void An_unknown_user_takes_the_same_messages_as_a_wrong_password([Values("MD5", "MSCHAPv2", "GTC")] string method)
    {
        Converse(new([Kind(method)]), new("alice", "wrong"), Known("wonderland"), out List<EapOutcome> wrong);
        Converse(new([Kind(method)]), new("nobody", "wrong"), EapCredential.Unknown, out List<EapOutcome> unknown);

        Assert.That(unknown.Select(Shape), Is.EqualTo(wrong.Select(Shape)));
    }

    [Test]
    public void Nothing_proves_an_unknown_user([Values("MD5", "MSCHAPv2", "GTC")] string method)
    {
        EapOutcome outcome = Converse(new([Kind(method)]), new("nobody", ""), EapCredential.Unknown);

        Assert.That(outcome, Is.InstanceOf<EapOutcome.Failed>());
    }

    [Test]
    public void A_voucher_may_come_with_its_code_or_with_no_password(
        [Values("MD5", "MSCHAPv2", "GTC")] string method, [Values("CODE7", "")] string password)
    {
        EapCredential credential = EapCredential.OfPassword("CODE7"u8.ToArray(), acceptsEmpty: true);

        EapOutcome outcome = Converse(new([Kind(method)]), new("CODE7", password), credential);

        Assert.That(outcome, Is.InstanceOf<EapOutcome.Succeeded>());
    }

    [Test]
    public void MSCHAPv2_says_E_691_before_it_fails()
    {
        Peer peer = new("alice", "wrong");

        Converse(new([EapMethodKind.MsChapV2]), peer, Known("wonderland"));

        Assert.That(peer.Said, Does.Match("^E=691 R=0 C=[0-9A-F]{32} V=3 M="));
    }

    [Test]
    public void A_peer_that_does_not_believe_the_server_ends_the_conversation()
    {
        EapConversation conversation = new([EapMethodKind.MsChapV2]);
        Peer peer = new("alice", "wonderland");
        _ = conversation.Receive(peer.Identity(1));
        byte[] challenge = Sent(conversation.Supply(Known("wonderland")));
        byte[] proof = Sent(conversation.Receive(peer.Answer(challenge)));

        EapOutcome outcome = conversation.Receive(EapMessage.Response(proof[1], EapType.MsChapV2, [4]));

        Assert.That(outcome, Is.InstanceOf<EapOutcome.Failed>());
        Assert.That(((EapOutcome.Failed)outcome).Reason, Is.EqualTo(EapFailure.Abandoned));
    }

    [Test]
    public void A_peer_cannot_say_that_it_succeeded_before_it_answered()
    {
        EapConversation conversation = new([EapMethodKind.MsChapV2]);
        _ = conversation.Receive(new Peer("alice", "?").Identity(1));
        byte[] challenge = Sent(conversation.Supply(Known("wonderland")));

        EapOutcome outcome = conversation.Receive(EapMessage.Response(challenge[1], EapType.MsChapV2, [3]));

        Assert.That(outcome, Is.EqualTo(new EapOutcome.Challenge(challenge, Repeated: true)).Using<EapOutcome.Challenge>(Same));
    }

    [Test]
    public void A_peer_cannot_say_that_it_succeeded_after_a_wrong_password()
    {
        EapConversation conversation = new([EapMethodKind.MsChapV2]);
        Peer peer = new("alice", "wrong");
        _ = conversation.Receive(peer.Identity(1));
        byte[] challenge = Sent(conversation.Supply(Known("wonderland")));
        byte[] refusal = Sent(conversation.Receive(peer.Answer(challenge)));

        EapOutcome outcome = conversation.Receive(EapMessage.Response(refusal[1], EapType.MsChapV2, [3]));

        Assert.That(outcome, Is.InstanceOf<EapOutcome.Failed>());
    }

    [Test]
    public void An_EAP_Start_is_answered_by_an_Identity_request()
    {
        EapConversation conversation = new(s_all);
        Peer peer = new("alice", "wonderland");

        byte[] request = Sent(conversation.Receive(default));
        EapOutcome next = conversation.Receive(peer.Answer(request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request[4], Is.EqualTo((byte)EapType.Identity));
            Assert.That(next, Is.InstanceOf<EapOutcome.NeedsCredential>());
        }
    }

    [Test]
    public void A_name_ends_at_a_NUL()
    {
        EapConversation conversation = new(s_all);

        EapOutcome outcome = conversation.Receive(new Peer("alice\0networkid=x", "").Identity(1));

        Assert.That(((EapOutcome.NeedsCredential)outcome).Identity.ToArray(), Is.EqualTo("alice"u8.ToArray()));
    }

    [TestCase(253, true)]
    [TestCase(254, false)]
    public void A_name_is_no_longer_than_a_User_Name_can_be(int length, bool taken)
    {
        EapOutcome outcome = new EapConversation(s_all).Receive(new Peer(new string('a', length), "").Identity(1));

        Assert.That(outcome, taken ? Is.InstanceOf<EapOutcome.NeedsCredential>() : Is.InstanceOf<EapOutcome.Failed>());
    }

    [Test]
    public void Identifiers_go_up_by_one_and_wrap()
    {
        EapConversation conversation = new([EapMethodKind.MsChapV2]);
        Peer peer = new("alice", "wonderland");
        _ = conversation.Receive(peer.Identity(254));

        byte[] first = Sent(conversation.Supply(Known("wonderland")));
        byte[] second = Sent(conversation.Receive(peer.Answer(first)));
        EapOutcome.Succeeded end = (EapOutcome.Succeeded)conversation.Receive(peer.Answer(second));

        Assert.That((byte[])[first[1], second[1], end.Message.Span[1]], Is.EqualTo(new byte[] { 255, 0, 0 }));
    }

    [Test]
    public void A_Nak_for_nothing_in_common_fails()
    {
        EapOutcome outcome = Converse(new([EapMethodKind.Md5]), new("alice", "x", EapType.Peap, EapType.Tls), Known("x"));

        Assert.That(((EapOutcome.Failed)outcome).Reason, Is.EqualTo(EapFailure.NoCommonMethod));
    }

    [Test]
    public void The_servers_order_decides_among_what_a_Nak_names()
    {
        EapOutcome outcome = Converse(
            new([EapMethodKind.Md5, EapMethodKind.MsChapV2, EapMethodKind.Gtc]),
            new("alice", "x", EapType.GenericTokenCard, EapType.MsChapV2),
            Known("x"));

        Assert.That(((EapOutcome.Succeeded)outcome).Method, Is.EqualTo(EapType.MsChapV2));
    }

    [Test]
    public void A_Nak_after_the_method_has_begun_is_not_looked_at()
    {
        EapConversation conversation = new(s_all);
        Peer peer = new("alice", "wonderland");
        _ = conversation.Receive(peer.Identity(1));
        byte[] challenge = Sent(conversation.Supply(Known("wonderland")));
        byte[] proof = Sent(conversation.Receive(peer.Answer(challenge)));

        EapOutcome outcome = conversation.Receive(EapMessage.Response(proof[1], EapType.Nak, [(byte)EapType.Md5Challenge]));

        Assert.That(outcome, Is.EqualTo(new EapOutcome.Challenge(proof, Repeated: true)).Using<EapOutcome.Challenge>(Same));
    }

    [Test]
    public void No_methods_fail_at_once()
    {
        EapOutcome outcome = Converse(new([]), new("alice", "x"), Known("x"));

        Assert.That(((EapOutcome.Failed)outcome).Reason, Is.EqualTo(EapFailure.NoCommonMethod));
    }

    [TestCase("", Description = "nothing")]
    [TestCase("02")]
    [TestCase("0102000501", Description = "a Request")]
    [TestCase("03020004", Description = "a Success")]
    [TestCase("0201000504", Description = "another identifier")]
    [TestCase("0202000506", Description = "another type")]
    [TestCase("0202000504", Description = "no value")]
    [TestCase("0202001504" + "11" + "000102030405060708090A0B0C0D0E", Description = "a wrong Value-Size")]
    public void What_does_not_answer_the_request_gets_it_again(string hex)
    {
        EapConversation conversation = new([EapMethodKind.Md5]);
        Peer peer = new("alice", "wonderland");
        _ = conversation.Receive(peer.Identity(1));
        byte[] challenge = Sent(conversation.Supply(Known("wonderland")));

        EapOutcome outcome = conversation.Receive(Convert.FromHexString(hex));
        EapOutcome end = conversation.Receive(peer.Answer(challenge));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(new EapOutcome.Challenge(challenge, Repeated: true)).Using<EapOutcome.Challenge>(Same));
            Assert.That(end, Is.InstanceOf<EapOutcome.Succeeded>(), "it goes on all the same");
        }
    }

    [TestCase("02")]
    [TestCase("0102000501", Description = "a Request")]
    [TestCase("04020004", Description = "a Failure")]
    [TestCase("0202000503", Description = "a Nak for a request of the NAS")]
    public void What_cannot_begin_a_conversation_fails(string hex)
    {
        EapOutcome outcome = new EapConversation(s_all).Receive(Convert.FromHexString(hex));

        Assert.That(((EapOutcome.Failed)outcome).Reason, Is.EqualTo(EapFailure.Malformed));
    }

    [Test]
    public void A_conversation_ends_after_twenty_messages()
    {
        EapConversation conversation = new([EapMethodKind.Md5]);
        _ = conversation.Receive(new Peer("alice", "x").Identity(1));
        _ = conversation.Supply(Known("x"));
        EapOutcome outcome = conversation.Repeat();
        int received = 1;
        while (!conversation.HasEnded)
        {
            outcome = conversation.Receive("??"u8);
            received++;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(received, Is.EqualTo(EapConversation.MaximumRounds + 1));
            Assert.That(((EapOutcome.Failed)outcome).Reason, Is.EqualTo(EapFailure.TooManyRounds));
        }
    }

    [Test]
    public void GTC_waits_where_the_caller_judges_and_may_ask_for_a_code()
    {
        EapConversation conversation = new([EapMethodKind.Gtc]);
        _ = conversation.Receive(new Peer("alice", "").Identity(1));
        EapCredential credential = EapCredential.JudgedByCaller();

        byte[] first = Sent(conversation.Supply(credential));
        EapOutcome wait = conversation.Receive(new Peer("alice", "wonderland").Answer(first));
        byte[] second = Sent(conversation.Resume(EapVerdict.Ask("Code: "u8.ToArray())));
        EapOutcome waitAgain = conversation.Receive(new Peer("alice", "123456").Answer(second));
        EapOutcome end = conversation.Resume(EapVerdict.Right);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((EapOutcome.NeedsVerdict)wait).Text.ToArray(), Is.EqualTo("wonderland"u8.ToArray()));
            Assert.That(second[5..], Is.EqualTo("Code: "u8.ToArray()));
            Assert.That(((EapOutcome.NeedsVerdict)waitAgain).Text.ToArray(), Is.EqualTo("123456"u8.ToArray()));
            Assert.That(end, Is.InstanceOf<EapOutcome.Succeeded>());
        }
    }

    [Test]
    public void GTC_fails_where_the_caller_says_so()
    {
        EapConversation conversation = new([EapMethodKind.Gtc]);
        _ = conversation.Receive(new Peer("alice", "").Identity(1));
        byte[] prompt = Sent(conversation.Supply(EapCredential.JudgedByCaller()));
        _ = conversation.Receive(new Peer("alice", "no").Answer(prompt));

        EapOutcome end = conversation.Resume(EapVerdict.Wrong);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((EapOutcome.Failed)end).Reason, Is.EqualTo(EapFailure.WrongPassword));
            Assert.That(end.WrongPassword, Is.True);
        }
    }

    [Test]
    public void Challenges_are_never_the_same([Values("MD5", "MSCHAPv2")] string method)
    {
        HashSet<string> challenges = [];
        for (int i = 0; i < 100; i++)
        {
            EapConversation conversation = new([Kind(method)]);
            _ = conversation.Receive(new Peer("alice", "x").Identity(1));
            challenges.Add(Convert.ToHexString(Sent(conversation.Supply(Known("x")))));
        }

        Assert.That(challenges, Has.Count.EqualTo(100));
    }

    [Test]
    public void Every_truncated_or_flipped_answer_is_refused_or_ignored([Values("MD5", "MSCHAPv2", "GTC")] string method)
    {
        for (int at = 0; at < 80; at++)
        {
            foreach (bool truncate in (bool[])[true, false])
            {
                EapConversation conversation = new([Kind(method)]);
                Peer peer = new("alice", "wonderland");
                _ = conversation.Receive(peer.Identity(1));
                byte[] answer = peer.Answer(Sent(conversation.Supply(Known("wonderland"))));
                if (at >= answer.Length || (!truncate && !Counts(method, at, answer.Length)))
                {
                    continue;
                }

                answer[at] ^= 0x20;
                EapOutcome outcome = conversation.Receive(truncate ? answer[..at] : answer);

                Assert.That(
                    outcome is EapOutcome.Failed or EapOutcome.Challenge { Repeated: true } or EapOutcome.Challenge { WrongPassword: true },
                    Is.True,
                    $"octet {at}, truncated {truncate}: {outcome}");
            }
        }

        // A name after MD5's value, MS-Length, the reserved octets and the flags say nothing.
        static bool Counts(string method, int at, int length) => method switch
        {
            "MD5" => at < 4 + 1 + 1 + 16,
            "MSCHAPv2" => at is not (7 or 8) and not (>= 26 and < 34) and not 58,
            _ => at < length,
        };
    }

    [Test]
    public void Random_messages_never_let_anybody_in()
    {
        const int seed = 3579;
        Random random = new(seed);
        byte[] types = [0, 1, 2, 3, 4, 6, 13, 26, 254];
        for (int i = 0; i < 5_000; i++)
        {
            EapConversation conversation = new(s_all);
            EapOutcome outcome = conversation.Receive(new Peer("alice", "x").Identity(1));
            outcome = conversation.Supply(Known("wonderland"));
            while (!conversation.HasEnded)
            {
                byte[] data = new byte[random.Next(70)];
                random.NextBytes(data);
                byte identifier = outcome is EapOutcome.Challenge challenge ? challenge.Message.Span[1] : (byte)0;
                outcome = conversation.Receive(EapMessage.Response(identifier, (EapType)types[random.Next(types.Length)], data));
            }

            Assert.That(outcome, Is.InstanceOf<EapOutcome.Failed>(), $"seed {seed}, run {i}");
        }
    }

    [Test]
    public void Secrets_do_not_print_themselves()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Known("wonderland").ToString(), Is.EqualTo("(credential)"));
            Assert.That(new EapKeys(new byte[16], new byte[16]).ToString(), Is.EqualTo("(keys)"));
            Assert.That(new EapOutcome.NeedsVerdict("x"u8.ToArray()).ToString(), Is.EqualTo("NeedsVerdict"));
        }
    }

    [Test]
    public void Calls_out_of_turn_are_errors()
    {
        EapConversation conversation = new(s_all);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => conversation.Supply(EapCredential.Unknown), Throws.InvalidOperationException);
            Assert.That(() => conversation.Resume(EapVerdict.Right), Throws.InvalidOperationException);
            Assert.That(() => conversation.Repeat(), Throws.InvalidOperationException);
            _ = conversation.Receive(new Peer("alice", "x").Identity(1));
            Assert.That(() => conversation.Receive(default), Throws.InvalidOperationException);
        }
    }

    [TestCase("md5", EapType.Md5Challenge)]
    [TestCase("MSCHAPv2", EapType.MsChapV2)]
    [TestCase("Gtc", EapType.GenericTokenCard)]
    public void Methods_are_found_by_name(string name, EapType type)
    {
        Assert.That(Kind(name).Type, Is.EqualTo(type));
        Assert.That(EapMethodKind.TryFind("PEAP", out _), Is.False);
    }

    private static EapCredential Known(string password) => EapCredential.OfPassword(Encoding.UTF8.GetBytes(password));

    private static EapMethodKind Kind(string name) =>
        EapMethodKind.TryFind(name, out EapMethodKind? kind) ? kind : throw new AssertionException(name);

    private static byte[] Sent(EapOutcome outcome) => ((EapOutcome.Challenge)outcome).Message.ToArray();

    private static bool Same(EapOutcome.Challenge one, EapOutcome.Challenge other) =>
        one.Message.Span.SequenceEqual(other.Message.Span) && one.Repeated == other.Repeated;

    private static string Shape(EapOutcome outcome) => outcome switch
    {
        EapOutcome.Challenge challenge => $"challenge {challenge.Message.Length} {challenge.Message.Span[4]} {challenge.WrongPassword}",
        EapOutcome.Failed failed => $"failed {failed.Reason} {failed.WrongPassword}",
        _ => outcome.GetType().Name,
    };

    private static EapOutcome Converse(EapConversation conversation, Peer peer, EapCredential credential) =>
        Converse(conversation, peer, credential, out _);

    private static EapOutcome Converse(
        EapConversation conversation, Peer peer, EapCredential credential, out List<EapOutcome> all)
    {
        all = [];
        EapOutcome outcome = conversation.Receive(peer.Identity(1));
        while (true)
        {
            all.Add(outcome);
            switch (outcome)
            {
                case EapOutcome.Challenge challenge:
                    outcome = conversation.Receive(peer.Answer(challenge.Message.Span));
                    break;
                case EapOutcome.NeedsCredential:
                    outcome = conversation.Supply(credential);
                    break;
                default:
                    return outcome;
            }
        }
    }
}
