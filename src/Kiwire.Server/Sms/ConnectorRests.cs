using System.Collections.Concurrent;

namespace Kiwire.Server.Sms;

/// <summary>
/// Connectors that failed five times in a row rest for 30 seconds, on this server. What a gateway refuses for good (a wrong number) is no
/// failure of its own.
/// </summary>
internal sealed class ConnectorRests(TimeProvider time)
{
    private const int FailuresInARow = 5;
    private const int Capacity = 4096;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, (int Failures, DateTimeOffset RestsUntil)> _states = new();

    /// <summary>Until when it is left alone; null: it may be tried.</summary>
    public DateTimeOffset? FindEnd(long connectorId) =>
        _states.TryGetValue(connectorId, out var state) && state.RestsUntil > time.GetUtcNow() ? state.RestsUntil : null;

    public void Report(long connectorId, SmsOutcome outcome)
    {
        switch (outcome)
        {
            case SmsOutcome.Sent:
                _states.TryRemove(connectorId, out _);
                break;
            case SmsOutcome.Retry:
                if (_states.Count >= Capacity)
                {
                    _states.Clear();
                }

                // After the rest one more failure begins the next.
                _states.AddOrUpdate(
                    connectorId,
                    _ => (1, default),
                    (_, state) => state.Failures + 1 >= FailuresInARow ? (state.Failures + 1, time.GetUtcNow() + Rest) : (state.Failures + 1, default));
                break;
            default:
                break;
        }
    }
}
