using System.Buffers.Binary;
using System.Net;
using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Listening;

/// <summary>A dispatcher without a socket: datagrams go in by call, answers are kept in the order they left.</summary>
internal sealed class DispatcherHarness : IDisposable
{
    private readonly List<SentReply> _sent = [];

    public DispatcherHarness(
        ListenerPurpose purpose = ListenerPurpose.Authentication, ListeningOptions? options = null, IAccessRequestHandler? access = null, NasEntry[]? entries = null)
    {
        options ??= new ListeningOptions { ReplyCacheCapacity = 1024, DelayedReplyCapacity = 64, HeldReplyCapacity = 64 };
        Directory.Replace(entries ?? [NetworkSamples.Entry(1, "192.0.2.1/32")]);
        Counters = new ListenerCounters(purpose);
        Waiting = new WaitingRequests(options.WaitingRequestLimit);
        DispatcherServices services = new(
            Directory, access ?? Access, Accounting, Health, Waiting, new DropNotices(NullLogger<DropNotices>.Instance), Clock,
            NullLogger<RequestDispatcher>.Instance);
        Dispatcher = new RequestDispatcher(services, options, Counters, () => new RecordingBatch(this));
    }

    public NasDirectory Directory { get; } = new();

    public FakeAccessHandler Access { get; } = new();

    public FakeAccountingHandler Accounting { get; } = new();

    public FakeHealth Health { get; } = new();

    public HandMovedClock Clock { get; } = new();

    public WaitingRequests Waiting { get; }

    public ListenerCounters Counters { get; }

    public RequestDispatcher Dispatcher { get; }

    /// <summary>Whether the system refuses to send.</summary>
    public bool SendingFails { get; set; }

    public IReadOnlyList<SentReply> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    public static DatagramPath From(string address, ushort port = 40000)
    {
        IPAddress ip = IPAddress.Parse(address);
        DatagramPath path = new() { IsIPv4 = ip.GetAddressBytes().Length == 4 };
        Span<byte> remote = path.Remote;
        BinaryPrimitives.WriteUInt16BigEndian(remote[2..], port);
        ip.GetAddressBytes().CopyTo(remote[(path.IsIPv4 ? 4 : 8)..]);
        return path;
    }

    /// <summary>Dispatches one datagram in a batch of its own, and returns what left with it.</summary>
    public byte[][] Dispatch(ReadOnlySpan<byte> datagram, string from = "192.0.2.1", ushort port = 40000)
    {
        int before = Sent.Count;
        Dispatcher.BeginBatch();
        Dispatcher.Dispatch(datagram, From(from, port));
        Dispatcher.EndBatch();
        return [.. Sent.Skip(before).Select(sent => sent.Octets)];
    }

    /// <summary>All drops so far, by reason.</summary>
    public IReadOnlyDictionary<DropReason, long> Drops =>
        Enum.GetValues<DropReason>().Where(reason => Counters.Read(reason) != 0).ToDictionary(reason => reason, Counters.Read);

    public void Dispose() => Dispatcher.Dispose();

    private sealed class RecordingBatch(DispatcherHarness harness) : DatagramBatch
    {
        private readonly List<SentReply> _waiting = [];

        public override int Count => _waiting.Count;

        public override void Add(ReadOnlySpan<byte> octets, in DatagramPath path) => _waiting.Add(new SentReply(octets.ToArray(), path.Source));

        public override int Flush()
        {
            int failed = harness.SendingFails ? _waiting.Count : 0;
            if (failed == 0)
            {
                lock (harness._sent)
                {
                    harness._sent.AddRange(_waiting);
                }
            }

            _waiting.Clear();
            return failed;
        }

        public override void Dispose()
        {
        }
    }
}

/// <summary>An answer and whom it went to.</summary>
internal sealed record SentReply(byte[] Octets, SourceAddress To)
{
    public RadiusCode Code => (RadiusCode)Octets[0];

    public byte Identifier => Octets[1];
}
