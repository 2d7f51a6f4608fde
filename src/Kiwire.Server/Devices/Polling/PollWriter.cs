using System.Data.Common;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Writes what polls found, of many devices in one transaction. While the database is away the devices remember it, as much as is bounded, and it
/// is written when that is back.
/// </summary>
internal sealed partial class PollWriter(PollStore store, CommitQueue commits, NoticeSender notices, TimeProvider time, ILogger<PollWriter> logger)
{
    /// <summary>The most devices in a transaction: other writers wait for it.</summary>
    private const int MostDevices = 250;

    private readonly Lock _lock = new();
    private readonly HashSet<PolledDevice> _changed = [];

    /// <summary>A device has something to write.</summary>
    public void Add(PolledDevice device)
    {
        lock (_lock)
        {
            _ = _changed.Add(device);
        }
    }

    /// <summary>Writes all that there is.</summary>
    /// <returns>The devices that are another server's by now, or gone.</returns>
    public async Task<IReadOnlyList<PolledDevice>> FlushAsync(CancellationToken cancellationToken)
    {
        PolledDevice[] changed;
        lock (_lock)
        {
            changed = [.. _changed];
            _changed.Clear();
        }

        List<PolledDevice> lost = [];
        foreach (PolledDevice[] some in changed.Chunk(MostDevices))
        {
            PollWrite[] writes = [.. some.Select(device => device.BeginWrite()).OfType<PollWrite>()];
            try
            {
                bool[] written = await commits.EnqueueAsync(
                    async unit =>
                    {
                        bool[] done = new bool[writes.Length];
                        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
                        for (int i = 0; i < writes.Length; i++)
                        {
                            done[i] = await store.WriteAsync(unit, writes[i], now);
                        }

                        return done;
                    },
                    cancellationToken);
                End(writes, written, lost);
            }
            catch (Exception e) when (e is DbException or OperationCanceledException)
            {
                foreach (PollWrite write in writes)
                {
                    write.Device.EndWrite(write, isWritten: false);
                    Add(write.Device);
                }

                if (e is DbException)
                {
                    LogAway(logger, e.Message);
                }
            }
        }

        return lost;
    }

    private void End(PollWrite[] writes, bool[] written, List<PolledDevice> lost)
    {
        bool isNews = false;
        for (int i = 0; i < writes.Length; i++)
        {
            writes[i].Device.EndWrite(writes[i], isWritten: true);
            isNews |= written[i] && writes[i].Events.Any(happened => happened.IsNews);
            if (!written[i])
            {
                lost.Add(writes[i].Device);
            }
        }

        if (isNews)
        {
            notices.Wake();
        }
    }

    [LoggerMessage(1220, LogLevel.Warning, "What polls of devices found cannot be written at the moment, the database is away: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
