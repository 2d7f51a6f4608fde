using System.Collections.Concurrent;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The connectors that messages went by lately, from memory; read again when one changes.</summary>
internal sealed class SmsConnectorDirectory
{
    /// <summary>Full, all are forgotten and read again as they are needed.</summary>
    private const int Capacity = 4096;

    private readonly SmsConnectorStore _store;
    private readonly ConcurrentDictionary<(long TenantId, long ConnectorId), SmsConnector> _known = new();
    private long _changes;

    public SmsConnectorDirectory(SmsConnectorStore store, ChangeFeed changes)
    {
        _store = store;
        changes.Subscribe(change =>
        {
            if (change.Kind == ChangeKind.SmsConnector)
            {
                Interlocked.Increment(ref _changes);
                _known.Clear();
            }
        });
    }

    /// <summary>Null: there is none any more.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SmsConnector?> GetAsync(long tenantId, long connectorId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenantId, connectorId), out SmsConnector? known))
        {
            return known;
        }

        long before = Interlocked.Read(ref _changes);
        SmsConnector? found = await _store.GetAsync(tenantId, connectorId, cancellationToken);
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        // What changed while it was read may be newer than what was read.
        if (found is not null && _known.TryAdd((tenantId, connectorId), found) && Interlocked.Read(ref _changes) != before)
        {
            _known.TryRemove((tenantId, connectorId), out _);
        }

        return found;
    }
}
