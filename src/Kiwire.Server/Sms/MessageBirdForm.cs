using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kiwire.Server.Sms;

/// <summary>MessageBird's REST API: <c>POST {server}/messages</c>, JSON, an access key; 201 with the message's id.</summary>
internal sealed class MessageBirdForm : SmsForm
{
    public const string DefaultServer = "https://rest.messagebird.com";

    public override HttpRequestMessage Write(SmsConnector connector, SmsDispatch dispatch)
    {
        JsonObject body = new()
        {
            ["originator"] = connector.Settings.Originator,
            ["recipients"] = new JsonArray(long.Parse(dispatch.Phone.Digits, CultureInfo.InvariantCulture)),
            ["body"] = dispatch.Text,
            ["datacoding"] = "auto",
        };
        if (dispatch.ValiditySeconds is { } validity)
        {
            body["validity"] = Math.Max(1, validity);
        }

        if (dispatch.StatusCallback is { } callback)
        {
            body["reportUrl"] = callback.AbsoluteUri;

            // Reports come for messages with a reference only.
            body["reference"] = callback.Segments[^1];
        }

        return new HttpRequestMessage(HttpMethod.Post, $"{connector.Settings.ServerAddress.TrimEnd('/')}/messages")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            Headers =
            {
                Authorization = new AuthenticationHeaderValue("AccessKey", connector.Secrets[SmsSecrets.AccessKey]),
                Accept = { new MediaTypeWithQualityHeaderValue("application/json") },
            },
        };
    }

    public override SmsOutcome Read(SmsConnector connector, SmsAnswer answer)
    {
        JsonElement? body = ReadObject(answer.Body);
        string? detail = body is { } found && found.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array
            ? string.Join("; ", errors.EnumerateArray().Select(error => $"{Text(error, "code")} {Text(error, "description")}"))
            : null;
        if (!answer.IsSuccess)
        {
            return answer.ToFailure(detail);
        }

        return detail is null && Text(body, "id") is { Length: > 0 } id
            ? new SmsOutcome.Sent(id)
            : new SmsOutcome.Final($"HTTP {answer.Status} without a message's id: {detail ?? answer.Excerpt}");
    }
}
