using System.Text.Json;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Api;

/// <summary>Accounts as messages are for them.</summary>
internal sealed class AccountRecipients(AccountStore accounts, AccountListStore lists, ProfileDirectory profiles, TenantDirectory tenants) : ISmsRecipients
{
    public async Task<SmsRecipient?> FindAsync(long tenantId, string account, CancellationToken cancellationToken) =>
        await accounts.FindAsync(tenantId, account, cancellationToken) is { } found
            ? Of(tenantId, found.Name, found.Phone, found.ProfileName, found.ExpiresAt)
            : null;

    public IReadOnlyList<FieldFault> FindFaults(long tenantId, SmsRecipientFilter filter)
    {
        _ = QueryOf(tenantId, filter, out List<FieldFault> faults);
        return [.. faults.Select(fault => fault with { Field = "filter." + fault.Field })];
    }

    public async Task<SmsRecipientPortion> ReadAsync(
        long tenantId, SmsRecipientFilter filter, string? place, int limit, CancellationToken cancellationToken)
    {
        AccountListPlace? after = place is null ? null : AccountListPlace.Read(JsonSerializer.Deserialize<string[]>(place) ?? []);
        AccountListQuery query = QueryOf(tenantId, filter, out List<FieldFault> faults);
        if (faults.Count > 0)
        {
            // Without the profile that is gone it would match everybody.
            throw new InvalidOperationException("The filter has faults: " + faults[0].Message);
        }

        IReadOnlyList<AccountRecord> found = await lists.ReadAsync(tenantId, query, after, limit, cancellationToken)
            ?? throw new InvalidOperationException("A list of accounts without phone, email or device is never too long.");
        return new SmsRecipientPortion(
            [.. found.Select(account => Of(tenantId, account.Name, account.Phone, account.ProfileName, account.ExpiresAt))],
            found.Count < limit ? null : JsonSerializer.Serialize(AccountListPlace.Of(found[^1]).ToKey()));
    }

    private AccountListQuery QueryOf(long tenantId, SmsRecipientFilter filter, out List<FieldFault> faults) => new AccountListRequest
    {
        Status = filter.Status,
        Profile = filter.Profile,
        Q = filter.Q,
        ExpiresBefore = filter.ExpiresBefore,
        ExpiresAfter = filter.ExpiresAfter,
    }.ToQuery(tenantId, AccountKind.User, remark: null, profiles, out faults);

    // The guest reads a date, and it is the tenant's.
    private SmsRecipient Of(long tenantId, string name, string phone, string? profile, long? expiresAt) => new()
    {
        Account = name,
        Phone = phone,
        Profile = profile ?? "",
        ExpiresAt = expiresAt is { } at ? TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), ZoneOf(tenantId)) : null,
    };

    private TimeZoneInfo ZoneOf(long tenantId) => tenants.TryGet(tenantId, out Tenant? tenant) ? tenant.TimeZone : TimeZoneInfo.Utc;
}
