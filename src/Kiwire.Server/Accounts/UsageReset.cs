namespace Kiwire.Server.Accounts;

/// <summary>How often an account's usage goes back to zero (Auto-Reset of a profile). The numbers are stored.</summary>
internal enum UsageReset : byte
{
    Never = 0,
    HalfHour = 1,
    Hour = 2,
    Day = 3,

    /// <summary>On Mondays.</summary>
    Week = 4,
    Month = 5,
    Year = 6,
}

/// <summary>Where the windows begin in which usage is counted: on the tenant's clocks, whatever these do on the days that they are set.</summary>
internal static class UsageWindow
{
    /// <summary>The beginning of the window that a moment is in: Unix milliseconds; 0 where usage is never reset.</summary>
    /// <param name="reset">How often.</param>
    /// <param name="at">The moment: Unix milliseconds.</param>
    /// <param name="zone">The tenant's time zone.</param>
    public static long StartOf(UsageReset reset, long at, TimeZoneInfo zone)
    {
        switch (reset)
        {
            case UsageReset.Never:
                return 0;
            case UsageReset.HalfHour:
                return StartOfShort(30 * 60_000, at, zone);
            case UsageReset.Hour:
                return StartOfShort(60 * 60_000, at, zone);
        }

        DateTime today = LocalTime.Of(at, zone).Date;
        DateTime first = reset switch
        {
            UsageReset.Week => today.AddDays(-(((int)today.DayOfWeek + 6) % 7)),
            UsageReset.Month => new DateTime(today.Year, today.Month, 1),
            UsageReset.Year => new DateTime(today.Year, 1, 1),
            _ => today,
        };

        // Where the clocks skip the very midnight, the day begins when they have done so.
        return LocalTime.ToUnixMilliseconds(first, zone, laterOfTwo: false);
    }

    private static long StartOfShort(long length, long at, TimeZoneInfo zone)
    {
        long offset = OffsetAt(at, zone);
        long start = at - (((at + offset) % length + length) % length);
        if (OffsetAt(start, zone) == offset)
        {
            return start;
        }

        // The clocks were set meanwhile, by less than the window's length: it begins there.
        long before = start;
        long after = at;
        while (after - before > 1)
        {
            long middle = before + ((after - before) / 2);
            if (OffsetAt(middle, zone) == offset)
            {
                after = middle;
            }
            else
            {
                before = middle;
            }
        }

        return after;
    }

    private static long OffsetAt(long at, TimeZoneInfo zone) =>
        zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(at * TimeSpan.TicksPerMillisecond)).Ticks / TimeSpan.TicksPerMillisecond;
}
