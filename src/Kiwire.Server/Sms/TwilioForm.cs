using System.Globalization;
using System.Text.Json;

namespace Kiwire.Server.Sms;

/// <summary>
/// Twilio Programmable Messaging: <c>POST {server}/{AccountSid}/Messages.json</c>, a form, HTTP Basic; 201 with the message's sid.
/// </summary>
internal sealed class TwilioForm : SmsForm
{
    public const string DefaultServer = "https://api.twilio.com/2010-04-01/Accounts";

    /// <summary>ValidityPeriod is 1 to 36 000 seconds.</summary>
    private const int LongestValidity = 36_000;

    private const int Created = 201;

    public override HttpRequestMessage Write(SmsConnector connector, SmsDispatch dispatch)
    {
        SmsConnectorSettings settings = connector.Settings;
        List<KeyValuePair<string, string>> form = [new("To", dispatch.Phone.E164), new("Body", dispatch.Text)];
        if (settings.MessagingServiceSid.Length > 0)
        {
            form.Add(new("MessagingServiceSid", settings.MessagingServiceSid));
        }

        if (settings.From.Length > 0)
        {
            form.Add(new("From", settings.From));
        }

        if (dispatch.StatusCallback is { } callback)
        {
            form.Add(new("StatusCallback", callback.AbsoluteUri));
        }

        if (dispatch.ValiditySeconds is { } validity)
        {
            form.Add(new("ValidityPeriod", Math.Clamp(validity, 1, LongestValidity).ToString(CultureInfo.InvariantCulture)));
        }

        return new HttpRequestMessage(
            HttpMethod.Post, $"{settings.ServerAddress.TrimEnd('/')}/{Uri.EscapeDataString(settings.AccountSid)}/Messages.json")
        {
            Content = new FormUrlEncodedContent(form),
            Headers = { Authorization = Basic(settings.AccountSid, connector.Secrets[SmsSecrets.AuthToken]) },
        };
    }

    public override SmsOutcome Read(SmsConnector connector, SmsAnswer answer)
    {
        JsonElement? body = ReadObject(answer.Body);
        string sid = Text(body, "sid") ?? "";
        if (answer.IsSuccess && (sid.Length > 0 || (answer.Status == Created && body?.TryGetProperty("sid", out _) == true)))
        {
            // What Twilio made may have failed at once. A sid may be null in its description; the message is made all the same.
            return Text(body, "status") is "failed" or "undelivered" or "canceled"
                ? new SmsOutcome.Final($"HTTP {answer.Status}: {Text(body, "status")}: {Text(body, "error_code")} {Text(body, "error_message")}".TrimEnd())
                : new SmsOutcome.Sent(sid, SegmentsOf(body));
        }

        // A success without one is none, and not asked for again: that could send twice.
        string? detail = Text(body, "code") is { } code ? $"{code} {Text(body, "message")}" : null;
        return answer.IsSuccess ? new SmsOutcome.Final($"HTTP {answer.Status} without a message's sid: {detail ?? answer.Excerpt}") : answer.ToFailure(detail);
    }

    // A text in Twilio's API, a number in others' of the same form.
    private static int? SegmentsOf(JsonElement? body) =>
        int.TryParse(Text(body, "num_segments"), CultureInfo.InvariantCulture, out int segments) && segments > 0 ? segments : null;
}
