using System.Diagnostics.Metrics;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What became of requests for codes, and of codes.</summary>
internal sealed class OneTimeCodesMetrics
{
    public const string MeterName = "Kiwire.OneTimeCodes";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _verdicts;

    public OneTimeCodesMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("kiwire.codes.requests", "{request}", "Requests for one-time codes, by what became of them");
        _verdicts = meter.CreateCounter<long>("kiwire.codes.verdicts", "{code}", "One-time codes that were tried, by what they were found to be");
    }

    public void Requested(CodeAnswer answer) => _requests.Add(1, new KeyValuePair<string, object?>("outcome", answer switch
    {
        CodeAnswer.Sent => "sent",
        CodeAnswer.AlreadySent => "already_sent",
        CodeAnswer.Refused refused => refused.Reason.ToString(),
        _ => "",
    }));

    public void Right() => _verdicts.Add(1, new KeyValuePair<string, object?>("verdict", "right"));

    public void Wrong() => _verdicts.Add(1, new KeyValuePair<string, object?>("verdict", "wrong"));

    public void Gone() => _verdicts.Add(1, new KeyValuePair<string, object?>("verdict", "gone"));
}
