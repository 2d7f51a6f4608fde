namespace Kiwire.Server.Devices;

/// <summary>One value of a series, or several made into one.</summary>
/// <param name="At">Unix milliseconds: when it was measured, or when its bucket begins.</param>
/// <param name="Min">The least.</param>
/// <param name="Mean">The mean of all measured values, each counted once.</param>
/// <param name="Max">The most.</param>
/// <param name="Count">How many values were measured, at least 1.</param>
internal readonly record struct SeriesPoint(long At, double Min, double Mean, double Max, long Count)
{
    /// <summary>A single value.</summary>
    public static SeriesPoint Of(long at, double value) => new(at, value, value, value, 1);

    /// <summary>Both as one, at the time of this one. The mean is that of all values that went into either.</summary>
    public SeriesPoint With(in SeriesPoint other)
    {
        long count = Count + other.Count;

        // Not the sum divided: sums of octets a second over years lose what is small.
        double mean = Mean + ((other.Mean - Mean) * other.Count / count);
        return new(At, Math.Min(Min, other.Min), mean, Math.Max(Max, other.Max), count);
    }
}
