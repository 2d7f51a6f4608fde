using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Listening;

/// <summary>
/// The way of a datagram from socket to handler: is it a packet, from which NAS, genuine, seen before. One for each listening thread,
/// which alone calls <see cref="BeginBatch"/>, <see cref="Dispatch"/> and <see cref="EndBatch"/>. Nothing here allocates unless the handler has to wait.
/// </summary>
internal sealed partial class RequestDispatcher : IDisposable
{
    private static readonly CancellationToken NoWaiting = new(canceled: true);

    private readonly DispatcherServices _services;
    private readonly ListenerCounters _counters;
    private readonly DatagramBatch _batch;
    private readonly LateReplies _late;
    private readonly HeldReplies? _held;
    private readonly ReplyCache _cache;
    private readonly FinishedRequests _finished = new();
    private readonly PacketWriter _writer = new();
    private readonly RadiusCode _requestCode;
    private readonly long _ticksPerMillisecond;
    private long _now;
    private long _unixNow;
    private long _nextErrorLog;

    /// <param name="services">What all dispatchers share.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="counters">The listener's.</param>
    /// <param name="createBatch">Makes a place for answers; one each for this thread, for late answers, and for the journal's thread.</param>
    public RequestDispatcher(DispatcherServices services, ListeningOptions options, ListenerCounters counters, Func<DatagramBatch> createBatch)
    {
        _services = services;
        _counters = counters;
        _batch = createBatch();
        _late = new LateReplies(options.DelayedReplyCapacity, createBatch(), counters, services.Time);
        _held = counters.Purpose == ListenerPurpose.Accounting ? new HeldReplies(options.HeldReplyCapacity, createBatch(), counters) : null;
        _cache = new ReplyCache(options.ReplyCacheCapacity, TimeSpan.FromSeconds(options.ReplyCacheSeconds), _held, counters);
        _requestCode = counters.Purpose == ListenerPurpose.Accounting ? RadiusCode.AccountingRequest : RadiusCode.AccessRequest;
        _ticksPerMillisecond = Math.Max(services.Time.TimestampFrequency / 1000, 1);
    }

    /// <summary>Answers held back for reject_delay.</summary>
    public int DelayedCount => _late.Count;

    /// <summary>Accounting-Responses that wait for the disc.</summary>
    public int HeldCount => _held?.Count ?? 0;

    /// <summary>Takes the time for the datagrams that follow.</summary>
    public void BeginBatch()
    {
        _now = Now();
        _unixNow = _services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _finished.Apply(_cache);
    }

    /// <summary>Sends the answers gathered since <see cref="BeginBatch"/>.</summary>
    public void EndBatch()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        int failed = _batch.Flush();
        if (failed != 0)
        {
            _counters.Count(DropReason.SendFailed, failed);
        }
    }

    /// <summary>Handles one datagram. Whatever fails on its way is counted and logged, and the next one is handled.</summary>
    public void Dispatch(ReadOnlySpan<byte> datagram, in DatagramPath path)
    {
        try
        {
            Check(datagram, path);
        }
        catch (Exception e)
        {
            _counters.Count(DropReason.HandlerFailed);
            ReportFailure(e);
        }
    }

    /// <summary>Sends delayed answers now; to be called when the server stops, after the last batch.</summary>
    public void SendDelayed() => _late.SendAll();

    public void Dispose()
    {
        _late.Dispose();
        _held?.Dispose();
        _batch.Dispose();
    }

    private void Check(ReadOnlySpan<byte> datagram, in DatagramPath path)
    {
        if (!PacketView.TryParse(datagram, out PacketView packet, out PacketFault fault))
        {
            _counters.Count(ListenerEvent.OtherDatagram);
            _counters.Count(ReasonOf(fault));
            return;
        }

        if (!CountCode(packet.Code))
        {
            _counters.Count(DropReason.WrongCode);
            return;
        }

        SourceAddress source = path.Source;
        if (!_services.Directory.TryFind(source.Address, out NasCandidates candidates))
        {
            Drop(source, DropReason.UnknownNas);
            return;
        }

        RequestTraits traits = RequestTraits.Read(packet);
        NasEntry? nas = NasChoice.Pick(candidates, packet, traits.NasIdentifier);
        if (nas is null)
        {
            Drop(source, DropReason.NoMatchingNas);
            return;
        }

        if (!IsGenuine(packet, nas, traits, source))
        {
            return;
        }

        switch (packet.Code)
        {
            case RadiusCode.StatusServer:
                AnswerStatus(packet, nas, path);
                break;
            case RadiusCode.AccountingRequest:
                HandleAccounting(packet, nas, source, path);
                break;
            default:
                HandleAccess(packet, nas, source, path);
                break;
        }
    }

    private bool CountCode(RadiusCode code)
    {
        if (code == _requestCode)
        {
            _counters.Count(code == RadiusCode.AccessRequest ? ListenerEvent.AccessRequest : ListenerEvent.AccountingRequest);
            return true;
        }

        _counters.Count(code == RadiusCode.StatusServer ? ListenerEvent.StatusServer : ListenerEvent.OtherDatagram);
        return code == RadiusCode.StatusServer;
    }

    private bool IsGenuine(PacketView packet, NasEntry nas, in RequestTraits traits, in SourceAddress source)
    {
        RadiusCode code = packet.Code;
        if (code == RadiusCode.AccountingRequest && !packet.HasValidRequestAuthenticator(nas.Secret))
        {
            return Drop(source, DropReason.BadRequestAuthenticator);
        }

        if (packet.HasMessageAuthenticator)
        {
            if (!packet.HasValidRequestMessageAuthenticator(nas.Secret))
            {
                return Drop(source, DropReason.BadMessageAuthenticator);
            }
        }
        else if (code == RadiusCode.StatusServer)
        {
            return Drop(source, DropReason.StatusWithoutMessageAuthenticator);
        }

        MessageAuthenticatorVerdict verdict = code == RadiusCode.AccessRequest
            ? nas.Observations.Judge(
                nas.RequireMessageAuthenticator, packet.HasMessageAuthenticator, traits.HasEap, traits.HasProxyState, _unixNow)
            : MessageAuthenticatorVerdict.Accept;

        // What the NAS sends is counted above even where it is dropped here.
        if (traits.HasEap && !packet.HasMessageAuthenticator)
        {
            return Drop(source, DropReason.EapWithoutMessageAuthenticator);
        }

        return verdict switch
        {
            MessageAuthenticatorVerdict.Accept => true,
            MessageAuthenticatorVerdict.ProxyStateWithoutMessageAuthenticator => Drop(source, DropReason.ProxyStateWithoutMessageAuthenticator),
            _ => Drop(source, DropReason.MissingMessageAuthenticator),
        };
    }

    private void AnswerStatus(PacketView packet, NasEntry nas, in DatagramPath path)
    {
        bool authentication = _requestCode == RadiusCode.AccessRequest;
        if (authentication ? !_services.Health.CanAuthenticate : !_services.Health.CanAccount)
        {
            _counters.Count(DropReason.NotServing);
            return;
        }

        _writer.Begin(
            authentication ? RadiusCode.AccessAccept : RadiusCode.AccountingResponse, packet.Identifier, packet.Authenticator, messageAuthenticator: true);
        RequestTraits.CopyProxyStates(packet, _writer);
        _writer.FinishResponse(nas.Secret);
        Send(_writer.Octets, path);
    }

    /// <summary>Whether a request is new; a retransmission is dealt with here.</summary>
    private bool IsNew(PacketView packet, in SourceAddress source, in DatagramPath path, out CachePlace place)
    {
        switch (_cache.Enter(packet, source, _now, out place, out ReadOnlySpan<byte> reply))
        {
            case RequestNovelty.New:
                return true;
            case RequestNovelty.InProgress:
                _counters.Count(DropReason.DuplicateInProgress);
                return false;
            default:
                _counters.Count(ListenerEvent.ReplyRepeated);
                Send(reply, path);
                return false;
        }
    }

    private void Send(ReadOnlySpan<byte> reply, in DatagramPath path)
    {
        if (_batch.IsFull)
        {
            EndBatch();
        }

        _counters.Count(ListenerCounters.ReplyOf(reply[0]));
        _batch.Add(reply, path);
    }

    private bool Drop(in SourceAddress source, DropReason reason)
    {
        _counters.Count(reason);
        _services.Notices.Tell(source, reason, _now);
        return false;
    }

    private long Now() => _services.Time.GetTimestamp() / _ticksPerMillisecond;

    private static DropReason ReasonOf(PacketFault fault) => fault switch
    {
        PacketFault.TooShort => DropReason.TooShort,
        PacketFault.TooLong => DropReason.TooLong,
        PacketFault.BadLengthField => DropReason.BadLength,
        PacketFault.BadMessageAuthenticator => DropReason.MalformedMessageAuthenticator,
        _ => DropReason.BadAttribute,
    };
}
