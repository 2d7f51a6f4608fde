using System.Globalization;

namespace Kiwire.Server.Sms;

/// <summary>What a template's variables stand for.</summary>
internal static class SmsVariables
{
    /// <summary>What is given goes before what is known of the account.</summary>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string>? given, SmsRecipient? account, PhoneNumber phone)
    {
        Dictionary<string, string> values = Given(given);
        values.TryAdd("phone", phone.E164);
        if (account is not null)
        {
            values.TryAdd("username", account.Account);
            values.TryAdd("profile", account.Profile);
            if (account.ExpiresAt is { } expiry)
            {
                values.TryAdd("expiry", expiry.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }
        }

        return values;
    }

    /// <summary>Those that have a value: JSON's null is none.</summary>
    public static Dictionary<string, string> Given(IReadOnlyDictionary<string, string>? given) =>
        (given ?? new Dictionary<string, string>()).Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
}
