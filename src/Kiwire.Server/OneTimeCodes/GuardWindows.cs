using Kiwire.Server.Accounts;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The hour and the day that a moment belongs to, and those before them: Unix milliseconds. A day is the tenant's.</summary>
internal readonly record struct GuardWindows(long Hour, long HourBefore, long HourEnd, long Day, long DayBefore, long DayEnd)
{
    private const long HourMilliseconds = 3_600_000;

    public static GuardWindows Of(long now, TimeZoneInfo zone)
    {
        long hour = now - (now % HourMilliseconds);
        DateTime day = LocalTime.Of(now, zone).Date;
        return new GuardWindows(hour, hour - HourMilliseconds, hour + HourMilliseconds, Start(day), Start(day.AddDays(-1)), Start(day.AddDays(1)));

        long Start(DateTime local) => LocalTime.ToUnixMilliseconds(local, zone, laterOfTwo: false);
    }
}
