using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>Tries a database that was away, each second, until it is back; so that readiness does not wait for somebody to need it.</summary>
internal sealed class DatabaseProbe(Database database, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<DatabaseProbe> log)
    : StorageService(lifetime, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            if (database.IsReachable)
            {
                continue;
            }

            try
            {
                await database.ProbeAsync(stoppingToken);
            }
            catch (DbException e)
            {
                database.Report(e);
            }
        }
    }
}
