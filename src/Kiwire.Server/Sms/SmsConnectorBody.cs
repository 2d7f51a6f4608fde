using System.ComponentModel;

namespace Kiwire.Server.Sms;

/// <summary>A connector, as it is read: what is empty is left out, and of secrets only whether they are set is said.</summary>
internal sealed record SmsConnectorBody
{
    private const string IsSet = "set";

    public required string Name { get; init; }

    public required SmsProvider Provider { get; init; }

    public required string Purpose { get; init; }

    public required bool Active { get; init; }

    public string? ServerAddress { get; init; }

    public string? AccountSid { get; init; }

    public string? From { get; init; }

    public string? MessagingServiceSid { get; init; }

    public string? Originator { get; init; }

    public string? Username { get; init; }

    public string? Sender { get; init; }

    public string? Preset { get; init; }

    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public string? Method { get; init; }

    public string? Uri { get; init; }

    public string? MessageVariable { get; init; }

    public string? PhoneVariable { get; init; }

    public PhoneFormat? PhoneFormat { get; init; }

    public IReadOnlyList<NamedValue>? Headers { get; init; }

    public IReadOnlyList<NamedValue>? Parameters { get; init; }

    [Description("Their names.")]
    public IReadOnlyList<string>? SecureHeaders { get; init; }

    [Description("Their names.")]
    public IReadOnlyList<string>? SecureParameters { get; init; }

    public string? BasicUser { get; init; }

    public BodyEncoding? Encoding { get; init; }

    public SuccessRule? Success { get; init; }

    [Description("Each secret by its name: set, or not set. They are not shown.")]
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    public static SmsConnectorBody Of(SmsConnector connector, SmsPresetCatalog presets)
    {
        SmsConnectorSettings settings = connector.Settings;
        GenericShape? shape = connector.Provider is SmsProvider.Generic or SmsProvider.Synchroweb && settings.Preset.Length == 0 ? settings.Generic : null;
        return new SmsConnectorBody
        {
            Name = connector.Name,
            Provider = connector.Provider,
            Purpose = "SMS Gateway",
            Active = connector.Active,
            ServerAddress = Given(settings.ServerAddress),
            AccountSid = Given(settings.AccountSid),
            From = Given(settings.From),
            MessagingServiceSid = Given(settings.MessagingServiceSid),
            Originator = Given(settings.Originator),
            Username = Given(settings.Username),
            Sender = Given(settings.Sender),
            Preset = Given(settings.Preset),
            Fields = settings.Preset.Length > 0 ? settings.Fields : null,
            Method = shape is null ? null : shape.IsPost ? "POST" : "GET",
            Uri = Given(settings.Generic.Uri),
            MessageVariable = Given(settings.Generic.MessageVariable),
            PhoneVariable = Given(settings.Generic.PhoneVariable),
            PhoneFormat = shape?.PhoneFormat,
            Headers = shape?.Headers,
            Parameters = shape?.Parameters,
            SecureHeaders = shape?.SecureHeaders,
            SecureParameters = shape?.SecureParameters,
            BasicUser = Given(settings.Generic.BasicUser),
            Encoding = shape?.Encoding,
            Success = shape?.Success,
            Secrets = NamesOf(connector, presets).Union(connector.Secrets.Values.Keys).ToDictionary(name => name, name => connector.Secrets.Has(name) ? IsSet : "not set"),
        };
    }

    private static IEnumerable<string> NamesOf(SmsConnector connector, SmsPresetCatalog presets) => connector.Provider switch
    {
        SmsProvider.Twilio => [SmsSecrets.AuthToken],
        SmsProvider.MessageBird => [SmsSecrets.AccessKey, SmsSecrets.SigningKey],
        SmsProvider.MessageBirdV1 => [SmsSecrets.Password],
        SmsProvider.Synchroweb => [SmsSecrets.ApiKey, SmsSecrets.BasicPassword],
        _ when presets.TryGet(connector.Settings.Preset, out SmsPreset? preset) => preset.Fields.Where(field => field.Secret).Select(field => SmsSecrets.OfField(field.Name)),
        _ => [SmsSecrets.BasicPassword],
    };

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
