using System.Text.RegularExpressions;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What is wrong with a policy by itself, whatever it has chosen.</summary>
internal static partial class SmsPolicyValidator
{
    public static List<FieldFault> FindFaults(SmsPolicy policy)
    {
        List<FieldFault> faults = [];
        CheckRange(faults, "accountExpiryDays", policy.AccountExpiryDays, 0, 3650);
        CheckRange(faults, "codeLength", policy.CodeLength, 4, 10);
        CheckRange(faults, "codeLifetimeSeconds", policy.CodeLifetimeSeconds, 60, 3600);
        CheckRange(faults, "maxAttempts", policy.MaxAttempts, 1, 20);
        CheckRange(faults, "resendAfterSeconds", policy.ResendAfterSeconds, 10, 3600);
        CheckRange(faults, "perPhonePerDay", policy.PerPhonePerDay, 1, 1000);
        CheckRange(faults, "perAddressPerHour", policy.PerAddressPerHour, 1, 100_000);
        CheckRange(faults, "perTenantPerDay", policy.PerTenantPerDay, 1, 10_000_000);
        CheckRange(faults, "codeReuseSeconds", policy.CodeReuseSeconds, 0, 3600);
        CheckRange(faults, "dailyBudget", policy.DailyBudget, 0, 10_000_000);
        faults.AddRange(DialPrefix.FindFaults(policy.Prefixes, "prefixes"));
        if (policy.DefaultCountry.Length > 0 && (policy.DefaultCountry.Length != 2 || !CallingCode.TryGet(policy.DefaultCountry, out _)))
        {
            faults.Add(new("defaultCountry", $"is '{policy.DefaultCountry}'; it must be the ISO 3166 code of a country, such as MY, or empty."));
        }

        if (!Language().IsMatch(policy.PortalLanguage))
        {
            faults.Add(new("portalLanguage", $"is '{policy.PortalLanguage}'; it must be a language such as en, ms, zh or zh-Hant."));
        }

        if (policy.Enabled && policy.ConnectorId == 0)
        {
            faults.Add(new("connector", "is not chosen; an enabled policy must have one, which sends its messages."));
        }

        if (policy.Enabled && policy.ProfileId == 0)
        {
            faults.Add(new("profile", "is not chosen; an enabled policy must have one, which accounts that are signed up get."));
        }

        return faults;
    }

    private static void CheckRange(List<FieldFault> faults, string field, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            faults.Add(new(field, $"is {value}; it must be {least} to {most}."));
        }
    }

    // RFC 5646, as far as languages of pages go.
    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
