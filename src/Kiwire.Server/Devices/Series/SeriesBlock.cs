using System.Buffers.Binary;
using System.Numerics;

namespace Kiwire.Server.Devices.Series;

/// <summary>
/// Values of a device's series over some time, packed: a record for each moment, added at the end. What changes little takes little room: a
/// value that is the last one's takes an octet. Not for several threads.
/// </summary>
/// <remarks>
/// <code>
/// | version 1 | first moment, 8 octets, Unix ms | record | record | ...
///
/// record: | ms since the last one, varint | series, how many * 2 + (1: others than in the last record), varint |
///         | their numbers, varints, only where they are others |
///         | for each: 0 where the value is that series' last one; else leading zero octets * 16 + how many follow, and those, of both XORed |
/// </code>
/// A value that there is none of is NaN.
/// </remarks>
internal sealed class SeriesBlock
{
    /// <summary>The most series of a device.</summary>
    public const int MostSeries = 4096;

    internal const byte Version = 1;
    internal const int HeaderLength = 9;

    private const int MostVarint = 10;
    private const int MostValue = 9;

    private byte[] _data;
    private int _length;
    private int[] _layout = [];
    private ulong[] _last = [];

    /// <summary>An empty one.</summary>
    /// <param name="startsAt">Its first moment, Unix milliseconds.</param>
    public SeriesBlock(long startsAt)
    {
        StartsAt = EndsAt = startsAt;
        _data = new byte[256];
        _data[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(_data.AsSpan(1), startsAt);
        _length = HeaderLength;
    }

    private SeriesBlock(byte[] data, SeriesReader end)
    {
        _data = data;
        _length = data.Length;
        StartsAt = end.StartsAt;
        EndsAt = end.At;
        Records = end.Records;
        _layout = [.. end.Series];
        _last = end.Last.ToArray();
    }

    /// <summary>Unix milliseconds.</summary>
    public long StartsAt { get; }

    /// <summary>The last record's moment.</summary>
    public long EndsAt { get; private set; }

    public int Records { get; private set; }

    public int Length => _length;

    /// <summary>What is in it.</summary>
    public ReadOnlyMemory<byte> Data => _data.AsMemory(0, _length);

    /// <summary>Goes on with one that was stored; null: what was stored is none.</summary>
    public static SeriesBlock? Resume(byte[] data)
    {
        if (!SeriesReader.TryOpen(data, out SeriesReader reader))
        {
            return null;
        }

        while (reader.Read())
        {
        }

        return reader.IsWhole ? new SeriesBlock(data, reader) : null;
    }

    /// <summary>Adds a record. A moment before the last one's counts as that.</summary>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="series">Numbers below <see cref="MostSeries"/>.</param>
    /// <param name="values">One for each.</param>
    public void Append(long at, ReadOnlySpan<int> series, ReadOnlySpan<double> values)
    {
        bool isOther = !series.SequenceEqual(_layout);
        Reserve((2 * MostVarint) + (series.Length * (MostValue + (isOther ? 3 : 0))));
        WriteVarint((ulong)Math.Max(0, at - EndsAt));
        WriteVarint(((ulong)series.Length << 1) | (isOther ? 1UL : 0));
        if (isOther)
        {
            _layout = series.ToArray();
            foreach (int number in series)
            {
                WriteVarint((ulong)number);
            }

            GrowLast(series);
        }

        for (int i = 0; i < series.Length; i++)
        {
            WriteValue(series[i], BitConverter.DoubleToUInt64Bits(values[i]));
        }

        EndsAt = Math.Max(EndsAt, at);
        Records++;
    }

    private void GrowLast(ReadOnlySpan<int> series)
    {
        int most = -1;
        foreach (int number in series)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, MostSeries, nameof(series));
            most = Math.Max(most, number);
        }

        if (most >= _last.Length)
        {
            Array.Resize(ref _last, most + 1);
        }
    }

    private void WriteValue(int series, ulong bits)
    {
        ulong changed = bits ^ _last[series];
        _last[series] = bits;
        if (changed == 0)
        {
            _data[_length++] = 0;
            return;
        }

        int leading = BitOperations.LeadingZeroCount(changed) / 8;
        int trailing = BitOperations.TrailingZeroCount(changed) / 8;
        int count = 8 - leading - trailing;
        _data[_length++] = (byte)((leading << 4) | count);
        changed >>= trailing * 8;
        for (int i = count - 1; i >= 0; i--)
        {
            _data[_length++] = (byte)(changed >> (i * 8));
        }
    }

    private void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            _data[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _data[_length++] = (byte)value;
    }

    // By a quarter and not by twice: there is one for each of thousands of devices.
    private void Reserve(int octets)
    {
        if (_length + octets > _data.Length)
        {
            Array.Resize(ref _data, Math.Max(_length + octets, _data.Length + (_data.Length / 4)));
        }
    }
}
