namespace Kiwire.Server.Storage;

/// <summary>Keeps account of what is in the journal and not yet in the database. Used under the journal's lock.</summary>
internal sealed class BacklogLedger
{
    private const int AgeMilliseconds = 1000;
    private const int AgeLimit = 100_000;

    // What the reader gave out and the applier has not confirmed: up to which sequence, and where in the journal that ends.
    private readonly Queue<(long Sequence, long Octets)> _read = [];

    // Since when the records from a sequence on came: of the oldest that is not applied, and, at most one a second, of later ones.
    private readonly Queue<(long Sequence, long At)> _ages = [];
    private (long Sequence, long At) _oldest;
    private long _newestAt;
    private long _appendedOctets;
    private long _appliedOctets;
    private long _appliedSequence;

    /// <summary>Octets that are not applied.</summary>
    public long Octets => _appendedOctets - _appliedOctets;

    public void Begin(long applied, long appliedOctets, long appendedOctets, long? writtenAt)
    {
        _appliedSequence = applied;
        _appliedOctets = appliedOctets;
        _appendedOctets = appendedOctets;
        _oldest = writtenAt is { } at ? (applied + 1, at) : default;
    }

    public void Appended(int octets) => _appendedOctets += octets;

    /// <summary>Records from <paramref name="sequence"/> on are durable since <paramref name="now"/>, Unix milliseconds.</summary>
    public void Durable(long sequence, long now)
    {
        if (_oldest.At == 0)
        {
            _oldest = (sequence, now);
            _newestAt = now;
        }
        else if (now - _newestAt >= AgeMilliseconds && _ages.Count < AgeLimit)
        {
            _ages.Enqueue((sequence, now));
            _newestAt = now;
        }
    }

    /// <summary>A new reader begins at what is applied.</summary>
    public void ReadAgain() => _read.Clear();

    public void Read(long sequence, long octets) => _read.Enqueue((sequence, octets));

    /// <summary>Records up to <paramref name="sequence"/> are applied.</summary>
    public void Applied(long sequence, long lastSequence)
    {
        _appliedSequence = sequence;
        while (_read.TryPeek(out var chunk) && chunk.Sequence <= sequence)
        {
            _appliedOctets = chunk.Octets;
            _read.Dequeue();
        }

        // The oldest that waits came no earlier than the last mark before it.
        while (_ages.TryPeek(out var age) && age.Sequence <= sequence + 1)
        {
            _oldest = age;
            _ages.Dequeue();
        }

        if (sequence == lastSequence)
        {
            _oldest = default;
            _appliedOctets = _appendedOctets;
        }
    }

    public JournalBacklog Measure(long lastSequence, long now)
    {
        var records = lastSequence - _appliedSequence;
        return records <= 0 ? default : new(records, Octets, _oldest.At == 0 ? 0 : Math.Max(0, now - _oldest.At) / 1000.0);
    }
}
