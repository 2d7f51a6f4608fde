using System.Data.Common;
using System.Diagnostics;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Takes the journal into the database, on threads of its own that give way to logins and accounting answers. A database that is away
/// is waited for; a record that can never be stored is put aside; nothing else stops it.
/// </summary>
internal sealed partial class JournalApplier(
    Database database,
    BatchApplierSource source,
    AccountingJournal journal,
    ExhaustedAccounts exhausted,
    SessionsMetrics metrics,
    TimeProvider time,
    IOptions<AccountingOptions> options,
    ILogger<JournalApplier> log) : BackgroundService
{
    // Who gives way to every other thread holds the turn to write for as long as its transaction takes: where that is long, on a machine that is busy,
    // transactions become shorter. Where others wait for their turn they are short, and made by the thread that gives way only a little.
    private const int LeastBatch = 50;
    private const int SharedBatch = 50;
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromMilliseconds(250);

    // Records that trickle in are gathered this long, so that the disc syncs rarely.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _began;
    private long _position;
    private int _batch = options.Value.ApplyBatch;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        new Thread(() => Run(stoppingToken)) { IsBackground = true, Name = "applier" }.Start();
        return _finished.Task;
    }

    private void Run(CancellationToken stoppingToken)
    {
        try
        {
            LowPriorityThread.BeNice();
            using LowPriorityThread patient = new("applier, idle");
            Loop(patient, stoppingToken);
            _finished.SetResult();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _finished.SetResult();
        }
        catch (Exception e)
        {
            _finished.SetException(e);
        }
    }

    private void Loop(LowPriorityThread patient, CancellationToken stoppingToken)
    {
        BatchApplier applier = source.Open(journal.JournalId);
        using JournalReader reader = journal.OpenReader();
        _position = journal.AppliedSequence;
        while (true)
        {
            ReadOnlyMemory<JournalRecord> records = default;
            patient.Run(() => records = reader.ReadAsync(options.Value.ApplyBatch, stoppingToken).AsTask().GetAwaiter().GetResult());
            for (ReadOnlyMemory<JournalRecord> left = records; !left.IsEmpty;)
            {
                bool isShared = database.IsContended;
                ReadOnlyMemory<JournalRecord> next = left[..Math.Min(left.Length, isShared ? Math.Min(SharedBatch, _batch) : _batch)];
                if (isShared)
                {
                    Apply(applier, next.Span, stoppingToken);
                }
                else
                {
                    patient.Run(() => Apply(applier, next.Span, stoppingToken));
                }

                left = left[next.Length..];
            }

            if (records.Length < options.Value.ApplyBatch / 8 && options.Value.AnswerAfter == AnswerAfter.Journal)
            {
                Wait(Gather, stoppingToken);
            }
        }
    }

    /// <summary>Applies records, for as long as it takes.</summary>
    private void Apply(BatchApplier applier, ReadOnlySpan<JournalRecord> records, CancellationToken stoppingToken)
    {
        TimeSpan wait = FirstWait;
        while (true)
        {
            try
            {
                _began = Stopwatch.GetTimestamp();
                applier.ApplyAll(records, Committed, stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // That it is away, the database has said itself.
                if (e is not DbException failure || !database.Dialect.IsAway(failure))
                {
                    LogFailed(log, wait.TotalSeconds, e);
                }
            }

            Wait(wait, stoppingToken);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
    }

    private void Committed(ApplyResult result)
    {
        TimeSpan took = Stopwatch.GetElapsedTime(_began);
        metrics.Applied((int)Math.Max(0, result.Position - _position), took);
        _batch = took > LongestTransaction ? Math.Max(LeastBatch, _batch / 2) : took < LongestTransaction / 2 ? Math.Min(options.Value.ApplyBatch, _batch * 2) : _batch;
        _began = Stopwatch.GetTimestamp();
        _position = Math.Max(_position, result.Position);
        journal.NotifyApplied(_position);
        foreach (ExhaustedAccount account in result.Exhausted)
        {
            exhausted.Report(account);
        }

        for (int i = 0; i < result.SetAside; i++)
        {
            metrics.SetAside();
        }

        if (result.SetAside > 0)
        {
            LogSetAside(log, result.SetAside, result.Position);
        }
    }

    private void Wait(TimeSpan duration, CancellationToken stoppingToken) => Task.Delay(duration, time, stoppingToken).GetAwaiter().GetResult();

    [LoggerMessage(600, LogLevel.Warning, "{Count} journal records up to {Position} can never be stored and were put into journal_set_aside, with their reasons")]
    private static partial void LogSetAside(ILogger log, int count, long position);

    [LoggerMessage(601, LogLevel.Error, "The journal cannot be applied; it will be tried again in {Seconds} s")]
    private static partial void LogFailed(ILogger log, double seconds, Exception exception);
}
