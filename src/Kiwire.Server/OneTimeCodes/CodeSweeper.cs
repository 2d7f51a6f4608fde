using System.Data.Common;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Erases codes that are out of date, every half minute.</summary>
internal sealed partial class CodeSweeper(CommitQueue commits, TimeProvider time, ILogger<CodeSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await commits.EnqueueAsync(unit => CodeStore.SweepAsync(unit, time.GetUtcNow().ToUnixTimeMilliseconds()), stoppingToken);
            }
            catch (DbException e)
            {
                LogNotSwept(e.Message);
            }
        }
    }

    [LoggerMessage(831, LogLevel.Warning, "One-time codes that are out of date cannot be erased yet: {Reason}")]
    private partial void LogNotSwept(string reason);
}
