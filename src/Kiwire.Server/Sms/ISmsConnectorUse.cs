using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>
/// Whoever keeps connectors by their identifiers, a policy for one, says so here: a connector that is chosen cannot be made inactive or
/// deleted. Rooms add their own to the container.
/// </summary>
internal interface ISmsConnectorUse
{
    /// <summary>What chose the connector, as an operator calls it (<c>the SMS policy</c>); null: nothing.</summary>
    Task<string?> FindUseAsync(UnitOfWork unit, long tenantId, long connectorId);
}
