using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>A client device that is let in once, from one NAS, as one account, whatever credentials its NAS sends for it.</summary>
internal sealed record Grant
{
    /// <summary>How long a grant waits for the device.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public required long TenantId { get; init; }

    public required long GrantId { get; init; }

    public required long NasId { get; init; }

    public required MacAddress Device { get; init; }

    public required long AccountId { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long ExpiresAt { get; init; }
}
