using System.Net;
using System.Net.Sockets;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Tests.Client;

[NonParallelizable]
public sealed class AllocationTests
{
    private static readonly ObjectId[] Ids = [.. Enumerable.Range(1, 20).Select(static i => ObjectId.Parse("1.3.6.1.2.1.2.2.1.10").Append((uint)i))];

    [Test]
    [CancelAfter(240_000)]
    public async Task A_get_allocates_little_but_its_answer(CancellationToken cancellationToken)
    {
        using Echo agent = new();
        await using SnmpClient client = new();
        SnmpTarget target = new(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromSeconds(60) };
        _ = await GetAsync(client, target, 500, cancellationToken);

        const int rounds = 400;
        bool answered = true;
        long each = long.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            // What the runner's own threads allocate meanwhile only adds: the least is the client's.
            long before = GC.GetTotalAllocatedBytes(precise: true);
            answered &= await GetAsync(client, target, rounds, cancellationToken);
            each = Math.Min(each, (GC.GetTotalAllocatedBytes(precise: true) - before) / rounds);
        }

        // The array of 20 bindings has 664 octets. A debug build adds an object for each asynchronous method; an optimised one nothing.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answered, Is.True);
            Assert.That(each, Is.LessThan(1000));
        }
    }

    [Test]
    public void Reading_an_answer_allocates_its_bindings_and_one_array_for_all_octets()
    {
        VariableBinding[] bindings = Array.ConvertAll(Ids, static id => new VariableBinding(id, id.SubIdentifiers[^1] > 10 ? SnmpValue.OctetString("ether") : SnmpValue.Counter32(uint.MaxValue)));
        AgentRequest asked = new(SnmpVersion.V2c, "public"u8.ToArray(), PduType.GetRequest, 1, 0, 0, bindings, new IPEndPoint(0, 0));
        byte[] answer = FakeAgent.Write(asked, SnmpErrorStatus.NoError, 0, bindings);
        PduRequest request = new() { Type = PduType.GetRequest, Ids = Ids };
        _ = Read(request, answer);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool read = Read(request, answer);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // 24 + 20 x 32 octets, and 24 + 10 x 5 rounded up to eight.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.True);
            Assert.That(allocated, Is.EqualTo(664 + 80));
        }
    }

    // Not on the runner's own scheduler: what it allocates for each continuation is not asked here.
    private static Task<bool> GetAsync(SnmpClient client, SnmpTarget target, int rounds, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            bool answered = true;
            for (int i = 0; i < rounds; i++)
            {
                answered &= (await client.TryGetAsync(target, Ids, cancellationToken).ConfigureAwait(false)).IsAnswered;
            }

            return answered;
        },
        cancellationToken);

    private static bool Read(in PduRequest request, byte[] answer) =>
        MessageHeader.TryParse(answer, out MessageHeader header)
        && PduView.TryParse(header.Pdu, out PduView pdu, out _)
        && AnswerReader.Read(request, pdu).IsAnswered;

    /// <summary>An agent that allocates nothing: the request as it came, called an answer, so that each value is NULL.</summary>
    private sealed class Echo : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Thread _thread;

        public Echo()
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _thread = new Thread(Answer) { IsBackground = true };
            _thread.Start();
        }

        public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

        public void Dispose()
        {
            // An empty datagram ends it.
            using Socket last = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            last.SendTo([], EndPoint);
            _thread.Join();
            _socket.Dispose();
        }

        private void Answer()
        {
            byte[] buffer = new byte[4096];
            SocketAddress from = new(AddressFamily.InterNetwork);
            for (int length = Receive(); length > 0; length = Receive())
            {
                Span<byte> message = buffer.AsSpan(0, length);
                message[message[7..].IndexOf((byte)PduType.GetRequest) + 7] = (byte)PduType.Response;
                _socket.SendTo(message, SocketFlags.None, from);
            }

            int Receive() => _socket.ReceiveFrom(buffer, SocketFlags.None, from);
        }
    }
}
