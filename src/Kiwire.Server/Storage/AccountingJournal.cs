using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Storage;

/// <summary>
/// The journal on disc: records are appended to a segment file and synced many at a time; their sinks are told; then they wait for the
/// applier. Appending copies the record into the batch that is gathering and takes one short lock. A failed write or sync stops the host;
/// a full disc only makes it refuse records until there is space.
/// </summary>
internal sealed partial class AccountingJournal : StorageService
{
    // Records that nobody waits for gather this long before they are written, and are synced at the latest after that.
    private const int GatherMilliseconds = 100;
    private const int SyncMilliseconds = 1000;
    private const int FullDiscMilliseconds = 250;

    // An accounting record and its strings: what must fit for the journal to be of use.
    private const int UsualRecordOctets = 512;
    private static readonly TimeSpan FullLogInterval = TimeSpan.FromMinutes(1);

    private readonly StorageOptions _options;
    private readonly JournalSegments _segments;
    private readonly StorageMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<AccountingJournal> _log;

    // Under _gate.
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _signal = new(false, spinCount: 0);
    private readonly BacklogLedger _ledger = new();
    private JournalBatch _gathering = new();
    private JournalBatch? _idle = new();
    private long _nextSequence = 1;
    private long _fullLoggedAt;
    private bool _sleeping;
    private bool _flushWanted;
    private volatile bool _closed = true;

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _more = new(0);
    private readonly SequenceWaiters _durable = new();
    private readonly SequenceWaiters _applied = new();
    private readonly AppliedSinks _appliedSinks = new();
    private volatile bool _discIsFull;

    // The journal thread's.
    private long _writtenSequence;
    private long _unsyncedSince;

    public AccountingJournal(
        IOptions<StorageOptions> options,
        DataDirectory directory,
        JournalDisc disc,
        StorageMetrics metrics,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        ILogger<AccountingJournal> log)
        : base(lifetime, log)
    {
        _options = options.Value;
        _segments = new JournalSegments(directory.Combine("journal"), _options.JournalSegmentOctets, disc, time, log);
        _metrics = metrics;
        _time = time;
        _log = log;
        metrics.Watch(this);
    }

    /// <summary>Names this journal in the database's applied positions; made once for a data directory.</summary>
    public string JournalId => _segments.JournalId.ToString("N");

    /// <summary>Tells sinks when their records are in the database rather than on disc. Set before the first record.</summary>
    public bool TellSinksWhenApplied { get; set; }

    /// <summary>The last record that is on disc.</summary>
    public long DurableSequence => _durable.Reached;

    /// <summary>The last record that is in the database.</summary>
    public long AppliedSequence => _applied.Reached;

    /// <summary>What is not in the database yet.</summary>
    public JournalBacklog Backlog
    {
        get
        {
            lock (_gate)
            {
                return _ledger.Measure(_nextSequence - 1, Now());
            }
        }
    }

    /// <summary>Whether it would take an accounting record of usual length now: its disc is not full, nor is it.</summary>
    public bool HasRoomForAccounting
    {
        get
        {
            lock (_gate)
            {
                return !_closed && HasRoom(JournalRecordKind.Accounting, UsualRecordOctets, sink: null);
            }
        }
    }

    /// <summary>Reads what an earlier run left; then <see cref="JournalId"/> is known.</summary>
    /// <exception cref="StartUpException">There are files that are not this journal's or are of a newer program.</exception>
    public void Recover() => _segments.Recover();

    /// <summary>Takes records from now on.</summary>
    /// <param name="applied">The last record that the database has: <see cref="JournalPositions.ReadAsync"/>.</param>
    public void Begin(long applied)
    {
        _segments.Begin(applied);
        lock (_gate)
        {
            _nextSequence = _segments.LastSequence + 1;
            _writtenSequence = _segments.LastSequence;
            var isBehind = applied < _segments.LastSequence;
            _ledger.Begin(
                applied,
                isBehind ? _segments.Find(applied + 1).Start : _segments.WrittenOctets,
                _segments.WrittenOctets,
                isBehind ? _segments.LastWrittenAt?.ToUnixTimeMilliseconds() : null);
            _closed = false;
        }

        _durable.Reach(_segments.LastSequence);
        _applied.Reach(applied);
    }

    /// <summary>Appends a record.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="record">Its octets, at most <see cref="JournalFormat.PayloadLimit"/>; copied.</param>
    /// <param name="sink">Told when the record is durable; null for records that nobody waits for.</param>
    /// <param name="ticket">Given back to the sink.</param>
    /// <param name="sequence">The record's place: 1, 2, 3 ... over the life of the journal; 0 where it was not taken.</param>
    public JournalAppend Append(JournalRecordKind kind, ReadOnlySpan<byte> record, IDurableSink? sink, int ticket, out long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, JournalFormat.PayloadLimit, nameof(record));
        sequence = 0;
        var wake = false;
        lock (_gate)
        {
            if (_closed)
            {
                return JournalAppend.Closed;
            }

            if (HasRoom(kind, record.Length, sink) && _gathering.TryAdd(_nextSequence, kind, record, sink, ticket))
            {
                sequence = _nextSequence++;
                _ledger.Appended(JournalFormat.RecordOverhead + record.Length);

                // The first that nobody waits for starts the thread's clock.
                wake = _sleeping && (sink is not null || _gathering.RecordCount == 1 || _gathering.IsHalfFull);
                _sleeping &= !wake;
            }
        }

        if (sequence == 0)
        {
            Refuse(kind);
            return JournalAppend.Full;
        }

        if (wake)
        {
            _signal.Set();
        }

        return JournalAppend.Taken;
    }

    /// <summary>Completes when all that was appended before is on disc.</summary>
    public Task FlushAsync()
    {
        long last;
        lock (_gate)
        {
            last = _nextSequence - 1;
            _flushWanted = true;
            _sleeping = false;
        }

        _signal.Set();
        return _durable.WaitAsync(last);
    }

    /// <summary>Completes when a record is in the database.</summary>
    public Task WaitAppliedAsync(long sequence, CancellationToken cancellationToken) => _applied.WaitAsync(sequence).WaitAsync(cancellationToken);

    /// <summary>A reader of what is not applied yet. One at a time.</summary>
    public JournalReader OpenReader()
    {
        lock (_gate)
        {
            _ledger.ReadAgain();
        }

        return new JournalReader(this, _segments, AppliedSequence, _log);
    }

    /// <summary>Says that the records up to one are committed to the database: files that hold no others are deleted.</summary>
    public void NotifyApplied(long sequence)
    {
        lock (_gate)
        {
            _ledger.Applied(sequence, _nextSequence - 1);
        }

        _segments.DeleteThrough(sequence);
        _applied.Reach(sequence);
        _appliedSinks.Tell(sequence);
    }

    public override void Dispose()
    {
        base.Dispose();
        _segments.Dispose();
        _signal.Dispose();
        _more.Dispose();
    }

    internal Task WaitForMoreAsync(CancellationToken cancellationToken) => _more.WaitAsync(cancellationToken);

    internal void NoteRead(long sequence, long octets)
    {
        lock (_gate)
        {
            _ledger.Read(sequence, octets);
        }
    }

    protected override Task RunAsync(CancellationToken stoppingToken)
    {
        new Thread(Run) { IsBackground = true, Name = "journal" }.Start();
        return _finished.Task;
    }

    protected override void OnStopping()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _signal.Set();
    }

    private bool HasRoom(JournalRecordKind kind, int length, IDurableSink? sink)
    {
        var backlog = _ledger.Octets + JournalFormat.RecordOverhead + length;
        return !_discIsFull
            && backlog <= _options.JournalLimitOctets
            && (kind != JournalRecordKind.Login || backlog <= _options.HistoryLimitOctets)
            && (sink is null || !TellSinksWhenApplied || _appliedSinks.Count < AppliedSinks.Limit);
    }

    private void Refuse(JournalRecordKind kind)
    {
        if (kind == JournalRecordKind.Login)
        {
            _metrics.DroppedHistory();
            return;
        }

        _metrics.Refused();
        var now = _time.GetTimestamp();
        var last = Volatile.Read(ref _fullLoggedAt);
        if ((last == 0 || _time.GetElapsedTime(last, now) > FullLogInterval) && Interlocked.CompareExchange(ref _fullLoggedAt, now, last) == last)
        {
            var backlog = Backlog;
            LogFull(_log, backlog.Records, backlog.Octets);
        }
    }

    private void Run()
    {
        try
        {
            while (TryTake(out var batch, out var sync))
            {
                Commit(batch, sync);
            }

            _segments.Dispose();
            _finished.SetResult();
        }
        catch (Exception e)
        {
            // The host stops; whoever appends meanwhile is told so.
            OnStopping();
            _durable.Fail(e);
            _finished.SetException(e);
        }
    }

    // Waits for something to do; false when closed and all is done.
    private bool TryTake(out JournalBatch batch, out bool sync)
    {
        while (true)
        {
            long wait;
            lock (_gate)
            {
                var now = Environment.TickCount64;
                batch = _gathering;
                var urgent = batch.IsAwaited || _flushWanted || _closed;
                sync = urgent || (_unsyncedSince != 0 && now - _unsyncedSince >= SyncMilliseconds);
                if (batch.RecordCount > 0 ? urgent || batch.IsHalfFull || now - batch.Since >= GatherMilliseconds : sync && _unsyncedSince != 0)
                {
                    _gathering = _idle!;
                    _idle = null;
                    _flushWanted = false;
                    _sleeping = false;
                    return true;
                }

                if (_closed)
                {
                    return false;
                }

                wait = batch.RecordCount > 0 ? batch.Since + GatherMilliseconds - now
                    : _unsyncedSince != 0 ? _unsyncedSince + SyncMilliseconds - now
                    : Timeout.Infinite;
                _flushWanted = false;
                _sleeping = true;
                _signal.Reset();
            }

            _signal.Wait((int)wait);
        }
    }

    private void Commit(JournalBatch batch, bool sync)
    {
        batch.Sign();
        if (TryStore(batch, sync))
        {
            _writtenSequence += batch.RecordCount;
            if (sync)
            {
                Publish(batch);
            }
        }
        else
        {
            LogLost(_log, batch.RecordCount);
            _durable.Fail(new IOException("The journal stopped for want of space."));
        }

        batch.Clear();
        lock (_gate)
        {
            _idle = batch;
        }
    }

    private bool TryStore(JournalBatch batch, bool sync)
    {
        var before = _segments.WrittenOctets;
        while (true)
        {
            try
            {
                Store(batch, sync);
                if (_discIsFull)
                {
                    _discIsFull = false;
                    LogSpace(_log);
                }

                return true;
            }
            catch (IOException e) when (JournalDisc.IsFull(e))
            {
                _segments.Retreat(before);
                if (!_discIsFull)
                {
                    _discIsFull = true;
                    LogNoSpace(_log, e.Message);
                }
            }

            if (_closed)
            {
                return false;
            }

            _signal.Reset();
            _signal.Wait(FullDiscMilliseconds);
        }
    }

    private void Store(JournalBatch batch, bool sync)
    {
        var began = Stopwatch.GetTimestamp();
        if (batch.RecordCount > 0)
        {
            _segments.Write(batch.Records, batch.FirstSequence);
            _metrics.Wrote(batch.RecordCount);
            if (_unsyncedSince == 0)
            {
                _unsyncedSince = Environment.TickCount64;
            }
        }

        if (sync)
        {
            _segments.Sync();
            _unsyncedSince = 0;
            _metrics.Synced(Stopwatch.GetElapsedTime(began));
        }
    }

    private void Publish(JournalBatch batch)
    {
        if (TellSinksWhenApplied)
        {
            // Before the applier can see the records, and so before it can say that they are applied.
            batch.HandOver(_appliedSinks);
        }

        lock (_gate)
        {
            _ledger.Durable(_durable.Reached + 1, Now());
        }

        _durable.Reach(_writtenSequence);
        if (_more.CurrentCount == 0)
        {
            _more.Release();
        }

        if (!TellSinksWhenApplied)
        {
            batch.TellSinks();
        }
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(940, LogLevel.Error, "The journal is full ({Records} records, {Octets} octets not in the database yet): accounting is not answered until there is room")]
    private static partial void LogFull(ILogger log, long records, long octets);

    [LoggerMessage(941, LogLevel.Error, "No space for the journal ({Reason}): accounting is not answered until there is")]
    private static partial void LogNoSpace(ILogger log, string reason);

    [LoggerMessage(942, LogLevel.Information, "The journal has space again")]
    private static partial void LogSpace(ILogger log);

    [LoggerMessage(943, LogLevel.Warning, "Stopped without space for {Records} records of the journal; none of them was answered")]
    private static partial void LogLost(ILogger log, int records);
}
