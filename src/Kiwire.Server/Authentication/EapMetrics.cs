using System.Diagnostics.Metrics;
using Kiwire.Radius.Eap;

namespace Kiwire.Server.Authentication;

/// <summary>What becomes of EAP conversations.</summary>
internal sealed class EapMetrics
{
    public const string MeterName = "Kiwire.Eap";

    private static readonly string[] s_reasons =
        [.. Enum.GetNames<EapFailure>().Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private readonly Counter<long> _begun;
    private readonly Counter<long> _succeeded;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _busy;
    private readonly UpDownCounter<long> _open;

    public EapMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _begun = meter.CreateCounter<long>("radius.server.eap.begun", "{conversation}", "Conversations begun");
        _succeeded = meter.CreateCounter<long>("radius.server.eap.succeeded", "{conversation}", "Conversations in which the peer proved itself");
        _failed = meter.CreateCounter<long>("radius.server.eap.failed", "{conversation}", "Conversations that failed or could not begin, by reason");
        _expired = meter.CreateCounter<long>("radius.server.eap.expired", "{conversation}", "Conversations that the peer left unanswered");
        _busy = meter.CreateCounter<long>("radius.server.eap.busy", "{request}", "Requests left unanswered, their conversation being at work on another");
        _open = meter.CreateUpDownCounter<long>("radius.server.eap.open", "{conversation}", "Conversations that wait for their peer");
    }

    public void Begun() => _begun.Add(1);

    public void Succeeded() => _succeeded.Add(1);

    public void Failed(EapFailure reason) => _failed.Add(1, new KeyValuePair<string, object?>("reason", s_reasons[(int)reason]));

    public void Busy() => _busy.Add(1);

    public void Opened() => _open.Add(1);

    public void Closed() => _open.Add(-1);

    public void Expired()
    {
        _expired.Add(1);
        _open.Add(-1);
    }
}
