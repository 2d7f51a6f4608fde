using System.Diagnostics.CodeAnalysis;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Network;

/// <summary><c>/api/v1/nas</c>: the equipment that sends requests, and what it was seen to send.</summary>
internal static class NasEndpoints
{
    private const string Kind = "NAS";

    /// <summary>Where in a path <c>/api/v1/nas/{identity}</c> the identity stands.</summary>
    private const int IdentitySegment = 3;

    public static void MapNas(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder nas = routes.MapGroup("/nas").WithTags("NAS");
        nas.MapGet("", ListAsync).RequireScope(ApiScope.NetworkRead).WithSummary("Lists the NASes by identity");
        nas.MapGet("/{identity}", GetAsync).RequireScope(ApiScope.NetworkRead).WithSummary("Shows a NAS");
        nas.MapPost("", CreateAsync).RequireScope(ApiScope.NetworkWrite).WithSummary("Makes a NAS");
        nas.MapPatch("/{identity}", UpdateAsync).RequireScope(ApiScope.NetworkWrite).WithSummary("Changes what is given of a NAS, at once");
        nas.MapDelete("/{identity}", DeleteAsync).RequireScope(ApiScope.NetworkWrite).WithSummary("Deletes a NAS: its packets are dropped from now on");
        nas.MapPost("/{identity}/relax-message-authenticator", RelaxAsync).RequireScope(ApiScope.NetworkWrite)
            .WithSummary("Undoes that requireMessageAuthenticator=auto has come to act as yes; it waits 24 hours before it does so again");
    }

    private static async Task<Results<Ok<Page<NasBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] NasFilter filter, [AsParameters] PageRequest page, HttpContext http,
        NasRegister register, NasTypeCatalog types, NasDirectory directory, CancellationToken cancellationToken)
    {
        string list = $"nas {filter}";
        if (!TryReadTypes(filter.Type, types, out IReadOnlyList<string>? names, out FieldFault? fault)
            || !page.TryRead(list, out int limit, out string[]? after, out fault))
        {
            return Problems.Invalid([fault]);
        }

        IReadOnlyList<Nas> found = await register.ListAsync(
            new NasQuery { TenantId = http.Caller.TenantId, Prefix = filter.Q, Types = names, Location = filter.Location, After = after?[0], Limit = limit + 1 },
            cancellationToken);
        return TypedResults.Ok(found.ToPage(limit, nas => NasBody.Of(nas, directory), last => Cursor.Write(list, FoldedName.Fold(last.Identity))));
    }

    private static async Task<Results<Ok<NasBody>, ProblemHttpResult>> GetAsync(
        string identity, HttpContext http, NasRegister register, NasDirectory directory, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        return await register.FindAsync(http.Caller.TenantId, identity, cancellationToken) is { } nas
            ? Show(nas, http, directory)
            : Problems.NotFound(Kind, identity);
    }

    private static async Task<Results<Created<NasBody>, ProblemHttpResult>> CreateAsync(
        NasRequest request, HttpContext http, NasRegister register, NasDirectory directory, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await register.CreateAsync(tenantId, request.ToSettings(), cancellationToken);
        if (outcome is not SaveOutcome.Saved(var nasId) || await register.GetAsync(tenantId, nasId, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, request.Identity ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created($"/api/v1/nas/{Uri.EscapeDataString(made.Identity)}", NasBody.Of(made, directory));
    }

    private static async Task<Results<Ok<NasBody>, ProblemHttpResult>> UpdateAsync(
        string identity, NasRequest request, HttpContext http, NasRegister register, NasDirectory directory, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        long tenantId = http.Caller.TenantId;
        if (await register.FindAsync(tenantId, identity, cancellationToken) is not { } nas)
        {
            return Problems.NotFound(Kind, identity);
        }

        SaveOutcome outcome = await register.UpdateAsync(tenantId, nas.NasId, request.ToSettings(), http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved
            ? await ShowAsync(tenantId, nas, http, register, directory, cancellationToken)
            : Problems.Of(outcome, Kind, outcome is SaveOutcome.Exists ? request.Identity ?? identity : identity);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string identity, HttpContext http, NasRegister register, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await register.FindAsync(tenantId, identity, cancellationToken) is { } nas
            ? await register.DeleteAsync(tenantId, nas.NasId, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, identity);
    }

    private static async Task<Results<Ok<NasBody>, ProblemHttpResult>> RelaxAsync(
        string identity, HttpContext http, NasRegister register, NasDirectory directory, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        long tenantId = http.Caller.TenantId;
        if (await register.FindAsync(tenantId, identity, cancellationToken) is not { } nas)
        {
            return Problems.NotFound(Kind, identity);
        }

        return await register.RelaxMessageAuthenticatorAsync(tenantId, nas.NasId, cancellationToken)
            ? await ShowAsync(tenantId, nas, http, register, directory, cancellationToken)
            : Problems.Conflict($"NAS '{nas.Identity}' is not in use: its secret cannot be decrypted. Set the secret again.");
    }

    private static async Task<Results<Ok<NasBody>, ProblemHttpResult>> ShowAsync(
        long tenantId, Nas nas, HttpContext http, NasRegister register, NasDirectory directory, CancellationToken cancellationToken) =>
        await register.GetAsync(tenantId, nas.NasId, cancellationToken) is { } changed
            ? Show(changed, http, directory)
            : Problems.NotFound(Kind, nas.Identity);

    private static Ok<NasBody> Show(Nas nas, HttpContext http, NasDirectory directory)
    {
        http.SetETag(nas.Version);
        return TypedResults.Ok(NasBody.Of(nas, directory));
    }

    /// <summary>All names of the type that the filter names by any of them.</summary>
    private static bool TryReadTypes(string? name, NasTypeCatalog types, out IReadOnlyList<string>? names, [NotNullWhen(false)] out FieldFault? fault)
    {
        fault = null;
        names = null;
        if (name is null)
        {
            return true;
        }

        if (!types.TryGet(name, out NasType? type))
        {
            fault = new FieldFault("type", $"is '{name}', which is not known; it must be one of {string.Join(", ", types.Names)}.");
            return false;
        }

        names = [.. types.Names.Where(other => types.TryGet(other, out NasType? same) && same == type)];
        return true;
    }
}
