using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UdpListenerTests : IDisposable
{
    private readonly ServiceProvider _provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ListenerCounters _counters = new(ListenerPurpose.Authentication);

    [Test]
    public async Task The_portable_socket_answers_drops_what_is_too_long_and_stops()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using UdpListener listener = Listener(new PortableDatagramSocket(socket));
        listener.Start();
        using FakeNas nas = new(listener.EndPoint);

        nas.Send(new byte[4097]);
        byte[] first = await nas.ExchangeAsync(Access());
        byte[] again = await nas.ExchangeAsync(Access());
        listener.StopReceiving();
        await listener.Ended;

        Assert.That((RadiusCode)first[0], Is.EqualTo(RadiusCode.AccessAccept));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(_counters.Read(DropReason.TooLong), Is.EqualTo(1));
    }

    [Test]
    public void A_socket_that_breaks_ends_the_listener_with_its_error()
    {
        using UdpListener listener = Listener(new BrokenSocket());

        listener.Start();

        Assert.That(async () => await listener.Ended, Throws.TypeOf<SocketException>());
    }

    public void Dispose() => _provider.Dispose();

    private UdpListener Listener(DatagramSocket socket)
    {
        NasDirectory directory = new();
        directory.Replace([NetworkSamples.Entry(1, "127.0.0.0/8")]);
        WaitingRequests waiting = new(10);
        DispatcherServices services = new(
            directory, new FakeAccessHandler(), new FakeAccountingHandler(), new FakeHealth(), waiting, new DropNotices(NullLogger<DropNotices>.Instance),
            TimeProvider.System, NullLogger<RequestDispatcher>.Instance);
        RequestDispatcher dispatcher = new(services, new ListeningOptions(), _counters, socket.CreateBatch);
        return new UdpListener(
            socket, dispatcher, ListenerPurpose.Authentication, new ListeningMetrics(_provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), waiting));
    }

    private sealed class BrokenSocket : DatagramSocket
    {
        private readonly DatagramPath[] _paths = new DatagramPath[1];

        public override IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, 1);

        public override int ReceiveBufferOctets => 0;

        public override int Receive() => throw new SocketException((int)SocketError.NetworkDown);

        public override ReadOnlySpan<byte> Datagram(int index) => default;

        public override ref readonly DatagramPath Path(int index) => ref _paths[0];

        public override DatagramBatch CreateBatch()
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return new PortableDatagramSocket(socket).CreateBatch();
        }

        public override void StopReceiving()
        {
        }

        public override void Dispose()
        {
        }
    }
}
