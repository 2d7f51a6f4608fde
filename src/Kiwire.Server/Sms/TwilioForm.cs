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
        if (answer.Status == Created && Text(body, "sid") is { Length: > 0 } sid)
        {
            // A text in Twilio's API, a number in others' of the same form.
            return new SmsOutcome.Sent(sid, int.TryParse(Text(body, "num_segments"), CultureInfo.InvariantCulture, out int segments) && segments > 0 ? segments : null);
        }

        // A success of another kind is none: asking again could send twice.
        string? detail = Text(body, "code") is { } code ? $"{code} {Text(body, "message")}" : null;
        return answer.IsSuccess ? new SmsOutcome.Final($"HTTP {answer.Status} without a message's sid: {detail ?? answer.Excerpt}") : answer.ToFailure(detail);
    }
}
