using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Kiwire.Server.Mail;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Devices.Events;

/// <summary>
/// Tells of events: whoever waits gets all that waits for them at once, an e-mail at most once a minute. What does not go well is tried again,
/// later each time, for a day. An event whose server dies between the telling and writing that down is told of twice.
/// </summary>
internal sealed partial class NoticeSender(
    NoticeStore store,
    WebhookStore webhooks,
    WebhookHttp http,
    MailSender mail,
    Database database,
    CommitQueue commits,
    TenantDirectory tenants,
    DevicesMetrics metrics,
    TimeProvider time,
    ILogger<NoticeSender> logger) : BackgroundService
{
    private const int MostTargets = 16;
    private const int MostEvents = 200;
    private const int MostTries = 30;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan MailEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<NoticeTarget, long> _toldAt = [];

    /// <summary>There may be something to tell.</summary>
    public void Wake() => _ = _news.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (DbException e)
            {
                LogAway(logger, e.Message);
            }

            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _ = await Task.WhenAny(_news.Reader.WaitToReadAsync(over.Token).AsTask(), Task.Delay(LookEvery, time, over.Token));
            _ = _news.Reader.TryRead(out _);
            await over.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Tells whoever is to be told of something now.</summary>
    internal async Task TellAsync(CancellationToken stoppingToken)
    {
        foreach ((NoticeTarget target, long told) in _toldAt)
        {
            if (time.GetElapsedTime(told) >= MailEvery)
            {
                _ = _toldAt.TryRemove(target, out _);
            }
        }

        IReadOnlyList<NoticeTarget> due = await store.ListDueAsync(time.GetUtcNow().ToUnixTimeMilliseconds(), MostTargets + _toldAt.Count, stoppingToken);
        NoticeTarget[] ready = [.. due.Where(target => !_toldAt.ContainsKey(target)).Take(MostTargets)];
        await Task.WhenAll(ready.Select(target => TellAsync(target, stoppingToken)));
    }

    private async Task TellAsync(NoticeTarget target, CancellationToken stoppingToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        (IReadOnlyList<(long EventId, int Tries)> claimed, IReadOnlyList<DeviceEvent> events) = await commits.EnqueueAsync(
            async unit =>
            {
                IReadOnlyList<(long EventId, int Tries)> taken =
                    await NoticeStore.ClaimAsync(unit, target, now, now + (long)ClaimTime.TotalMilliseconds, MostEvents);
                return (taken, await DeviceEventStore.ListAsync(unit, database.Dialect, target.TenantId, [.. taken.Select(row => row.EventId)]));
            },
            stoppingToken);
        if (claimed.Count == 0)
        {
            return;
        }

        long[] ids = [.. claimed.Select(row => row.EventId)];
        string? error = events.Count == 0 ? null : await SendAsync(target, events, claimed.Count == MostEvents, stoppingToken);
        int tries = claimed.Max(row => row.Tries) + 1;
        metrics.Told(target.Channel, error is null);
        if (error is null)
        {
            await commits.EnqueueAsync(unit => store.DeleteAsync(unit, target, ids), CancellationToken.None);
            return;
        }

        // Each event has its own tries: a new one that goes along with the last try of an old one is not given up with it.
        long[] over = [.. claimed.Where(row => row.Tries + 1 >= MostTries).Select(row => row.EventId)];
        long[] again = [.. ids.Except(over)];
        string further = over.Length == 0 ? "It is tried again." : again.Length == 0 ? "It is given up." : $"{over.Length} of them are given up.";
        LogNotTold(logger, target.Channel, target.TenantId, ids.Length, tries, error, further);
        long dueAt = (time.GetUtcNow() + Wait(tries)).ToUnixTimeMilliseconds();
        await commits.EnqueueAsync(
            async unit =>
            {
                await store.DeleteAsync(unit, target, over);
                await store.ReleaseAsync(unit, target, again, dueAt);
            },
            CancellationToken.None);
    }

    /// <returns>Null: it went well. Else why not.</returns>
    private Task<string?> SendAsync(NoticeTarget target, IReadOnlyList<DeviceEvent> events, bool isMore, CancellationToken stoppingToken) =>
        target.Channel == NoticeChannel.Mail ? MailAsync(target, events, isMore, stoppingToken) : PostAsync(target, events, stoppingToken);

    private async Task<string?> MailAsync(NoticeTarget target, IReadOnlyList<DeviceEvent> events, bool isMore, CancellationToken stoppingToken)
    {
        string tenant = CloudIdOf(target.TenantId);
        _toldAt[target] = time.GetTimestamp();
        MailOutcome outcome = await mail.SendAsync(target.Recipient, NoticeText.Subject(events), NoticeText.Body(events, tenant, isMore), stoppingToken);
        switch (outcome)
        {
            case MailOutcome.Retry retry:
                return retry.Error;
            case MailOutcome.Final final:
                LogRefused(logger, target.TenantId, final.Error);
                return null;
            default:
                return null;
        }
    }

    private async Task<string?> PostAsync(NoticeTarget target, IReadOnlyList<DeviceEvent> events, CancellationToken stoppingToken)
    {
        if (await webhooks.GetAsync(target.TenantId, stoppingToken) is not { Active: true } webhook)
        {
            return null;
        }

        if (await webhooks.GetSecretAsync(target.TenantId, stoppingToken) is not { } secret)
        {
            return "The webhook's secret cannot be read with this installation's key; set it again.";
        }

        WebhookBody body = new(CloudIdOf(target.TenantId), [.. events.Select(DeviceEventBody.Of)]);
        return webhook.Url is var url && http.FindFault(url) is { } fault
            ? $"Its address {fault}"
            : await http.PostAsync(url, secret, JsonSerializer.SerializeToUtf8Bytes(body, WebhookBody.Json), stoppingToken);
    }

    private string CloudIdOf(long tenantId) => tenants.TryGet(tenantId, out Tenant? tenant) ? tenant.CloudId : "";

    // 10, 20, 40 ... seconds up to an hour, half as much more or less.
    private static TimeSpan Wait(int tries) =>
        TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(2, Math.Min(tries - 1, 20))) * (0.75 + (Random.Shared.NextDouble() / 2)));

    [LoggerMessage(1210, LogLevel.Warning, "Events of devices cannot be told of at the moment, the database is away: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(1211, LogLevel.Warning, "{Channel} of tenant {TenantId}: {Events} events of devices could not be told of, try {Try}: {Reason} {Further}")]
    private static partial void LogNotTold(ILogger logger, NoticeChannel channel, long tenantId, int events, int @try, string reason, string further);

    [LoggerMessage(1212, LogLevel.Warning, "An e-mail about devices of tenant {TenantId} was refused, and is not sent again: {Reason}")]
    private static partial void LogRefused(ILogger logger, long tenantId, string reason);
}
