using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sms;

/// <summary><c>/api/v1/sms/connectors</c>: the ways to SMS gateways, and <c>/api/v1/sms/presets</c>.</summary>
internal static class SmsConnectorEndpoints
{
    private const string Kind = "connector";
    private const string Path = "/api/v1/sms/connectors/";

    /// <summary>Where in a path <c>/api/v1/sms/connectors/{name}</c> the name stands.</summary>
    private const int NameSegment = 4;

    public static void MapSmsConnectors(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder connectors = routes.MapGroup("/sms/connectors").WithTags("SMS connectors");
        connectors.MapGet("", ListAsync).RequireScope(ApiScope.SmsRead).WithSummary("Lists the connectors by name");
        connectors.MapGet("/{name}", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows a connector");
        connectors.MapPost("", CreateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Makes a connector");
        connectors.MapPatch("/{name}", UpdateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Changes what is given of a connector; secrets that are not given stay");
        connectors.MapDelete("/{name}", DeleteAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Deletes a connector that is not chosen");
        connectors.MapGet("/{name}/logo", GetLogoAsync).RequireScope(ApiScope.SmsRead).WithSummary("Gives a connector's picture");
        connectors.MapPut("/{name}/logo", SetLogoAsync).RequireScope(ApiScope.SmsWrite).Accepts<IFormFile>("image/jpeg", "image/png", "image/gif")
            .WithSummary("Gives a connector a picture: a JPEG, PNG or GIF file of at most 256 KiB as the body");
        connectors.MapDelete("/{name}/logo", DeleteLogoAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Takes a connector's picture away");
        connectors.MapPost("/{name}/test", TestAsync).RequireScope(ApiScope.SmsWrite)
            .WithSummary("Sends a message by a saved connector, with what is given in the place of what is saved, and says what the gateway answered");
        routes.MapGet("/sms/presets", Presets).RequireScope(ApiScope.SmsRead).WithTags("SMS connectors").WithSummary("Lists the presets of the generic provider");
    }

    private static async Task<Results<Ok<Page<SmsConnectorBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, HttpContext http, SmsConnectorRegister connectors, SmsPresetCatalog presets, CancellationToken cancellationToken)
    {
        const string list = "sms-connectors";
        if (!page.TryRead(list, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        IReadOnlyList<SmsConnector> found = await connectors.ListAsync(http.Caller.TenantId, after?[0] ?? "", limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(
            limit, connector => SmsConnectorBody.Of(connector, presets), last => Cursor.Write(list, FoldedName.Fold(last.Name))));
    }

    private static async Task<Results<Ok<SmsConnectorBody>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, SmsConnectorRegister connectors, SmsPresetCatalog presets, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await connectors.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } connector)
        {
            return Problems.NotFound(Kind, name);
        }

        http.SetETag(connector.Version);
        return TypedResults.Ok(SmsConnectorBody.Of(connector, presets));
    }

    private static async Task<Results<Created<SmsConnectorBody>, ProblemHttpResult>> CreateAsync(
        SmsConnectorRequest connector, HttpContext http, SmsConnectorRegister connectors, SmsPresetCatalog presets, CancellationToken cancellationToken)
    {
        string name = connector.Name ?? "";
        SaveOutcome outcome = await connectors.CreateAsync(http.Caller.TenantId, connector, cancellationToken);
        if (outcome is not SaveOutcome.Saved || await connectors.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, name);
        }

        http.SetETag(made.Version);
        return TypedResults.Created(Path + Uri.EscapeDataString(made.Name), SmsConnectorBody.Of(made, presets));
    }

    private static async Task<Results<Ok<SmsConnectorBody>, ProblemHttpResult>> UpdateAsync(
        string name, SmsConnectorRequest changes, HttpContext http, SmsConnectorRegister connectors, SmsPresetCatalog presets, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await connectors.FindAsync(tenantId, name, cancellationToken) is { } connector
            ? await connectors.UpdateAsync(tenantId, connector.ConnectorId, changes, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        string now = changes.Name ?? name;
        if (outcome is not SaveOutcome.Saved || await connectors.FindAsync(tenantId, now, cancellationToken) is not { } changed)
        {
            return Problems.Of(outcome, Kind, outcome is SaveOutcome.Missing ? name : now);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(SmsConnectorBody.Of(changed, presets));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpContext http, SmsConnectorRegister connectors, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        SaveOutcome outcome = await connectors.FindAsync(http.Caller.TenantId, name, cancellationToken) is { } connector
            ? await connectors.DeleteAsync(http.Caller.TenantId, connector.ConnectorId, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome switch
        {
            SaveOutcome.Saved => TypedResults.NoContent(),
            SaveOutcome.Refused refused => Problems.Conflict(refused.Message),
            _ => Problems.Of(outcome, Kind, name),
        };
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetLogoAsync(
        string name, HttpContext http, SmsConnectorRegister connectors, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await connectors.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } connector
            || await connectors.FindLogoAsync(connector, cancellationToken) is not { } logo)
        {
            return Problems.NotFound("picture of a connector", name);
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(logo.Picture, logo.MediaType);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetLogoAsync(
        string name, HttpContext http, SmsConnectorRegister connectors, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await connectors.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } connector)
        {
            return Problems.NotFound(Kind, name);
        }

        byte[] buffer = new byte[SmsLogo.LargestOctets + 1];
        int read = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (!SmsLogo.TryRead(buffer[..read], out SmsLogo? logo, out string? fault))
        {
            return Problems.Invalid("logo", fault);
        }

        SaveOutcome outcome = await connectors.SetLogoAsync(http.Caller.TenantId, connector.ConnectorId, logo, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, name);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteLogoAsync(
        string name, HttpContext http, SmsConnectorRegister connectors, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        SaveOutcome outcome = await connectors.FindAsync(http.Caller.TenantId, name, cancellationToken) is { } connector
            ? await connectors.SetLogoAsync(http.Caller.TenantId, connector.ConnectorId, logo: null, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, "picture of a connector", name);
    }

    private static async Task<Results<Ok<SmsTestBody>, ProblemHttpResult>> TestAsync(
        string name, SmsTestRequest test, HttpContext http, SmsConnectorRegister connectors, SmsConnectorTest tests, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await connectors.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } saved)
        {
            return Problems.NotFound(Kind, name);
        }

        (SmsTestBody? body, IReadOnlyList<FieldFault> faults) = await tests.RunAsync(saved, test, cancellationToken);
        return body is null ? Problems.Invalid(faults) : TypedResults.Ok(body);
    }

    private static Ok<Page<SmsPresetBody>> Presets(SmsPresetCatalog presets) =>
        TypedResults.Ok(new Page<SmsPresetBody>([.. presets.Presets.Select(SmsPresetBody.Of)], Next: null));
}

/// <summary>A preset, as it is read.</summary>
internal sealed record SmsPresetBody
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    [Description("The address that messages go to; a connector may have another uri.")]
    public required string Uri { get; init; }

    public required IReadOnlyList<SmsPresetField> Fields { get; init; }

    public static SmsPresetBody Of(SmsPreset preset) => new()
    {
        Name = preset.Name,
        Title = preset.Title,
        Description = preset.Description,
        Uri = preset.Shape.Uri,
        Fields = preset.Fields,
    };
}
