namespace Kiwire.Server.Listening;

/// <summary>
/// Answers, one behind the other in a ring of octets: a new one overwrites the oldest, whatever their lengths. A position that has been
/// overwritten is known to be.
/// </summary>
internal sealed class ReplyRing
{
    private readonly byte[] _octets;
    private long _head;

    /// <summary>A ring of <paramref name="capacity"/> octets, of which the system commits what was written.</summary>
    public ReplyRing(int capacity) => _octets = GC.AllocateUninitializedArray<byte>(capacity);

    /// <summary>Adds an answer and returns its position.</summary>
    public long Add(ReadOnlySpan<byte> reply)
    {
        int at = (int)(_head % _octets.Length);
        if (at + reply.Length > _octets.Length)
        {
            _head += _octets.Length - at;
            at = 0;
        }

        reply.CopyTo(_octets.AsSpan(at));
        long position = _head;
        _head += reply.Length;
        return position;
    }

    /// <summary>The answer at a position; false where it was overwritten.</summary>
    public bool TryGet(long position, int length, out ReadOnlySpan<byte> reply)
    {
        if (_head - position > _octets.Length)
        {
            reply = default;
            return false;
        }

        reply = _octets.AsSpan((int)(position % _octets.Length), length);
        return true;
    }
}
