using System.ComponentModel;

namespace Kiwire.Server.Accounts;

/// <summary>A voucher, as it is read.</summary>
internal sealed record VoucherBody
{
    [Description("Name and password in one.")]
    public required string Code { get; init; }

    [Description("Null: none; the voucher cannot log in.")]
    public required string? Profile { get; init; }

    public required string Remark { get; init; }

    [Description("active or suspended.")]
    public required string Status { get; init; }

    [Description("none, or zone names and NAS identities with commas between.")]
    public required string AllowNas { get; init; }

    [Description("Null: never.")]
    public required DateTimeOffset? ExpiresAt { get; init; }

    [Description("Registered client devices, the newest registration first.")]
    public required IReadOnlyList<string> Macs { get; init; }

    [Description("Null: not yet.")]
    public required DateTimeOffset? FirstLoginAt { get; init; }

    public required long UsedSeconds { get; init; }

    [Description("From the client.")]
    public required long UsedInOctets { get; init; }

    [Description("To the client.")]
    public required long UsedOutOctets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static VoucherBody Of(Account voucher) => new()
    {
        Code = voucher.Name,
        Profile = voucher.ProfileName,
        Remark = voucher.Remark,
        Status = AccountSettings.StatusOf(voucher.Active),
        AllowNas = voucher.AllowNas,
        ExpiresAt = AccountBody.MomentOf(voucher.ExpiresAt),
        Macs = [.. voucher.Macs.Select(mac => mac.ToString())],
        FirstLoginAt = AccountBody.MomentOf(voucher.FirstLoginAt),
        UsedSeconds = voucher.Used.Seconds,
        UsedInOctets = voucher.Used.OctetsIn,
        UsedOutOctets = voucher.Used.OctetsOut,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(voucher.CreatedAt),
    };
}

/// <summary>An order for vouchers; what is not given has its default.</summary>
internal sealed record VoucherOrderRequest
{
    [Description("What the codes begin with: at most 64 octets; V_ where it is not given.")]
    public string? Prefix { get; init; }

    [Description("1 to 10000; 10 where it is not given.")]
    public int? Quantity { get; init; }

    [Description("A profile's name; wx_temp where it is not given.")]
    public string? Profile { get; init; }

    [Description("none, or zone names and NAS identities with commas between.")]
    public string? AllowNas { get; init; }

    [Description("As an account's; the end of tomorrow where it is not given.")]
    public string? Expiry { get; init; }

    [Description("Tomorrow's date where it is not given.")]
    public string? Remark { get; init; }

    public VoucherOrder ToOrder() => new()
    {
        Prefix = Prefix,
        Quantity = Quantity,
        Profile = Profile,
        AllowNas = AllowNas,
        Expiry = Expiry,
        Remark = Remark,
    };
}

/// <summary>What an order brought.</summary>
internal sealed record VoucherCodesBody
{
    [Description("They log in at once.")]
    public required IReadOnlyList<string> Codes { get; init; }
}

/// <summary>What is to be changed of a voucher; what is not given stays.</summary>
internal sealed record VoucherRequest
{
    [Description("A profile's name.")]
    public string? Profile { get; init; }

    [Description("At most 1000 characters.")]
    public string? Remark { get; init; }

    [Description("active or suspended.")]
    public string? Status { get; init; }

    [Description("none, or zone names and NAS identities with commas between.")]
    public string? AllowNas { get; init; }

    [Description("As an account's.")]
    public string? Expiry { get; init; }

    [Description("At most 64 addresses in any notation; they replace those that are registered.")]
    public IReadOnlyList<string?>? Macs { get; init; }

    public AccountSettings ToSettings() => new()
    {
        Profile = Profile,
        Remark = Remark,
        Status = Status,
        AllowNas = AllowNas,
        Expiry = Expiry,
        Mac = AccountRequest.JoinMacs(Macs),
    };
}
