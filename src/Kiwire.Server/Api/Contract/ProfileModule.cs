using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Api.Contract;

/// <summary>Module <c>profile</c>.</summary>
internal sealed class ProfileModule(ProfileStore profiles)
{
    private const string ProfileName = "profile-name";
    private const int DefaultLimit = 200;

    private static readonly FrozenDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["name"] = ProfileName,
        ["minutes"] = "minute",
        ["volumeLimited"] = "vol_limit_en",
        ["volumeGigabytes"] = "vol_limit",
        ["idleMinutes"] = "idle",
        ["downKbps"] = "bwdown",
        ["upKbps"] = "bwup",
        ["minDownKbps"] = "min_down",
        ["minUpKbps"] = "min_up",
    }.ToFrozenDictionary();

    public async Task<ContractAnswer> CreateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        ProfileSettings given = Read(call.Parameters);
        return call.Fault ?? ContractAnswer.Of(await profiles.CreateAsync(call.TenantId, given, cancellationToken), ProfileName, given.Name ?? "", "created", Parameters);
    }

    public async Task<ContractAnswer> UpdateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string name = call.RequiredValue(ProfileName);
        ProfileSettings given = Read(call.Parameters);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        SaveOutcome outcome = await profiles.UpdateAsync(call.TenantId, name, given, cancellationToken);
        return ContractAnswer.Of(outcome, ProfileName, outcome is SaveOutcome.Exists ? given.Name! : name, "updated", Parameters);
    }

    public async Task<ContractAnswer> DeleteAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string name = call.RequiredValue(ProfileName);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        return await profiles.DeleteAsync(call.TenantId, name, cancellationToken) switch
        {
            ProfileDeletion.Deleted => new ContractAnswer.Done($"{ProfileName} '{name}' deleted", []),
            ProfileDeletion.InUse => new ContractAnswer.Failed($"{ProfileName} '{name}' is used by accounts; give them another profile first."),
            ProfileDeletion.Chosen => new ContractAnswer.Failed($"{ProfileName} '{name}' is chosen by the SMS policy; choose another profile there first."),
            ProfileDeletion.Kept => new ContractAnswer.Failed($"{ProfileName} '{name}' cannot be deleted: every tenant has it."),
            _ => ContractAnswer.Missing(ProfileName, name),
        };
    }

    public async Task<ContractAnswer> GetAsync(ContractCall call, CancellationToken cancellationToken)
    {
        (int start, int limit) = call.Parameters.Rows(DefaultLimit);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        if (call.Value.Length == 0)
        {
            return ContractAnswer.Found([.. (await profiles.ListAsync(call.TenantId, start, limit, cancellationToken)).Select(ProfileItem.Of)]);
        }

        return await profiles.FindAsync(call.TenantId, call.Value, cancellationToken) is { } one
            ? ContractAnswer.Found([ProfileItem.Of(one)])
            : ContractAnswer.Missing(ProfileName, call.Value);
    }

    private static ProfileSettings Read(ContractParameters given) => new()
    {
        Name = given.Text(ProfileName),
        Price = given.Number("price"),
        Type = given.Word("type"),
        Edx = given.Text("edx"),
        Minutes = given.Integer("minute"),
        VolumeLimited = given.Switch("vol_limit_en", "on", "off"),
        VolumeGigabytes = given.Number("vol_limit"),
        IdleMinutes = given.Integer("idle"),
        Simultaneous = given.Integer("simultaneous"),
        DownKbps = given.Integer("bwdown"),
        UpKbps = given.Integer("bwup"),
        MinDownKbps = given.Integer("min_down"),
        MinUpKbps = given.Integer("min_up"),
    };
}

/// <summary>A profile, as <c>get</c> shows it.</summary>
internal sealed record ProfileItem
{
    [JsonPropertyName("profile-name")]
    public required string Name { get; init; }

    [JsonPropertyName("price")]
    public required decimal Price { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("edx")]
    public required string Edx { get; init; }

    [JsonPropertyName("minute")]
    public required long Minutes { get; init; }

    [JsonPropertyName("vol_limit_en")]
    public required string VolumeLimited { get; init; }

    /// <summary>GB of 2^30 octets.</summary>
    [JsonPropertyName("vol_limit")]
    public required decimal VolumeGigabytes { get; init; }

    [JsonPropertyName("idle")]
    public required int IdleMinutes { get; init; }

    [JsonPropertyName("simultaneous")]
    public required int Simultaneous { get; init; }

    [JsonPropertyName("bwdown")]
    public required int DownKbps { get; init; }

    [JsonPropertyName("bwup")]
    public required int UpKbps { get; init; }

    [JsonPropertyName("min_down")]
    public required int MinDownKbps { get; init; }

    [JsonPropertyName("min_up")]
    public required int MinUpKbps { get; init; }

    public static ProfileItem Of(Profile profile) => new()
    {
        Name = profile.Name,
        Price = profile.Price,
        Type = ProfileValidator.NameOf(profile.Type),
        Edx = profile.Edx,
        Minutes = profile.Minutes,
        VolumeLimited = profile.VolumeLimited ? "on" : "off",
        VolumeGigabytes = Math.Round((decimal)profile.VolumeOctets / ProfileValidator.OctetsPerGigabyte, 6),
        IdleMinutes = profile.IdleMinutes,
        Simultaneous = profile.Simultaneous,
        DownKbps = profile.DownKbps,
        UpKbps = profile.UpKbps,
        MinDownKbps = profile.MinDownKbps,
        MinUpKbps = profile.MinUpKbps,
    };
}
