using Kiwire.Server.Accounts;
using Kiwire.Server.Sms;

namespace Kiwire.Server.Api;

/// <summary>Accounts as messages are for them.</summary>
internal sealed class AccountRecipients(AccountStore accounts) : ISmsRecipients
{
    public async Task<SmsRecipient?> FindAsync(long tenantId, string account, CancellationToken cancellationToken) =>
        await accounts.FindAsync(tenantId, account, cancellationToken) is { } found
            ? new SmsRecipient
            {
                Account = found.Name,
                Phone = found.Phone,
                Profile = found.ProfileName ?? "",
                ExpiresAt = found.ExpiresAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            }
            : null;
}
