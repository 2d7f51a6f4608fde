using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Kiwire.Snmp.Tests.Client;

/// <summary>The two kinds of port: Linux's, one datagram at a time or gathered, and the one for everywhere else.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class DatagramPortTests
{
    private const int Many = 100;

    [Test]
    public async Task Sends_and_receives(
        [Values] bool isPortable, [Values(1, Many)] int underWay, [Values(AddressFamily.InterNetwork, AddressFamily.InterNetworkV6)] AddressFamily family, CancellationToken cancellationToken)
    {
        using Socket peer = Peer(family);
        Channel<(PeerAddress From, string Text)> received = Channel.CreateUnbounded<(PeerAddress, string)>();
        await using SnmpClient client = new();
        using DatagramPort port = Open(isPortable, family, (from, datagram) => received.Writer.TryWrite((from, Encoding.UTF8.GetString(datagram))));
        IPEndPoint peerEndPoint = (IPEndPoint)peer.LocalEndPoint!;

        SocketError sent = port.Send(new Exchange(client), "question"u8, peerEndPoint.Serialize(), underWay);
        byte[] buffer = new byte[100];
        SocketReceiveFromResult arrived = await peer.ReceiveFromAsync(buffer, SocketFlags.None, peerEndPoint, cancellationToken);
        _ = await peer.SendToAsync("answer"u8.ToArray(), SocketFlags.None, arrived.RemoteEndPoint, cancellationToken);
        (PeerAddress from, string text) = await received.Reader.ReadAsync(cancellationToken);
        await port.StopAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(SocketError.Success));
            Assert.That(Encoding.UTF8.GetString(buffer, 0, arrived.ReceivedBytes), Is.EqualTo("question"));
            Assert.That(text, Is.EqualTo("answer"));
            Assert.That(from, Is.EqualTo(new PeerAddress(peerEndPoint)));
        }
    }

    [Test]
    public async Task A_datagram_that_cannot_be_sent_does_not_keep_back_those_gathered_with_it([Values] bool isPortable, CancellationToken cancellationToken)
    {
        using Socket peer = Peer(AddressFamily.InterNetwork);
        await using SnmpClient client = new();
        using DatagramPort port = Open(isPortable, AddressFamily.InterNetwork, static (_, _) => { });
        SocketAddress reachable = peer.LocalEndPoint!.Serialize();
        SocketAddress broadcast = new IPEndPoint(IPAddress.Broadcast, 161).Serialize();

        for (int i = 0; i < Many; i++)
        {
            _ = port.Send(new Exchange(client), [(byte)i], i % 10 == 3 ? broadcast : reachable, Many);
        }

        List<byte> arrived = [];
        byte[] buffer = new byte[1];
        for (int i = 0; i < Many * 9 / 10; i++)
        {
            _ = await peer.ReceiveFromAsync(buffer, SocketFlags.None, peer.LocalEndPoint!, cancellationToken);
            arrived.Add(buffer[0]);
        }

        await port.StopAsync();
        Assert.That(arrived, Is.EqualTo(Enumerable.Range(0, Many).Where(i => i % 10 != 3)));
    }

    [Test]
    public async Task A_datagram_of_any_length_arrives_whole([Values] bool isPortable, [Values(1472, 1473, 60_000)] int length, CancellationToken cancellationToken)
    {
        using Socket peer = Peer(AddressFamily.InterNetwork);
        TaskCompletionSource<int> received = new();
        await using SnmpClient client = new();
        using DatagramPort port = Open(isPortable, AddressFamily.InterNetwork, (_, datagram) => received.TrySetResult(datagram.Length));

        _ = port.Send(new Exchange(client), new byte[length], peer.LocalEndPoint!.Serialize(), Many);
        byte[] buffer = new byte[65_536];
        SocketReceiveFromResult arrived = await peer.ReceiveFromAsync(buffer, SocketFlags.None, peer.LocalEndPoint!, cancellationToken);
        _ = await peer.SendToAsync(new byte[length], SocketFlags.None, arrived.RemoteEndPoint, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrived.ReceivedBytes, Is.EqualTo(length));
            Assert.That(await received.Task.WaitAsync(cancellationToken), Is.EqualTo(length));
        }

        await port.StopAsync();
    }

    private static Socket Peer(AddressFamily family)
    {
        Socket socket = new(family, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, 0));
        return socket;
    }

    private static DatagramPort Open(bool isPortable, AddressFamily family, DatagramReceived received) => isPortable
        ? new PortableDatagramPort(family, new SnmpClientOptions(), received)
        : DatagramPort.Open(family, new SnmpClientOptions(), received);
}
