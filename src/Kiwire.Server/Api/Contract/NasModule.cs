using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Api.Contract;

/// <summary>Module <c>nas</c>.</summary>
internal sealed class NasModule(NasRegister register)
{
    private const string NasId = "nas-id";
    private const int DefaultLimit = 200;

    private static readonly FrozenDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["identity"] = NasId,
        ["address"] = "nas-ip",
        ["coaPort"] = "ports",
    }.ToFrozenDictionary();

    public async Task<ContractAnswer> CreateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        NasSettings given = Read(call.Parameters);
        return call.Fault ?? ContractAnswer.Of(await register.CreateAsync(call.TenantId, given, cancellationToken), NasId, given.Identity ?? "", "created", Parameters);
    }

    public async Task<ContractAnswer> UpdateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string identity = call.RequiredValue(NasId);
        NasSettings given = Read(call.Parameters);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        if (await register.FindAsync(call.TenantId, identity, cancellationToken) is not { } nas)
        {
            return ContractAnswer.Missing(NasId, identity);
        }

        SaveOutcome outcome = await register.UpdateAsync(call.TenantId, nas.NasId, given, EntityTags.Any, cancellationToken);
        return ContractAnswer.Of(outcome, NasId, outcome is SaveOutcome.Exists ? given.Identity! : identity, "updated", Parameters);
    }

    public async Task<ContractAnswer> DeleteAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string identity = call.RequiredValue(NasId);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        return await register.FindAsync(call.TenantId, identity, cancellationToken) is { } nas
            ? ContractAnswer.Of(await register.DeleteAsync(call.TenantId, nas.NasId, EntityTags.Any, cancellationToken), NasId, identity, "deleted", Parameters)
            : ContractAnswer.Missing(NasId, identity);
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
            return ContractAnswer.Found([.. (await register.ListAsync(call.TenantId, start, limit, cancellationToken)).Select(NasItem.Of)]);
        }

        return await register.FindAsync(call.TenantId, call.Value, cancellationToken) is { } one
            ? ContractAnswer.Found([NasItem.Of(one)])
            : ContractAnswer.Missing(NasId, call.Value);
    }

    private static NasSettings Read(ContractParameters given) => new()
    {
        Identity = given.Text(NasId),
        Address = given.Text("nas-ip"),
        Type = given.Word("type"),
        CoaPort = given.Integer("ports", 1, 65535),
        Secret = given.Text("secret"),
        Server = given.Text("server"),
        Community = given.Text("community"),
        Description = given.Text("description"),
        Location = given.Text("location"),
        Username = given.Text("username"),
        Password = given.Text("password"),
    };
}

/// <summary>A NAS, as <c>get</c> shows it: without its secrets.</summary>
internal sealed record NasItem
{
    [JsonPropertyName("nas-ip")]
    public required string NasIp { get; init; }

    [JsonPropertyName("nas-id")]
    public required string NasId { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("ports")]
    public required int Ports { get; init; }

    [JsonPropertyName("server")]
    public required string Server { get; init; }

    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("location")]
    public required string Location { get; init; }

    [JsonPropertyName("username")]
    public required string Username { get; init; }

    public static NasItem Of(Nas nas) => new()
    {
        NasIp = nas.Address,
        NasId = nas.Identity,
        Type = nas.Type,
        Ports = nas.CoaPort,
        Server = nas.Server,
        Description = nas.Description,
        Location = nas.Location,
        Username = nas.Username,
    };
}
