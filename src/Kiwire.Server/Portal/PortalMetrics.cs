using System.Diagnostics.Metrics;
using System.Text.Json;
using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Portal;

/// <summary>What the portal measures.</summary>
internal sealed class PortalMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _arrivals;
    private readonly Counter<long> _codes;
    private readonly Counter<long> _verdicts;

    public PortalMetrics(IMeterFactory factory)
    {
        _meter = factory.Create("Kiwire.Server.Portal");
        _arrivals = _meter.CreateCounter<long>("kiwire.portal.arrivals", "{guest}", "Guests whom a NAS or a link sent to the portal: taken, or refused because credentials may not be handed to the login address.");
        _codes = _meter.CreateCounter<long>("kiwire.portal.codes", "{request}", "Codes that were asked for at the portal, by what became of it.");
        _verdicts = _meter.CreateCounter<long>("kiwire.portal.verdicts", "{code}", "Codes that guests typed at the portal: right, wrong or gone.");
    }

    public void Arrived(Arrival arrival) => _arrivals.Add(1, new KeyValuePair<string, object?>("outcome", arrival.Fault.Length == 0 ? "taken" : "refused"));

    public void Asked(CodeAnswer answer) =>
        _codes.Add(1, new KeyValuePair<string, object?>("outcome", Word(answer is CodeAnswer.Refused refused ? refused.Reason.ToString() : answer.GetType().Name)));

    public void Judged(CodeVerdict verdict) => _verdicts.Add(1, new KeyValuePair<string, object?>("verdict", Word(verdict.GetType().Name)));

    public void Dispose() => _meter.Dispose();

    private static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
