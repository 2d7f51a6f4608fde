using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The connectors that messages went by lately, from memory; read again when one changes.</summary>
internal sealed class SmsConnectorDirectory(SmsConnectorStore store, ChangeFeed changes)
{
    private const int Capacity = 4096;

    private readonly RowMemory<SmsConnector> _connectors = new(changes, ChangeKind.SmsConnector, Capacity, keepsMissing: false, store.GetAsync);

    /// <summary>Null: there is none any more.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public ValueTask<SmsConnector?> GetAsync(long tenantId, long connectorId, CancellationToken cancellationToken) =>
        _connectors.GetAsync(tenantId, connectorId, cancellationToken);
}
