using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>An account that is to be stored.</summary>
internal sealed class AccountRow
{
    public required long TenantId { get; init; }

    public required long AccountId { get; init; }

    public required string Name { get; init; }

    public required AccountKind Kind { get; init; }

    /// <summary>Encrypted; null for a voucher.</summary>
    public required byte[]? Password { get; init; }

    public required bool Active { get; init; }

    public required long? ProfileId { get; init; }

    public string FullName { get; init; } = "";

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Remark { get; init; } = "";

    public string AllowNas { get; init; } = AccountSettings.NoRestriction;

    public string Integration { get; init; } = "";

    public string Statistics { get; init; } = "";

    public required long? ExpiresAt { get; init; }

    public required long CreatedAt { get; init; }

    public IReadOnlyList<MacAddress> Macs { get; init; } = [];
}
