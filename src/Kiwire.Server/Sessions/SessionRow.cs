using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>A session while a batch of records is applied to it: its row, and what the batch has done.</summary>
internal sealed class SessionRow
{
    public required byte[] Key { get; init; }

    /// <summary>Null: no record has made it yet.</summary>
    public SessionProgress? Progress { get; set; }

    /// <summary>0: none.</summary>
    public long AccountId { get; set; }

    /// <summary>0: none.</summary>
    public long LoginId { get; set; }

    public string UserName { get; set; } = "";

    public string Mac { get; set; } = "";

    public string CallingStationId { get; set; } = "";

    public string CalledStationId { get; set; } = "";

    public string ClientIp { get; set; } = "";

    public string NasAddress { get; set; } = "";

    public string NasPort { get; set; } = "";

    public string MultiSessionId { get; set; } = "";

    /// <summary>Decimal text; null: none.</summary>
    public string? Charge { get; set; }

    public MacAddress Device { get; set; }

    /// <summary>Not in the database yet.</summary>
    public bool IsNew { get; set; }

    public bool IsChanged { get; set; }

    /// <summary>Whether it is open in the database.</summary>
    public bool WasOpen { get; set; }

    /// <summary>The account that it has in the database; 0: none.</summary>
    public long FormerAccountId { get; set; }

    /// <summary>Something other than its counters and its end has changed.</summary>
    public bool FactsChanged { get; set; }

    /// <summary>What the batch adds to the account.</summary>
    public UsageTotals Used { get; set; }

    /// <summary>The batch's records of it.</summary>
    public int Records { get; set; }

    /// <summary>Whether other servers count it otherwise from now on.</summary>
    public bool IsNews => Progress is { } progress && AccountId != 0 && (IsNew || WasOpen != progress.IsOpen || (progress.IsOpen && FormerAccountId != AccountId));

    public long TenantId => SessionKey.TenantId(Key);

    public long NasId => SessionKey.NasId(Key);

    /// <summary>The row of the session that follows it under the same identity.</summary>
    public SessionRow Follow() => new() { Key = Key, IsNew = true };
}
