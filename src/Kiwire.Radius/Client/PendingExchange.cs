using System.Net.Sockets;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Client;

/// <summary>One request under way: sends it, sends it again, judges what comes as its answer.</summary>
internal sealed class PendingExchange(RadiusServer server, TimeProvider time, ClientCounters counters) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<RadiusExchange> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RadiusPacket? _request;
    private SourcePort? _port;
    private ITimer? _timer;
    private TimeSpan _interval;
    private long _started;
    private int _sends;
    private int _forged;
    private bool _lastWait;
    private SocketError _fault;

    /// <summary>Sends the request, and completes with what becomes of it.</summary>
    public Task<RadiusExchange> Start(RadiusPacket request, SourcePort port)
    {
        lock (_lock)
        {
            _request = request;
            _port = port;
            _started = time.GetTimestamp();
            _timer = time.CreateTimer(static state => ((PendingExchange)state!).IntervalPassed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Send();
        }

        return _outcome.Task;
    }

    /// <summary>Takes a packet that came from the server under the request's identifier.</summary>
    public void Receive(PacketView response)
    {
        RadiusPacket? request = Volatile.Read(ref _request);
        if (request is null)
        {
            counters.Unexpected();
            return;
        }

        if (!Answers(request.Code, response.Code) || !IsGenuine(request, response))
        {
            counters.Forged();
            Interlocked.Increment(ref _forged);
            return;
        }

        lock (_lock)
        {
            if (_outcome.Task.IsCompleted)
            {
                counters.Unexpected();
                return;
            }

            counters.Answered();
            _outcome.SetResult(new RadiusExchange.Answered(request, response.ToPacket(), _sends, time.GetElapsedTime(_started)));
        }
    }

    public void Fail(Exception exception)
    {
        lock (_lock)
        {
            _outcome.TrySetException(exception);
        }
    }

    public void Cancel(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _outcome.TrySetCanceled(cancellationToken);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void IntervalPassed()
    {
        lock (_lock)
        {
            if (_timer is null || _outcome.Task.IsCompleted)
            {
                return;
            }

            if (!_lastWait)
            {
                Send();
            }
            else
            {
                counters.Unanswered();
                _outcome.SetResult(new RadiusExchange.Unanswered(_sends, Volatile.Read(ref _forged), _fault));
            }
        }
    }

    private void Send()
    {
        RetransmissionPolicy policy = server.Retransmission;
        _sends++;
        _interval = policy.NextInterval(_interval);
        TimeSpan left = policy.MaximumDuration - time.GetElapsedTime(_started);
        _lastWait = _sends == policy.MaximumSends || _interval >= left;
        TimeSpan wait = _interval < left ? _interval : left;

        // Before the datagram leaves, so that whoever sees it knows that the wait has begun.
        _timer!.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        SocketError error = _port!.Send(_request!.Octets.Span, server.EndPoint);
        if (error != SocketError.Success)
        {
            _fault = error;
        }

        counters.Sent(again: _sends > 1);
    }

    private bool IsGenuine(RadiusPacket request, PacketView response)
    {
        ReadOnlySpan<byte> authenticator = request.View.Authenticator;
        SharedSecret secret = server.Secret;
        if (!response.HasValidResponseAuthenticator(authenticator, secret))
        {
            return false;
        }

        if (response.HasMessageAuthenticator)
        {
            return response.HasValidMessageAuthenticator(secret, authenticator);
        }

        bool byPolicy = server.RequireMessageAuthenticator && request.Code is RadiusCode.AccessRequest or RadiusCode.StatusServer;
        return !byPolicy && !response.Has(Eap.EapMessage.AttributeType);
    }

    private static bool Answers(RadiusCode request, RadiusCode response) => (request, response) switch
    {
        (RadiusCode.AccessRequest, RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge) => true,
        (RadiusCode.AccountingRequest, RadiusCode.AccountingResponse) => true,
        (RadiusCode.StatusServer, RadiusCode.AccessAccept or RadiusCode.AccountingResponse) => true,
        (RadiusCode.DisconnectRequest, RadiusCode.DisconnectAck or RadiusCode.DisconnectNak) => true,
        (RadiusCode.CoaRequest, RadiusCode.CoaAck or RadiusCode.CoaNak) => true,
        (_, RadiusCode.ProtocolError) => true,
        _ => false,
    };
}
