using System.Globalization;

namespace Kiwire.Server.Accounts;

/// <summary>The expiry of an account as operators write it, in their tenant's time zone.</summary>
internal static class AccountExpiry
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss";

    // ISO 8601 with its offset; the seconds' fraction may have any length.
    private static readonly string[] OffsetFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mmzzz"];

    /// <summary>
    /// Reads <c>Y-m-d</c> (the last millisecond of that day), <c>Y-m-d H:i:s</c> or nothing (never). A time that the clocks skip is the moment
    /// they go forward; one that comes twice is the later, so that nobody is shut out early. A moment with its offset (ISO 8601) needs no zone.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">The tenant's time zone.</param>
    /// <param name="expiresAt">Unix milliseconds; null: never.</param>
    public static bool TryParse(string text, TimeZoneInfo zone, out long? expiresAt)
    {
        text = text.Trim();
        expiresAt = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (DateTime.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) && day.Date < DateTime.MaxValue.Date)
        {
            expiresAt = LocalTime.ToUnixMilliseconds(day.AddDays(1), zone, laterOfTwo: false) - 1;
            return true;
        }

        if (DateTime.TryParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment))
        {
            expiresAt = LocalTime.ToUnixMilliseconds(moment, zone, laterOfTwo: true);
            return true;
        }

        if (DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            expiresAt = instant.ToUnixTimeMilliseconds();
            return true;
        }

        return false;
    }

    /// <summary><c>Y-m-d H:i:s</c>; empty for never.</summary>
    public static string Format(long? expiresAt, TimeZoneInfo zone) =>
        expiresAt is { } at
            ? TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).ToString(MomentFormat, CultureInfo.InvariantCulture)
            : "";

    /// <summary>The day after the one that <paramref name="now"/> is in.</summary>
    public static string Tomorrow(DateTimeOffset now, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(now, zone).AddDays(1).ToString(DayFormat, CultureInfo.InvariantCulture);
}
