using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>Finds accounts that messages are for; the room that knows both accounts and messages says how.</summary>
internal interface ISmsRecipients
{
    /// <summary>Null: the tenant has no such account.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    Task<SmsRecipient?> FindAsync(long tenantId, string account, CancellationToken cancellationToken);

    /// <summary>What keeps a filter from being used.</summary>
    IReadOnlyList<FieldFault> FindFaults(long tenantId, SmsRecipientFilter filter);

    /// <summary>The next of the accounts that a filter matches, one that nothing is wrong with.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="place">Where the last portion ended; null: at the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    Task<SmsRecipientPortion> ReadAsync(long tenantId, SmsRecipientFilter filter, string? place, int limit, CancellationToken cancellationToken);
}

/// <summary>Some accounts of many.</summary>
/// <param name="Recipients">The accounts.</param>
/// <param name="Next">Where the next portion begins; null: there is none.</param>
internal sealed record SmsRecipientPortion(IReadOnlyList<SmsRecipient> Recipients, string? Next);

/// <summary>Which accounts a campaign is for; what is null is not asked for.</summary>
internal sealed record SmsRecipientFilter
{
    public string? Status { get; init; }

    public string? Profile { get; init; }

    public string? Q { get; init; }

    public DateTimeOffset? ExpiresBefore { get; init; }

    public DateTimeOffset? ExpiresAfter { get; init; }
}

/// <summary>An account, as far as a message needs it.</summary>
internal sealed record SmsRecipient
{
    public required string Account { get; init; }

    /// <summary>As it was saved.</summary>
    public required string Phone { get; init; }

    /// <summary>Empty: none.</summary>
    public required string Profile { get; init; }

    /// <summary>In the tenant's time zone; null: never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
