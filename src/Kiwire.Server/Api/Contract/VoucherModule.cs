using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Api.Contract;

/// <summary>Module <c>voucher</c>.</summary>
internal sealed class VoucherModule(AccountStore accounts)
{
    private const string Code = "code";
    private const int DefaultLimit = 200;

    private static readonly FrozenDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["quantity"] = "qty",
        ["profile"] = "plan",
        ["allowNas"] = "nas",
    }.ToFrozenDictionary();

    /// <summary>Answers with the codes.</summary>
    public async Task<ContractAnswer> CreateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        VoucherOrder order = new()
        {
            Prefix = call.Parameters.Text("prefix"),
            Quantity = call.Parameters.Integer("qty", 1, VoucherOrder.MaxQuantity),
            Profile = call.Parameters.Word("plan"),
            AllowNas = call.Parameters.Text("nas"),
            // Left empty it is tomorrow too: a voucher that never ends should not come of a field that nobody filled in.
            Expiry = call.Parameters.Word("expiry"),
            Remark = call.Parameters.Text("remark"),
        };
        if (call.Fault is { } fault)
        {
            return fault;
        }

        return await accounts.CreateVouchersAsync(call.TenantId, order, call.Tenant.Policy.PasswordSecurityHigh, cancellationToken) switch
        {
            VoucherOutcome.Created created => new ContractAnswer.Done($"{created.Codes.Count} vouchers created", created.Codes),
            VoucherOutcome.Refused refused => ContractAnswer.Of(refused.Faults, Parameters),
            var other => throw new InvalidOperationException($"An order of vouchers cannot be {other}."),
        };
    }

    public async Task<ContractAnswer> DeleteAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string code = call.RequiredValue(Code);
        return call.Fault
            ?? ContractAnswer.Of(await accounts.DeleteAsync(call.TenantId, code, AccountKind.Voucher, cancellationToken), Code, code, "deleted", Parameters);
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
            IReadOnlyList<Account> found = await accounts.ListAsync(call.TenantId, AccountKind.Voucher, start, limit, cancellationToken);
            return ContractAnswer.Found([.. found.Select(voucher => VoucherItem.Of(voucher, call.Tenant.TimeZone))]);
        }

        return await accounts.FindAsync(call.TenantId, call.Value, cancellationToken) is { Kind: AccountKind.Voucher } one
            ? ContractAnswer.Found([VoucherItem.Of(one, call.Tenant.TimeZone)])
            : ContractAnswer.Missing(Code, call.Value);
    }
}

/// <summary>A voucher, as <c>get</c> shows it.</summary>
internal sealed record VoucherItem
{
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("plan")]
    public required string Plan { get; init; }

    [JsonPropertyName("nas")]
    public required string Nas { get; init; }

    /// <summary>In the tenant's time zone; empty: never.</summary>
    [JsonPropertyName("expiry")]
    public required string Expiry { get; init; }

    [JsonPropertyName("remark")]
    public required string Remark { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    public static VoucherItem Of(Account voucher, TimeZoneInfo zone) => new()
    {
        Code = voucher.Name,
        Plan = voucher.ProfileName ?? "",
        Nas = voucher.AllowNas,
        Expiry = AccountExpiry.Format(voucher.ExpiresAt, zone),
        Remark = voucher.Remark,
        Status = voucher.Active ? AccountSettings.ActiveStatus : AccountSettings.SuspendedStatus,
    };
}
