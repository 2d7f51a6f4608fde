using System.Text.Json;

namespace Kiwire.Server.Sms;

/// <summary>A tenant's way to a gateway.</summary>
internal sealed record SmsConnector
{
    public required long TenantId { get; init; }

    public required long ConnectorId { get; init; }

    public required string Name { get; init; }

    public required SmsProvider Provider { get; init; }

    /// <summary>One that is not cannot be chosen.</summary>
    public bool Active { get; init; } = true;

    public required SmsConnectorSettings Settings { get; init; }

    public SmsSecrets Secrets { get; init; } = SmsSecrets.None;

    public long Version { get; init; }
}

/// <summary>A connector's fields that are no secrets; which of them count depends on the provider. Kept as JSON.</summary>
internal sealed record SmsConnectorSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Twilio, MessageBird: where the API is.</summary>
    public string ServerAddress { get; init; } = "";

    /// <summary>Twilio.</summary>
    public string AccountSid { get; init; } = "";

    /// <summary>Twilio: E.164, a sender's name or a short code.</summary>
    public string From { get; init; } = "";

    /// <summary>Twilio: picks the sender.</summary>
    public string MessagingServiceSid { get; init; } = "";

    /// <summary>MessageBird: a number, or up to 11 letters and digits.</summary>
    public string Originator { get; init; } = "";

    /// <summary>MessageBird v1.</summary>
    public string Username { get; init; } = "";

    /// <summary>MessageBird v1.</summary>
    public string Sender { get; init; } = "";

    /// <summary>Generic: the name of a preset, whose shape it then has; empty: the shape is in <see cref="Generic"/>.</summary>
    public string Preset { get; init; } = "";

    /// <summary>Generic by preset: the preset's fields that are no secrets.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Generic, Synchroweb.</summary>
    public GenericShape Generic { get; init; } = new();

    public static SmsConnectorSettings FromJson(string json) => JsonSerializer.Deserialize<SmsConnectorSettings>(json, Json) ?? new();

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>What a generic request looks like. <c>{phone}</c>, <c>{message}</c> and the connector's own variables stand for their values.</summary>
internal sealed record GenericShape
{
    /// <summary>POST, or GET, which puts all parameters into the query.</summary>
    public bool IsPost { get; init; }

    /// <summary>The whole address, with fixed variables in it.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The parameter that carries the message; empty: <c>{message}</c> stands elsewhere.</summary>
    public string MessageVariable { get; init; } = "";

    /// <summary>The parameter that carries the number; empty: <c>{phone}</c> stands elsewhere.</summary>
    public string PhoneVariable { get; init; } = "";

    public PhoneFormat PhoneFormat { get; init; }

    public IReadOnlyList<NamedValue> Headers { get; init; } = [];

    public IReadOnlyList<NamedValue> Parameters { get; init; } = [];

    /// <summary>Names of headers whose values are among the secrets.</summary>
    public IReadOnlyList<string> SecureHeaders { get; init; } = [];

    /// <summary>Names of parameters whose values are among the secrets.</summary>
    public IReadOnlyList<string> SecureParameters { get; init; } = [];

    /// <summary>HTTP Basic. Empty: none.</summary>
    public string BasicUser { get; init; } = "";

    /// <summary>A preset's: the variable of its password. A connector's own password is among the secrets.</summary>
    public string BasicPassword { get; init; } = "";

    public BodyEncoding Encoding { get; init; }

    /// <summary>Added where the message has characters outside of the GSM alphabet.</summary>
    public IReadOnlyList<NamedValue> UnicodeParameters { get; init; } = [];

    /// <summary>Such a message is written as hexadecimal UCS-2.</summary>
    public bool UnicodeHex { get; init; }

    public SuccessRule Success { get; init; } = new();
}

/// <summary>A header or parameter.</summary>
internal sealed record NamedValue(string Name, string Value);

/// <summary>What makes an answer a success besides a status of 200 to 299, and which refusals pass; what is empty is not asked for.</summary>
internal sealed record SuccessRule
{
    /// <summary>What the answer begins with, blanks aside.</summary>
    public string Begins { get; init => field = value ?? ""; } = "";

    /// <summary>What the answer has somewhere.</summary>
    public string Contains { get; init => field = value ?? ""; } = "";

    /// <summary>Where in a JSON answer to look: <c>messages[0].status</c>.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>What is found there; empty: anything but null.</summary>
    public string Value { get; init => field = value ?? ""; } = "";

    /// <summary>Where in a JSON answer the gateway's name for the message is.</summary>
    public string IdPath { get; init => field = value ?? ""; } = "";

    /// <summary>What stands before the gateway's name for the message in a text.</summary>
    public string IdAfter { get; init => field = value ?? ""; } = "";

    /// <summary>What a refusal says that may go well later: at <see cref="RetryPath"/>, or what the answer begins with.</summary>
    public IReadOnlyList<string> Retry { get; init => field = value ?? []; } = [];

    /// <summary>Where in a JSON answer the code of a refusal is; empty: the answer begins with it.</summary>
    public string RetryPath { get; init => field = value ?? ""; } = "";
}
