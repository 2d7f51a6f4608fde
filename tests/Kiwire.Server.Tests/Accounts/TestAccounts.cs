using System.Text;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>Entries for tests of what is in memory.</summary>
internal static class TestAccounts
{
    public static AccountEntry Entry(long tenantId, long accountId, string name, string password = "secret", AccountPresence? presence = null) =>
        new(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(password), isVoucher: false)
        {
            TenantId = tenantId,
            AccountId = accountId,
            Active = true,
            ProfileHolder = null,
            AllowNas = null,
            Macs = null,
            ExpiresAt = 0,
            FirstLoginAt = 0,
            Presence = presence ?? new AccountPresence { TenantId = tenantId, AccountId = accountId },
        };
}
