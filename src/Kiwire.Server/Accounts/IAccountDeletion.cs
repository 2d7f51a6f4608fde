using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>What another room keeps of an account and deletes with it; the accounts' room does not know the others.</summary>
internal interface IAccountDeletion
{
    /// <summary>The account is being deleted, in this transaction.</summary>
    Task DeletedAsync(UnitOfWork unit, long tenantId, long accountId);
}
