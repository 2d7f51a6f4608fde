namespace Kiwire.Server.Storage;

/// <summary>One file of the journal.</summary>
internal sealed class JournalSegment(string path, long firstSequence, long start)
{
    private long _end = JournalFormat.HeaderLength;

    public string Path => path;

    /// <summary>The sequence of its first record.</summary>
    public long FirstSequence => firstSequence;

    /// <summary>How many octets of records there are in the segments before it.</summary>
    public long Start => start;

    /// <summary>Where its durable records end.</summary>
    public long End
    {
        get => Volatile.Read(ref _end);
        set => Volatile.Write(ref _end, value);
    }

    /// <summary>Whether <see cref="End"/> is final. Read this first.</summary>
    public bool IsSealed
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>How many octets of records there are before an offset into it.</summary>
    public long Before(long offset) => start + offset - JournalFormat.HeaderLength;
}
