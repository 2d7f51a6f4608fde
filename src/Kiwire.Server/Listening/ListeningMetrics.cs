using System.Diagnostics.Metrics;

namespace Kiwire.Server.Listening;

/// <summary>The listeners' meters. The counters are read from the listeners' own when somebody asks.</summary>
internal sealed class ListeningMetrics
{
    public const string MeterName = "Kiwire.Listening";

    private static readonly string[] DropNames =
    [
        "too_short", "too_long", "bad_length", "bad_attribute", "malformed_message_authenticator", "wrong_code", "unknown_nas", "no_matching_nas",
        "bad_request_authenticator", "bad_message_authenticator", "missing_message_authenticator", "eap_without_message_authenticator",
        "proxy_state_without_message_authenticator", "status_without_message_authenticator", "duplicate_in_progress", "waiting_full", "held_full",
        "not_taken", "no_reply", "not_serving", "handler_failed", "send_failed",
    ];

    private static readonly (ListenerEvent Event, string Code)[] Requests =
    [
        (ListenerEvent.AccessRequest, "access_request"), (ListenerEvent.AccountingRequest, "accounting_request"),
        (ListenerEvent.StatusServer, "status_server"), (ListenerEvent.OtherDatagram, "other"),
    ];

    private static readonly (ListenerEvent Event, string Code)[] Replies =
    [
        (ListenerEvent.Accept, "access_accept"), (ListenerEvent.Reject, "access_reject"), (ListenerEvent.Challenge, "access_challenge"),
        (ListenerEvent.AccountingResponse, "accounting_response"), (ListenerEvent.OtherReply, "other"),
    ];

    private static readonly KeyValuePair<string, object?>[] PurposeTags =
    [
        new("port", "authentication"), new("port", "accounting"),
    ];

    private readonly Histogram<double> _batchDuration;
    private volatile Source[] _sources = [];

    public ListeningMetrics(IMeterFactory meters, WaitingRequests waiting)
    {
        Meter meter = meters.Create(MeterName);
        meter.CreateObservableCounter("radius.server.requests", () => ReadEvents(Requests), "{datagram}", "Datagrams that arrived, by port and code.");
        meter.CreateObservableCounter("radius.server.replies", () => ReadEvents(Replies), "{reply}", "Answers that were sent, by port and code; repeated ones among them.");
        meter.CreateObservableCounter("radius.server.drops", ReadDrops, "{datagram}", "Requests that got no answer, by port and reason.");
        meter.CreateObservableCounter(
            "radius.server.replies.repeated", () => ReadEvent(ListenerEvent.ReplyRepeated), "{reply}", "Answers sent once more, to retransmissions.");
        meter.CreateObservableCounter(
            "radius.server.requests.forgotten", () => ReadEvent(ListenerEvent.RequestForgotten), "{request}", "Requests that the duplicate cache forgot before their time.");
        meter.CreateObservableCounter(
            "radius.server.delays.cut_short", () => ReadEvent(ListenerEvent.DelayCutShort), "{reply}", "Delayed answers that left early because too many waited.");
        meter.CreateObservableGauge("radius.server.requests.waiting", () => waiting.Count, "{request}", "Access-Requests that wait for the database or a code.");
        meter.CreateObservableGauge("radius.server.replies.delayed", () => ReadGauge(dispatcher => dispatcher.DelayedCount), "{reply}", "Answers held back by reject_delay.");
        meter.CreateObservableGauge("radius.server.replies.held", () => ReadGauge(dispatcher => dispatcher.HeldCount), "{reply}", "Accounting-Responses that wait for the disc.");
        _batchDuration = meter.CreateHistogram(
            "radius.server.batch.duration", "s", "From a batch of 1 to 64 datagrams' being read to the last of its answers' having been sent.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 1] });
    }

    /// <summary>Adds a listener to what is reported.</summary>
    public void Add(ListenerCounters counters, RequestDispatcher dispatcher)
    {
        lock (_batchDuration)
        {
            _sources = [.. _sources, new Source(counters, dispatcher)];
        }
    }

    public void RecordBatch(ListenerPurpose purpose, TimeSpan duration)
    {
        if (_batchDuration.Enabled)
        {
            _batchDuration.Record(duration.TotalSeconds, PurposeTags[(int)purpose]);
        }
    }

    private IEnumerable<Measurement<long>> ReadEvents((ListenerEvent Event, string Code)[] events) =>
        from purpose in Enum.GetValues<ListenerPurpose>()
        from entry in events
        select new Measurement<long>(Sum(purpose, counters => counters.Read(entry.Event)), PurposeTags[(int)purpose], new("code", entry.Code));

    private IEnumerable<Measurement<long>> ReadDrops() =>
        from purpose in Enum.GetValues<ListenerPurpose>()
        from reason in Enum.GetValues<DropReason>()
        select new Measurement<long>(Sum(purpose, counters => counters.Read(reason)), PurposeTags[(int)purpose], new("reason", DropNames[(int)reason]));

    private IEnumerable<Measurement<long>> ReadEvent(ListenerEvent what) =>
        from purpose in Enum.GetValues<ListenerPurpose>()
        select new Measurement<long>(Sum(purpose, counters => counters.Read(what)), PurposeTags[(int)purpose]);

    private int ReadGauge(Func<RequestDispatcher, int> read) => _sources.Sum(source => read(source.Dispatcher));

    private long Sum(ListenerPurpose purpose, Func<ListenerCounters, long> read) =>
        _sources.Where(source => source.Counters.Purpose == purpose).Sum(source => read(source.Counters));

    private sealed record Source(ListenerCounters Counters, RequestDispatcher Dispatcher);
}
