using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Listening;

/// <content>Genuine requests that were not seen before, and their handlers.</content>
internal sealed partial class RequestDispatcher
{
    // A handler that fails at every packet would fill the log.
    private const long ErrorLogIntervalMilliseconds = 1000;

    private void HandleAccess(PacketView packet, NasEntry nas, in SourceAddress source, in DatagramPath path)
    {
        if (!IsNew(packet, source, path, out CachePlace place))
        {
            return;
        }

        RadiusRequest request = new() { Packet = packet, Nas = nas, Source = source, ReceivedAt = _unixNow };
        bool mayWait = _services.Waiting.HasRoom;
        try
        {
            // Where no more may wait, a handler that would have to sees a request that was given up; what it has in memory it still answers.
            ValueTask<RadiusReply?> pending = _services.AccessRequests.HandleAsync(request, _writer, mayWait ? _services.Stopping : NoWaiting);
            if (!pending.IsCompleted)
            {
                _services.Waiting.Enter();
                _ = FinishAsync(pending, place, path, mayWait);
                return;
            }

            if (pending.GetAwaiter().GetResult() is { Octets.IsEmpty: false } reply)
            {
                Answer(reply, place, path);
                return;
            }

            _counters.Count(DropReason.NoReply);
        }
        catch (OperationCanceledException) when (!mayWait)
        {
            _counters.Count(DropReason.WaitingFull);
        }
        catch (Exception e)
        {
            _counters.Count(DropReason.HandlerFailed);
            ReportFailure(e);
        }

        _cache.Forget(place);
    }

    private void Answer(in RadiusReply reply, CachePlace place, in DatagramPath path)
    {
        ReadOnlySpan<byte> octets = reply.Octets.Span;
        if (reply.Delay > TimeSpan.Zero)
        {
            _cache.Answer(place, octets, _now + (long)reply.Delay.TotalMilliseconds);
            _late.SendAfter(reply.Delay, octets, path);
            return;
        }

        _cache.Answer(place, octets, _now);
        Send(octets, path);
    }

    private async Task FinishAsync(ValueTask<RadiusReply?> pending, CachePlace place, DatagramPath path, bool mayWait)
    {
        ReadOnlyMemory<byte> octets = default;
        long leavesAt = 0;
        try
        {
            if (await pending.ConfigureAwait(false) is { Octets.IsEmpty: false } reply)
            {
                octets = reply.Octets;
                leavesAt = Now() + (long)reply.Delay.TotalMilliseconds;
                if (reply.Delay > TimeSpan.Zero)
                {
                    _late.SendAfter(reply.Delay, octets.Span, path);
                }
                else
                {
                    _late.Send(octets.Span, path);
                }
            }
            else
            {
                _counters.CountElsewhere(DropReason.NoReply);
            }
        }
        catch (OperationCanceledException)
        {
            _counters.CountElsewhere(mayWait ? DropReason.NoReply : DropReason.WaitingFull);
        }
        catch (Exception e)
        {
            _counters.CountElsewhere(DropReason.HandlerFailed);
            ReportFailure(e);
        }
        finally
        {
            _finished.Add(place, octets, leavesAt);
            _services.Waiting.Leave();
        }
    }

    private void HandleAccounting(PacketView packet, NasEntry nas, in SourceAddress source, in DatagramPath path)
    {
        if (!IsNew(packet, source, path, out CachePlace place))
        {
            return;
        }

        _writer.Begin(RadiusCode.AccountingResponse, packet.Identifier, packet.Authenticator, packet.HasMessageAuthenticator);
        RequestTraits.CopyProxyStates(packet, _writer);
        _writer.FinishResponse(nas.Secret);
        if (!_held!.TryHold(_writer.Octets, path, out int ticket, out uint generation))
        {
            _counters.Count(DropReason.HeldFull);
            _cache.Forget(place);
            return;
        }

        // The journal may be done with the record before the handler returns: everything it needs is in place by now.
        _cache.Hold(place, _writer.Octets, ticket, generation);
        RadiusRequest request = new() { Packet = packet, Nas = nas, Source = source, ReceivedAt = _unixNow };
        try
        {
            switch (_services.AccountingRequests.Handle(request, _held, ticket))
            {
                case AccountingHandling.Held:
                    return;
                case AccountingHandling.AnswerNow:
                    _held.Release(ticket);
                    Send(_writer.Octets, path);
                    return;
                default:
                    _counters.Count(DropReason.NotTaken);
                    break;
            }
        }
        catch (Exception e)
        {
            _counters.Count(DropReason.HandlerFailed);
            ReportFailure(e);
        }

        _held.Release(ticket);
        _cache.Forget(place);
    }

    private void ReportFailure(Exception e)
    {
        long now = Now();
        long next = Volatile.Read(ref _nextErrorLog);
        if (now >= next && Interlocked.CompareExchange(ref _nextErrorLog, now + ErrorLogIntervalMilliseconds, next) == next)
        {
            LogHandlerFailed(_services.Logger, e);
        }
    }

    [LoggerMessage(120, LogLevel.Error, "A request could not be handled and got no answer; the NAS will send it again. Said at most once a second.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception e);
}
