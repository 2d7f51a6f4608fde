using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.Api.Contract;

/// <summary>Module <c>admin</c>.</summary>
internal sealed class AdminModule(AdministratorRegister register, AdministratorStore store)
{
    private const string Username = "username";
    private const int DefaultLimit = 200;

    private static readonly FrozenDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["role"] = "groupname",
        ["fullName"] = "fullname",
        ["mustChangePassword"] = "temp_pass",
    }.ToFrozenDictionary();

    /// <summary>Answers with the password, which is generated and never shown again.</summary>
    public async Task<ContractAnswer> CreateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        AdministratorSettings given = Read(call.Parameters);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        PasswordOutcome made = await register.CreateAsync(call.TenantId, given, cancellationToken);
        ContractAnswer answer = ContractAnswer.Of(made.Outcome, Username, given.Username ?? "", "created", Parameters);
        return answer is ContractAnswer.Done done
            ? done with { Data = [new NewAdminItem { Username = given.Username!.Trim(), Password = made.GeneratedPassword! }] }
            : answer;
    }

    public async Task<ContractAnswer> UpdateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string name = call.RequiredValue(Username);
        AdministratorSettings given = Read(call.Parameters);
        return call.Fault ?? ContractAnswer.Of(
            await register.UpdateAsync(call.TenantId, name, given, EntityTags.Any, cancellationToken), Username, name, "updated", Parameters);
    }

    public async Task<ContractAnswer> DeleteAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string name = call.RequiredValue(Username);
        return call.Fault ?? ContractAnswer.Of(
            await register.DeleteAsync(call.TenantId, name, EntityTags.Any, cancellationToken), Username, name, "deleted", Parameters);
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
            return ContractAnswer.Found([.. (await store.ListAsync(call.TenantId, start, limit, cancellationToken)).Select(AdminItem.Of)]);
        }

        return await store.FindAsync(call.TenantId, call.Value, cancellationToken) is { } one
            ? ContractAnswer.Found([AdminItem.Of(one)])
            : ContractAnswer.Missing(Username, call.Value);
    }

    private static AdministratorSettings Read(ContractParameters given) => new()
    {
        Username = given.Text(Username),
        Role = given.Word("groupname"),
        FullName = given.Text("fullname"),
        Monitor = given.Switch("monitor", "y", "n"),
        Email = given.Text("email"),
        MustChangePassword = given.Flag("temp_pass"),
    };
}

/// <summary>An administrator, as <c>get</c> shows it.</summary>
internal sealed record AdminItem
{
    [JsonPropertyName("username")]
    public required string Username { get; init; }

    [JsonPropertyName("groupname")]
    public required string GroupName { get; init; }

    [JsonPropertyName("fullname")]
    public required string FullName { get; init; }

    [JsonPropertyName("monitor")]
    public required string Monitor { get; init; }

    [JsonPropertyName("email")]
    public required string Email { get; init; }

    [JsonPropertyName("temp_pass")]
    public required bool TemporaryPassword { get; init; }

    public static AdminItem Of(Administrator administrator) => new()
    {
        Username = administrator.Username,
        GroupName = administrator.Role,
        FullName = administrator.FullName,
        Monitor = administrator.Monitor ? "y" : "n",
        Email = administrator.Email,
        TemporaryPassword = administrator.MustChange,
    };
}

/// <summary>What <c>create</c> answers once. A class, and not a record, so that it does not print the password.</summary>
internal sealed class NewAdminItem
{
    [JsonPropertyName("username")]
    public required string Username { get; init; }

    [JsonPropertyName("password")]
    public required string Password { get; init; }
}
