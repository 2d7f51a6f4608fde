using System.Globalization;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sms;

/// <summary><c>/api/v1/sms/campaigns</c>: messages to all accounts that a filter matches.</summary>
internal static class SmsCampaignEndpoints
{
    private const string Kind = "campaign";
    private const string Path = "/api/v1/sms/campaigns";

    public static void MapSmsCampaigns(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder campaigns = routes.MapGroup("/sms/campaigns").WithTags("SMS campaigns");
        campaigns.MapGet("", ListAsync).RequireScope(ApiScope.SmsRead).WithSummary("Lists the campaigns, the newest first");
        campaigns.MapGet("/{id}", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows a campaign and how far it has come");
        campaigns.MapPost("", CreateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Makes a campaign; nothing is sent before it is started");
        campaigns.MapPatch("/{id}", UpdateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Changes what is given of a campaign that was not started");
        campaigns.MapDelete("/{id}", DeleteAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Deletes a campaign that is not at work");
        campaigns.MapPost("/{id}/dry-run", EstimateAsync).RequireScope(ApiScope.SmsRead).WithSummary("Says who would get it, and how many segments that makes; nothing is sent");
        Map(SmsCampaignMove.Start, "Starts a campaign, at once or when it is scheduled");
        Map(SmsCampaignMove.Pause, "Has a campaign wait; the few messages that are in the outbox are sent");
        Map(SmsCampaignMove.Resume, "Has a campaign go on where it was paused");
        Map(SmsCampaignMove.Cancel, "Ends a campaign; what no gateway has yet is not sent");

        void Map(SmsCampaignMove move, string summary)
        {
            string word = move.ToString().ToLowerInvariant();
            campaigns.MapPost(
                "/{id}/" + word,
                (string id, HttpContext http, SmsCampaigns register, CancellationToken cancellationToken) => MoveAsync(id, move, http, register, cancellationToken))
                .RequireScope(ApiScope.SmsWrite).WithSummary(summary);
        }
    }

    private static async Task<Results<Ok<Page<SmsCampaignBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, HttpContext http, SmsCampaigns campaigns, CancellationToken cancellationToken)
    {
        const string Name = "sms-campaigns";
        if (!page.TryRead(Name, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        long before = after is [var last] && IdOf(last) is { } id ? id : long.MaxValue;
        IReadOnlyList<SmsCampaign> found = await campaigns.Store.ListAsync(http.Caller.TenantId, before, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(
            limit, campaign => SmsCampaignBody.Of(campaign, progress: null), campaign => Cursor.Write(Name, campaign.CampaignId.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task<Results<Ok<SmsCampaignBody>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, SmsCampaigns campaigns, CancellationToken cancellationToken)
    {
        if (IdOf(id) is not { } campaignId || await campaigns.Store.FindAsync(http.Caller.TenantId, campaignId, cancellationToken) is not { } campaign)
        {
            return Problems.NotFound(Kind, id);
        }

        http.SetETag(campaign.Version);
        return TypedResults.Ok(SmsCampaignBody.Of(campaign, await campaigns.Store.CountAsync(campaign.TenantId, campaignId, cancellationToken)));
    }

    private static async Task<Results<Created<SmsCampaignBody>, ProblemHttpResult>> CreateAsync(
        SmsCampaignRequest campaign, HttpContext http, SmsCampaigns campaigns, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await campaigns.CreateAsync(http.Caller.TenantId, campaign, cancellationToken);
        if (outcome is not SaveOutcome.Saved saved || await campaigns.Store.FindAsync(http.Caller.TenantId, saved.Id, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, campaign.Name ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{Path}/{made.CampaignId}"), SmsCampaignBody.Of(made, progress: null));
    }

    private static async Task<Results<Ok<SmsCampaignBody>, ProblemHttpResult>> UpdateAsync(
        string id, SmsCampaignRequest changes, HttpContext http, SmsCampaigns campaigns, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = IdOf(id) is { } campaignId
            ? await campaigns.UpdateAsync(http.Caller.TenantId, campaignId, changes, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome switch
        {
            SaveOutcome.Saved => await GetAsync(id, http, campaigns, cancellationToken),
            SaveOutcome.Exists => Problems.Conflict("The campaign was started; only one that was not can be changed."),
            _ => Problems.Of(outcome, Kind, id),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpContext http, SmsCampaigns campaigns, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = IdOf(id) is { } campaignId
            ? await campaigns.DeleteAsync(http.Caller.TenantId, campaignId, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome switch
        {
            SaveOutcome.Saved => TypedResults.NoContent(),
            SaveOutcome.Exists => Problems.Conflict("The campaign is at work; cancel it first."),
            _ => Problems.Of(outcome, Kind, id),
        };
    }

    private static async Task<Results<Ok<SmsCampaignEstimateBody>, ProblemHttpResult>> EstimateAsync(
        string id, HttpContext http, SmsCampaigns campaigns, CancellationToken cancellationToken)
    {
        if (IdOf(id) is not { } campaignId || await campaigns.Store.FindAsync(http.Caller.TenantId, campaignId, cancellationToken) is not { } campaign)
        {
            return Problems.NotFound(Kind, id);
        }

        return campaigns.FindFilterFaults(campaign) is { Count: > 0 } faults
            ? Problems.Invalid(faults)
            : TypedResults.Ok(SmsCampaignEstimateBody.Of(await campaigns.EstimateAsync(campaign, cancellationToken)));
    }

    private static async Task<Results<Ok<SmsCampaignBody>, ProblemHttpResult>> MoveAsync(
        string id, SmsCampaignMove move, HttpContext http, SmsCampaigns campaigns, CancellationToken cancellationToken)
    {
        string? fault = IdOf(id) is { } campaignId ? await campaigns.MoveAsync(http.Caller.TenantId, campaignId, move, cancellationToken) : "";
        return fault switch
        {
            null => await GetAsync(id, http, campaigns, cancellationToken),
            "" => Problems.NotFound(Kind, id),
            _ => Problems.Conflict(fault),
        };
    }

    private static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}
