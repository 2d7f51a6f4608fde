using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Devices.Events;

/// <summary><c>/api/v1/device-webhook</c>: where a tenant wants to be told of its devices' events.</summary>
internal static class WebhookEndpoints
{
    private const string Kind = "webhook";
    private const string Name = "device-webhook";
    private const int LongestUrl = 2000;
    private const int LeastSecret = 16;
    private const int MostSecret = 256;

    public static void MapDeviceWebhook(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder webhook = routes.MapGroup("/device-webhook").WithTags("Devices");
        webhook.MapGet("", GetAsync).RequireScope(ApiScope.DevicesRead).WithSummary("Shows where devices' events are posted to");
        webhook.MapPut("", PutAsync).RequireScope(ApiScope.DevicesWrite)
            .WithSummary("Sets where devices' events are posted to; answers with the secret where it was made here, once");
        webhook.MapDelete("", DeleteAsync).RequireScope(ApiScope.DevicesWrite).WithSummary("Ends the posting of devices' events");
    }

    private static async Task<Results<Ok<WebhookSettingsBody>, ProblemHttpResult>> GetAsync(
        HttpContext http, WebhookStore store, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(http.Caller.TenantId, cancellationToken) is not { } webhook)
        {
            return Problems.NotFound(Kind, Name);
        }

        http.SetETag(webhook.Version);
        return TypedResults.Ok(WebhookSettingsBody.Of(webhook, null));
    }

    private static async Task<Results<Ok<WebhookSettingsBody>, ProblemHttpResult>> PutAsync(
        WebhookRequest request, HttpContext http, WebhookStore store, WebhookHttp sender, CommitQueue commits, CancellationToken cancellationToken)
    {
        if (FindFaults(request, sender) is { Count: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }

        long tenantId = http.Caller.TenantId;
        string made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        (Webhook? saved, bool isMade) = await commits.EnqueueAsync(
            async unit =>
            {
                Webhook? before = await WebhookStore.GetAsync(unit, tenantId);
                if (!EntityTags.Matches(http.IfMatch, before?.Version ?? 0))
                {
                    return (null, false);
                }

                Webhook after = new() { TenantId = tenantId, Url = request.Url!.Trim(), Active = request.Active ?? before?.Active ?? true };
                string? secret = request.Secret ?? (before is null ? made : null);
                await store.SaveAsync(unit, after, secret);
                await unit.AuditAsync(
                    tenantId,
                    before is null ? AuditAction.Create : AuditAction.Update,
                    Kind,
                    Name,
                    new AuditChanges().Compare("url", before?.Url, after.Url).Compare<bool?>("active", before?.Active, after.Active).Secret("secret", secret is not null));
                return (await WebhookStore.GetAsync(unit, tenantId), before is null && request.Secret is null);
            },
            cancellationToken);
        if (saved is null)
        {
            return Problems.Stale(Kind, Name);
        }

        http.SetETag(saved.Version);
        return TypedResults.Ok(WebhookSettingsBody.Of(saved, isMade ? made : null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext http, CommitQueue commits, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        bool deleted = await commits.EnqueueAsync(
            async unit =>
            {
                if (!await WebhookStore.DeleteAsync(unit, tenantId))
                {
                    return false;
                }

                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, Name, AuditChanges.None);
                return true;
            },
            cancellationToken);
        return deleted ? TypedResults.NoContent() : Problems.NotFound(Kind, Name);
    }

    private static List<FieldFault> FindFaults(WebhookRequest request, WebhookHttp sender)
    {
        List<FieldFault> faults = [];
        if (request.Url is not { } url)
        {
            faults.Add(new("url", "is missing; it must be an address such as https://alerts.example.net/kiwire."));
        }
        else if (url.Length > LongestUrl)
        {
            faults.Add(new("url", $"has {url.Length} characters; {LongestUrl} is the most."));
        }
        else if (sender.FindFault(url.Trim()) is { } fault)
        {
            faults.Add(new("url", fault));
        }

        if (request.Secret is { } secret && Encoding.UTF8.GetByteCount(secret) is < LeastSecret or > MostSecret)
        {
            faults.Add(new("secret", $"has not {LeastSecret} to {MostSecret} octets; leave it out, and one is made."));
        }

        return faults;
    }
}

/// <summary>A webhook, as it is read; its secret is shown once, where it was made here.</summary>
internal sealed record WebhookSettingsBody
{
    public required string Url { get; init; }

    public required bool Active { get; init; }

    [Description("What requests are signed with; only in the answer in which it was made.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static WebhookSettingsBody Of(Webhook webhook, string? secret) => new() { Url = webhook.Url, Active = webhook.Active, Secret = secret };

    /// <summary>Without the secret.</summary>
    public override string ToString() => Url;
}

/// <summary>A webhook, as it is set. A class, and not a record, so that it does not print its secret.</summary>
internal sealed class WebhookRequest
{
    [Description("https:// and a public address, unless the server's configuration allows others.")]
    public string? Url { get; init; }

    [Description("16 to 256 octets. Not given: it stays, and where there is none one is made.")]
    public string? Secret { get; init; }

    [Description("Not given: it stays; true where there is none yet.")]
    public bool? Active { get; init; }
}

/// <summary>What is posted to a webhook.</summary>
/// <param name="CloudId">Whose devices.</param>
/// <param name="Events">Oldest first.</param>
internal sealed record WebhookBody(string CloudId, IReadOnlyList<DeviceEventBody> Events)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
}
