namespace Kiwire.Server.OneTimeCodes;

/// <summary>A counter.</summary>
internal sealed class GuardCount
{
    public int Kind { get; set; }

    public long WindowStart { get; set; }

    public string Subject { get; set; } = "";

    public long Sent { get; set; }

    public long Unverified { get; set; }

    public long Verified { get; set; }
}

/// <summary>What was read for one number, source and country.</summary>
internal sealed class GuardCounts(IReadOnlyList<GuardCount> counts, GuardWindows windows)
{
    public long PhoneToday => Find(1, windows.Day)?.Sent ?? 0;

    public long SourceThisHour => Find(2, windows.Hour)?.Sent ?? 0;

    public GuardTally SourceHour => Tally(2, windows.Hour, windows.HourBefore);

    public GuardTally SourceDay => Tally(3, windows.Day, windows.DayBefore);

    public GuardTally CountryHour => Tally(4, windows.Hour, windows.HourBefore);

    public GuardTally CountryDay => Tally(5, windows.Day, windows.DayBefore);

    private GuardTally Tally(int kind, long window, long before) =>
        new(Find(kind, window)?.Unverified ?? 0, Find(kind, window)?.Verified ?? 0, Find(kind, before)?.Verified ?? 0);

    private GuardCount? Find(int kind, long window) => counts.FirstOrDefault(count => count.Kind == kind && count.WindowStart == window);
}
