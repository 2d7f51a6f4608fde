using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Client;
using Kiwire.Radius.Packets;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// Sends CoA- and Disconnect-Requests (RFC 5176): the same octets again after 2 s and 4 s (RFC 5080, 2.2.1), given up after 14 s. Each NAS
/// has a lane of its own, so that a silent one delays no other. Safe for concurrent use.
/// </summary>
internal sealed class CoaSender : IHostedService, IAsyncDisposable
{
    /// <summary>How many requests may be under way to one NAS: more than a small one's socket holds would be lost.</summary>
    public const int UnderWayLimit = 128;

    /// <summary>How many may wait for their turn at one NAS.</summary>
    public const int WaitingLimit = 16_384;

    /// <summary>How many there may be in all, under way and waiting.</summary>
    public const int TotalLimit = 65_536;

    /// <summary>Three sendings, within 14 s.</summary>
    public static readonly RetransmissionPolicy Retransmission = RetransmissionPolicy.Default with { MaximumSends = 3 };

    // Thousands of answers may come at once.
    private const int ReceiveBufferOctets = 4 << 20;
    private const byte ErrorCauseType = 101;

    private static readonly CoaOutcome.NotSent Full = new("Nothing was sent: too many requests wait for NASes to answer.");
    private static readonly CoaOutcome.NotSent Silent = new("Nothing was sent: the NAS has not answered any of the requests before it.");
    private static readonly CoaOutcome.NotSent Stopping = new("Nothing more was sent: the server is stopping.");

    private readonly RadiusClient _client;
    private readonly DynamicAuthorizationMetrics _metrics;
    private readonly SilenceNotices _notices;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPEndPoint, NasLane> _lanes = [];
    private int _total;

    public CoaSender(DynamicAuthorizationMetrics metrics, SilenceNotices notices, TimeProvider time)
    {
        _metrics = metrics;
        _notices = notices;
        _time = time;
        _client = new RadiusClient(new RadiusClientOptions { ReceiveBufferOctets = ReceiveBufferOctets }, time);
        metrics.Watch(this);
    }

    /// <summary>Requests under way and waiting.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>What the sockets have seen.</summary>
    public RadiusClientStatistics Statistics => _client.Statistics;

    /// <summary>Sends a request when its turn has come, and says what became of it; no later than its NAS can be known to be silent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="retransmission">Null: as always.</param>
    public async Task<CoaOutcome> SendAsync(CoaRequest request, CoaKind kind, RetransmissionPolicy? retransmission = null)
    {
        if (Interlocked.Increment(ref _total) > TotalLimit)
        {
            Interlocked.Decrement(ref _total);
            _metrics.Sent(kind, Full);
            return Full;
        }

        IPEndPoint endPoint = request.To.EndPointFor(request.Code);
        NasLane lane = Hold(endPoint);
        try
        {
            CoaOutcome outcome = await lane.EnterAsync().ConfigureAwait(false) switch
            {
                LaneTurn.Granted => await ExchangeAsync(lane, request, retransmission ?? Retransmission).ConfigureAwait(false),
                LaneTurn.Silent => Silent,
                _ => Full,
            };
            _metrics.Sent(kind, outcome);
            if (outcome is CoaOutcome.Unanswered && kind != CoaKind.Test)
            {
                _notices.Silent(request.To.Nas, endPoint);
            }

            return outcome;
        }
        finally
        {
            Release(lane);
            Interlocked.Decrement(ref _total);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends what is under way.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await _client.DisposeAsync();

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<CoaOutcome> ExchangeAsync(NasLane lane, CoaRequest request, RetransmissionPolicy retransmission)
    {
        RadiusServer server = new(lane.EndPoint, request.To.Nas.Secret)
        {
            SendMessageAuthenticator = request.MessageAuthenticator,
            Retransmission = retransmission,
        };
        long answersBefore = lane.Answers;
        bool answered = false;
        try
        {
            RadiusExchange exchange = await _client.ExchangeAsync(
                server, request.Code, (writer, in _) => request.AppendTo(writer, _time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
            answered = exchange is RadiusExchange.Answered;
            return OutcomeOf(exchange);
        }
        catch (ObjectDisposedException)
        {
            return Stopping;
        }
        catch (SocketException e)
        {
            return new CoaOutcome.NotSent($"Nothing was sent: no socket could be opened ({e.SocketErrorCode}).");
        }
        finally
        {
            lane.Leave(answered, answersBefore);
        }
    }

    private static CoaOutcome OutcomeOf(RadiusExchange exchange) => exchange switch
    {
        RadiusExchange.Answered { Response.Code: RadiusCode.DisconnectAck or RadiusCode.CoaAck } answer => new CoaOutcome.Acknowledged(answer.Sends, answer.Elapsed),
        RadiusExchange.Answered answer => new CoaOutcome.Refused(CauseOf(answer.Response.View), answer.Sends, answer.Elapsed),
        RadiusExchange.Unanswered none => new CoaOutcome.Unanswered(none.Sends, none.Forged, none.Fault),
        _ => throw new InvalidOperationException($"{exchange} is no outcome."),
    };

    private static ErrorCause? CauseOf(PacketView answer) =>
        answer.TryGet(ErrorCauseType, out ReadOnlySpan<byte> value) && value.Length == sizeof(uint)
            ? (ErrorCause)BinaryPrimitives.ReadUInt32BigEndian(value)
            : null;

    private NasLane Hold(IPEndPoint endPoint)
    {
        lock (_lock)
        {
            if (!_lanes.TryGetValue(endPoint, out NasLane? lane))
            {
                lane = new NasLane(endPoint, UnderWayLimit, WaitingLimit);
                _lanes.Add(endPoint, lane);
            }

            lane.Users++;
            return lane;
        }
    }

    private void Release(NasLane lane)
    {
        lock (_lock)
        {
            if (--lane.Users == 0)
            {
                _lanes.Remove(lane.EndPoint);
            }
        }
    }
}
