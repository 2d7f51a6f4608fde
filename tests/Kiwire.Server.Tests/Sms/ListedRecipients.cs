using System.Globalization;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Sms;

/// <summary>Accounts in a list; the filter's profile picks from it, and there are the profiles that an account has.</summary>
internal sealed class ListedRecipients : ISmsRecipients
{
    public List<SmsRecipient> Accounts { get; } = [];

    public void Add(string account, string phone, string profile = "gold", DateTimeOffset? expiresAt = null) =>
        Accounts.Add(new SmsRecipient { Account = account, Phone = phone, Profile = profile, ExpiresAt = expiresAt });

    /// <summary>Accounts u0000 on, each with a number of its own.</summary>
    public void AddMany(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Add($"u{i:D4}", $"+6012{3_000_000 + i}");
        }
    }

    public Task<SmsRecipient?> FindAsync(long tenantId, string account, CancellationToken cancellationToken) =>
        Task.FromResult(Accounts.Find(one => one.Account == account));

    public IReadOnlyList<FieldFault> FindFaults(long tenantId, SmsRecipientFilter filter) =>
        filter.Profile is { } profile && !Accounts.Exists(account => account.Profile == profile)
            ? [new FieldFault("filter.profile", $"is '{profile}', which is no profile of yours.")]
            : [];

    public Task<SmsRecipientPortion> ReadAsync(long tenantId, SmsRecipientFilter filter, string? place, int limit, CancellationToken cancellationToken)
    {
        SmsRecipient[] matching = [.. Accounts.Where(account => filter.Profile is null || account.Profile == filter.Profile)];
        int begin = place is null ? 0 : int.Parse(place, CultureInfo.InvariantCulture);
        SmsRecipient[] found = [.. matching.Skip(begin).Take(limit)];
        return Task.FromResult(new SmsRecipientPortion(found, found.Length < limit ? null : (begin + found.Length).ToString(CultureInfo.InvariantCulture)));
    }
}
