namespace Kiwire.Server.Accounts;

/// <summary>
/// Every account's <see cref="AccountPresence"/>, one object an account for as long as anything needs it. Usage in it is what the
/// database says plus what is journalled and not applied yet, so reading the database's part must not straddle the applier's commit:
/// <see cref="BeginRead"/> before the read, <see cref="TryAttach"/> after it.
/// </summary>
internal sealed class PresenceTable
{
    /// <summary>A version to give to <see cref="TryAttach"/>; take it before reading an account's usage from the database.</summary>
    public long BeginRead() => throw new NotImplementedException();

    /// <summary>
    /// The account's presence, with its usage set from what was read; null: the applier committed meanwhile, read again.
    /// </summary>
    public AccountPresence? TryAttach(long tenantId, long accountId, in UsageTotals inDatabase, long readVersion) =>
        throw new NotImplementedException();
}

/// <summary>What an account or session has used.</summary>
/// <param name="Seconds">Time online.</param>
/// <param name="OctetsIn">From the client (upload).</param>
/// <param name="OctetsOut">To the client (download).</param>
internal readonly record struct UsageTotals(long Seconds, long OctetsIn, long OctetsOut);
