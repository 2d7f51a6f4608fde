using System.Globalization;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>What gateways' words for a message's fate mean.</summary>
internal static class SmsReport
{
    /// <summary>Null: it is on its way still.</summary>
    public static SmsState? OfTwilio(string status) => status switch
    {
        "delivered" or "read" => SmsState.Delivered,
        "undelivered" or "failed" or "canceled" => SmsState.Failed,
        _ => null,
    };

    /// <summary>Null: it is on its way still.</summary>
    public static SmsState? OfMessageBird(string status) => status switch
    {
        "delivered" => SmsState.Delivered,
        "delivery_failed" or "expired" => SmsState.Failed,
        _ => null,
    };
}

/// <summary>Writes gateways' reports into the log.</summary>
internal sealed class SmsReports(CommitQueue commits, SmsMetrics metrics, TimeProvider time)
{
    private const int LongestCode = 50;

    public async Task RecordAsync(long tenantId, long messageId, SmsState state, string code, CancellationToken cancellationToken)
    {
        string shown = new([.. code.Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_').Take(LongestCode)]);
        string error = state != SmsState.Failed ? ""
            : string.Create(CultureInfo.InvariantCulture, $"The gateway reports that it did not arrive{(shown.Length > 0 ? $": {shown}" : "")}.");
        bool isNews = await commits.EnqueueAsync(
            async unit =>
            {
                if (!await SmsLogStore.ReportedAsync(unit, tenantId, messageId, state, error, time.GetUtcNow().ToUnixTimeMilliseconds()))
                {
                    return false;
                }

                if (state == SmsState.Delivered)
                {
                    // It may wait for another try, for the gateway that sent it did not answer in time.
                    _ = await SmsOutboxStore.WithdrawAsync(unit, tenantId, messageId);
                }

                return true;
            },
            cancellationToken);
        if (isNews)
        {
            metrics.Messages(state);
        }
    }
}
