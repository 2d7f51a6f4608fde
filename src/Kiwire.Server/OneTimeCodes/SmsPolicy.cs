using System.Text.Json;
using System.Text.Json.Serialization;
using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>How a tenant's guests sign up and log in by SMS. Connectors, template, profile and zone are kept by identifier. Kept as JSON; a field that is absent has its default.</summary>
internal sealed record SmsPolicy
{
    /// <summary>The most connectors that stand in for the first.</summary>
    public const int MostFallbacks = 9;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    [JsonIgnore]
    public long TenantId { get; init; }

    [JsonIgnore]
    public long Version { get; init; } = 1;

    public bool Enabled { get; init; }

    /// <summary>The first choice; 0: none.</summary>
    public long ConnectorId { get; init; }

    /// <summary>Tried in this order after the first choice.</summary>
    public IReadOnlyList<long> FallbackIds { get; init; } = [];

    public SmsMode Mode { get; init; }

    /// <summary>0: the text that is built in.</summary>
    public long TemplateId { get; init; }

    /// <summary>What accounts that are signed up get; 0: none.</summary>
    public long ProfileId { get; init; }

    /// <summary>Where such accounts may log in; 0: everywhere.</summary>
    public long ZoneId { get; init; }

    /// <summary>For how long such accounts are good; 0: for ever.</summary>
    public int AccountExpiryDays { get; init; } = 30;

    public int CodeLength { get; init; } = 6;

    public int CodeLifetimeSeconds { get; init; } = 300;

    /// <summary>Wrong codes after which a code is no good any more.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Until then a repeated request is answered like the first, and nothing is sent.</summary>
    public int ResendAfterSeconds { get; init; } = 60;

    /// <summary>People are shown <c>+6012****789</c> in the place of a number.</summary>
    public bool RecipientMask { get; init; } = true;

    public int PerPhonePerDay { get; init; } = 10;

    public int PerAddressPerHour { get; init; } = 20;

    public int PerTenantPerDay { get; init; } = 10_000;

    /// <summary>Where there are any, other numbers are refused.</summary>
    public IReadOnlyList<DialPrefix> Prefixes { get; init; } = [];

    /// <summary>ISO 3166 code of the country that national numbers are in; empty: those are refused.</summary>
    public string DefaultCountry { get; init; } = "";

    public PasswordSecurity PasswordSecurity { get; init; } = PasswordSecurity.Low;

    /// <summary>For how long the same client device may log in again with the same code; 0: never.</summary>
    public int CodeReuseSeconds { get; init; }

    /// <summary>A password with the code behind it is taken in one field.</summary>
    public bool Append { get; init; }

    public GuardMode Guard { get; init; } = GuardMode.Enforce;

    /// <summary>Segments that may be sent in a day; 0: any number.</summary>
    public int DailyBudget { get; init; }

    /// <summary>The portal's, for guests whose own it does not have.</summary>
    public string PortalLanguage { get; init; } = "en";

    /// <summary>The first choice and those that stand in for it.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> Connectors => [ConnectorId, .. FallbackIds];

    /// <summary>The template, read; null: the text that is built in.</summary>
    [JsonIgnore]
    public MessageTemplate? Template { get; init; }

    /// <summary>Whether accounts that have a telephone number need a code to log in.</summary>
    [JsonIgnore]
    public bool AsksAtLogin => Enabled && Mode == SmsMode.EveryLogin;

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no such JSON.</exception>
    public static SmsPolicy FromJson(string json) => JsonSerializer.Deserialize<SmsPolicy>(json, Json) ?? new();

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>A number as people are shown it.</summary>
    public string Show(PhoneNumber phone) => RecipientMask ? phone.Masked : phone.E164;
}

/// <summary>What a code is for.</summary>
internal enum SmsMode
{
    /// <summary>The right code makes the account; from then on its password lets in.</summary>
    Registration,

    /// <summary>The number is the user name, and each login needs a new code.</summary>
    EveryLogin,

    /// <summary>A password is sent once, and is good until the account expires.</summary>
    PasswordOnce,
}

/// <summary>What codes and passwords are made of.</summary>
internal enum PasswordSecurity
{
    /// <summary>Letters and digits, without look-alikes.</summary>
    High,

    /// <summary>Digits.</summary>
    Low,
}

/// <summary>What is done about robots that order codes.</summary>
internal enum GuardMode
{
    Off,

    /// <summary>It is written down what would have been stopped.</summary>
    Record,

    Enforce,
}
