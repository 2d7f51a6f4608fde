using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RadiusListenersTests
{
    [Test]
    public async Task Port_zero_picks_a_port_that_all_threads_share()
    {
        await using RunningListeners running = await RunningListeners.StartAsync(
            new ListeningOptions { Authentication = ["127.0.0.1:0"], Accounting = ["127.0.0.1:0"], ThreadsPerEndpoint = 4 });

        for (int i = 0; i < 32; i++)
        {
            using FakeNas nas = new(running.EndPoint(ListenerPurpose.Authentication));
            byte[] reply = await nas.ExchangeAsync(Access((byte)i, i));
            Assert.That((RadiusCode)reply[0], Is.EqualTo(RadiusCode.AccessAccept));
        }

        Assert.That(running.Listeners.EndPoints, Has.Count.EqualTo(2));
        Assert.That(running.Listeners.EndPoints.Select(endPoint => endPoint.EndPoint.Port), Has.All.GreaterThan(0));
    }

    [Test]
    public async Task A_port_that_another_socket_has_stops_the_start_with_a_message_that_names_it([Values] bool theOtherShares)
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        if (theOtherShares && OperatingSystem.IsLinux())
        {
            other.SetRawSocketOption(LinuxSocketCalls.SocketLevel, LinuxSocketCalls.ReusePort, [1, 0, 0, 0]);
        }

        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string endPoint = other.LocalEndPoint!.ToString()!;
        await using RunningListeners running = new(new ListeningOptions { Authentication = ["127.0.0.1:0", endPoint], Accounting = ["127.0.0.1:0"] });

        Assert.That(
            () => running.Listeners.StartAsync(CancellationToken.None),
            Throws.TypeOf<StartUpException>().With.Message.Contains(endPoint).And.Message.Contains("Kiwire:Radius:Authentication:1").And.Message.Contains("in use"));
    }

    [Test]
    public async Task A_second_server_on_the_same_port_is_refused()
    {
        await using RunningListeners first = await RunningListeners.StartAsync();
        string taken = first.EndPoint(ListenerPurpose.Accounting).ToString();
        await using RunningListeners second = new(new ListeningOptions { Authentication = ["127.0.0.1:0"], Accounting = [taken] });

        Assert.That(
            () => second.Listeners.StartAsync(CancellationToken.None),
            Throws.TypeOf<StartUpException>().With.Message.Contains(taken).And.Message.Contains("Kiwire:Radius:Accounting:0"));
    }
}
