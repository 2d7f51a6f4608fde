using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>What one transaction made of one session.</summary>
internal sealed class AppliedSession
{
    public required byte[] Key { get; init; }

    /// <summary>As it is in the database; null: it is not there.</summary>
    public required SessionProgress? Progress { get; init; }

    /// <summary>0: none.</summary>
    public required long AccountId { get; init; }

    public required long LoginId { get; init; }

    public required MacAddress Device { get; init; }

    /// <summary>What was added to the account.</summary>
    public required UsageTotals Used { get; init; }

    /// <summary>How many journal records of the session it applied; 0: a record of its NAS.</summary>
    public required int Records { get; init; }

    /// <summary>Whether it opened or ended, or its account came to be known.</summary>
    public bool IsNews { get; init; }

    public long TenantId => SessionKey.TenantId(Key);
}
