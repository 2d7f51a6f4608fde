using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Portal;

/// <summary>Connectors' pictures, which the portal shows, from memory; read again when a connector changes.</summary>
internal sealed class PortalLogos(SmsConnectorStore store, ChangeFeed changes)
{
    private const int Capacity = 128;

    private readonly RowMemory<SmsLogo> _logos = new(changes, ChangeKind.SmsConnector, Capacity, keepsMissing: true, store.FindLogoAsync);

    /// <summary>Null: the connector has none.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public ValueTask<SmsLogo?> GetAsync(long tenantId, long connectorId, CancellationToken cancellationToken) =>
        connectorId == 0 ? default : _logos.GetAsync(tenantId, connectorId, cancellationToken);
}
