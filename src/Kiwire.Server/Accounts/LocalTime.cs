namespace Kiwire.Server.Accounts;

/// <summary>Moments as the clocks of a tenant's time zone show them, with the days on which those are put forward or back.</summary>
internal static class LocalTime
{
    /// <summary>What the zone's clocks show.</summary>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="zone">The zone.</param>
    public static DateTime Of(long at, TimeZoneInfo zone)
    {
        DateTime utc = DateTime.UnixEpoch.AddTicks(at * TimeSpan.TicksPerMillisecond);
        return DateTime.SpecifyKind(utc + zone.GetUtcOffset(utc), DateTimeKind.Unspecified);
    }

    /// <summary>
    /// When the zone's clocks show a time: Unix milliseconds. A time that they skip is the moment they go forward; of one that comes twice,
    /// either. What lies outside of the years that can be shown in UTC is their first or last millisecond.
    /// </summary>
    public static long ToUnixMilliseconds(DateTime local, TimeZoneInfo zone, bool laterOfTwo)
    {
        TimeSpan offset;
        if (zone.IsAmbiguousTime(local))
        {
            TimeSpan[] offsets = zone.GetAmbiguousTimeOffsets(local);
            offset = laterOfTwo ? offsets.Min() : offsets.Max();
        }
        else if (zone.IsInvalidTime(local))
        {
            // The first valid minute after the gap, at the offset before it.
            DateTime after = local;
            while (zone.IsInvalidTime(after))
            {
                after = new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
            }

            local = after;
            offset = zone.GetUtcOffset(after);
        }
        else
        {
            offset = zone.GetUtcOffset(local);
        }

        long ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
    }
}
