using System.Diagnostics.Metrics;

namespace Kiwire.Server.Sms;

/// <summary>What this room counts.</summary>
internal sealed class SmsMetrics
{
    public const string MeterName = "Kiwire.Sms";

    private readonly Counter<long> _messages;
    private readonly Histogram<double> _requests;

    public SmsMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _messages = meter.CreateCounter<long>("kiwire.sms.messages", "{message}", "Messages that were queued, sent, delivered or failed");
        _requests = meter.CreateHistogram<double>("kiwire.sms.request.duration", "s", "Time that gateways took to take a message, or not to");
    }

    public void Messages(SmsState state, int count = 1) =>
        _messages.Add(count, new KeyValuePair<string, object?>("state", SmsStateWords.Of(state)));

    public void Requested(SmsProvider provider, SmsOutcome outcome, TimeSpan took) => _requests.Record(
        took.TotalSeconds,
        new KeyValuePair<string, object?>("provider", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(provider.ToString())),
        new KeyValuePair<string, object?>("outcome", outcome switch
        {
            SmsOutcome.Sent => "sent",
            SmsOutcome.Retry => "retry",
            _ => "final",
        }));
}
