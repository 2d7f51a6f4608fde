using System.Data.Common;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Deletes what the guard needs no more: counters of windows long over, numbers that are known no more, old decisions.</summary>
internal sealed partial class GuardPrune(CommitQueue commits, IOptions<SmsOptions> options, TimeProvider time, ILogger<GuardPrune> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>A day's figures are looked at throughout the next, and a day may have 25 hours.</summary>
    private static readonly TimeSpan WindowsFor = TimeSpan.FromHours(50 + 24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (DbException e)
            {
                LogAway(e.Message);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task PruneAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        long windows = (now - WindowsFor).ToUnixTimeMilliseconds();
        long numbers = (now - CodeGuard.KnownFor).ToUnixTimeMilliseconds();
        long decisions = (now - TimeSpan.FromDays(options.Value.LogDays)).ToUnixTimeMilliseconds();
        while (await commits.EnqueueAsync(unit => GuardStore.PruneAsync(unit, windows, numbers, decisions), stoppingToken))
        {
            // There is more.
        }
    }

    [LoggerMessage(1102, LogLevel.Warning, "What the guard against message pumping needs no more cannot be deleted at the moment: {Reason}")]
    private partial void LogAway(string reason);
}
