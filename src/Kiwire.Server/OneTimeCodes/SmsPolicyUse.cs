using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Keeps what an SMS policy has chosen from being deleted or made inactive.</summary>
internal sealed class SmsPolicyUse : ISmsConnectorUse, IUse
{
    private const string Name = "the SMS policy";

    public async Task<string?> FindUseAsync(UnitOfWork unit, long tenantId, long connectorId) =>
        (await SmsPolicyStore.GetAsync(unit, tenantId)).Connectors.Contains(connectorId) ? Name : null;

    public async Task<string?> FindUseAsync(UnitOfWork unit, long tenantId, UsedKind kind, long id)
    {
        SmsPolicy policy = await SmsPolicyStore.GetAsync(unit, tenantId);
        long chosen = kind switch
        {
            UsedKind.SmsTemplate => policy.TemplateId,
            UsedKind.Profile => policy.ProfileId,
            UsedKind.Zone => policy.ZoneId,
            _ => 0,
        };
        return chosen == id ? Name : null;
    }
}
