using System.Globalization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sms;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What a message with a code or password says: the policy's template, or a text in the guest's language.</summary>
internal sealed class CodeText(ProfileDirectory profiles, TenantDirectory tenants)
{
    private static readonly Dictionary<string, MessageTemplate> BuiltIn = new()
    {
        ["en"] = Parse("Your code is {code}. It is good for {minutes} minutes."),
        ["ms"] = Parse("Kod anda ialah {code}. Sah selama {minutes} minit."),
        ["zh"] = Parse("您的验证码是 {code}，{minutes} 分钟内有效。"),
    };

    private static readonly Dictionary<string, MessageTemplate> BuiltInPasswords = new()
    {
        ["en"] = Parse("Your user name is {username}, your password {password}."),
        ["ms"] = Parse("Nama pengguna anda ialah {username}, kata laluan anda {password}."),
        ["zh"] = Parse("您的用户名是 {username}，密码是 {password}。"),
    };

    /// <summary>Whether a template has in it what guests wait for.</summary>
    public static bool Carries(MessageTemplate? template, SmsMode mode) =>
        template is not null && (template.Variables.Contains("code") || (mode == SmsMode.PasswordOnce && template.Variables.Contains("password")));

    /// <summary>The text.</summary>
    /// <param name="policy">Whose.</param>
    /// <param name="request">Whom it goes to.</param>
    /// <param name="code">The code or password.</param>
    /// <param name="account">The name that it lets in.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">For how long the code is good.</param>
    public string Of(SmsPolicy policy, CodeRequest request, string code, string account, DateTimeOffset now, TimeSpan lifetime)
    {
        Tenant? tenant = tenants.TryGet(policy.TenantId, out Tenant? known) ? known : null;
        return TemplateOf(policy, request.Language).Fill(new Dictionary<string, string>
        {
            ["code"] = code,
            ["password"] = code,
            ["minutes"] = Math.Max(1, (int)lifetime.TotalMinutes).ToString(CultureInfo.InvariantCulture),
            ["username"] = account,
            ["phone"] = request.Phone.E164,
            ["tenant"] = tenant?.Name ?? "",
            ["profile"] = profiles.TryGet(policy.TenantId, policy.ProfileId, out Profile? profile) ? profile.Name : "",
            ["expiry"] = policy.AccountExpiryDays == 0
                ? ""
                : TimeZoneInfo.ConvertTime(now.AddDays(policy.AccountExpiryDays), tenant?.TimeZone ?? TimeZoneInfo.Utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
    }

    // One that lost its code meanwhile is not sent: the guest would wait for nothing.
    private static MessageTemplate TemplateOf(SmsPolicy policy, string language)
    {
        if (Carries(policy.Template, policy.Mode))
        {
            return policy.Template!;
        }

        Dictionary<string, MessageTemplate> texts = policy.Mode == SmsMode.PasswordOnce ? BuiltInPasswords : BuiltIn;
        return texts.GetValueOrDefault(Primary(language)) ?? texts.GetValueOrDefault(Primary(policy.PortalLanguage)) ?? texts["en"];
    }

    private static string Primary(string language) => language.Split('-')[0].ToLowerInvariant();

    private static MessageTemplate Parse(string text) => MessageTemplate.Parse(text, out string? fault) ?? throw new FormatException(fault);
}
