using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Kiwire.Server.Storage;

/// <summary>
/// The files of the journal: one that is written to, filled with zeros beforehand (writing over them is what makes a sync cheap), the one
/// after it in preparation, and those before it until they are applied. Written by the journal's thread alone.
/// </summary>
internal sealed partial class JournalSegments(string directory, long segmentOctets, JournalDisc disc, TimeProvider time, ILogger log) : IDisposable
{
    private const string Extension = ".journal";
    private const int ZerosLength = 1 << 20;

    private readonly Lock _lock = new();
    private readonly List<JournalSegment> _segments = [];
    private SafeFileHandle? _file;
    private long _position;
    private Task<SafeFileHandle?>? _spare;

    /// <summary>Names the journal.</summary>
    public Guid JournalId { get; private set; }

    /// <summary>The sequence of the last record on disc when it was opened.</summary>
    public long LastSequence { get; private set; }

    /// <summary>When the last record was written before it was opened; null where there is none.</summary>
    public DateTimeOffset? LastWrittenAt { get; private set; }

    /// <summary>Octets of records written, of all segments that are still there.</summary>
    public long WrittenOctets => Active.Before(_position);

    private JournalSegment Active => _segments[^1];

    private string SparePath => Path.Combine(directory, "spare");

    /// <summary>Finds what an earlier run left, cuts a torn tail off, and names a journal that has no files yet.</summary>
    public void Recover()
    {
        Directory.CreateDirectory(directory);
        File.Delete(SparePath);
        var start = 0L;
        foreach (var path in Directory.GetFiles(directory, "*" + Extension).Order(StringComparer.Ordinal))
        {
            var segment = new JournalSegment(path, ReadHeader(path), start) 
            {
                End = Math.Max(new FileInfo(path).Length, JournalFormat.HeaderLength),
                IsSealed = true,
            };
            _segments.Add(segment);
            start += segment.Before(segment.End) - segment.Start;
        }

        if (JournalId == Guid.Empty)
        {
            JournalId = Guid.NewGuid();
        }

        if (_segments.Count > 0)
        {
            LastWrittenAt = File.GetLastWriteTimeUtc(Active.Path);
            CutTail();
        }
    }

    /// <summary>Deletes what is applied and begins a segment to write to.</summary>
    /// <param name="applied">The last sequence that the database has.</param>
    public void Begin(long applied)
    {
        // A database that is ahead of the journal (files lost, or an older copy brought back): numbers it has seen must not come again.
        LastSequence = Math.Max(LastSequence, applied);
        if (_segments.Count > 0 && Active.End <= JournalFormat.HeaderLength)
        {
            File.Delete(Active.Path);
            _segments.RemoveAt(_segments.Count - 1);
        }

        Add(CreateZeroed(SparePath), LastSequence + 1);
        DeleteThrough(applied);
    }

    /// <summary>Writes records behind the others; they are durable after <see cref="Sync"/>.</summary>
    public void Write(ReadOnlySpan<byte> records, long firstSequence)
    {
        // Records never straddle files; a batch larger than a segment makes a larger segment.
        if (_position > JournalFormat.HeaderLength && _position + records.Length > segmentOctets)
        {
            Roll(firstSequence);
        }

        disc.Write(_file!, records, _position);
        _position += records.Length;
        if (_spare is null && _position > segmentOctets / 4)
        {
            _spare = Task.Run(TryCreateSpare);
        }
    }

    /// <summary>Makes all that was written durable.</summary>
    public void Sync()
    {
        disc.Sync(_file!);
        Active.End = _position;
    }

    /// <summary>Undoes a write that did not succeed wholly, so that it can be repeated.</summary>
    public void Retreat(long writtenOctets) => _position = writtenOctets - Active.Start + JournalFormat.HeaderLength;

    /// <summary>The segment that holds a record, or would: the first one that is there where its own is gone.</summary>
    public JournalSegment Find(long sequence)
    {
        lock (_lock)
        {
            return _segments.FindLast(segment => segment.FirstSequence <= sequence) ?? _segments[0];
        }
    }

    /// <summary>The segment after another; null where that is the last.</summary>
    public JournalSegment? After(JournalSegment segment)
    {
        lock (_lock)
        {
            return _segments.Find(other => other.FirstSequence > segment.FirstSequence);
        }
    }

    /// <summary>Deletes the segments of which all records are applied.</summary>
    public void DeleteThrough(long applied)
    {
        while (true)
        {
            JournalSegment oldest;
            lock (_lock)
            {
                if (_segments.Count < 2 || _segments[1].FirstSequence > applied + 1)
                {
                    return;
                }

                oldest = _segments[0];
                _segments.RemoveAt(0);
            }

            File.Delete(oldest.Path);
        }
    }

    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        _spare?.GetAwaiter().GetResult()?.Dispose();
        File.Delete(SparePath);
        _file.Dispose();
        _file = null;
    }

    private long ReadHeader(string path)
    {
        Span<byte> octets = stackalloc byte[JournalFormat.HeaderLength];
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.Read(file, octets, 0);
        if (!JournalFormat.TryReadHeader(octets[..length], out var header))
        {
            // The name says where it stands, and every record proves itself.
            if (!long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var firstSequence))
            {
                throw new StartUpException($"{path} is no part of the journal: move it away.");
            }

            LogHeaderDamaged(log, path);
            return firstSequence;
        }

        if (JournalId != Guid.Empty && JournalId != header.JournalId)
        {
            throw new StartUpException($"{path} belongs to another journal than the files beside it: move it away.");
        }

        JournalId = header.JournalId;
        return header.FirstSequence;
    }

    // Only the last segment can end in the middle: the others were synced and cut to length before the next was begun.
    private void CutTail()
    {
        var segment = Active;
        LastSequence = segment.FirstSequence - 1;
        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        using var cursor = new SegmentCursor(file, new byte[SegmentCursor.BufferLength], segment.FirstSequence) { Offset = JournalFormat.HeaderLength };
        var length = RandomAccess.GetLength(file);
        while (true)
        {
            while (cursor.TryRead(length, out var record))
            {
                LastSequence = record.Sequence;
            }

            // Records behind a fault are kept; the reader finds the fault again and reports it.
            var rest = cursor.ReadRest(length);
            if (JournalFormat.FindRecord(rest, cursor.Expected, out _) is var next && next < rest.Length)
            {
                cursor.Offset += next;
                continue;
            }

            if (rest.AsSpan().ContainsAnyExcept((byte)0))
            {
                LogTornTail(log, rest.AsSpan().LastIndexOfAnyExcept((byte)0) + 1, segment.Path);
            }

            break;
        }

        segment.End = Math.Max(cursor.Offset, JournalFormat.HeaderLength);
        RandomAccess.SetLength(file, segment.End);
        disc.Sync(file);
    }

    // Can be repeated after a failure at any step.
    private void Roll(long firstSequence)
    {
        Sync();
        RandomAccess.SetLength(_file!, _position);
        var spare = _spare?.GetAwaiter().GetResult() ?? disc.Create(SparePath);
        _spare = null;
        Add(spare, firstSequence);
    }

    private void Add(SafeFileHandle file, long firstSequence)
    {
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{firstSequence:d19}{Extension}"));
        try
        {
            Span<byte> header = stackalloc byte[JournalFormat.HeaderLength];
            JournalFormat.WriteHeader(header, new(JournalId, firstSequence, time.GetUtcNow().ToUnixTimeMilliseconds()));
            disc.Write(file, header, 0);
            disc.Sync(file);
            File.Move(SparePath, path, overwrite: true);
            disc.SyncDirectory(directory);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        lock (_lock)
        {
            var start = 0L;
            if (_segments.Count > 0)
            {
                start = Active.Before(Active.End);
                Active.IsSealed = true;
            }

            _segments.Add(new JournalSegment(path, firstSequence, start));
        }

        _file?.Dispose();
        _file = file;
        _position = JournalFormat.HeaderLength;
    }

    private SafeFileHandle? TryCreateSpare()
    {
        try
        {
            return CreateZeroed(SparePath);
        }
        catch (IOException)
        {
            // The writer does without, and comes upon the same fault itself where it matters.
            File.Delete(SparePath);
            return null;
        }
    }

    private SafeFileHandle CreateZeroed(string path)
    {
        var file = disc.Create(path);
        try
        {
            var zeros = new byte[Math.Min(ZerosLength, segmentOctets)];
            for (var offset = 0L; offset < segmentOctets; offset += zeros.Length)
            {
                disc.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, segmentOctets - offset)), offset);
            }

            disc.Sync(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [LoggerMessage(920, LogLevel.Error, "The header of journal segment {Path} is damaged; its records are read all the same")]
    private static partial void LogHeaderDamaged(ILogger log, string path);

    [LoggerMessage(921, LogLevel.Warning, "The last record of the journal was not written wholly: {Octets} octets, which nobody had been told were stored, cut off {Path}")]
    private static partial void LogTornTail(ILogger log, int octets, string path);
}
