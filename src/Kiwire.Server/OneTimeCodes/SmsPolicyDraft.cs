using System.Globalization;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What a request names, found: null is not given, 0 is none.</summary>
internal sealed record SmsPolicyChoice
{
    public long? ConnectorId { get; init; }

    public IReadOnlyList<long>? FallbackIds { get; init; }

    public long? TemplateId { get; init; }

    public long? ProfileId { get; init; }

    public long? ZoneId { get; init; }
}

/// <summary>Makes a changed policy of one and what is given, and says what is different.</summary>
internal static class SmsPolicyDraft
{
    public static SmsPolicy Apply(SmsPolicyRequest given, SmsPolicyChoice choice, SmsPolicy current) => current with
    {
        Enabled = given.Enabled ?? current.Enabled,
        ConnectorId = choice.ConnectorId ?? current.ConnectorId,
        FallbackIds = choice.FallbackIds ?? current.FallbackIds,
        Mode = given.Mode ?? current.Mode,
        TemplateId = choice.TemplateId ?? current.TemplateId,
        ProfileId = choice.ProfileId ?? current.ProfileId,
        ZoneId = choice.ZoneId ?? current.ZoneId,
        AccountExpiryDays = given.AccountExpiryDays ?? current.AccountExpiryDays,
        CodeLength = given.CodeLength ?? current.CodeLength,
        CodeLifetimeSeconds = given.CodeLifetimeSeconds ?? current.CodeLifetimeSeconds,
        MaxAttempts = given.MaxAttempts ?? current.MaxAttempts,
        ResendAfterSeconds = given.ResendAfterSeconds ?? current.ResendAfterSeconds,
        RecipientMask = given.RecipientMask ?? current.RecipientMask,
        PerPhonePerDay = given.PerPhonePerDay ?? current.PerPhonePerDay,
        PerAddressPerHour = given.PerAddressPerHour ?? current.PerAddressPerHour,
        PerTenantPerDay = given.PerTenantPerDay ?? current.PerTenantPerDay,
        Prefixes = given.Prefixes is { } prefixes ? [.. prefixes.Select(prefix => prefix.Canonical())] : current.Prefixes,
        DefaultCountry = given.DefaultCountry?.Trim().ToUpperInvariant() ?? current.DefaultCountry,
        PasswordSecurity = given.PasswordSecurity ?? current.PasswordSecurity,
        CodeReuseSeconds = given.CodeReuseSeconds ?? current.CodeReuseSeconds,
        Append = given.Append ?? current.Append,
        Guard = given.Guard ?? current.Guard,
        DailyBudget = given.DailyBudget ?? current.DailyBudget,
        PortalLanguage = given.PortalLanguage is { } language ? language.Trim() is { Length: > 0 } text ? text : new SmsPolicy().PortalLanguage : current.PortalLanguage,
    };

    public static AuditChanges Compare(SmsPolicy before, SmsPolicy after) => new AuditChanges()
        .Compare("enabled", before.Enabled, after.Enabled)
        .Compare("connectorId", before.ConnectorId, after.ConnectorId)
        .CompareLists("fallbackIds", Texts(before.FallbackIds), Texts(after.FallbackIds))
        .Compare("mode", before.Mode, after.Mode)
        .Compare("templateId", before.TemplateId, after.TemplateId)
        .Compare("profileId", before.ProfileId, after.ProfileId)
        .Compare("zoneId", before.ZoneId, after.ZoneId)
        .Compare("accountExpiryDays", before.AccountExpiryDays, after.AccountExpiryDays)
        .Compare("codeLength", before.CodeLength, after.CodeLength)
        .Compare("codeLifetimeSeconds", before.CodeLifetimeSeconds, after.CodeLifetimeSeconds)
        .Compare("maxAttempts", before.MaxAttempts, after.MaxAttempts)
        .Compare("resendAfterSeconds", before.ResendAfterSeconds, after.ResendAfterSeconds)
        .Compare("recipientMask", before.RecipientMask, after.RecipientMask)
        .Compare("perPhonePerDay", before.PerPhonePerDay, after.PerPhonePerDay)
        .Compare("perAddressPerHour", before.PerAddressPerHour, after.PerAddressPerHour)
        .Compare("perTenantPerDay", before.PerTenantPerDay, after.PerTenantPerDay)
        .CompareLists("prefixes", before.Prefixes.Select(prefix => prefix.ToString()), after.Prefixes.Select(prefix => prefix.ToString()))
        .Compare("defaultCountry", before.DefaultCountry, after.DefaultCountry)
        .Compare("passwordSecurity", before.PasswordSecurity, after.PasswordSecurity)
        .Compare("codeReuseSeconds", before.CodeReuseSeconds, after.CodeReuseSeconds)
        .Compare("append", before.Append, after.Append)
        .Compare("guard", before.Guard, after.Guard)
        .Compare("dailyBudget", before.DailyBudget, after.DailyBudget)
        .Compare("portalLanguage", before.PortalLanguage, after.PortalLanguage);

    private static IEnumerable<string> Texts(IReadOnlyList<long> ids) => ids.Select(id => id.ToString(CultureInfo.InvariantCulture));
}
