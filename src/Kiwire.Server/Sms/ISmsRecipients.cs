namespace Kiwire.Server.Sms;

/// <summary>Finds accounts that messages are for; the room that knows both accounts and messages says how.</summary>
internal interface ISmsRecipients
{
    /// <summary>Null: the tenant has no such account.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    Task<SmsRecipient?> FindAsync(long tenantId, string account, CancellationToken cancellationToken);
}

/// <summary>An account, as far as a message needs it.</summary>
internal sealed record SmsRecipient
{
    public required string Account { get; init; }

    /// <summary>As it was saved.</summary>
    public required string Phone { get; init; }

    /// <summary>Empty: none.</summary>
    public required string Profile { get; init; }

    /// <summary>Null: never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
