using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>otp-sms.md, Sending: each way in which a gateway can fail, with a connector behind it and without, on a clock that the test moves.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsFailureMatrixTests
{
    private const int RequestSeconds = 10;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(120);

    /// <summary>A way to fail.</summary>
    /// <param name="Name">Which.</param>
    /// <param name="Answer">What the gateway answers; null: nothing, ever.</param>
    /// <param name="Error">What the log says.</param>
    /// <param name="Tries">How often it is tried while there is a connector behind it.</param>
    /// <param name="WaitSeconds">At least so long between two tries.</param>
    internal sealed record Failure(string Name, Func<DateTimeOffset, GatewayAnswer>? Answer, string Error, int Tries, double WaitSeconds = 0.5)
    {
        public bool MayPass => Tries > 1;

        public override string ToString() => Name;
    }

    private static readonly Failure[] Failures =
    [
        new("500", _ => new GatewayAnswer(500, "out of order"), "HTTP 500: out of order", 3),
        new("503_and_nothing_said", _ => new GatewayAnswer(503, ""), "HTTP 503", 3),
        new("408", _ => new GatewayAnswer(408, ""), "HTTP 408", 3),
        new("429", _ => new GatewayAnswer(429, "slow down"), "HTTP 429: slow down", 3),
        new("429_Retry_After_seconds", _ => new GatewayAnswer(429, "", ("Retry-After", "7")), "HTTP 429", 3, 7),
        new("429_Retry_After_a_moment", now => new GatewayAnswer(429, "", ("Retry-After", now.AddSeconds(9).ToString("R", CultureInfo.InvariantCulture))), "HTTP 429", 3, 8),
        new("429_Retry_After_longer_than_the_code_lives", _ => new GatewayAnswer(429, "", ("Retry-After", "3600")), "HTTP 429", 1),
        new("no_answer", null, "It did not answer within 10 s.", 3),
        new("200_with_an_error_in_the_body", _ => new GatewayAnswer(200, "ERR: 301, No Credit Left"), "HTTP 200: ERR: 301, No Credit Left", 1),
        new("200_and_nothing_in_the_body", _ => new GatewayAnswer(200, ""), "HTTP 200: an empty answer", 1),
        new("400", _ => new GatewayAnswer(400, "no such number"), "HTTP 400: no such number", 1),
        new("401", _ => new GatewayAnswer(401, ""), "HTTP 401", 1),
        new("redirect", _ => new GatewayAnswer(307, "", ("Location", "https://elsewhere.example/")), "HTTP 307: it sends elsewhere, which is not followed.", 1),
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task The_next_connector_sends_what_one_could_not(Failure failure)
    {
        HandMovedClock clock = new();
        await using FailingGateway first = await FailingGateway.StartAsync(failure, clock);
        await using FakeGateway second = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "ID: 77"));
        await using SmsRoom room = await RoomAsync(clock);
        long failing = await room.AddConnectorAsync(Judged(first.Url, "first"));
        long willing = await room.AddConnectorAsync(Judged(second.Url, "second"));
        await room.StartSenderAsync();

        long id = await room.EnqueueAsync(room.Order(failing, willing) with { ExpiresAt = clock.GetUtcNow() + Lifetime });
        SmsLogEntry entry = await UntilEndAsync(room, first, clock, id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((entry.State, entry.Connector, entry.ProviderId, entry.Error), Is.EqualTo((SmsState.Sent, "second", "77", "")));
            Assert.That((first.Asked.Count, second.Requests.Count, entry.Attempts), Is.EqualTo((failure.Tries, 1, failure.Tries + 1)));
            Assert.That(first.ShortestWait, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(failure.WaitSeconds)));
        }
    }

    [TestCaseSource(nameof(Failures))]
    public async Task A_connector_alone_is_tried_again_while_the_code_lives_or_at_once_given_up(Failure failure)
    {
        HandMovedClock clock = new();
        DateTimeOffset end = clock.GetUtcNow() + TimeSpan.FromSeconds(60);
        await using FailingGateway gateway = await FailingGateway.StartAsync(failure, clock);
        await using SmsRoom room = await RoomAsync(clock);
        long connector = await room.AddConnectorAsync(Judged(gateway.Url, "alone"));
        await room.StartSenderAsync();

        long id = await room.EnqueueAsync(room.Order(connector) with { ExpiresAt = end });
        SmsLogEntry entry = await UntilEndAsync(room, gateway, clock, id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((entry.State, entry.Connector), Is.EqualTo((SmsState.Failed, "alone")));
            Assert.That(entry.Error, failure.MayPass ? Does.EndWith(failure.Error).Or.StartWith("The connector rests after failures in a row.").Or.StartWith("It was out of date") : Is.EqualTo(failure.Error));
            Assert.That(gateway.Asked, failure.MayPass ? Has.Count.GreaterThanOrEqualTo(2) : Has.Count.EqualTo(1));
            Assert.That(entry.Attempts, Is.EqualTo(gateway.Asked.Count));

            // The test's clock may move a step while a request is on its way.
            Assert.That(gateway.Asked[^1], Is.LessThan(end.AddSeconds(1)), "nothing is sent that is out of date");
            Assert.That(entry.Error, Does.Not.Contain("482913"));
        }
    }

    [Test]
    public async Task A_gateway_that_nobody_listens_at_gives_way_to_the_next()
    {
        HandMovedClock clock = new();
        await using FakeGateway second = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "ID: 77"));
        await using SmsRoom room = await RoomAsync(clock);
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        long nobody = await room.AddConnectorAsync(Judged($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}", "nobody"));
        long willing = await room.AddConnectorAsync(Judged(second.Url, "second"));
        await room.StartSenderAsync();

        long id = await room.EnqueueAsync(room.Order(nobody, willing) with { ExpiresAt = clock.GetUtcNow() + Lifetime });
        SmsLogEntry waiting = await room.UntilAsync(id, entry => entry is { State: SmsState.Queued, Attempts: 1 });
        SmsLogEntry sent = await room.UntilAsync(id, entry => entry.State == SmsState.Sent, clock);

        Assert.That(waiting.Error, Does.StartWith("It cannot be reached: ConnectionError"));
        Assert.That((sent.Connector, sent.Attempts), Is.EqualTo(("second", 4)));
    }

    [Test]
    public async Task As_many_messages_are_on_their_way_at_a_time_as_are_allowed()
    {
        const int atOnce = 64;
        int waiting = 0;
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeGateway gateway = await FakeGateway.StartAsync(async _ =>
        {
            // Nobody is answered before so many wait: a sender that hands over fewer at a time would wait for ever.
            if (Interlocked.Increment(ref waiting) == atOnce)
            {
                all.SetResult();
            }

            await all.Task;
            return new GatewayAnswer(200, "ID: 1");
        });
        await using SmsRoom room = await SmsRoom.CreateAsync(
            StorageProvider.Sqlite, options: new SmsOptions { AllowPrivateAddresses = true, RequestSeconds = 60, ParallelRequests = atOnce });
        long connector = await room.AddConnectorAsync(Judged(gateway.Url, "many"));
        await room.StartSenderAsync();

        long[] ids = await Task.WhenAll(Enumerable.Range(0, 3 * atOnce).Select(_ => room.EnqueueAsync(room.Order(connector))));
        foreach (long id in ids)
        {
            SmsLogEntry entry = await room.UntilAsync(id, entry => entry.State is SmsState.Sent or SmsState.Failed);
            Assert.That((entry.State, entry.Attempts), Is.EqualTo((SmsState.Sent, 1)), entry.Error);
        }

        Assert.That(gateway.Requests, Has.Count.EqualTo(3 * atOnce));
    }

    private static Task<SmsRoom> RoomAsync(HandMovedClock clock) =>
        SmsRoom.CreateAsync(StorageProvider.Sqlite, clock, new SmsOptions { AllowPrivateAddresses = true, RequestSeconds = RequestSeconds });

    /// <summary>A gateway of the kind that answers 200 whatever happens: only what begins with ID: is a success.</summary>
    private static SmsConnectorRequest Judged(string url, string name) => Acme(url, name: name) with { Success = new SuccessRule { Begins = "ID:", IdAfter = "ID:" } };

    /// <summary>Moves the clock on while a message waits for its next try, and past the gateway's time where it never answers.</summary>
    private static async Task<SmsLogEntry> UntilEndAsync(SmsRoom room, FailingGateway gateway, HandMovedClock clock, long id)
    {
        int givenUp = 0;
        return await room.UntilAsync(
            id,
            entry =>
            {
                if (entry.State == SmsState.Sending && gateway.Silent > givenUp)
                {
                    givenUp++;
                    clock.Advance(TimeSpan.FromSeconds(RequestSeconds));
                }

                return entry.State is SmsState.Sent or SmsState.Failed;
            },
            clock);
    }

    /// <summary>Fails in one way, and notes when it was asked.</summary>
    private sealed class FailingGateway : IAsyncDisposable
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<DateTimeOffset> _asked = [];
        private FakeGateway? _gateway;
        private int _silent;

        public string Url => _gateway!.Url;

        /// <summary>How many are left without an answer.</summary>
        public int Silent => Volatile.Read(ref _silent);

        public IReadOnlyList<DateTimeOffset> Asked
        {
            get
            {
                lock (_asked)
                {
                    return [.. _asked];
                }
            }
        }

        public TimeSpan ShortestWait => Asked is { Count: > 1 } asked ? asked.Skip(1).Zip(asked, (later, earlier) => later - earlier).Min() : TimeSpan.MaxValue;

        public static async Task<FailingGateway> StartAsync(Failure failure, HandMovedClock clock)
        {
            FailingGateway failing = new();
            failing._gateway = await FakeGateway.StartAsync(async _ =>
            {
                DateTimeOffset now = clock.GetUtcNow();
                lock (failing._asked)
                {
                    failing._asked.Add(now);
                }

                if (failure.Answer is { } answer)
                {
                    return answer(now);
                }

                Interlocked.Increment(ref failing._silent);
                await failing._end.Task;
                return new GatewayAnswer(200, "ID: too late");
            });
            return failing;
        }

        public async ValueTask DisposeAsync()
        {
            _end.TrySetResult();
            await _gateway!.DisposeAsync();
        }
    }
}
