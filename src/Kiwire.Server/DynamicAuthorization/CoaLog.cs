using System.Data.Common;
using System.Threading.Channels;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// The dynamic-authorization log: takes rows without waiting, and writes what has gathered in one transaction. While the database is away
/// rows wait, up to a bound; past it they are dropped and counted.
/// </summary>
internal sealed partial class CoaLog(
    Database database, CommitQueue commits, DynamicAuthorizationMetrics metrics, TimeProvider time, ILogger<CoaLog> logger) : BackgroundService
{
    /// <summary>How many rows may wait.</summary>
    public const int Capacity = 16_384;

    private const int BatchRows = 256;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<CoaLogRow> _rows = Channel.CreateBounded<CoaLogRow>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long _added;
    private long _written;
    private volatile bool _stopping;

    /// <summary>Raised with what was committed; handlers must not block.</summary>
    public event Action<IReadOnlyList<CoaLogRow>>? Written;

    /// <summary>Rows that wait to be written.</summary>
    public long Backlog => Volatile.Read(ref _added) - Volatile.Read(ref _written);

    public void Add(CoaLogRow row)
    {
        Interlocked.Increment(ref _added);
        if (!_rows.Writer.TryWrite(row))
        {
            Interlocked.Decrement(ref _added);
            metrics.Dropped(1);
        }
    }

    /// <summary>What was added before the end is written, unless the database is away.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        _rows.Writer.TryComplete();
        if (ExecuteTask is { } task)
        {
            await Task.WhenAny(task, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<CoaLogRow> batch = new(BatchRows);
        while (await _rows.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < BatchRows && _rows.Reader.TryRead(out CoaLogRow? row))
            {
                batch.Add(row);
            }

            await WriteAsync(batch, stoppingToken);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<CoaLogRow> batch, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await commits.EnqueueAsync(
                    async unit =>
                    {
                        foreach (CoaLogRow row in batch)
                        {
                            await CoaLogStore.InsertAsync(unit, row);
                        }
                    },
                    stoppingToken);
                Interlocked.Add(ref _written, batch.Count);
                Written?.Invoke(batch);
                return;
            }
            catch (DbException e)
            {
                bool gone = !database.Dialect.IsAway(e) || _stopping;
                LogFailed(batch.Count, gone ? "and are lost" : "yet; they wait", e.Message);
                if (gone)
                {
                    Interlocked.Add(ref _written, batch.Count);
                    metrics.Dropped(batch.Count);
                    return;
                }
            }

            await Task.Delay(RetryAfter, time, stoppingToken);
        }
    }

    [LoggerMessage(700, LogLevel.Warning, "{Count} rows of the dynamic-authorization log cannot be written {What}: {Reason}")]
    private partial void LogFailed(int count, string what, string reason);
}
