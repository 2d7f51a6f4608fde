using System.Data.Common;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Series;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Devices.Polling;

/// <summary>Deletes history and events that are older than they are kept: a little at a time, so that no other writer waits long for it.</summary>
internal sealed partial class HistoryKeeper(CommitQueue commits, IOptions<DevicesOptions> options, TimeProvider time, ILogger<HistoryKeeper> logger) : BackgroundService
{
    private const int RowsAtATime = 250;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Deletes one step of each kind.</summary>
    /// <returns>Whether there may be more.</returns>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        bool isMore = false;
        foreach (Resolution resolution in Enum.GetValues<Resolution>())
        {
            // A block is as old as the newest that is in it: a day's, at most.
            long olderThan = now - Downsampling.Retention(resolution) - (resolution == Resolution.Hour ? 24 : 1) * Downsampling.Length(Resolution.Hour);
            isMore |= await commits.EnqueueAsync(unit => SeriesStore.PruneAsync(unit, resolution, olderThan, RowsAtATime), cancellationToken) == RowsAtATime;
        }

        long eventsFrom = now - (long)TimeSpan.FromDays(options.Value.EventDays).TotalMilliseconds;
        return isMore | (await commits.EnqueueAsync(unit => DeviceEventStore.PruneAsync(unit, eventsFrom, RowsAtATime), cancellationToken) == RowsAtATime);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            bool isMore = false;
            try
            {
                isMore = await StepAsync(stoppingToken);
            }
            catch (DbException e)
            {
                LogAway(logger, e.Message);
            }

            await Task.Delay(isMore ? Pause : LookEvery, time, stoppingToken);
        }
    }

    [LoggerMessage(1240, LogLevel.Warning, "Old history of devices cannot be deleted at the moment, the database is away: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
