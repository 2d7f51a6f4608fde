using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Kiwire.Server.Sms;

/// <summary>One message on its way to a gateway.</summary>
internal sealed record SmsDispatch
{
    public required PhoneNumber Phone { get; init; }

    public required string Text { get; init; }

    /// <summary>Where the gateway may say what became of it; null: nowhere.</summary>
    public Uri? StatusCallback { get; init; }

    /// <summary>For how long the message is of use, in seconds; null: for good.</summary>
    public int? ValiditySeconds { get; init; }

    /// <summary>What in the text nobody but the recipient may see: codes and passwords.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Without the text.</summary>
    public override string ToString() => $"SMS to {Phone}";
}

/// <summary>A provider's wire form: the request for a message, and what its answer means.</summary>
internal abstract class SmsForm
{
    /// <exception cref="SmsConnectorException">The connector's fields make no request.</exception>
    public abstract HttpRequestMessage Write(SmsConnector connector, SmsDispatch dispatch);

    public abstract SmsOutcome Read(SmsConnector connector, SmsAnswer answer);

    protected static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>The answer's JSON object; null: it is none.</summary>
    protected static JsonElement? ReadObject(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text or number of an object as text; null: there is none.</summary>
    protected static string? Text(JsonElement? item, string name) =>
        item is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out JsonElement value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
}

/// <summary>A connector's fields make no request; the message says which and why.</summary>
internal sealed class SmsConnectorException(string message) : Exception(message);
