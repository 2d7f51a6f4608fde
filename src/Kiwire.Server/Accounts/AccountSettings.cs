namespace Kiwire.Server.Accounts;

/// <summary>
/// What an operator gives for a user or voucher, as text. Null: not given - on an update the value stays, on a create it has its default. A
/// class, and not a record, so that it does not print the password.
/// </summary>
internal sealed class AccountSettings
{
    /// <summary>The default of <see cref="AllowNas"/>: no restriction.</summary>
    public const string NoRestriction = "none";

    public const string ActiveStatus = "active";
    public const string SuspendedStatus = "suspended";

    /// <summary>A status as it is written to operators.</summary>
    public static string StatusOf(bool active) => active ? ActiveStatus : SuspendedStatus;

    /// <summary>On an update it may only be written in another case.</summary>
    public string? Username { get; init; }

    /// <summary>Users only.</summary>
    public string? Password { get; init; }

    public string? FullName { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>A profile's name; not given on a create: <see cref="ProfileStore.TemporaryName"/>.</summary>
    public string? Profile { get; init; }

    public string? Remark { get; init; }

    /// <summary><see cref="ActiveStatus"/> or <see cref="SuspendedStatus"/> (<c>suspend</c> is understood too).</summary>
    public string? Status { get; init; }

    /// <summary>Zones and NAS identities with commas between, or <see cref="NoRestriction"/>.</summary>
    public string? AllowNas { get; init; }

    /// <summary><c>Y-m-d</c> (the end of that day) or <c>Y-m-d H:i:s</c> in the tenant's time zone; empty: never.</summary>
    public string? Expiry { get; init; }

    /// <summary>MAC addresses in any notation with commas between; empty: none. They replace those that are registered.</summary>
    public string? Mac { get; init; }

    public string? Integration { get; init; }

    public string? Statistics { get; init; }
}
