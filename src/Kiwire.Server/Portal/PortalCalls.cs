using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kiwire.Server.Portal;

/// <summary>The portal's two calls in JSON, for pages of the operator's own. Their answers are the same whether a number has an account or not.</summary>
internal static class PortalCalls
{
    public static void MapPortalCalls(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder portal = routes.MapGroup("/portal/{cloudId}").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(BoundAsync);
        portal.MapPost("/codes", RequestAsync).WithMetadata(new RequestSizeLimitAttribute(PortalRequest.LargestBody));
        portal.MapPost("/verify", VerifyAsync).WithMetadata(new RequestSizeLimitAttribute(PortalRequest.LargestBody));
    }

    private static async ValueTask<object?> BoundAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        PortalRequest requests = context.HttpContext.RequestServices.GetRequiredService<PortalRequest>();
        return requests.SecondsToWait(context.HttpContext) is > 0 and int wait
            ? TooMany(context.HttpContext, wait, "too-many", $"There were too many requests from this address; try again in {wait} s.")
            : await next(context);
    }

    private static async Task<Results<Accepted<PortalSentBody>, ProblemHttpResult>> RequestAsync(
        PortalCodeCall call, HttpContext http, PortalRequest requests, PortalCounter counter, NasDirectory directory, TimeProvider time)
    {
        PortalScene scene = await requests.SceneAsync(http, call.Language);
        List<FieldFault> faults = [];
        if (scene.Tenant is not { TenantId: var tenantId } || !call.TryRead(scene.Policy, tenantId, directory, faults, out PhoneNumber phone, out PortalPlace place))
        {
            return scene.Tenant is null ? NotHere(http) : Problems.Invalid(faults);
        }

        CodeAnswer answer = await counter.RequestAsync(
            new CodeRequest
            {
                TenantId = tenantId,
                Phone = phone,
                Address = PortalRequest.AddressOf(http),
                Device = place.Device,
                NasId = place.NasId,
                Language = scene.Language.Code,
            },
            http.RequestAborted);
        DateTimeOffset now = time.GetUtcNow();
        return answer switch
        {
            CodeAnswer.Sent sent => TypedResults.Accepted((string?)null, PortalSentBody.Of(sent.Recipient, sent.ResendAt, sent.ExpiresAt, now)),
            CodeAnswer.AlreadySent sent => TypedResults.Accepted((string?)null, PortalSentBody.Of(sent.Recipient, sent.ResendAt, sent.ExpiresAt, now)),
            CodeAnswer.Refused refused => Refused(http, scene.Language, refused, now),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<Results<Ok<PortalEntryBody>, ProblemHttpResult>> VerifyAsync(
        PortalVerifyCall call, HttpContext http, PortalRequest requests, PortalCounter counter, NasDirectory directory)
    {
        PortalScene scene = await requests.SceneAsync(http, call.Language);
        List<FieldFault> faults = [];
        if (scene.Tenant is not { TenantId: var tenantId })
        {
            return NotHere(http);
        }

        if (!call.TryRead(scene.Policy, tenantId, directory, faults, out PhoneNumber phone, out PortalPlace place) | !call.TryReadCode(faults))
        {
            return Problems.Invalid(faults);
        }

        CodeVerdict verdict = await counter.VerifyAsync(tenantId, phone, call.Code!, call.Password, place.Device, http.RequestAborted);
        return verdict switch
        {
            CodeVerdict.Right right => TypedResults.Ok(PortalEntryBody.Of(right, await counter.LetInAsync(tenantId, place.NasId, place.Device, place.Address, right.Account, http.RequestAborted))),
            CodeVerdict.Wrong { AttemptsLeft: > 0 } wrong => Problems.Invalid("code", $"is wrong; it may be tried {wrong.AttemptsLeft} more times."),
            _ => Problems.Invalid("code", "cannot be used any more; ask for another one."),
        };
    }

    private static ProblemHttpResult Refused(HttpContext http, PortalLanguage language, CodeAnswer.Refused refused, DateTimeOffset now)
    {
        string type = "code-" + System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(refused.Reason.ToString());
        string said = PortalFaults.Say(language, refused, now);
        int seconds = refused.RetryAt is { } retryAt ? Math.Max(1, (int)Math.Ceiling((retryAt - now).TotalSeconds)) : 0;
        return seconds > 0 && PortalFaults.StatusOf(refused.Reason) == StatusCodes.Status429TooManyRequests
            ? TooMany(http, seconds, type, said)
            : Problems.Of(PortalFaults.StatusOf(refused.Reason), type, said);
    }

    private static ProblemHttpResult TooMany(HttpContext http, int seconds, string type, string detail)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, type, detail);
    }

    private static ProblemHttpResult NotHere(HttpContext http) => Problems.NotFound("portal", http.PathName(1));
}

/// <summary>Where a guest is, as a call says it.</summary>
internal readonly record struct PortalPlace(MacAddress Device, IPAddress Address, long NasId);

/// <summary>What both calls have: a guest, and where they are.</summary>
internal abstract record PortalCall
{
    public string? Phone { get; init; }

    /// <summary>The device's MAC address.</summary>
    public string? Mac { get; init; }

    /// <summary>The device's IP address.</summary>
    public string? Ip { get; init; }

    /// <summary>The identity of the NAS.</summary>
    [JsonPropertyName("nas-id")]
    public string? NasId { get; init; }

    /// <summary>Of texts and messages; without it as Accept-Language says.</summary>
    public string? Language { get; init; }

    public bool TryRead(SmsPolicy policy, long tenantId, NasDirectory directory, List<FieldFault> faults, out PhoneNumber phone, out PortalPlace place)
    {
        MacAddress device = default;
        IPAddress? address = IPAddress.None;
        NasEntry? nas = null;
        if (!PortalRequest.TryReadPhone(policy, Phone, out phone, out string? fault))
        {
            faults.Add(new("phone", fault));
        }

        if (!string.IsNullOrEmpty(Mac) && !MacAddress.TryParse(Mac, out device))
        {
            faults.Add(new("mac", "is not known as one; it must be a MAC address such as aa:bb:cc:dd:ee:ff."));
        }

        if (!string.IsNullOrEmpty(Ip) && !IPAddress.TryParse(Ip, out address))
        {
            faults.Add(new("ip", "is not known as one; it must be an address such as 192.0.2.7 or 2001:db8::7."));
        }

        if (!string.IsNullOrEmpty(NasId) && !directory.TryGetByIdentity(tenantId, NasId, out nas))
        {
            faults.Add(new("nas-id", "is not known here; it must be the identity of a NAS."));
        }

        place = new PortalPlace(device, address ?? IPAddress.None, nas?.NasId ?? 0);
        return faults.Count == 0;
    }
}

/// <summary>A guest wants a code.</summary>
internal sealed record PortalCodeCall : PortalCall;

/// <summary>A guest typed a code. Not a record's ToString: it has secrets in it.</summary>
internal sealed record PortalVerifyCall : PortalCall
{
    public string? Code { get; init; }

    /// <summary>In mode registration: the password that the guest chooses.</summary>
    public string? Password { get; init; }

    public bool TryReadCode(List<FieldFault> faults)
    {
        if (string.IsNullOrWhiteSpace(Code))
        {
            faults.Add(new("code", "is missing; it must be what the guest typed."));
        }

        if (!string.IsNullOrEmpty(Password) && CodeVerification.FindPasswordFault(Password) is { } fault)
        {
            faults.Add(new("password", fault));
        }

        return faults.Count == 0;
    }

    public override string ToString() => nameof(PortalVerifyCall);
}

/// <summary>A code is on its way, or was already.</summary>
internal sealed record PortalSentBody
{
    [Description("The number, as the guest is shown it.")]
    public required string Recipient { get; init; }

    public required int ResendAfterSeconds { get; init; }

    public required int ExpiresAfterSeconds { get; init; }

    public static PortalSentBody Of(string recipient, DateTimeOffset resendAt, DateTimeOffset expiresAt, DateTimeOffset now) => new()
    {
        Recipient = recipient,
        ResendAfterSeconds = Seconds(resendAt - now),
        ExpiresAfterSeconds = Seconds(expiresAt - now),
    };

    private static int Seconds(TimeSpan time) => Math.Max(0, (int)Math.Ceiling(time.TotalSeconds));
}

/// <summary>The way in. Its ToString is without the password.</summary>
internal sealed record PortalEntryBody
{
    [Description("The account's name.")]
    public required string Username { get; init; }

    [Description("What the NAS is given with it.")]
    public required string Password { get; init; }

    [Description("What login/online said, where it was called for this device; null: the NAS is given name and password.")]
    public OnlineBody? Online { get; init; }

    public static PortalEntryBody Of(CodeVerdict.Right right, OnlineOutcome? outcome) =>
        new() { Username = right.Account, Password = right.Password, Online = outcome is null ? null : OnlineBody.Of(outcome) };

    public override string ToString() => $"{nameof(PortalEntryBody)} {Username}";
}
