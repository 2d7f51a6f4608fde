using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>An account that is deleted takes its authenticator along.</summary>
internal sealed class AuthenticatorsOfDeleted : IAccountDeletion
{
    public Task DeletedAsync(UnitOfWork unit, long tenantId, long accountId) => AuthenticatorStore.DeleteAsync(unit, tenantId, accountId);
}
