using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Api.Contract;

/// <summary>Module <c>user</c>.</summary>
internal sealed class UserModule(AccountStore accounts)
{
    private const string Username = "username";
    private const int DefaultLimit = 200;

    private static readonly FrozenDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["fullName"] = "fullname",
        ["allowNas"] = "allownas",
        ["macs"] = "mac",
    }.ToFrozenDictionary();

    public async Task<ContractAnswer> CreateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        AccountSettings given = Read(call.Parameters);
        return call.Fault ?? ContractAnswer.Of(await accounts.CreateUserAsync(call.TenantId, given, cancellationToken), Username, given.Username ?? "", "created", Parameters);
    }

    public async Task<ContractAnswer> UpdateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string name = call.RequiredValue(Username);
        AccountSettings given = Read(call.Parameters);
        return call.Fault ?? ContractAnswer.Of(await accounts.UpdateAsync(call.TenantId, name, AccountKind.User, given, cancellationToken), Username, name, "updated", Parameters);
    }

    public async Task<ContractAnswer> DeleteAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string name = call.RequiredValue(Username);
        return call.Fault
            ?? ContractAnswer.Of(await accounts.DeleteAsync(call.TenantId, name, AccountKind.User, cancellationToken), Username, name, "deleted", Parameters);
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
            IReadOnlyList<Account> found = await accounts.ListAsync(call.TenantId, AccountKind.User, start, limit, cancellationToken);
            return ContractAnswer.Found([.. found.Select(user => UserItem.Of(user, call.Tenant.TimeZone))]);
        }

        return await accounts.FindAsync(call.TenantId, call.Value, cancellationToken) is { Kind: AccountKind.User } one
            ? ContractAnswer.Found([UserItem.Of(one, call.Tenant.TimeZone)])
            : ContractAnswer.Missing(Username, call.Value);
    }

    private static AccountSettings Read(ContractParameters given) => new()
    {
        Username = given.Text(Username),
        Password = given.Text("password"),
        FullName = given.Text("fullname"),
        Email = given.Text("email"),
        Phone = given.Text("phone"),
        Profile = given.Word("profile"),
        Remark = given.Text("remark"),
        Status = given.Word("status"),
        AllowNas = given.Text("allownas"),
        Expiry = given.Text("expiry"),
        Mac = given.Text("mac"),
        Integration = given.Text("integration"),
        Statistics = given.Text("statistics"),
    };
}

/// <summary>A user, as <c>get</c> shows it.</summary>
internal sealed record UserItem
{
    [JsonPropertyName("username")]
    public required string Username { get; init; }

    [JsonPropertyName("fullname")]
    public required string FullName { get; init; }

    [JsonPropertyName("email")]
    public required string Email { get; init; }

    [JsonPropertyName("phone")]
    public required string Phone { get; init; }

    [JsonPropertyName("profile")]
    public required string Profile { get; init; }

    [JsonPropertyName("remark")]
    public required string Remark { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("allownas")]
    public required string AllowNas { get; init; }

    /// <summary>In the tenant's time zone; empty: never.</summary>
    [JsonPropertyName("expiry")]
    public required string Expiry { get; init; }

    [JsonPropertyName("mac")]
    public required string Mac { get; init; }

    [JsonPropertyName("integration")]
    public required string Integration { get; init; }

    [JsonPropertyName("statistics")]
    public required string Statistics { get; init; }

    public static UserItem Of(Account user, TimeZoneInfo zone) => new()
    {
        Username = user.Name,
        FullName = user.FullName,
        Email = user.Email,
        Phone = user.Phone,
        Profile = user.ProfileName ?? "",
        Remark = user.Remark,
        Status = user.Active ? AccountSettings.ActiveStatus : AccountSettings.SuspendedStatus,
        AllowNas = user.AllowNas,
        Expiry = AccountExpiry.Format(user.ExpiresAt, zone),
        Mac = string.Join(',', user.Macs),
        Integration = user.Integration,
        Statistics = user.Statistics,
    };
}
