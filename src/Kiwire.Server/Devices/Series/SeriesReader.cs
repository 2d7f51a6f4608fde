using System.Buffers.Binary;

namespace Kiwire.Server.Devices.Series;

/// <summary>Reads a <see cref="SeriesBlock"/> record by record. What was stored and is none ends the reading, and no more.</summary>
internal ref struct SeriesReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int[] _layout = [];
    private ulong[] _last = [];
    private bool _faulty;

    private SeriesReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        _position = SeriesBlock.HeaderLength;
        StartsAt = At = BinaryPrimitives.ReadInt64BigEndian(data[1..]);
    }

    public long StartsAt { get; }

    /// <summary>The present record's moment, Unix milliseconds.</summary>
    public long At { get; private set; }

    /// <summary>How many were read.</summary>
    public int Records { get; private set; }

    /// <summary>The numbers of the present record's series.</summary>
    public readonly ReadOnlySpan<int> Series => _layout;

    /// <summary>Every series' last value, by its number.</summary>
    internal readonly ReadOnlySpan<ulong> Last => _last;

    /// <summary>Whether all that was stored could be read.</summary>
    public readonly bool IsWhole => !_faulty && _position == _data.Length;

    public static bool TryOpen(ReadOnlySpan<byte> data, out SeriesReader reader)
    {
        bool isBlock = data.Length >= SeriesBlock.HeaderLength && data[0] == SeriesBlock.Version;
        reader = isBlock ? new SeriesReader(data) : default;
        return isBlock;
    }

    /// <summary>The value of the series with this number in the present record; NaN: there is none.</summary>
    public readonly double this[int series] => series < _last.Length ? BitConverter.UInt64BitsToDouble(_last[series]) : double.NaN;

    /// <summary>Goes on to the next record; false: there is none.</summary>
    public bool Read()
    {
        if (_faulty || _position >= _data.Length)
        {
            return false;
        }

        if (!TryReadVarint(out ulong passed) || passed > long.MaxValue / 2 || !TryReadVarint(out ulong count)
            || count >> 1 > SeriesBlock.MostSeries || !TryReadLayout((int)(count >> 1), (count & 1) != 0))
        {
            return Fault();
        }

        foreach (int number in _layout)
        {
            if (!TryReadValue(ref _last[number]))
            {
                return Fault();
            }
        }

        At += (long)passed;
        Records++;
        return true;
    }

    private bool TryReadLayout(int count, bool isOther)
    {
        if (!isOther)
        {
            return count == _layout.Length;
        }

        int[] layout = new int[count];
        int most = -1;
        for (int i = 0; i < count; i++)
        {
            if (!TryReadVarint(out ulong number) || number >= SeriesBlock.MostSeries)
            {
                return false;
            }

            layout[i] = (int)number;
            most = Math.Max(most, layout[i]);
        }

        if (most >= _last.Length)
        {
            Array.Resize(ref _last, most + 1);
        }

        _layout = layout;
        return true;
    }

    private bool TryReadValue(ref ulong value)
    {
        if (_position >= _data.Length)
        {
            return false;
        }

        byte lengths = _data[_position++];
        if (lengths == 0)
        {
            return true;
        }

        int leading = lengths >> 4;
        int count = lengths & 15;
        if (count == 0 || leading + count > 8 || _position + count > _data.Length)
        {
            return false;
        }

        ulong changed = 0;
        for (int i = 0; i < count; i++)
        {
            changed = (changed << 8) | _data[_position++];
        }

        value ^= changed << ((8 - leading - count) * 8);
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && _position < _data.Length; shift += 7)
        {
            byte octet = _data[_position++];
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private bool Fault()
    {
        _faulty = true;
        return false;
    }
}
