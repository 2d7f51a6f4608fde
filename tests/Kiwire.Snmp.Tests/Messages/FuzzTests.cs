using System.Net;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Tests.Client;

namespace Kiwire.Snmp.Tests.Messages;

/// <summary>Answers that are damaged: each is either read or refused with what is wrong with it; nothing is thrown, nothing goes on for ever.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FuzzTests
{
    private const int RequestId = 0x1234567;

    private static readonly SnmpTarget Target = new(new IPEndPoint(IPAddress.Loopback, 161), new CommunityCredentials(SnmpVersion.V2c, "public"));

    private static readonly VariableBinding[] Bindings =
    [
        new(ObjectId.Parse("1.3.6.1.2.1.1.1.0"), SnmpValue.OctetString("RouterOS RB4011iGS+")),
        new(ObjectId.Parse("1.3.6.1.2.1.1.2.0"), SnmpValue.ObjectIdentifier(ObjectId.Parse("1.3.6.1.4.1.14988.1"))),
        new(ObjectId.Parse("1.3.6.1.2.1.1.3.0"), SnmpValue.TimeTicks(3_000_000_000)),
        new(ObjectId.Parse("1.3.6.1.2.1.2.2.1.10.1"), SnmpValue.Counter32(4_000_000_000)),
        new(ObjectId.Parse("1.3.6.1.2.1.31.1.1.1.6.1"), SnmpValue.Counter64(ulong.MaxValue)),
        new(ObjectId.Parse("1.3.6.1.2.1.4.20.1.1.10.0.0.1"), SnmpValue.IpAddress(IPAddress.Parse("10.0.0.1"))),
        new(ObjectId.Parse("1.3.6.1.4.1.2021.10.1.6.1"), SnmpValue.Opaque([0x9F, 0x78, 4, 0x3E, 0x80, 0, 0])),
        new(ObjectId.Parse("1.3.6.1.2.1.2.2.1.8.1"), SnmpValue.Integer32(-1)),
        new(ObjectId.Parse("1.3.6.1.2.1.1.99.0"), SnmpValue.Exception(SnmpType.NoSuchObject)),
    ];

    [Test]
    public void Two_hundred_thousand_damaged_answers_are_read_or_refused()
    {
        const int seed = 20_260_101;
        Random random = new(seed);
        byte[] good = Answer();
        byte[] damaged = new byte[good.Length + 64];
        int[] kinds = new int[3];
        for (int round = 0; round < 200_000; round++)
        {
            int length = Damage(random, good, damaged);
            kinds[(int)Read(damaged.AsSpan(0, length))]++;
        }

        Assert.That(kinds, Has.All.GreaterThan(1000), $"seed {seed}: as many kinds of damage as kinds of answer");
    }

    [Test]
    public void An_answer_cut_off_anywhere_is_refused()
    {
        byte[] good = Answer();

        using (Assert.EnterMultipleScope())
        {
            for (int length = 0; length < good.Length; length++)
            {
                Assert.That(Read(good.AsSpan(0, length).ToArray()), Is.EqualTo(Verdict.NotFound), $"{length} octets");
            }

            Assert.That(Read(good), Is.EqualTo(Verdict.Read));
        }
    }

    // Each length octet of the nested elements is made to end its element too early or too late.
    [Test]
    public void Lengths_that_do_not_fit_into_one_another_are_refused()
    {
        byte[] good = FakeAgent.Write(Request(), SnmpErrorStatus.NoError, 0, Bindings[..1]);
        int[] lengths = LengthsOf(good);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lengths, Has.Length.EqualTo(11));
            foreach (int position in lengths)
            {
                foreach (int change in (int[])[-1, 1, 40])
                {
                    byte[] bad = [.. good];
                    bad[position] = (byte)(bad[position] + change);
                    Assert.That(Read(bad), Is.Not.EqualTo(Verdict.Read), $"octet {position} changed by {change}");
                }
            }
        }
    }

    [Test]
    public void Octets_behind_the_message_are_no_fault() => Assert.That(Read([.. Answer(), 0, 0, 0xFF]), Is.EqualTo(Verdict.Read));

    [Test]
    public void Values_of_the_types_of_RFC_1442_are_read()
    {
        // UInteger32 (0x47) 7, NsapAddress (0x45) AB.
        byte[] list = Convert.FromHexString("3008" + "06032B0601" + "470107" + "3008" + "06032B0602" + "4501AB");

        Assert.That(BindingReader.TryRead(list, [], out VariableBinding[] bindings, out string fault), Is.True, fault);
        Assert.That(bindings.Select(binding => binding.Value), Is.EqualTo((SnmpValue[])[SnmpValue.Gauge32(7), SnmpValue.OctetString([0xAB])]));
    }

    private static AgentRequest Request() => new(SnmpVersion.V2c, "public"u8.ToArray(), PduType.GetRequest, RequestId, 0, 0, Bindings, Target.EndPoint);

    private static byte[] Answer() => FakeAgent.Write(Request(), SnmpErrorStatus.NoError, 0, Bindings);

    private static int Damage(Random random, byte[] good, byte[] damaged)
    {
        good.CopyTo(damaged, 0);
        int length = good.Length;
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int at = random.Next(length);
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged[at] = random.Next(4) switch { 0 => 0x80, 1 => 0xFF, 2 => 0x7F, _ => 0x84 };
                    break;
                case 3 when length < damaged.Length:
                    damaged.AsSpan(at, length - at).CopyTo(damaged.AsSpan(at + 1));
                    length++;
                    break;
                case 4 when length > 1:
                    damaged.AsSpan(at + 1, length - at - 1).CopyTo(damaged.AsSpan(at));
                    length--;
                    break;
                default:
                    length = random.Next(20) == 0 ? Math.Max(at, 1) : length;
                    break;
            }
        }

        return length;
    }

    private static Verdict Read(Span<byte> datagram)
    {
        if (!MessageHeader.TryParse(datagram, out MessageHeader header) || header.Version != SnmpVersion.V2c || header.Id != RequestId)
        {
            return Verdict.NotFound;
        }

        object? state = null;
        UnwrappedMessage message = Target.Credentials.Model.Unwrap(Target, datagram, RequestId, TimeProvider.System, ref state);
        if (message.Verdict != MessageVerdict.Answer)
        {
            Assert.That(message.Verdict == MessageVerdict.Ignored || message.Detail?.Length > 0, Is.True);
            return Verdict.Refused;
        }

        PduRequest request = new() { Type = PduType.GetRequest, Ids = Array.ConvertAll(Bindings, binding => binding.Id) };
        SnmpOutcome outcome = AnswerReader.Read(request, message.Pdu);
        if (!outcome.IsAnswered)
        {
            Assert.That(outcome.Describe(Target), Is.Not.Empty);
            return Verdict.Refused;
        }

        foreach (VariableBinding binding in outcome.Bindings)
        {
            _ = binding.Value.ToString();
            _ = binding.Value.TryGetDouble(out _);
        }

        return Verdict.Read;
    }

    /// <summary>Where the lengths of all elements are, those within others too.</summary>
    private static int[] LengthsOf(byte[] message)
    {
        List<int> positions = [];
        Collect(0, message.Length);
        return [.. positions];

        void Collect(int start, int end)
        {
            while (start < end)
            {
                positions.Add(start + 1);
                int next = start + 2 + message[start + 1];
                if (message[start] is 0x30 or 0xA2)
                {
                    Collect(start + 2, next);
                }

                start = next;
            }
        }
    }

    private enum Verdict
    {
        NotFound,
        Refused,
        Read,
    }
}
