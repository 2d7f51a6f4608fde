using Kiwire.Server.Network;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>Says in the program's log that a NAS does not answer: once an hour for each, whatever goes unanswered meanwhile.</summary>
internal sealed partial class SilenceNotices(TimeProvider time, ILogger<SilenceNotices> logger)
{
    private const int Limit = 4096;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(long TenantId, long NasId), DateTimeOffset> _told = [];

    /// <summary>A request went unanswered.</summary>
    public void Silent(NasEntry nas, System.Net.IPEndPoint endPoint)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            if (_told.TryGetValue((nas.TenantId, nas.NasId), out DateTimeOffset told) && now - told < Every)
            {
                return;
            }

            // Full, it forgets: at worst something is said twice.
            if (_told.Count >= Limit)
            {
                _told.Clear();
            }

            _told[(nas.TenantId, nas.NasId)] = now;
        }

        LogSilent(nas.Identity, nas.TenantId, endPoint);
    }

    [LoggerMessage(720, LogLevel.Warning,
        "NAS {Identity} (tenant {TenantId}) does not answer CoA- and Disconnect-Requests on {EndPoint}; the test of a NAS says what to look at. Said once an hour.")]
    private partial void LogSilent(string identity, long tenantId, System.Net.IPEndPoint endPoint);
}
