using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Portal;

/// <summary>What is wrong, in the guest's language. It is the same whether a number has an account or not.</summary>
internal static class PortalFaults
{
    /// <summary>Why no code is sent.</summary>
    public static string Say(PortalLanguage language, CodeAnswer.Refused refused, DateTimeOffset now)
    {
        string said = language[TextOf(refused.Reason)];
        return refused.RetryAt is { } retryAt && retryAt > now
            ? $"{said} {language.Say(PortalText.RetryMinutes, ("minutes", (int)Math.Ceiling((retryAt - now).TotalMinutes)))}"
            : said;
    }

    public static PortalText TextOf(CodeRefusal reason) => reason switch
    {
        CodeRefusal.Off => PortalText.RefusedOff,
        CodeRefusal.Prefix => PortalText.RefusedPrefix,
        CodeRefusal.PerPhone => PortalText.RefusedPerPhone,
        CodeRefusal.PerAddress => PortalText.RefusedPerAddress,
        CodeRefusal.PerTenant => PortalText.RefusedPerTenant,
        CodeRefusal.Guard => PortalText.RefusedGuard,
        CodeRefusal.Budget => PortalText.RefusedBudget,
        CodeRefusal.Busy => PortalText.RefusedBusy,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>HTTP's word for it: the number is not served, too many, or not now.</summary>
    public static int StatusOf(CodeRefusal reason) => reason switch
    {
        CodeRefusal.Off or CodeRefusal.Prefix => StatusCodes.Status403Forbidden,
        CodeRefusal.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status429TooManyRequests,
    };
}
