using System.Buffers.Binary;
using System.Globalization;

namespace Kiwire.Radius.Attributes;

/// <summary>What 32 bits of seconds since 1970 can say.</summary>
file static class Dates
{
    public static bool TryParse(string text, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value)
        && value.ToUnixTimeSeconds() is >= 0 and <= uint.MaxValue;

    public static uint Seconds(DateTimeOffset value)
    {
        long seconds = value.ToUnixTimeSeconds();
        return seconds is >= 0 and <= uint.MaxValue
            ? (uint)seconds
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A date lies between 1970 and 2106 (RFC 8044, 3.3).");
    }
}

internal sealed class DateCodec : FixedCodec<DateTimeOffset>
{
    public DateCodec()
        : base(sizeof(uint))
    {
    }

    public override string Format(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out DateTimeOffset value)
    {
        if (Codecs.TryParseNumber(text, out ulong seconds))
        {
            value = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, uint.MaxValue));
            return seconds <= uint.MaxValue;
        }

        return Dates.TryParse(text, out value);
    }

    protected override bool TryRead(ReadOnlySpan<byte> octets, out DateTimeOffset value)
    {
        value = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(octets));
        return true;
    }

    protected override void Write(Span<byte> octets, DateTimeOffset value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(octets, Dates.Seconds(value));
    }
}

internal sealed class PreciseDateCodec : FixedCodec<DateTimeOffset>
{
    private const int MicrosecondsPerSecond = 1_000_000;

    public PreciseDateCodec()
        : base(2 * sizeof(uint))
    {
    }

    public override string Format(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out DateTimeOffset value) => Dates.TryParse(text, out value);

    protected override bool TryRead(ReadOnlySpan<byte> octets, out DateTimeOffset value)
    {
        uint microseconds = BinaryPrimitives.ReadUInt32BigEndian(octets[4..]);
        value = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(octets))
            .AddTicks(microseconds % MicrosecondsPerSecond * TimeSpan.TicksPerMicrosecond);
        return microseconds < MicrosecondsPerSecond;
    }

    protected override void Write(Span<byte> octets, DateTimeOffset value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(octets, Dates.Seconds(value));
        long microseconds = value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteUInt32BigEndian(octets[4..], (uint)microseconds);
    }
}

internal sealed class TimeDeltaCodec : FixedCodec<TimeSpan>
{
    public TimeDeltaCodec()
        : base(sizeof(uint))
    {
    }

    public override string Format(TimeSpan value) => ((long)value.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out TimeSpan value)
    {
        bool parsed = Codecs.TryParseNumber(text, out ulong seconds) && seconds <= uint.MaxValue;
        value = TimeSpan.FromSeconds(parsed ? (long)seconds : 0);
        return parsed;
    }

    protected override bool TryRead(ReadOnlySpan<byte> octets, out TimeSpan value)
    {
        value = TimeSpan.FromSeconds((long)BinaryPrimitives.ReadUInt32BigEndian(octets));
        return true;
    }

    protected override void Write(Span<byte> octets, TimeSpan value)
    {
        long seconds = value.Ticks / TimeSpan.TicksPerSecond;
        if (value < TimeSpan.Zero || seconds > uint.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A span of time has 0 to 4294967295 seconds.");
        }

        BinaryPrimitives.WriteUInt32BigEndian(octets, (uint)seconds);
    }
}
