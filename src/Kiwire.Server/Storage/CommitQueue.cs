using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;

namespace Kiwire.Server.Storage;

/// <summary>
/// Group commit: units of work that arrive while a transaction is under way go into the next one together, each in a savepoint of
/// its own, so that one that fails harms no other. Bounded; full, <see cref="EnqueueAsync"/> waits.
/// </summary>
internal sealed class CommitQueue(
    Database database, IdSource ids, TimeProvider time, StorageMetrics metrics, IHostApplicationLifetime lifetime, ILogger<CommitQueue> log)
    : StorageService(lifetime, log)
{
    private const int Capacity = 4096;

    // A transaction takes in what arrives during it, up to these, so that the first one in it does not wait for ever.
    private const int BatchUnits = 256;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(50);

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly List<Pending> _batch = new(BatchUnits);

    /// <summary>Runs <paramref name="work"/> in a transaction; completes when it is committed, with what it returned.</summary>
    /// <remarks>
    /// Fails with what the work threw, or with the <see cref="DbException"/> of a database that is away; nothing is stored then. Cancelling
    /// has an effect until the work begins. When it completes, this server's <see cref="ChangeFeed"/> has delivered what was announced.
    /// </remarks>
    public async Task<T> EnqueueAsync<T>(Func<UnitOfWork, Task<T>> work, CancellationToken cancellationToken)
    {
        var pending = new Pending<T>(work, ChangeAuthor.Current);
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        await using var registration = cancellationToken.Register(() => pending.Cancel(cancellationToken));
        return await pending.Result;
    }

    /// <summary>Runs <paramref name="work"/>, which returns nothing, in a transaction; completes when it is committed.</summary>
    public Task EnqueueAsync(Func<UnitOfWork, Task> work, CancellationToken cancellationToken) => EnqueueAsync(
        async unit =>
        {
            await work(unit);
            return true;
        },
        cancellationToken);

    /// <summary>
    /// The same for work that waits for rows which several servers take in turns: where the database gives it up so that another server's
    /// transaction can go on, it is run once more, alone. The work may be run twice; what the first run did is undone.
    /// </summary>
    /// <remarks>Fails as <see cref="EnqueueAsync{T}"/> does.</remarks>
    public async Task<T> EnqueueInTurnAsync<T>(Func<UnitOfWork, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await EnqueueAsync(work, cancellationToken);
        }
        catch (DbException e) when (database.Dialect.IsConflict(e))
        {
            return await RunAloneAsync(work, cancellationToken);
        }
    }

    /// <summary>
    /// Runs long work in a transaction of its own; completes when it is committed. On PostgreSQL other writers go on beside it, on SQLite they
    /// wait for its end.
    /// </summary>
    /// <remarks>Fails as <see cref="EnqueueAsync{T}"/> does.</remarks>
    public async Task<T> RunAloneAsync<T>(Func<UnitOfWork, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var scope = await database.BeginWriteAsync(cancellationToken);
        var unit = new UnitOfWork(scope, ChangeAuthor.Current, ids, time);
        var holdsClaim = await unit.ClaimAsync();
        var result = await work(unit);
        unit.HandOver();
        await scope.CommitAsync(cancellationToken);
        metrics.Committed(1);
        if (holdsClaim)
        {
            unit.Author!.Claim!.IsTaken = true;
        }

        return result;
    }

    protected override void OnStopping() => _queue.Writer.TryComplete();

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        // Not with the token: what is in the queue when the host stops is committed first.
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            _batch.Clear();
            try
            {
                await CommitBatchAsync();
            }
            catch (DbException e)
            {
                database.Report(e);
                FailAll(e);
            }
        }
    }

    private async Task CommitBatchAsync()
    {
        await using var scope = await database.BeginWriteAsync(CancellationToken.None);
        var began = Stopwatch.GetTimestamp();
        while (_batch.Count < BatchUnits && Stopwatch.GetElapsedTime(began) < BatchTime && _queue.Reader.TryRead(out var pending))
        {
            if (!pending.TryBegin())
            {
                continue;
            }

            _batch.Add(pending);
            if (_batch.Count == 1 && _queue.Reader.Count == 0)
            {
                // Alone so far: the transaction is its savepoint.
                if (await TryRunAsync(pending, scope) is { } failure)
                {
                    pending.Fail(failure);
                    return;
                }
            }
            else if (!await TryRunInSavepointAsync(pending, scope))
            {
                return;
            }
        }

        await scope.CommitAsync(CancellationToken.None);
        metrics.Committed(_batch.Count);
        foreach (var pending in _batch)
        {
            if (pending.HoldsClaim)
            {
                pending.Author!.Claim!.IsTaken = true;
            }

            pending.Complete();
        }
    }

    private async Task<Exception?> TryRunAsync(Pending pending, WriteScope scope)
    {
        try
        {
            var unit = new UnitOfWork(scope, pending.Author, ids, time);
            pending.HoldsClaim = await unit.ClaimAsync();
            await pending.RunAsync(unit);
            unit.HandOver();
            return null;
        }
        catch (Exception e)
        {
            // It is the caller's, who gets it. What it claimed is rolled back with it.
            pending.HoldsClaim = false;
            if (e is DbException failure)
            {
                database.Report(failure);
            }

            return e;
        }
    }

    /// <returns>False where the transaction is lost, and everybody in it has been told.</returns>
    private async Task<bool> TryRunInSavepointAsync(Pending pending, WriteScope scope)
    {
        await scope.Command("SAVEPOINT unit").ExecuteNonQueryAsync();
        if (await TryRunAsync(pending, scope) is not { } failure)
        {
            await scope.Command("RELEASE SAVEPOINT unit").ExecuteNonQueryAsync();
            return true;
        }

        pending.Fail(failure);
        try
        {
            await scope.Command("ROLLBACK TO SAVEPOINT unit").ExecuteNonQueryAsync();
            await scope.Command("RELEASE SAVEPOINT unit").ExecuteNonQueryAsync();
            return true;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The connection broke (Npgsql takes no command on one that it has closed), or SQLite rolled back everything (disc full, for one).
            scope.Distrust();
            FailAll(failure is DbException ? failure : e);
            return false;
        }
    }

    private void FailAll(Exception failure)
    {
        foreach (var pending in _batch)
        {
            pending.Fail(failure);
        }

        // Whoever waits would only wait out one more attempt each.
        for (var waiting = _queue.Reader.Count; waiting > 0 && _queue.Reader.TryRead(out var pending); waiting--)
        {
            pending.Fail(failure);
        }
    }

    private abstract class Pending(ChangeAuthor? author)
    {
        private int _begun;

        /// <summary>Who enqueued it.</summary>
        public ChangeAuthor? Author => author;

        /// <summary>Whether its transaction holds the author's Idempotency-Key.</summary>
        public bool HoldsClaim { get; set; }

        /// <summary>False where it was cancelled before.</summary>
        public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

        public void Cancel(CancellationToken cancellationToken)
        {
            if (TryBegin())
            {
                SetCancelled(cancellationToken);
            }
        }

        public abstract Task RunAsync(UnitOfWork unit);

        public abstract void Complete();

        public abstract void Fail(Exception exception);

        protected abstract void SetCancelled(CancellationToken cancellationToken);
    }

    private sealed class Pending<T>(Func<UnitOfWork, Task<T>> work, ChangeAuthor? author) : Pending(author)
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _value = default!;

        public Task<T> Result => _result.Task;

        public override async Task RunAsync(UnitOfWork unit) => _value = await work(unit);

        // One that failed in a batch that was then committed stays failed.
        public override void Complete() => _result.TrySetResult(_value);

        public override void Fail(Exception exception) => _result.TrySetException(exception);

        protected override void SetCancelled(CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);
    }
}
