using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Hostile input in bulk, and what the fast path allocates.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DispatcherCostTests
{
    private const int Seed = 20261122;

    [Test]
    public void A_million_mutated_packets_leave_the_dispatchers_answering()
    {
        using Bench authentication = new(ListenerPurpose.Authentication);
        using Bench accounting = new(ListenerPurpose.Accounting);
        Random random = new(Seed);
        byte[][] seeds =
        [
            Requests.Access(), Requests.Access(attributes: [(Requests.EapMessage, [2, 1, 0, 10, 1, 97, 108, 105, 99, 101]), (Requests.ProxyState, [1, 2, 3])]),
            Requests.Access(messageAuthenticator: false, attributes: (Requests.NasIdentifier, "nas-1"u8.ToArray())), Requests.Status(),
            Requests.Accounting(), Requests.Accounting(messageAuthenticator: true, attributes: (Requests.ProxyState, new byte[200])),
        ];
        byte[] packet = new byte[5000];
        DatagramPath[] paths = [DispatcherHarness.From("192.0.2.1"), DispatcherHarness.From("198.51.100.1"), DispatcherHarness.From("203.0.113.9")];

        for (int i = 0; i < 1_000_000; i++)
        {
            byte[] seed = seeds[random.Next(seeds.Length)];
            seed.CopyTo(packet, 0);
            int length = Mutate(packet, seed.Length, random);
            (random.Next(2) == 0 ? authentication : accounting).Dispatch(packet.AsSpan(0, length), paths[random.Next(8) switch { 0 => 1, 1 => 2, _ => 0 }]);
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (DropReason reason in (DropReason[])
                [
                    DropReason.TooShort, DropReason.BadLength, DropReason.BadAttribute, DropReason.MalformedMessageAuthenticator, DropReason.WrongCode, DropReason.UnknownNas,
                    DropReason.BadMessageAuthenticator, DropReason.DuplicateInProgress,
                ])
            {
                Assert.That(authentication.Counters.Read(reason) + accounting.Counters.Read(reason), Is.GreaterThan(100), $"{reason} (seed {Seed})");
            }

            Assert.That(authentication.Counters.Read(DropReason.HandlerFailed) + accounting.Counters.Read(DropReason.HandlerFailed), Is.Zero);
            Assert.That(authentication.Replies(Requests.Access(77, 77)), Is.EqualTo(1));
            Assert.That(accounting.Replies(Requests.Status(77, 77)), Is.EqualTo(1));
        }
    }

    [Test]
    public void An_Access_Request_that_is_answered_at_once_allocates_nothing()
    {
        using Bench bench = new(ListenerPurpose.Authentication);
        byte[][] requests = [.. Enumerable.Range(0, 1024).Select(i => Requests.Access((byte)i, i))];

        Assert.That(bench.AllocatedBy(requests), Is.Zero);
        Assert.That(bench.Counters.Read(ListenerEvent.Accept), Is.GreaterThan(1024));
    }

    [Test]
    public void An_Accounting_Request_that_is_held_and_released_allocates_nothing()
    {
        using Bench bench = new(ListenerPurpose.Accounting);
        byte[][] requests = [.. Enumerable.Range(0, 1024).Select(i => Requests.Accounting((byte)i, i))];

        Assert.That(bench.AllocatedBy(requests), Is.Zero);
        Assert.That(bench.Counters.Read(ListenerEvent.AccountingResponse), Is.GreaterThan(1024));
    }

    [Test]
    public void Retransmissions_and_drops_allocate_nothing()
    {
        using Bench bench = new(ListenerPurpose.Authentication);
        byte[] forged = Requests.Access(2, 2);
        forged[22] ^= 1;
        byte[][] requests = [.. Enumerable.Repeat(new[] { Requests.Access(), Requests.Status(), forged, forged[..19], Requests.Accounting() }, 200).SelectMany(some => some)];

        Assert.That(bench.AllocatedBy(requests), Is.Zero);
    }

    private static int Mutate(byte[] packet, int length, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                return random.Next(length + 1);
            case 1:
                random.NextBytes(packet.AsSpan(0, length));
                return length;
            case 2:
                packet[3] = (byte)random.Next(256);
                return length;
            case 3:
                int longer = random.Next(length, packet.Length);
                random.NextBytes(packet.AsSpan(length, longer - length));
                (packet[2], packet[3]) = ((byte)(longer >> 8), (byte)longer);
                return longer;
            case 4:
                return length;
            default:
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    packet[random.Next(length)] = (byte)random.Next(256);
                }

                return length;
        }
    }

    /// <summary>A dispatcher whose handlers and batch allocate nothing.</summary>
    private sealed class Bench : IDisposable, IAccessRequestHandler, IAccountingRequestHandler
    {
        private readonly NasDirectory _directory = new();
        private readonly RequestDispatcher _dispatcher;
        private readonly int[] _ticket = new int[1];

        public Bench(ListenerPurpose purpose)
        {
            _directory.Replace(
            [
                NetworkSamples.Entry(1, "192.0.2.1/32"), NetworkSamples.Entry(2, "198.51.100.0/24"), NetworkSamples.Entry(3, "198.51.100.0/24", tenantId: 2),
            ]);
            Counters = new ListenerCounters(purpose);
            DispatcherServices services = new(
                _directory, this, this, new FakeHealth(), new WaitingRequests(10), new DropNotices(NullLogger<DropNotices>.Instance), TimeProvider.System,
                NullLogger<RequestDispatcher>.Instance);
            _dispatcher = new RequestDispatcher(
                services, new ListeningOptions { ReplyCacheCapacity = 4096, HeldReplyCapacity = 64, DelayedReplyCapacity = 64 }, Counters, () => new DiscardingBatch());
        }

        public ListenerCounters Counters { get; }

        public void Dispatch(ReadOnlySpan<byte> datagram, in DatagramPath path)
        {
            _dispatcher.BeginBatch();
            _dispatcher.Dispatch(datagram, path);
            _dispatcher.EndBatch();
        }

        public long Replies(byte[] datagram)
        {
            long before = Counters.Read(ListenerEvent.Accept) + Counters.Read(ListenerEvent.AccountingResponse);
            Dispatch(datagram, DispatcherHarness.From("192.0.2.1"));
            return Counters.Read(ListenerEvent.Accept) + Counters.Read(ListenerEvent.AccountingResponse) - before;
        }

        /// <summary>Octets allocated by the second time that all requests are dispatched as new ones.</summary>
        public long AllocatedBy(byte[][] requests)
        {
            DatagramPath first = DispatcherHarness.From("192.0.2.1", 1000);
            DatagramPath second = DispatcherHarness.From("192.0.2.1", 1001);
            foreach (byte[] request in requests)
            {
                Dispatch(request, first);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] request in requests)
            {
                Dispatch(request, second);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public ValueTask<RadiusReply?> HandleAsync(scoped in RadiusRequest request, PacketWriter writer, CancellationToken cancellationToken)
        {
            foreach (AttributeView attribute in request.Packet)
            {
                _ = attribute.Value.Length;
            }

            return new(FakeAccessHandler.Write(request, writer, RadiusCode.AccessAccept, TimeSpan.Zero));
        }

        public AccountingHandling Handle(scoped in RadiusRequest request, IDurableSink sink, int ticket)
        {
            // One stays behind, so that retransmissions meet a request in progress.
            if (_ticket[0] != 0)
            {
                sink.Durable(_ticket);
            }

            _ticket[0] = ticket;
            return AccountingHandling.Held;
        }

        public void Dispose() => _dispatcher.Dispose();
    }

    private sealed class DiscardingBatch : DatagramBatch
    {
        private int _count;

        public override int Count => _count;

        public override void Add(ReadOnlySpan<byte> octets, in DatagramPath path) => _count++;

        public override int Flush()
        {
            _count = 0;
            return 0;
        }

        public override void Dispose()
        {
        }
    }
}
