using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Kiwire.Server.Accounts;

/// <summary>
/// When in the week accounts of a profile may be in, on the tenant's clocks: <c>mon 08:00-18:00, fri 22:00-02:00</c>. A range that ends
/// before it begins goes on into the next day; 24:00 is the end of the day. Immutable.
/// </summary>
internal sealed partial class LoginHours : IEquatable<LoginHours>
{
    /// <summary>The most ranges of one profile.</summary>
    public const int MostRanges = 64;

    private const int DayMinutes = 24 * 60;
    private const int WeekMinutes = 7 * DayMinutes;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    // Minutes of the week from Monday 00:00, in order and apart from each other; one that goes on over Sunday night is two.
    private readonly (int From, int To)[] _open;

    private LoginHours(string text, (int From, int To)[] open)
    {
        Text = text;
        _open = open;
    }

    /// <summary>The ranges as they were given, in the one notation, with commas between.</summary>
    public string Text { get; }

    /// <summary>The ranges as they were given, in the one notation.</summary>
    public IReadOnlyList<string> Ranges => Text.Split(", ");

    /// <summary>Reads ranges.</summary>
    /// <param name="ranges">Such as <c>mon 08:00-18:00</c> or <c>mon-fri 08:00-18:00</c>; none: at any time.</param>
    /// <param name="hours">Null: at any time.</param>
    /// <param name="fault">What cannot be read, and how it would be right.</param>
    public static bool TryParse(IReadOnlyList<string?> ranges, out LoginHours? hours, [NotNullWhen(false)] out string? fault)
    {
        hours = null;
        fault = null;
        if (ranges.Count == 0)
        {
            return true;
        }

        if (ranges.Count > MostRanges)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"has {ranges.Count} ranges; {MostRanges} is the most.");
            return false;
        }

        List<(int From, int To)> open = [];
        List<string> texts = [];
        foreach (string? range in ranges)
        {
            if (range is null || !TryParse(range, open, out string? text))
            {
                fault = $"has '{range ?? "null"}'; it must be a day and a range on the tenant's clocks such as 'mon 08:00-18:00', 'mon-fri 08:00-18:00' or 'fri 22:00-02:00'.";
                return false;
            }

            texts.Add(text!);
        }

        hours = new LoginHours(string.Join(", ", texts), Join(open));
        return true;
    }

    /// <summary>Reads what <see cref="Text"/> has; null: at any time.</summary>
    public static LoginHours? Parse(string text) =>
        TryParse(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), out LoginHours? hours, out _) ? hours : null;

    /// <summary>Whether a moment is within the hours, and when those end.</summary>
    /// <param name="at">The moment: Unix milliseconds.</param>
    /// <param name="zone">The tenant's time zone.</param>
    /// <param name="until">When they end: Unix milliseconds; <see cref="long.MaxValue"/>: never.</param>
    public bool Admit(long at, TimeZoneInfo zone, out long until)
    {
        DateTime local = LocalTime.Of(at, zone);
        DateTime monday = local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7));
        long millisecond = (local - monday).Ticks / TimeSpan.TicksPerMillisecond;
        foreach ((int from, int to) in _open)
        {
            if (millisecond >= from * 60_000L && millisecond < to * 60_000L)
            {
                until = EndOf(at, monday, to, zone);

                // Clocks that skip what lies between two ranges make them one.
                if (until != long.MaxValue && Admit(until, zone, out long further))
                {
                    until = further;
                }

                return true;
            }
        }

        until = at;
        return false;
    }

    public bool Equals(LoginHours? other) => other is not null && other.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as LoginHours);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;

    private long EndOf(long at, DateTime monday, int to, TimeZoneInfo zone)
    {
        if (to == WeekMinutes && _open[0].From == 0)
        {
            if (_open[0].To == WeekMinutes)
            {
                return long.MaxValue;
            }

            to += _open[0].To;
        }

        // Where the clocks go back over the end, it comes twice; and the first time it comes is the end.
        DateTime end = monday.AddMinutes(to);
        long first = LocalTime.ToUnixMilliseconds(end, zone, laterOfTwo: false);
        return first > at ? first : LocalTime.ToUnixMilliseconds(end, zone, laterOfTwo: true);
    }

    private static bool TryParse(string range, List<(int From, int To)> open, out string? text)
    {
        text = null;
        Match match = RangePattern().Match(range.Trim().ToLowerInvariant());
        if (!match.Success)
        {
            return false;
        }

        int day = Array.IndexOf(Days, match.Groups["day"].Value);
        int last = match.Groups["last"].Success ? Array.IndexOf(Days, match.Groups["last"].Value) : day;
        int from = MinutesOf(match.Groups["from"].Value);
        int to = MinutesOf(match.Groups["to"].Value);
        if (from >= DayMinutes || to > DayMinutes || from == to)
        {
            return false;
        }

        for (int i = day; ; i = (i + 1) % Days.Length)
        {
            Add(open, (i * DayMinutes) + from, (i * DayMinutes) + to + (to < from ? DayMinutes : 0));
            if (i == last)
            {
                break;
            }
        }

        text = $"{match.Groups["day"].Value}{(last == day ? "" : "-" + Days[last])} {match.Groups["from"].Value}-{match.Groups["to"].Value}";
        return true;
    }

    private static void Add(List<(int From, int To)> open, int from, int to)
    {
        open.Add((from, Math.Min(to, WeekMinutes)));
        if (to > WeekMinutes)
        {
            open.Add((0, to - WeekMinutes));
        }
    }

    private static (int From, int To)[] Join(List<(int From, int To)> open)
    {
        List<(int From, int To)> joined = [];
        foreach ((int from, int to) in open.Order())
        {
            if (joined.Count > 0 && from <= joined[^1].To)
            {
                joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, to));
            }
            else
            {
                joined.Add((from, to));
            }
        }

        return [.. joined];
    }

    private static int MinutesOf(string clock) =>
        (int.Parse(clock.AsSpan(0, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(clock.AsSpan(3), CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<day>mon|tue|wed|thu|fri|sat|sun)(-(?<last>mon|tue|wed|thu|fri|sat|sun))? +(?<from>[0-2][0-9]:[0-5][0-9]) *- *(?<to>[0-2][0-9]:[0-5][0-9])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RangePattern();
}
