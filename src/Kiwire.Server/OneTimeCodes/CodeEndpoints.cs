using System.ComponentModel;
using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.OneTimeCodes;

/// <summary><c>/api/v1/one-time-codes</c>: guests sign up and log in through somebody else's page.</summary>
internal static class CodeEndpoints
{
    public static void MapOneTimeCodes(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder codes = routes.MapGroup("/one-time-codes").WithTags("One-time codes");
        codes.MapPost("", RequestAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Has a code sent to a guest's number");
        codes.MapPost("/verify", VerifyAsync).RequireScope(ApiScope.SmsWrite)
            .WithSummary("Judges the code that a guest typed; the right one is used up, and makes the account or opens it for one login");
    }

    private static async Task<Results<Accepted<CodeSentBody>, ProblemHttpResult>> RequestAsync(
        CodeRequestBody request, HttpContext http, SmsPolicyDirectory policies, CodeRequests codes, TimeProvider time, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        if (!TryRead(request, policies.Of(tenantId), tenantId, out CodeRequest? read, out List<FieldFault> faults))
        {
            return Problems.Invalid(faults);
        }

        return await codes.RequestAsync(read, cancellationToken) switch
        {
            CodeAnswer.Sent sent => TypedResults.Accepted((string?)null, CodeSentBody.Of(sent.Recipient, sent.ResendAt, sent.ExpiresAt, time.GetUtcNow(), sent: true)),
            CodeAnswer.AlreadySent sent => TypedResults.Accepted((string?)null, CodeSentBody.Of(sent.Recipient, sent.ResendAt, sent.ExpiresAt, time.GetUtcNow(), sent: false)),
            CodeAnswer.Refused refused => Problem(http, refused, time.GetUtcNow()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<Results<Ok<CodeVerdictBody>, ProblemHttpResult>> VerifyAsync(
        CodeVerificationBody request, HttpContext http, SmsPolicyDirectory policies, CodeVerification codes, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        List<FieldFault> faults = [];
        PhoneNumber phone = ReadPhone(request.Phone, policies.Of(tenantId), faults);
        MacAddress device = ReadDevice(request.Mac, faults);
        if (string.IsNullOrWhiteSpace(request.Code))
        {
            faults.Add(new("code", "is missing; it must be what the guest typed."));
        }

        if (!string.IsNullOrEmpty(request.Password) && CodeVerification.FindPasswordFault(request.Password) is { } fault)
        {
            faults.Add(new("password", fault));
        }

        return faults.Count > 0
            ? Problems.Invalid(faults)
            : TypedResults.Ok(CodeVerdictBody.Of(await codes.VerifyAsync(tenantId, phone, request.Code!, request.Password, device, cancellationToken)));
    }

    private static bool TryRead(
        CodeRequestBody request, SmsPolicy policy, long tenantId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CodeRequest? read, out List<FieldFault> faults)
    {
        faults = [];
        IPAddress? address = null;
        if (!string.IsNullOrEmpty(request.Address) && !IPAddress.TryParse(request.Address, out address))
        {
            faults.Add(new("address", $"is '{request.Address}'; it must be the guest's IP address, such as 192.0.2.1."));
        }

        CodeRequest draft = new()
        {
            TenantId = tenantId,
            Phone = ReadPhone(request.Phone, policy, faults),
            Address = address,
            Device = ReadDevice(request.Mac, faults),
            Language = request.Language ?? "",
        };
        read = faults.Count == 0 ? draft : null;
        return read is not null;
    }

    private static PhoneNumber ReadPhone(string? text, SmsPolicy policy, List<FieldFault> faults)
    {
        if (!PhoneNumber.TryParse(text, policy.DefaultCountry.Length > 0 ? policy.DefaultCountry : null, out PhoneNumber phone, out string? fault))
        {
            faults.Add(new("phone", fault));
        }

        return phone;
    }

    private static MacAddress ReadDevice(string? text, List<FieldFault> faults)
    {
        MacAddress device = default;
        if (!string.IsNullOrEmpty(text) && !MacAddress.TryParse(text, out device))
        {
            faults.Add(new("mac", $"is '{text}'; it must be a MAC address such as aa:bb:cc:dd:ee:ff."));
        }

        return device;
    }

    private static ProblemHttpResult Problem(HttpContext http, CodeAnswer.Refused refused, DateTimeOffset now)
    {
        if (refused.Reason == CodeRefusal.Off)
        {
            return Problems.Conflict("The SMS policy is not enabled; PATCH /api/v1/sms/policy enables it.");
        }

        if (refused.RetryAt is { } retryAt)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling((retryAt - now).TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-codes", refused.Sentence);
        }

        return Problems.Of(StatusCodes.Status403Forbidden, "no-code", refused.Sentence);
    }
}

/// <summary>A guest wants a code.</summary>
internal sealed record CodeRequestBody
{
    [Description("The guest's number, such as +60123456789; without a calling code where the policy has a default country.")]
    public string? Phone { get; init; }

    [Description("The guest's IP address, as your page sees it: robots are told by it.")]
    public string? Address { get; init; }

    [Description("The guest's device.")]
    public string? Mac { get; init; }

    [Description("The guest's language, such as en, ms or zh, for messages without a template.")]
    public string? Language { get; init; }
}

/// <summary>A code is on its way.</summary>
internal sealed record CodeSentBody
{
    [Description("False: one was on its way already, and nothing more was sent.")]
    public required bool Sent { get; init; }

    [Description("The number, as the guest is shown it.")]
    public required string Recipient { get; init; }

    [Description("Seconds until another one may be asked for.")]
    public required int ResendSeconds { get; init; }

    public required DateTimeOffset ResendAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public static CodeSentBody Of(string recipient, DateTimeOffset resendAt, DateTimeOffset expiresAt, DateTimeOffset now, bool sent) => new()
    {
        Sent = sent,
        Recipient = recipient,
        ResendSeconds = Math.Max(0, (int)Math.Ceiling((resendAt - now).TotalSeconds)),
        ResendAt = resendAt,
        ExpiresAt = expiresAt,
    };
}

/// <summary>A guest typed a code.</summary>
internal sealed record CodeVerificationBody
{
    [Description("The guest's number, as it was when the code was asked for.")]
    public string? Phone { get; init; }

    [Description("What the guest typed.")]
    public string? Code { get; init; }

    [Description("In mode registration, the password that the guest chooses; without one the code becomes it.")]
    public string? Password { get; init; }

    [Description("The guest's device.")]
    public string? Mac { get; init; }
}

/// <summary>What the code was found to be.</summary>
internal sealed record CodeVerdictBody
{
    [Description("right: it is used up. wrong: another one may be tried. gone: there is none that could be right; have another one sent.")]
    public required string Verdict { get; init; }

    [Description("How often another one may be tried; null: not at all.")]
    public int? AttemptsLeft { get; init; }

    [Description("The guest's account; null: the code was not right.")]
    public string? Account { get; init; }

    [Description("With which the NAS logs the guest in: in mode everyLogin once, within five minutes; null: the code was not right.")]
    public string? Password { get; init; }

    public static CodeVerdictBody Of(CodeVerdict verdict) => verdict switch
    {
        CodeVerdict.Right right => new() { Verdict = "right", Account = right.Account, Password = right.Password },
        CodeVerdict.Wrong wrong => new() { Verdict = "wrong", AttemptsLeft = wrong.AttemptsLeft },
        _ => new() { Verdict = "gone" },
    };
}
