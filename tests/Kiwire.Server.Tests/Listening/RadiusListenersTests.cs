using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Network;
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
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (theOtherShares && OperatingSystem.IsLinux())
        {
            // Bound before, or the system may give it a port of listeners that share theirs: another test's, whose requests it would get.
            other.SetRawSocketOption(LinuxSocketCalls.SocketLevel, LinuxSocketCalls.ReusePort, [1, 0, 0, 0]);
        }

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

    [Test]
    public async Task Each_bad_datagram_is_met_with_silence_and_counted()
    {
        await using RunningListeners running = await RunningListeners.StartAsync(entries: [NetworkSamples.Entry(1, "127.0.0.1/32")]);
        using FakeNas nas = running.Nas(ListenerPurpose.Authentication);
        byte[] forged = Access(2, 2);
        forged[22] ^= 1;
        (string Reason, byte[] Datagram)[] bad =
        [
            ("too_short", []), ("too_short", new byte[19]), ("too_long", new byte[4097]), ("too_long", new byte[60000]), ("bad_length", new byte[20]),
            ("bad_attribute", [1, 1, 0, 21, .. new byte[17]]), ("malformed_message_authenticator", Access(attributes: (80, new byte[16]))),
            ("wrong_code", Accounting()), ("bad_message_authenticator", forged),
            ("eap_without_message_authenticator", Access(messageAuthenticator: false, attributes: (EapMessage, [2, 1, 0, 4]))),
            ("proxy_state_without_message_authenticator", Access(messageAuthenticator: false, attributes: (ProxyState, [1]))),
            ("status_without_message_authenticator", Status(messageAuthenticator: false)),
        ];
        foreach ((string _, byte[] datagram) in bad)
        {
            nas.Send(datagram);
        }

        byte[] reply = await nas.ExchangeAsync(Status(identifier: 200));

        Assert.That(reply[1], Is.EqualTo(200), "one socket's datagrams are answered in order: nothing before this was");
        using (Assert.EnterMultipleScope())
        {
            foreach (IGrouping<string, (string Reason, byte[] Datagram)> group in bad.GroupBy(some => some.Reason))
            {
                Assert.That(running.Meters[$"radius.server.drops{{port=authentication,reason={group.Key}}}"], Is.EqualTo(group.Count()), group.Key);
            }

            Assert.That(running.Meters["radius.server.requests{port=authentication,code=status_server}"], Is.EqualTo(2));
            Assert.That(running.Meters["radius.server.replies{port=authentication,code=access_accept}"], Is.EqualTo(1));
            Assert.That(running.Meters["radius.server.replies{port=accounting,code=accounting_response}"], Is.Zero);
        }
    }

    [Test]
    public async Task An_unknown_source_is_met_with_silence()
    {
        await using RunningListeners running = await RunningListeners.StartAsync(entries: [NetworkSamples.Entry(1, "192.0.2.1/32")]);
        using FakeNas nas = running.Nas(ListenerPurpose.Authentication);

        nas.Send(Access(1, 1));
        await Until(() => running.Meters["radius.server.drops{port=authentication,reason=unknown_nas}"] == 1);
        running.Directory.Replace([NetworkSamples.Entry(1, "127.0.0.1/32")]);
        byte[] reply = await nas.ExchangeAsync(Access(9, 9));

        Assert.That(reply[1], Is.EqualTo(9));
    }

    [Test]
    public async Task A_packet_of_4096_octets_is_answered_and_one_of_4097_is_not()
    {
        await using RunningListeners running = await RunningListeners.StartAsync();
        using FakeNas nas = running.Nas(ListenerPurpose.Authentication);
        (byte, byte[])[] filling = [.. Enumerable.Repeat<(byte, byte[])>((18, new byte[253]), 15)];
        byte[] nearly = Access(1, 1, attributes: filling);
        byte[] longest = Access(1, 1, attributes: [.. filling, (18, new byte[4096 - nearly.Length - 2])]);
        Assert.That(longest, Has.Length.EqualTo(4096));

        nas.Send([.. longest, 0]);
        nas.Send(longest);

        Assert.That((await nas.ReceiveAsync())[1], Is.EqualTo(1));
        Assert.That(running.Meters["radius.server.drops{port=authentication,reason=too_long}"], Is.EqualTo(1));
    }

    [Test]
    public async Task Both_ports_answer_on_IPv6()
    {
        await using RunningListeners running = await RunningListeners.StartAsync(new ListeningOptions { Authentication = ["[::1]:0"], Accounting = ["[::1]:0"] });
        using FakeNas authentication = running.Nas(ListenerPurpose.Authentication);
        using FakeNas accounting = running.Nas(ListenerPurpose.Accounting);

        Assert.That((await authentication.ExchangeAsync(Access()))[0], Is.EqualTo((byte)RadiusCode.AccessAccept));
        Assert.That((await accounting.ExchangeAsync(Status()))[0], Is.EqualTo((byte)RadiusCode.AccountingResponse));
    }

    [Test]
    public async Task IPv4_and_IPv6_share_a_port_number()
    {
        for (int tries = 1; ; tries++)
        {
            await using RunningListeners first = await RunningListeners.StartAsync(new ListeningOptions { Authentication = ["0.0.0.0:0"], Accounting = ["127.0.0.1:0"] });
            int port = first.EndPoint(ListenerPurpose.Authentication).Port;
            await using RunningListeners second = new(new ListeningOptions { Authentication = [$"[::]:{port}"], Accounting = ["127.0.0.1:0"] });
            try
            {
                await second.Listeners.StartAsync(CancellationToken.None);
            }
            catch (StartUpException) when (tries < 5)
            {
                // What is free on IPv4 may be another program's on IPv6.
                continue;
            }

            using FakeNas nas = new(new IPEndPoint(IPAddress.IPv6Loopback, port));
            Assert.That((await nas.ExchangeAsync(Access()))[0], Is.EqualTo((byte)RadiusCode.AccessAccept));
            return;
        }
    }

    [TestCase("0.0.0.0:0", "127.0.0.2")]
    [TestCase("0.0.0.0:0", "127.0.0.1")]
    [TestCase("[::]:0", "::1")]
    [Platform("Linux")]
    public async Task Bound_to_every_address_it_answers_from_the_one_that_was_asked(string bound, string asked)
    {
        await using RunningListeners running = await RunningListeners.StartAsync(new ListeningOptions { Authentication = [bound], Accounting = [bound] });

        // A connected socket takes datagrams from the address it asked only.
        using FakeNas authentication = new(new IPEndPoint(IPAddress.Parse(asked), running.EndPoint(ListenerPurpose.Authentication).Port));
        using FakeNas accounting = new(new IPEndPoint(IPAddress.Parse(asked), running.EndPoint(ListenerPurpose.Accounting).Port));
        Assert.That((await authentication.ExchangeAsync(Access()))[0], Is.EqualTo((byte)RadiusCode.AccessAccept));

        accounting.Send(Accounting());
        await Until(() => running.Accounting.Tickets.Count == 1);
        running.Accounting.MakeDurable();
        Assert.That((await accounting.ReceiveAsync())[0], Is.EqualTo((byte)RadiusCode.AccountingResponse));
    }

    [Test]
    public async Task A_retransmission_gets_the_same_octets_over_the_wire()
    {
        await using RunningListeners running = await RunningListeners.StartAsync();
        using FakeNas nas = running.Nas(ListenerPurpose.Authentication);

        byte[] first = await nas.ExchangeAsync(Access());
        byte[] again = await nas.ExchangeAsync(Access());

        Assert.That(again, Is.EqualTo(first));
        Assert.That(running.Access.Calls, Is.EqualTo(1));
        Assert.That(running.Meters["radius.server.replies.repeated{port=authentication}"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_delayed_reject_leaves_when_the_clock_says_so()
    {
        HandMovedClock clock = new();
        await using RunningListeners running = await RunningListeners.StartAsync(time: clock);
        running.Access.Respond = (scoped in request, writer, _) => new(FakeAccessHandler.Write(request, writer, RadiusCode.AccessReject, TimeSpan.FromSeconds(1)));
        using FakeNas nas = running.Nas(ListenerPurpose.Authentication);

        nas.Send(Access(1, 1));
        byte[] status = await nas.ExchangeAsync(Status(identifier: 2));
        Assert.That(status[1], Is.EqualTo(2));
        Assert.That(running.Meters["radius.server.replies.delayed"], Is.EqualTo(1));
        clock.Advance(TimeSpan.FromSeconds(1));

        byte[] reject = await nas.ReceiveAsync();
        Assert.That((reject[0], reject[1]), Is.EqualTo(((byte)RadiusCode.AccessReject, (byte)1)));
        await running.StopAsync();
    }

    [Test]
    public async Task Stopping_answers_what_waits_what_is_held_and_what_is_delayed_and_then_closes()
    {
        await using RunningListeners running = await RunningListeners.StartAsync(time: new StandingClock());
        TaskCompletionSource<RadiusReply?> decision = new();
        RadiusReply reply = default;
        running.Access.Respond = (scoped in request, writer, _) =>
        {
            if (request.Packet.Identifier == 1)
            {
                return new(FakeAccessHandler.Write(request, writer, RadiusCode.AccessReject, TimeSpan.FromSeconds(5)));
            }

            reply = FakeAccessHandler.WriteOwn(request, RadiusCode.AccessAccept);
            return new(decision.Task);
        };
        using FakeNas authentication = running.Nas(ListenerPurpose.Authentication);
        using FakeNas accounting = running.Nas(ListenerPurpose.Accounting);
        authentication.Send(Access(1, 1));
        authentication.Send(Access(2, 2));
        accounting.Send(Accounting(3, 3));
        await Until(() => running.Access.Calls == 2 && running.Accounting.Tickets.Count == 1 && running.Meters["radius.server.requests.waiting"] == 1);

        Task stop = running.StopAsync();
        byte[] delayed = await authentication.ReceiveAsync();
        Assert.That(stop.IsCompleted, Is.False, "two requests are still under way");
        decision.SetResult(reply);
        byte[] waited = await authentication.ReceiveAsync();
        running.Accounting.MakeDurable();
        byte[] held = await accounting.ReceiveAsync();
        await stop;

        Assert.That((delayed[1], waited[1], held[1]), Is.EqualTo(((byte)1, (byte)2, (byte)3)));
        using Socket again = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Assert.That(() => again.Bind(running.EndPoint(ListenerPurpose.Authentication)), Throws.Nothing, "the port is free again");
    }

    [Test]
    public async Task Disposing_without_a_stop_ends_the_threads()
    {
        RunningListeners running = await RunningListeners.StartAsync();
        IPEndPoint endPoint = running.EndPoint(ListenerPurpose.Authentication);

        running.Listeners.Dispose();

        using Socket again = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Assert.That(() => again.Bind(endPoint), Throws.Nothing);
    }

    /// <summary>The system's timers, and a time that stands still: what a stop may take does not run out on a busy machine.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    private static async Task Until(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
