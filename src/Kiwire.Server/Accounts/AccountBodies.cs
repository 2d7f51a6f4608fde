using System.ComponentModel;

namespace Kiwire.Server.Accounts;

/// <summary>A user, as it is read: everything but the password.</summary>
internal sealed record AccountBody
{
    public required string Username { get; init; }

    public required string FullName { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    [Description("Null: none; the account cannot log in.")]
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

    public required string Integration { get; init; }

    public required string Statistics { get; init; }

    [Description("Null: not yet.")]
    public required DateTimeOffset? FirstLoginAt { get; init; }

    public required long UsedSeconds { get; init; }

    [Description("From the client.")]
    public required long UsedInOctets { get; init; }

    [Description("To the client.")]
    public required long UsedOutOctets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static AccountBody Of(Account account) => new()
    {
        Username = account.Name,
        FullName = account.FullName,
        Email = account.Email,
        Phone = account.Phone,
        Profile = account.ProfileName,
        Remark = account.Remark,
        Status = AccountSettings.StatusOf(account.Active),
        AllowNas = account.AllowNas,
        ExpiresAt = MomentOf(account.ExpiresAt),
        Macs = [.. account.Macs.Select(mac => mac.ToString())],
        Integration = account.Integration,
        Statistics = account.Statistics,
        FirstLoginAt = MomentOf(account.FirstLoginAt),
        UsedSeconds = account.Used.Seconds,
        UsedInOctets = account.Used.OctetsIn,
        UsedOutOctets = account.Used.OctetsOut,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(account.CreatedAt),
    };

    internal static DateTimeOffset? MomentOf(long? at) => at is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}

/// <summary>A user, as it is made or changed; what is not given stays, or has its default. A class, so that it does not print the password.</summary>
internal sealed class AccountRequest
{
    [Description("1 to 253 octets; whatever the case it is one name. Once made it may only be written in another case.")]
    public string? Username { get; init; }

    [Description("1 to 128 octets; never shown.")]
    public string? Password { get; init; }

    [Description("At most 1000 characters.")]
    public string? FullName { get; init; }

    [Description("At most 254 characters.")]
    public string? Email { get; init; }

    [Description("At most 32 characters.")]
    public string? Phone { get; init; }

    [Description("A profile's name; wx_temp where a new account is given none.")]
    public string? Profile { get; init; }

    [Description("At most 1000 characters.")]
    public string? Remark { get; init; }

    [Description("active or suspended.")]
    public string? Status { get; init; }

    [Description("none, or zone names and NAS identities with commas between.")]
    public string? AllowNas { get; init; }

    [Description("A day (its end) or a moment in the tenant's time zone such as 2030-12-31 18:00:00, a moment with its offset such as 2030-12-31T18:00:00Z, or empty for never.")]
    public string? Expiry { get; init; }

    [Description("At most 64 addresses in any notation; they replace those that are registered.")]
    public IReadOnlyList<string?>? Macs { get; init; }

    [Description("At most 1000 characters.")]
    public string? Integration { get; init; }

    [Description("At most 1000 characters.")]
    public string? Statistics { get; init; }

    public AccountSettings ToSettings() => new()
    {
        Username = Username,
        Password = Password,
        FullName = FullName,
        Email = Email,
        Phone = Phone,
        Profile = Profile,
        Remark = Remark,
        Status = Status,
        AllowNas = AllowNas,
        Expiry = Expiry,
        Mac = JoinMacs(Macs),
        Integration = Integration,
        Statistics = Statistics,
    };

    internal static string? JoinMacs(IReadOnlyList<string?>? macs) => macs is null ? null : string.Join(',', macs.Select(mac => mac ?? "null"));
}
