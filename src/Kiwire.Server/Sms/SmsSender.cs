using System.Data.Common;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>
/// Works the outbox: claims what is due, hands it to gateways, many at a time, and writes down what became of it. What may go well later is
/// tried again while the message is of use: three times with a connector that has another behind it, then with that.
/// </summary>
internal sealed partial class SmsSender(
    SmsOutbox outbox,
    SmsConnectorDirectory connectors,
    SmsHttp http,
    ConnectorRests rests,
    CommitQueue commits,
    ChangeFeed changes,
    IOptions<SmsOptions> options,
    TimeProvider time,
    ILogger<SmsSender> logger) : BackgroundService
{
    private const int TriesBeforeNext = 3;

    /// <summary>Other servers' messages are found at least so often, and tries that have become due.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    /// <summary>A claim lasts longer than a gateway may take, and than writing down what came of it.</summary>
    private static readonly TimeSpan ClaimReserve = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    /// <summary>How long gateways have to answer once the server is told to stop.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ChangeSignal _signal = new(changes, ChangeKind.SmsOutbox);
    private readonly List<Task> _running = [];
    private readonly List<Task> _notices = [];
    private Task? _signalled;
    private DateTimeOffset _sweepAt;
    private DateTimeOffset _pruneAt;
    private bool _hasSwept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource abandon = new();
        try
        {
            while (true)
            {
                _running.RemoveAll(task => task.IsCompleted);
                _notices.RemoveAll(task => task.IsCompleted);
                int free = options.Value.ParallelRequests - _running.Count;
                int freeOfNotices = MostNotices - _notices.Count;
                IReadOnlyList<SmsClaim> claims = await TryWorkAsync(free, freeOfNotices, stoppingToken);
                foreach (SmsClaim claim in claims)
                {
                    Task sending = SendAsync(claim, abandon.Token);
                    _running.Add(sending);
                    if (claim.IsNotice)
                    {
                        _notices.Add(sending);
                    }
                }

                await WaitAsync(isFull: claims.Count == free, hasAllNotices: _notices.Count >= MostNotices, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            abandon.CancelAfter(Farewell);
            await Task.WhenAll(_running);
        }
    }

    /// <summary>A quarter of the requests at a time is for codes and passwords alone: a slow gateway does not fill all of them with a campaign.</summary>
    private int MostNotices => Math.Max(1, options.Value.ParallelRequests * 3 / 4);

    private async Task WaitAsync(bool isFull, bool hasAllNotices, CancellationToken stoppingToken)
    {
        if (isFull)
        {
            await Task.WhenAny(_running).WaitAsync(stoppingToken);
            return;
        }

        _signalled ??= _signal.WaitAsync(stoppingToken);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task look = Task.Delay(LookEvery, time, over.Token);
        Task first = hasAllNotices ? await Task.WhenAny([_signalled, look, .. _notices]) : await Task.WhenAny(_signalled, look);
        await over.CancelAsync();
        if (first == _signalled)
        {
            _signalled = null;
        }

        await first;
    }

    private async Task<IReadOnlyList<SmsClaim>> TryWorkAsync(int free, int freeOfNotices, CancellationToken stoppingToken)
    {
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (now >= _sweepAt)
            {
                await outbox.SweepAsync(ownToo: !_hasSwept, stoppingToken);
                _hasSwept = true;
                _sweepAt = now + SweepEvery;
            }

            if (now >= _pruneAt)
            {
                await PruneAsync(now, stoppingToken);
            }

            return await outbox.ClaimAsync(free, freeOfNotices, TimeSpan.FromSeconds(options.Value.RequestSeconds) + ClaimReserve, stoppingToken);
        }
        catch (DbException e)
        {
            LogAway(e.Message);
            return [];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug: it must not end the sender.
            LogLookFailed(e);
            return [];
        }
    }

    // A portion at a time, for messages wait meanwhile; and where it fails they are sent all the same, and it is tried again in an hour.
    private async Task PruneAsync(DateTimeOffset now, CancellationToken stoppingToken)
    {
        _pruneAt = now + PruneEvery;
        try
        {
            long olderThan = (now - TimeSpan.FromDays(options.Value.LogDays)).ToUnixTimeMilliseconds();
            if (await commits.EnqueueAsync(unit => SmsLogStore.PruneAsync(unit, olderThan), stoppingToken) == SmsLogStore.PruneLimit)
            {
                _pruneAt = now + LookEvery;
            }
        }
        catch (DbException e)
        {
            LogAway(e.Message);
        }
    }

    private async Task SendAsync(SmsClaim claim, CancellationToken abandoned)
    {
        try
        {
            await SendOnceAsync(claim, abandoned);
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            await RecordAsync(() => outbox.FailedAsync(
                claim with { Attempts = claim.Attempts + 1 }, "", "The server stopped before the gateway answered; whether it was sent is not known, and it is not sent again."));
        }
        catch (Exception e)
        {
            // A bug: it must neither end the sender nor send a message for ever.
            LogFailed(claim.MessageId, e);
            await RecordAsync(() => outbox.FailedAsync(claim, "", "The server failed; its log says why."));
        }
    }

    private async Task SendOnceAsync(SmsClaim claim, CancellationToken abandoned)
    {
        long connectorId = claim.Connectors[claim.Position];
        SmsConnector? connector = await connectors.GetAsync(claim.TenantId, connectorId, abandoned);
        if (connector is not { Active: true } || claim.Phone is not { } phone)
        {
            string reason = connector is null ? "The connector is gone." : connector.Active ? "What is to be sent cannot be read with this installation's key." : "The connector is not active.";
            await GoOnAsync(claim, connector?.Name ?? "", new SmsOutcome.Final(reason));
            return;
        }

        if (time.GetUtcNow() >= claim.ExpiresAt)
        {
            // It came to its end while the claim was written down.
            await RecordAsync(() => outbox.FailedAsync(claim, connector.Name, "It was out of date before a gateway took it."));
            return;
        }

        if (rests.FindEnd(connectorId) is { } end)
        {
            SmsClaim next = claim.HasNext ? claim.ToNext() : claim;
            string error = "The connector rests after failures in a row.";
            DateTimeOffset due = claim.HasNext ? time.GetUtcNow() : end;
            await RecordAsync(() => due < claim.ExpiresAt ? outbox.AgainAsync(next, connector.Name, error, due) : outbox.FailedAsync(claim, connector.Name, error));
            return;
        }

        SmsAttempt attempt = await http.SendAsync(
            connector,
            new SmsDispatch
            {
                Phone = phone,
                Text = claim.Text,
                Secrets = claim.Secrets,
                StatusCallback = SmsCallbackAddress.Of(options.Value, connector, claim.MessageId),
                ValiditySeconds = (int)Math.Clamp((claim.ExpiresAt - time.GetUtcNow()).TotalSeconds, 1, int.MaxValue),
            },
            abandoned);
        rests.Report(connectorId, attempt.Outcome);
        await GoOnAsync(claim with { Attempts = claim.Attempts + 1, Tries = claim.Tries + 1 }, connector.Name, attempt.Outcome);
    }

    private Task GoOnAsync(SmsClaim claim, string connector, SmsOutcome outcome)
    {
        switch (outcome)
        {
            case SmsOutcome.Sent sent:
                return RecordAsync(() => outbox.SentAsync(claim, connector, sent));
            case SmsOutcome.Retry retry:
                TimeSpan wait = Backoff(claim.Tries, retry.After);
                DateTimeOffset due = time.GetUtcNow() + wait;
                bool isDone = claim.Tries >= TriesBeforeNext || wait > LongestBackoff || due >= claim.ExpiresAt;
                if (isDone && claim.HasNext)
                {
                    return RecordAsync(() => outbox.AgainAsync(claim.ToNext(), connector, retry.Error, time.GetUtcNow()));
                }

                return RecordAsync(() => due < claim.ExpiresAt ? outbox.AgainAsync(claim, connector, retry.Error, due) : outbox.FailedAsync(claim, connector, retry.Error));
            case SmsOutcome.Final final:
                return RecordAsync(() => claim.HasNext
                    ? outbox.AgainAsync(claim.ToNext(), connector, final.Error, time.GetUtcNow())
                    : outbox.FailedAsync(claim, connector, final.Error));
            default:
                throw new InvalidOperationException($"An outcome of no known kind: {outcome}.");
        }
    }

    // 1, 2, 4 ... seconds, half as much more or less, so that many that failed together do not come back together.
    private static TimeSpan Backoff(int tries, TimeSpan? after)
    {
        double seconds = Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, tries - 1)) * (0.5 + Random.Shared.NextDouble());
        TimeSpan own = TimeSpan.FromSeconds(Math.Min(seconds, LongestBackoff.TotalSeconds));
        return after is { } wanted && wanted > own ? wanted : own;
    }

    // Where the database is away it is tried again until the claim ends; then it counts as not known.
    private async Task RecordAsync(Func<Task> record)
    {
        DateTimeOffset patience = time.GetUtcNow() + ClaimReserve;
        while (true)
        {
            try
            {
                await record();
                return;
            }
            catch (DbException e) when (time.GetUtcNow() < patience)
            {
                LogAway(e.Message);
                await Task.Delay(LookEvery, time);
            }
            catch (DbException e)
            {
                LogAway(e.Message);
                return;
            }
        }
    }

    [LoggerMessage(1000, LogLevel.Warning, "Messages cannot be sent or their fate written down at the moment, the database is away: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(1001, LogLevel.Error, "Message {MessageId} could not be sent")]
    private partial void LogFailed(long messageId, Exception exception);

    [LoggerMessage(1004, LogLevel.Error, "What is to be sent could not be looked for")]
    private partial void LogLookFailed(Exception exception);
}
