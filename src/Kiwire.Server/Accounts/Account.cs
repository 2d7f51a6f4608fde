using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>A user or voucher as an operator sees it: everything but its password.</summary>
internal sealed record Account
{
    public required long TenantId { get; init; }

    public required long AccountId { get; init; }

    public required string Name { get; init; }

    public required AccountKind Kind { get; init; }

    public required bool Active { get; init; }

    /// <summary>Null: none assigned.</summary>
    public required long? ProfileId { get; init; }

    /// <summary>Null: none assigned, or it is gone.</summary>
    public required string? ProfileName { get; init; }

    public required string FullName { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string Remark { get; init; }

    /// <summary><c>none</c>, or zone names and NAS identities with commas between.</summary>
    public required string AllowNas { get; init; }

    public required string Integration { get; init; }

    public required string Statistics { get; init; }

    /// <summary>Registered client devices, the newest registration first.</summary>
    public required IReadOnlyList<MacAddress> Macs { get; init; }

    /// <summary>Unix milliseconds; null: never.</summary>
    public required long? ExpiresAt { get; init; }

    /// <summary>Unix milliseconds; null: not yet.</summary>
    public required long? FirstLoginAt { get; init; }

    /// <summary>Usage that has been applied to the database, since it was last reset.</summary>
    public required UsageTotals Used { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>Goes up with each change by an operator, and with what the server itself changes of what operators see.</summary>
    public long Version { get; init; } = 1;
}
