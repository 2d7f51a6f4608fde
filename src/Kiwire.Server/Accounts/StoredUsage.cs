namespace Kiwire.Server.Accounts;

/// <summary>What the database has of an account's usage.</summary>
/// <param name="Used">All that was ever used.</param>
/// <param name="WindowStartedAt">When its usage was last reset: the beginning of a window, Unix milliseconds; 0: never.</param>
/// <param name="Before">What of <paramref name="Used"/> was used before that.</param>
internal readonly record struct StoredUsage(UsageTotals Used, long WindowStartedAt = 0, UsageTotals Before = default)
{
    /// <summary>What was used in the window that begins then; nothing, where no record has come in it yet.</summary>
    public UsageTotals Since(long windowStart) => windowStart > WindowStartedAt ? default : Used - Before;
}
