using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sms;

/// <summary><c>/api/v1/sms/templates</c>: texts for messages.</summary>
internal static class SmsTemplateEndpoints
{
    private const string Kind = "template";
    private const string Path = "/api/v1/sms/templates/";

    /// <summary>Where in a path <c>/api/v1/sms/templates/{name}</c> the name stands.</summary>
    private const int NameSegment = 4;

    public static void MapSmsTemplates(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder templates = routes.MapGroup("/sms/templates").WithTags("SMS templates");
        templates.MapGet("", ListAsync).RequireScope(ApiScope.SmsRead).WithSummary("Lists the templates by name");
        templates.MapGet("/{name}", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows a template");
        templates.MapPost("", CreateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Makes a template");
        templates.MapPatch("/{name}", UpdateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Changes what is given of a template");
        templates.MapDelete("/{name}", DeleteAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Deletes a template");
        templates.MapPost("/preview", Preview).RequireScope(ApiScope.SmsRead).WithSummary("Shows what a text would be sent as, and how long it is");
    }

    private static async Task<Results<Ok<Page<SmsTemplateBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, HttpContext http, SmsTemplateRegister templates, CancellationToken cancellationToken)
    {
        const string list = "sms-templates";
        if (!page.TryRead(list, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        IReadOnlyList<SmsTemplate> found = await templates.ListAsync(http.Caller.TenantId, after?[0] ?? "", limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(limit, SmsTemplateBody.Of, last => Cursor.Write(list, FoldedName.Fold(last.Name))));
    }

    private static async Task<Results<Ok<SmsTemplateBody>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, SmsTemplateRegister templates, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await templates.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } template)
        {
            return Problems.NotFound(Kind, name);
        }

        http.SetETag(template.Version);
        return TypedResults.Ok(SmsTemplateBody.Of(template));
    }

    private static async Task<Results<Created<SmsTemplateBody>, ProblemHttpResult>> CreateAsync(
        SmsTemplateRequest template, HttpContext http, SmsTemplateRegister templates, CancellationToken cancellationToken)
    {
        string name = template.Name ?? "";
        SaveOutcome outcome = await templates.CreateAsync(http.Caller.TenantId, name, template.Text ?? "", cancellationToken);
        if (outcome is not SaveOutcome.Saved || await templates.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, name);
        }

        http.SetETag(made.Version);
        return TypedResults.Created(Path + Uri.EscapeDataString(made.Name), SmsTemplateBody.Of(made));
    }

    private static async Task<Results<Ok<SmsTemplateBody>, ProblemHttpResult>> UpdateAsync(
        string name, SmsTemplateRequest changes, HttpContext http, SmsTemplateRegister templates, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await templates.FindAsync(tenantId, name, cancellationToken) is { } template
            ? await templates.UpdateAsync(tenantId, template.TemplateId, changes.Name, changes.Text, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        string now = changes.Name ?? name;
        if (outcome is not SaveOutcome.Saved || await templates.FindAsync(tenantId, now, cancellationToken) is not { } changed)
        {
            return Problems.Of(outcome, Kind, outcome is SaveOutcome.Missing ? name : now);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(SmsTemplateBody.Of(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpContext http, SmsTemplateRegister templates, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        SaveOutcome outcome = await templates.FindAsync(http.Caller.TenantId, name, cancellationToken) is { } template
            ? await templates.DeleteAsync(http.Caller.TenantId, template.TemplateId, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, name);
    }

    private static Results<Ok<SmsPreviewBody>, ProblemHttpResult> Preview(SmsPreviewRequest preview)
    {
        if (MessageTemplate.Parse(preview.Text ?? "", out string? fault) is not { } template)
        {
            return Problems.Invalid("text", fault!);
        }

        IReadOnlyDictionary<string, string> values = preview.Variables ?? new Dictionary<string, string>();
        return template.FindMissing(values) is { Count: > 0 } missing
            ? Problems.Invalid("variables", $"has no {string.Join(", ", missing)}, which the text asks for.")
            : TypedResults.Ok(SmsPreviewBody.Of(template.Fill(values)));
    }
}

/// <summary>A template, as it is read.</summary>
internal sealed record SmsTemplateBody
{
    public required string Name { get; init; }

    [Description("With variables in braces, such as {code}; a brace itself is written twice.")]
    public required string Text { get; init; }

    [Description("Those that stand in the text.")]
    public required IReadOnlyList<string> Variables { get; init; }

    public static SmsTemplateBody Of(SmsTemplate template) => new()
    {
        Name = template.Name,
        Text = template.Text,
        Variables = [.. MessageTemplate.Parse(template.Text, out _)?.Variables ?? []],
    };
}

/// <summary>A template, as it is made or changed; what is not given stays.</summary>
internal sealed record SmsTemplateRequest
{
    [Description("1 to 100 characters.")]
    public string? Name { get; init; }

    [Description("1 to 1600 characters; variables are {code}, {minutes}, {username}, {password}, {tenant}, {phone}, {profile} and {expiry}.")]
    public string? Text { get; init; }
}

/// <summary>A text that is to be looked at before it is sent.</summary>
internal sealed record SmsPreviewRequest
{
    public string? Text { get; init; }

    [Description("A value for each variable in the text.")]
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
}

/// <summary>What would be sent.</summary>
internal sealed record SmsPreviewBody
{
    public required string Text { get; init; }

    [Description("gsm7, or ucs2 as soon as one character is outside of the GSM alphabet.")]
    public required SmsAlphabet Alphabet { get; init; }

    [Description("Septets in gsm7, 16-bit units in ucs2.")]
    public required int Units { get; init; }

    [Description("How many messages it takes, which is what gateways charge for.")]
    public required int Segments { get; init; }

    public static SmsPreviewBody Of(string text)
    {
        SmsLength length = SmsLength.Of(text);
        return new SmsPreviewBody { Text = text, Alphabet = length.Alphabet, Units = length.Units, Segments = length.Segments };
    }
}
