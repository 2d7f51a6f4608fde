using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What a message with a code or password says.</summary>
internal static class CodeText
{
    /// <summary>Whether a template has in it what guests wait for.</summary>
    public static bool Carries(MessageTemplate? template, SmsMode mode) =>
        template is not null && (template.Variables.Contains("code") || (mode == SmsMode.PasswordOnce && template.Variables.Contains("password")));
}
