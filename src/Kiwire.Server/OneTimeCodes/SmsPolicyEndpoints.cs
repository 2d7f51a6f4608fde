using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.OneTimeCodes;

/// <summary><c>/api/v1/sms/policy</c>: how the caller's guests get codes.</summary>
internal static class SmsPolicyEndpoints
{
    public static void MapSmsPolicy(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder policy = routes.MapGroup("/sms/policy").WithTags("SMS policy");
        policy.MapGet("", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows how guests sign up and log in by SMS");
        policy.MapPatch("", UpdateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Changes what is given of it");
    }

    private static async Task<Ok<SmsPolicyBody>> GetAsync(
        HttpContext http, SmsPolicyDirectory policies, SmsPolicyRegister register, CancellationToken cancellationToken)
    {
        SmsPolicy policy = policies.Of(http.Caller.TenantId);
        http.SetETag(policy.Version);
        return TypedResults.Ok(SmsPolicyBody.Of(policy, await register.NamesOfAsync(policy, cancellationToken)));
    }

    private static async Task<Results<Ok<SmsPolicyBody>, ProblemHttpResult>> UpdateAsync(
        SmsPolicyRequest changes, HttpContext http, SmsPolicyDirectory policies, SmsPolicyRegister register, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await register.UpdateAsync(http.Caller.TenantId, changes, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved
            ? await GetAsync(http, policies, register, cancellationToken)
            : Problems.Of(outcome, "SMS policy", "policy");
    }
}
