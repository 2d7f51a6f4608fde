using System.ComponentModel;

namespace Kiwire.Server.Sms;

/// <summary>A connector, as it is made or changed; what is not given stays. Which fields there are depends on the provider.</summary>
internal sealed record SmsConnectorRequest
{
    [Description("1 to 100 characters.")]
    public string? Name { get; init; }

    [Description("Fixed when it is made.")]
    public SmsProvider? Provider { get; init; }

    [Description("One that is not cannot be chosen; one that is chosen stays active.")]
    public bool? Active { get; init; }

    [Description("Twilio, MessageBird, Synchroweb: where the API is.")]
    public string? ServerAddress { get; init; }

    [Description("Twilio.")]
    public string? AccountSid { get; init; }

    [Description("Twilio; write-only.")]
    public string? AuthToken { get; init; }

    [Description("Twilio: a number, a sender's name, or a short code. 91\\9191919191 and 0012345678987 are numbers too.")]
    public string? From { get; init; }

    [Description("Twilio: picks the sender; from may then be left out.")]
    public string? MessagingServiceSid { get; init; }

    [Description("MessageBird; write-only.")]
    public string? AccessKey { get; init; }

    [Description("MessageBird: what its reports are signed with; write-only. Without it no reports are asked for.")]
    public string? SigningKey { get; init; }

    [Description("MessageBird: a number, or up to 11 letters and digits.")]
    public string? Originator { get; init; }

    [Description("MessageBird v1.")]
    public string? Username { get; init; }

    [Description("MessageBird v1; write-only.")]
    public string? Password { get; init; }

    [Description("MessageBird v1: up to 11 letters and digits, or up to 16 digits.")]
    public string? Sender { get; init; }

    [Description("Synchroweb; write-only. It goes where {apiKey} stands.")]
    public string? ApiKey { get; init; }

    [Description("Generic: GET, which puts all parameters into the query, or POST.")]
    public string? Method { get; init; }

    [Description("Generic: the whole address with fixed variables in it. The values of those whose names say that they are secret are kept as secrets.")]
    public string? Uri { get; init; }

    [Description("Generic: the parameter that carries the message.")]
    public string? MessageVariable { get; init; }

    [Description("Generic: the parameter that carries the number.")]
    public string? PhoneVariable { get; init; }

    public PhoneFormat? PhoneFormat { get; init; }

    [Description("Generic. {phone} may stand in their values.")]
    public IReadOnlyList<NamedValue>? Headers { get; init; }

    [Description("Generic. {phone} and {message} may stand in their values.")]
    public IReadOnlyList<NamedValue>? Parameters { get; init; }

    [Description("Generic: headers whose values are write-only; one without a value keeps the one it has.")]
    public IReadOnlyList<SecureValue>? SecureHeaders { get; init; }

    [Description("Generic: parameters whose values are write-only; one without a value keeps the one it has.")]
    public IReadOnlyList<SecureValue>? SecureParameters { get; init; }

    [Description("Generic: HTTP Basic.")]
    public string? BasicUser { get; init; }

    [Description("Generic: HTTP Basic; write-only.")]
    public string? BasicPassword { get; init; }

    [Description("Generic: how a POST's body is written.")]
    public BodyEncoding? Encoding { get; init; }

    [Description("Generic: what makes an answer a success besides a status of 200 to 299, and which refusals pass: retry has what stands at retryPath, or what the answer begins with.")]
    public SuccessRule? Success { get; init; }

    [Description("Generic: the name of a preset, which then says all but its fields.")]
    public string? Preset { get; init; }

    [Description("Generic by preset: its fields; secret ones are write-only. What is not given stays, an empty one is cleared.")]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>Without its fields: secrets are among them.</summary>
    public override string ToString() => $"{Provider} {Name}";
}

/// <summary>A header or parameter whose value is not shown.</summary>
internal sealed record SecureValue
{
    public string? Name { get; init; }

    public string? Value { get; init; }

    /// <summary>Without the value.</summary>
    public override string ToString() => Name ?? "";
}
