using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <summary>
/// One request under way: judges what comes as its answer, sends it again when told that its time is up. Used again for another request once
/// its outcome has been taken. Its lock is taken before the client's.
/// </summary>
internal sealed class Exchange(SnmpClient client) : IValueTaskSource<SnmpOutcome>, IThreadPoolWorkItem
{
    private const int MaximumRounds = 4;

    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<SnmpOutcome> _source;
    private SnmpOutcome _outcome;
    private Exception? _exception;
    private SnmpTarget _target = null!;
    private PduRequest _request;
    private object? _modelState;
    private CancellationTokenRegistration _registration;
    private byte[] _octets = new byte[256];
    private int _sends;
    private int _rounds;
    private long _sentAt;
    private SocketError _socketError;

    /// <summary>The id that it is under way under; 0: it is not. Written under both locks.</summary>
    public int Id { get; set; }

    /// <summary>For <see cref="DeadlineWheel"/>.</summary>
    public long DueTick { get; set; }

    /// <inheritdoc cref="DueTick"/>
    public Exchange? NextDue { get; set; }

    /// <inheritdoc cref="DueTick"/>
    public Exchange? PreviousDue { get; set; }

    /// <summary>Sends a request. The client has given it an id.</summary>
    public ValueTask<SnmpOutcome> Start(SnmpTarget target, in PduRequest request, CancellationToken cancellationToken)
    {
        ValueTask<SnmpOutcome> outcome = new(this, _source.Version);
        lock (_lock)
        {
            if (Id == 0)
            {
                // The client was disposed meanwhile, and the outcome says so.
                return outcome;
            }

            _target = target;
            _request = request;
            _sends = 1;
            _rounds = 0;
            _socketError = SocketError.Success;
            try
            {
                Transmit();
            }
            catch (Exception e)
            {
                Fail(Id, e);
            }
        }

        if (cancellationToken.CanBeCanceled)
        {
            // Nobody has the outcome yet, so it cannot be another request's by now.
            _registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((Exchange)state!).Cancel(token), this);
        }

        return outcome;
    }

    /// <summary>Takes a message that came under this id.</summary>
    /// <returns>Whether it waited for it.</returns>
    public bool Receive(int id, PeerAddress from, SnmpVersion version, Span<byte> message)
    {
        lock (_lock)
        {
            SnmpOutcome outcome;
            if (Id != id || _sends == 0 || _target.Peer != from || _target.Credentials.Version != version)
            {
                return false;
            }

            UnwrappedMessage unwrapped = _target.Credentials.Model.Unwrap(_target, message, id, client.Time, ref _modelState);
            switch (unwrapped.Verdict)
            {
                case MessageVerdict.Ignored:
                    return false;
                case MessageVerdict.SendAgain when ++_rounds <= MaximumRounds:
                    // Writing it may take the making of keys, for which the other answers must not wait.
                    ThreadPool.UnsafeQueueUserWorkItem(static again => again.Exchange.SendAgain(again.Id), (Exchange: this, Id: id), preferLocal: false);
                    return true;
                case MessageVerdict.SendAgain:
                    outcome = SnmpOutcome.Failed(SnmpFault.Malformed, "its reports ask for the same again and again");
                    break;
                case MessageVerdict.Failed:
                    outcome = SnmpOutcome.Failed(unwrapped.Fault, unwrapped.Detail);
                    break;
                default:
                    if (unwrapped.Pdu.RequestId != id)
                    {
                        return false;
                    }

                    outcome = AnswerReader.Read(_request, unwrapped.Pdu);
                    break;
            }

            client.Answered(outcome.Fault);
            End(outcome.WithTrip(_sends, client.Time.GetElapsedTime(_sentAt)), null);
            return true;
        }
    }

    /// <summary>Sends again, or gives up.</summary>
    public void DeadlinePassed(int id)
    {
        lock (_lock)
        {
            if (Id != id)
            {
                return;
            }

            bool last = _sends > _target.Retries;
            UnwrappedMessage expired = _target.Credentials.Model.Expired(_target, ref _modelState, last);
            if (expired.Verdict == MessageVerdict.SendAgain && ++_rounds <= MaximumRounds)
            {
                Transmit();
                return;
            }

            if (!last && expired.Verdict == MessageVerdict.Ignored)
            {
                _sends++;
                Transmit();
                return;
            }

            SnmpOutcome outcome = expired.Verdict == MessageVerdict.Failed ? SnmpOutcome.Failed(expired.Fault, expired.Detail) : GivenUp();
            End(outcome.WithTrip(_sends, TimeSpan.Zero), null);
        }
    }

    /// <summary>Ends it with an exception, if it is still under way under this id.</summary>
    public void Fail(int id, Exception exception)
    {
        lock (_lock)
        {
            if (id != 0 && Id == id)
            {
                End(default, exception);
            }
        }
    }

    /// <summary>Hears that what was sent together with others could not be.</summary>
    public void SendFailed(int id, SocketError error)
    {
        lock (_lock)
        {
            if (Id == id)
            {
                _socketError = error;
            }
        }
    }

    private void Cancel(CancellationToken cancellationToken) => Fail(Id, new OperationCanceledException(cancellationToken));

    SnmpOutcome IValueTaskSource<SnmpOutcome>.GetResult(short token)
    {
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation that is just going on: it must not meet the next request.
            _registration.Dispose();
            _registration = default;
            _request = default;
            _modelState = null;
            _outcome = default;
            _sends = 0;
            _source.Reset();
            client.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<SnmpOutcome>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<SnmpOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);

    // Whoever waits goes on here, on a thread of the pool: never on the one that receives.
    void IThreadPoolWorkItem.Execute()
    {
        if (_exception is null)
        {
            _source.SetResult(_outcome);
        }
        else
        {
            _source.SetException(_exception);
        }
    }

    private void End(SnmpOutcome outcome, Exception? exception)
    {
        client.Remove(this);
        _outcome = outcome;
        _exception = exception;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private SnmpOutcome GivenUp()
    {
        client.GaveUp();
        if (_socketError != SocketError.Success)
        {
            return SnmpOutcome.Failed(SnmpFault.Unreachable, $"the system says {_socketError}");
        }

        return client.SentGarbage(_target.Peer)
            ? SnmpOutcome.Failed(SnmpFault.Malformed, "nothing came but datagrams that are no SNMP messages")
            : SnmpOutcome.Failed(SnmpFault.NoAnswer);
    }

    /// <summary>Sends what is to be sent now that more is known.</summary>
    private void SendAgain(int id)
    {
        lock (_lock)
        {
            if (Id != id)
            {
                return;
            }

            try
            {
                Transmit();
            }
            catch (Exception e)
            {
                Fail(id, e);
            }
        }
    }

    private void Transmit()
    {
        int length = _target.Credentials.Model.Wrap(_target, _request, Id, client.Time, ref _modelState, ref _octets);
        _sentAt = client.Time.GetTimestamp();

        // Before the datagram leaves, so that whoever sees it knows that the wait has begun.
        client.SetDeadline(this, _target.Timeout);
        SocketError error = client.Send(this, _target, _octets.AsSpan(0, length), again: _sends + _rounds > 1);
        if (error != SocketError.Success)
        {
            _socketError = error;
        }
    }
}
