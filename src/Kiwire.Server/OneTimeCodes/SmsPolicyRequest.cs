using System.ComponentModel;
using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>An SMS policy as it is changed; what is not given stays.</summary>
internal sealed record SmsPolicyRequest
{
    [Description("Whether codes are sent at all. An enabled policy has a connector and a profile.")]
    public bool? Enabled { get; init; }

    [Description("The active connector that messages go by; empty: none.")]
    public string? Connector { get; init; }

    [Description("Active connectors that are tried in this order after the first; at most 9.")]
    public IReadOnlyList<string>? Fallbacks { get; init; }

    [Description("registration: the right code makes the account, whose password lets in from then on. everyLogin: each login needs a new code. passwordOnce: a password is sent, and is good until the account expires.")]
    public SmsMode? Mode { get; init; }

    [Description("The template of the message, with {code} in it (or {password}, in mode passwordOnce); empty: the text that is built in.")]
    public string? Template { get; init; }

    [Description("The profile of accounts that are signed up.")]
    public string? Profile { get; init; }

    [Description("The zone that such accounts may log in from; empty or none: everywhere.")]
    public string? Zone { get; init; }

    [Description("For how many days such accounts are good: 1 to 3650, or 0, for ever.")]
    public int? AccountExpiryDays { get; init; }

    [Description("4 to 10 characters.")]
    public int? CodeLength { get; init; }

    [Description("60 to 3600 seconds.")]
    public int? CodeLifetimeSeconds { get; init; }

    [Description("After so many wrong ones a code is no good any more: 1 to 20.")]
    public int? MaxAttempts { get; init; }

    [Description("For so many seconds a repeated request is answered like the first, and nothing more is sent: 10 to 3600.")]
    public int? ResendAfterSeconds { get; init; }

    [Description("People are shown +6012****789 in the place of a number.")]
    public bool? RecipientMask { get; init; }

    [Description("Codes to one number in a day: 1 to 1000.")]
    public int? PerPhonePerDay { get; init; }

    [Description("Codes that one address asks for in an hour: 1 to 100000.")]
    public int? PerAddressPerHour { get; init; }

    [Description("Codes in a day: 1 to 10000000.")]
    public int? PerTenantPerDay { get; init; }

    [Description("Where there are any, numbers that begin with none of them are refused.")]
    public IReadOnlyList<DialPrefix>? Prefixes { get; init; }

    [Description("ISO 3166 code of the country that numbers without a calling code are in, such as MY; empty: such numbers are refused.")]
    public string? DefaultCountry { get; init; }

    [Description("high: letters and digits without look-alikes. low: digits.")]
    public PasswordSecurity? PasswordSecurity { get; init; }

    [Description("For so many seconds the same client device may log in again with the same code: 0 (never) to 3600.")]
    public int? CodeReuseSeconds { get; init; }

    [Description("A password with the code behind it is taken in one field.")]
    public bool? Append { get; init; }

    [Description("Against robots that order codes. record: it is only written down what would have been stopped.")]
    public GuardMode? Guard { get; init; }

    [Description("Segments that may be sent in a day: 1 to 10000000, or 0, any number.")]
    public int? DailyBudget { get; init; }

    [Description("The portal's language for guests whose own it does not have: en, ms, zh or another that the operator has added.")]
    public string? PortalLanguage { get; init; }
}

/// <summary>An SMS policy as it is read.</summary>
internal sealed record SmsPolicyBody
{
    public required bool Enabled { get; init; }

    [Description("Null: none.")]
    public required string? Connector { get; init; }

    public required IReadOnlyList<string> Fallbacks { get; init; }

    public required SmsMode Mode { get; init; }

    [Description("Null: the text that is built in.")]
    public required string? Template { get; init; }

    [Description("Null: none.")]
    public required string? Profile { get; init; }

    [Description("Null: everywhere.")]
    public required string? Zone { get; init; }

    public required int AccountExpiryDays { get; init; }

    public required int CodeLength { get; init; }

    public required int CodeLifetimeSeconds { get; init; }

    public required int MaxAttempts { get; init; }

    public required int ResendAfterSeconds { get; init; }

    public required bool RecipientMask { get; init; }

    public required int PerPhonePerDay { get; init; }

    public required int PerAddressPerHour { get; init; }

    public required int PerTenantPerDay { get; init; }

    public required IReadOnlyList<DialPrefix> Prefixes { get; init; }

    public required string DefaultCountry { get; init; }

    public required PasswordSecurity PasswordSecurity { get; init; }

    public required int CodeReuseSeconds { get; init; }

    public required bool Append { get; init; }

    public required GuardMode Guard { get; init; }

    public required int DailyBudget { get; init; }

    public required string PortalLanguage { get; init; }

    /// <summary>With names in the place of identifiers.</summary>
    public static SmsPolicyBody Of(SmsPolicy policy, SmsPolicyNames names) => new()
    {
        Enabled = policy.Enabled,
        Connector = names.Connector,
        Fallbacks = names.Fallbacks,
        Mode = policy.Mode,
        Template = names.Template,
        Profile = names.Profile,
        Zone = names.Zone,
        AccountExpiryDays = policy.AccountExpiryDays,
        CodeLength = policy.CodeLength,
        CodeLifetimeSeconds = policy.CodeLifetimeSeconds,
        MaxAttempts = policy.MaxAttempts,
        ResendAfterSeconds = policy.ResendAfterSeconds,
        RecipientMask = policy.RecipientMask,
        PerPhonePerDay = policy.PerPhonePerDay,
        PerAddressPerHour = policy.PerAddressPerHour,
        PerTenantPerDay = policy.PerTenantPerDay,
        Prefixes = policy.Prefixes,
        DefaultCountry = policy.DefaultCountry,
        PasswordSecurity = policy.PasswordSecurity,
        CodeReuseSeconds = policy.CodeReuseSeconds,
        Append = policy.Append,
        Guard = policy.Guard,
        DailyBudget = policy.DailyBudget,
        PortalLanguage = policy.PortalLanguage,
    };
}

/// <summary>What a policy's identifiers are called.</summary>
internal sealed record SmsPolicyNames(string? Connector, IReadOnlyList<string> Fallbacks, string? Template, string? Profile, string? Zone);
