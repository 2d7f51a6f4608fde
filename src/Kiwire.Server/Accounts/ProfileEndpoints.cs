using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Accounts;

/// <summary><c>/api/v1/profiles</c>: the plans that accounts are on.</summary>
internal static class ProfileEndpoints
{
    private const string Kind = "profile";

    /// <summary>Where in a path <c>/api/v1/profiles/{name}</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapProfiles(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder profiles = routes.MapGroup("/profiles").WithTags("Profiles");
        profiles.MapGet("", List).RequireScope(ApiScope.AccountsRead).WithSummary("Lists the profiles by name");
        profiles.MapGet("/{name}", GetAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Shows a profile");
        profiles.MapPost("", CreateAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Makes a profile");
        profiles.MapPatch("/{name}", UpdateAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Changes what is given of a profile, for all accounts on it at once");
        profiles.MapDelete("/{name}", DeleteAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Deletes a profile that no account uses");
    }

    private static Results<Ok<Page<ProfileBody>>, ProblemHttpResult> List([AsParameters] PageRequest page, HttpContext http, ProfileStore profiles)
    {
        if (!page.TryRead("profiles", out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        Profile[] found = [.. profiles.List(http.Caller.TenantId)
            .Where(profile => after is null || string.CompareOrdinal(AccountName.KeyOf(profile.Name), after[0]) > 0)
            .Take(limit + 1)];
        return TypedResults.Ok(found.ToPage(limit, ProfileBody.Of, last => Cursor.Write("profiles", AccountName.KeyOf(last.Name))));
    }

    private static async Task<Results<Ok<ProfileBody>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, ProfileStore profiles, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await profiles.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } profile)
        {
            return Problems.NotFound(Kind, name);
        }

        http.SetETag(profile.Version);
        return TypedResults.Ok(ProfileBody.Of(profile));
    }

    private static async Task<Results<Created<ProfileBody>, ProblemHttpResult>> CreateAsync(
        ProfileRequest profile, HttpContext http, ProfileStore profiles, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await profiles.CreateAsync(tenantId, profile.ToSettings(), cancellationToken);
        if (outcome is not SaveOutcome.Saved || await profiles.FindAsync(tenantId, profile.Name!, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, profile.Name ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created($"/api/v1/profiles/{Uri.EscapeDataString(made.Name)}", ProfileBody.Of(made));
    }

    private static async Task<Results<Ok<ProfileBody>, ProblemHttpResult>> UpdateAsync(
        string name, ProfileRequest changes, HttpContext http, ProfileStore profiles, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await profiles.UpdateAsync(tenantId, name, changes.ToSettings(), http.IfMatch, cancellationToken);
        if (outcome is not SaveOutcome.Saved || await profiles.FindAsync(tenantId, changes.Name ?? name, cancellationToken) is not { } changed)
        {
            return outcome is SaveOutcome.Saved ? Problems.NotFound(Kind, name) : Problems.Of(outcome, Kind, changes.Name ?? name);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(ProfileBody.Of(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpContext http, ProfileStore profiles, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        return await profiles.DeleteAsync(http.Caller.TenantId, name, http.IfMatch, cancellationToken) switch
        {
            ProfileDeletion.Deleted => TypedResults.NoContent(),
            ProfileDeletion.InUse => Problems.Conflict($"Accounts are on the profile '{name}'; give them another one first."),
            ProfileDeletion.Chosen => Problems.Conflict($"The SMS policy has chosen the profile '{name}'; choose another one there first."),
            ProfileDeletion.Kept => Problems.Conflict($"Every tenant keeps the profile {ProfileStore.TemporaryName}."),
            ProfileDeletion.Stale => Problems.Stale(Kind, name),
            _ => Problems.NotFound(Kind, name),
        };
    }
}

/// <summary>A profile, as it is read.</summary>
internal sealed record ProfileBody
{
    public required string Name { get; init; }

    public required decimal Price { get; init; }

    [Description("Countdown, Expiration, Free or Pay As You Use.")]
    public required string Type { get; init; }

    public required string Edx { get; init; }

    public required long Minutes { get; init; }

    public required bool VolumeLimited { get; init; }

    [Description("GB of 2^30 octets, both directions together.")]
    public required decimal VolumeGigabytes { get; init; }

    [Description("0: no limit.")]
    public required int IdleMinutes { get; init; }

    [Description("Sessions at one time; 0: no limit.")]
    public required int Simultaneous { get; init; }

    [Description("0: no limit; 1 Mbps is 1024 Kbps.")]
    public required int DownKbps { get; init; }

    public required int UpKbps { get; init; }

    public required int MinDownKbps { get; init; }

    public required int MinUpKbps { get; init; }

    [Description("How often the usage of its accounts goes back to zero, on the tenant's clocks: never, halfHour, hour, day, week (on Mondays), month or year.")]
    public required string AutoReset { get; init; }

    [Description("When its accounts may be in, on the tenant's clocks, such as mon-fri 08:00-18:00; none: at any time.")]
    public required IReadOnlyList<string> LoginHours { get; init; }

    public static ProfileBody Of(Profile profile) => new()
    {
        Name = profile.Name,
        Price = profile.Price,
        Type = ProfileValidator.NameOf(profile.Type),
        Edx = profile.Edx,
        Minutes = profile.Minutes,
        VolumeLimited = profile.VolumeLimited,
        VolumeGigabytes = profile.VolumeGigabytes,
        IdleMinutes = profile.IdleMinutes,
        Simultaneous = profile.Simultaneous,
        DownKbps = profile.DownKbps,
        UpKbps = profile.UpKbps,
        MinDownKbps = profile.MinDownKbps,
        MinUpKbps = profile.MinUpKbps,
        AutoReset = ProfileValidator.NameOf(profile.AutoReset),
        LoginHours = profile.LoginHours?.Ranges ?? [],
    };
}

/// <summary>A profile, as it is made or changed; what is not given stays, or has its default.</summary>
internal sealed record ProfileRequest
{
    [Description("1 to 128 octets; whatever the case it is one name.")]
    public string? Name { get; init; }

    [Description("0 to 1000000000; of Pay As You Use for each started minute.")]
    public decimal? Price { get; init; }

    [Description("Countdown (minutes online), Expiration (minutes from the first login), Free or Pay As You Use; Free where a new one is given none.")]
    public string? Type { get; init; }

    [Description("Charging link, at most 1000 characters; stored.")]
    public string? Edx { get; init; }

    [Description("Needed for Countdown and Expiration.")]
    public long? Minutes { get; init; }

    public bool? VolumeLimited { get; init; }

    [Description("GB of 2^30 octets, both directions together; counts where volumeLimited.")]
    public decimal? VolumeGigabytes { get; init; }

    [Description("0: no limit.")]
    public int? IdleMinutes { get; init; }

    [Description("Sessions at one time, at most 4096; 0: no limit.")]
    public int? Simultaneous { get; init; }

    [Description("0: no limit; 1 Mbps is 1024 Kbps.")]
    public int? DownKbps { get; init; }

    public int? UpKbps { get; init; }

    public int? MinDownKbps { get; init; }

    public int? MinUpKbps { get; init; }

    [Description("never, halfHour, hour, day, week (on Mondays), month or year: when the usage of its accounts goes back to zero, on the tenant's clocks.")]
    public string? AutoReset { get; init; }

    [Description("At most 64 ranges on the tenant's clocks, such as mon 08:00-18:00, mon-fri 08:00-12:00 or fri 22:00-02:00 (into the next day). They replace those that the profile had; an empty list: at any time.")]
    public IReadOnlyList<string>? LoginHours { get; init; }

    public ProfileSettings ToSettings() => new()
    {
        Name = Name,
        Price = Price,
        Type = Type,
        Edx = Edx,
        Minutes = Minutes,
        VolumeLimited = VolumeLimited,
        VolumeGigabytes = VolumeGigabytes,
        IdleMinutes = IdleMinutes,
        Simultaneous = Simultaneous,
        DownKbps = DownKbps,
        UpKbps = UpKbps,
        MinDownKbps = MinDownKbps,
        MinUpKbps = MinUpKbps,
        AutoReset = AutoReset,
        LoginHours = LoginHours,
    };
}
