using System.Collections.Frozen;

namespace Kiwire.Server.Tenants;

/// <summary>
/// A reason for a refusal: the word that policy, history and API use, and the Reply-Message where the tenant has none of its own.
/// </summary>
/// <param name="Word">Such as <c>wrong_password</c>.</param>
/// <param name="DefaultText">At most 253 octets (RFC 2865, 5).</param>
internal sealed record ReplyReason(string Word, string DefaultText)
{
    public static readonly ReplyReason WrongPassword = new("wrong_password", "Wrong username or password");
    public static readonly ReplyReason Inactive = new("inactive", "This account is not active");
    public static readonly ReplyReason Expired = new("expired", "This account has expired");
    public static readonly ReplyReason Zone = new("zone", "Login is not allowed from this zone");
    public static readonly ReplyReason Mac = new("mac", "This account is registered to another device");
    public static readonly ReplyReason NoProfile = new("no_profile", "No profile is assigned to this account");
    public static readonly ReplyReason Hours = new("hours", "Login is not allowed at this time");
    public static readonly ReplyReason NoCredit = new("no_credit", "No time left on this account");
    public static readonly ReplyReason Volume = new("volume", "Data quota reached");
    public static readonly ReplyReason Simultaneous = new("simultaneous", "Too many devices are using this account");
    public static readonly ReplyReason NoCode = new("no_code", "A code cannot be sent at the moment");
    public static readonly ReplyReason Lockout = new("lockout", "Too many wrong passwords. Try again in a few minutes");
    public static readonly ReplyReason BadRequest = new("bad_request", "The login request has no usable credentials");
    public static readonly ReplyReason TenantSuspended = new("tenant_suspended", "This service is not available");

    /// <summary>Every one, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<ReplyReason> All =
    [
        WrongPassword, Inactive, Expired, Zone, Mac, NoProfile, Hours, NoCredit, Volume, Simultaneous, NoCode, Lockout, BadRequest, TenantSuspended,
    ];

    /// <summary>By its word.</summary>
    public static FrozenDictionary<string, ReplyReason> ByWord { get; } = All.ToFrozenDictionary(reason => reason.Word);
}
