namespace Kiwire.Server.Accounts;

/// <summary>
/// One account as the packet path sees it. Its settings are immutable (a change makes another entry); its usage and who is in on it
/// live on in <see cref="Presence"/>, which successive entries of one account share.
/// </summary>
internal sealed class AccountEntry
{
    public required long TenantId { get; init; }

    public required long AccountId { get; init; }

    /// <summary>The name as it was given, UTF-8.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The password in clear, UTF-8 (CHAP needs it); for a voucher its code.</summary>
    public required byte[] Password { get; init; }

    public required bool IsVoucher { get; init; }

    public required bool Active { get; init; }

    /// <summary>Null: none assigned, or it is gone.</summary>
    public required Profile? Profile { get; init; }

    /// <summary>Null: no restriction; else the zone names and NAS identities of allownas, folded.</summary>
    public required string[]? AllowNas { get; init; }

    /// <summary>Registered client devices; null: none.</summary>
    public required Network.MacAddress[]? Macs { get; init; }

    /// <summary>Unix milliseconds; 0: never.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Unix milliseconds; 0: not yet.</summary>
    public required long FirstLoginAt { get; init; }

    public required AccountPresence Presence { get; init; }
}
