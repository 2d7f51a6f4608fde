using Kiwire.Snmp;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>Reads the poll sets at start, so that a fault in them stops it, and tells what is wrong in MIB files that no poll set needs.</summary>
internal sealed partial class PollSetStart(PollSetCatalog sets, ILogger<PollSetStart> logger) : IHostedService
{
    /// <summary>A vendor's folder may have a mistake in every file.</summary>
    private const int MostMistakes = 20;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (MibError mistake in sets.MibErrors.Take(MostMistakes))
        {
            LogMistake(mistake);
        }

        if (sets.MibErrors.Count > MostMistakes)
        {
            LogMore(sets.MibErrors.Count - MostMistakes);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1250, LogLevel.Warning, "A MIB file has a mistake, which costs no poll set anything: {Mistake}")]
    private partial void LogMistake(MibError mistake);

    [LoggerMessage(1251, LogLevel.Warning, "The MIB files have {Count} more mistakes")]
    private partial void LogMore(int count);
}
