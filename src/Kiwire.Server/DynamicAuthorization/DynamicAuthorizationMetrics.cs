using System.Diagnostics.Metrics;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What this room counts.</summary>
internal sealed class DynamicAuthorizationMetrics
{
    public const string MeterName = "Kiwire.DynamicAuthorization";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _proofs;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _enforced;
    private readonly Counter<long> _signalsDropped;
    private readonly Histogram<double> _duration;

    public DynamicAuthorizationMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>("radius.client.coa.requests", "{request}", "CoA- and Disconnect-Requests, by kind and outcome");
        _duration = _meter.CreateHistogram<double>("radius.client.coa.duration", "s", "Time from the first sending to the answer");
        _proofs = _meter.CreateCounter<long>("radius.client.coa.proofs", "{disconnect}", "Acknowledged disconnects that accounting bore out (ended) or did not (ignored)");
        _lost = _meter.CreateCounter<long>("radius.client.coa.unknown_sessions", "{session}", "Sessions ended because their NAS has no such session");
        _enforced = _meter.CreateCounter<long>("kiwire.enforcement.actions", "{action}", "Sessions ended or changed without anybody asking, by reason and outcome");
        _signalsDropped = _meter.CreateCounter<long>("kiwire.enforcement.signals.dropped", "{signal}", "Accounts not looked at at once because too many wait; the clock finds them");
        _dropped = _meter.CreateCounter<long>("radius.client.coa.log.dropped", "{row}", "Rows of the dynamic-authorization log dropped because its backlog is full");
    }

    /// <summary>A request is done with, or was not sent.</summary>
    public void Sent(CoaKind kind, CoaOutcome outcome)
    {
        _requests.Add(1, new("kind", NameOf(kind)), new("outcome", NameOf(outcome)));
        if (outcome.Answered is { } elapsed)
        {
            _duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("kind", NameOf(kind)));
        }
    }

    public void Proved(DisconnectProof proof) =>
        _proofs.Add(1, new KeyValuePair<string, object?>("state", proof == DisconnectProof.Ended ? "ended" : "ignored"));

    public void Lost() => _lost.Add(1);

    /// <summary>Something was done about a session without anybody asking, or could not be.</summary>
    public void Enforced(EnforcementKind kind, string reason, bool done) => _enforced.Add(
        1, new("kind", kind == EnforcementKind.End ? "disconnect" : "coa"), new("reason", reason), new("outcome", done ? "done" : "failed"));

    public void SignalDropped() => _signalsDropped.Add(1);

    public void Dropped(int rows) => _dropped.Add(rows);

    /// <summary>Measures a sender.</summary>
    internal void Watch(CoaSender sender)
    {
        _ = _meter.CreateObservableGauge("radius.client.coa.under_way", () => sender.Total, "{request}", "Requests that wait for a NAS or for their turn");
        _ = _meter.CreateObservableCounter("radius.client.coa.resent", () => sender.Statistics.Resent, "{request}", "Requests sent again");
        _ = _meter.CreateObservableCounter(
            "radius.client.coa.ignored_answers",
            () => (Measurement<long>[])
            [
                new(sender.Statistics.Forged, new KeyValuePair<string, object?>("reason", "forged")),
                new(sender.Statistics.Unexpected, new KeyValuePair<string, object?>("reason", "late")),
                new(sender.Statistics.Malformed, new KeyValuePair<string, object?>("reason", "malformed")),
            ],
            "{packet}",
            "Packets ignored: not genuine, awaited by nobody (late or repeated), or none of RADIUS");
    }

    /// <summary>Measures what is done without anybody asking.</summary>
    internal void Watch(EnforcementClaims claims) => _ = _meter.CreateObservableGauge(
        "kiwire.enforcement.under_way", () => claims.UnderWay, "{action}", "Sessions being ended or changed without anybody asking");

    private static string NameOf(CoaKind kind) => kind switch
    {
        CoaKind.Disconnect => "disconnect",
        CoaKind.Coa => "coa",
        _ => "test",
    };

    private static string NameOf(CoaOutcome outcome) => outcome switch
    {
        CoaOutcome.Acknowledged => "acknowledged",
        CoaOutcome.Refused => "refused",
        CoaOutcome.Unanswered => "unanswered",
        _ => "not_sent",
    };
}
