using System.Collections.Concurrent;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Portal;

/// <summary>Connectors' pictures, which the portal shows, from memory; read again when a connector changes.</summary>
internal sealed class PortalLogos
{
    /// <summary>Full, all are forgotten and read again as they are needed.</summary>
    private const int Capacity = 128;

    private readonly SmsConnectorStore _store;
    private readonly ConcurrentDictionary<(long TenantId, long ConnectorId), SmsLogo?> _known = new();
    private long _changes;

    public PortalLogos(SmsConnectorStore store, ChangeFeed changes)
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

    /// <summary>Null: the connector has none.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async ValueTask<SmsLogo?> GetAsync(long tenantId, long connectorId, CancellationToken cancellationToken)
    {
        SmsLogo? known = null;
        if (connectorId == 0 || _known.TryGetValue((tenantId, connectorId), out known))
        {
            return known;
        }

        long before = Interlocked.Read(ref _changes);
        SmsLogo? found = await _store.FindLogoAsync(tenantId, connectorId, cancellationToken);
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        // What changed while it was read may be newer than what was read.
        if (_known.TryAdd((tenantId, connectorId), found) && Interlocked.Read(ref _changes) != before)
        {
            _known.TryRemove((tenantId, connectorId), out _);
        }

        return found;
    }
}
