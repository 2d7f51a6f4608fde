using System.Globalization;

namespace Kiwire.Server.Sms;

/// <summary>What a template's variables stand for.</summary>
internal static class SmsVariables
{
    /// <summary>What is given goes before what is known of the account.</summary>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string>? given, SmsRecipient? account, PhoneNumber phone)
    {
        Dictionary<string, string> values = new(given ?? new Dictionary<string, string>());
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
}
