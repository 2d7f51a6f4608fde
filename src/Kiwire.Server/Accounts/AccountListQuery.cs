using System.Globalization;
using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>What a list of accounts is ordered by.</summary>
internal enum AccountSort
{
    /// <summary>As names are compared.</summary>
    Name,

    /// <summary>The order in which they were made.</summary>
    CreatedAt,

    /// <summary>Those that never expire come last.</summary>
    ExpiresAt,
}

/// <summary>
/// Which accounts, in which order. Only such combinations exist as an index answers; <see cref="AccountListRequest"/> refuses the others.
/// Null: any.
/// </summary>
internal sealed record AccountListQuery
{
    public required AccountKind Kind { get; init; }

    public AccountSort Sort { get; init; }

    public bool Descending { get; init; }

    public bool? Active { get; init; }

    public long? ProfileId { get; init; }

    /// <summary>The names' beginning, as <see cref="AccountName.KeyOf"/> has it.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Vouchers only.</summary>
    public string? Remark { get; init; }

    public string? Phone { get; init; }

    /// <summary>Whatever the case.</summary>
    public string? Email { get; init; }

    /// <summary>None: any.</summary>
    public MacAddress Mac { get; init; }

    /// <summary>Unix milliseconds, exclusive.</summary>
    public long? ExpiresBefore { get; init; }

    /// <summary>Unix milliseconds, inclusive.</summary>
    public long? ExpiresAfter { get; init; }

    /// <summary>Whether few accounts are wanted, of which any may be asked and in any order.</summary>
    public bool IsNarrow => Phone is not null || Email is not null || !Mac.IsNone;
}

/// <summary>Where a list of accounts goes on: the sort key of the last one seen.</summary>
/// <param name="NameKey">Sorted by name.</param>
/// <param name="AccountId">Sorted by another.</param>
/// <param name="ExpiryKey">Sorted by expiry.</param>
internal readonly record struct AccountListPlace(string NameKey, long AccountId, long ExpiryKey)
{
    /// <summary>What stands for an expiry that never comes.</summary>
    public const long Never = long.MaxValue;

    public static AccountListPlace Of(AccountRecord record) => new(record.NameKey, record.AccountId, record.ExpiresAt ?? Never);

    /// <summary>What <see cref="ToKey"/> wrote; null: it is something else.</summary>
    public static AccountListPlace? Read(string[] key) =>
        key is [var name, var id, var expiry]
        && long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long accountId)
        && long.TryParse(expiry, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long expiryKey)
        && !name.Contains('\0', StringComparison.Ordinal)
            ? new AccountListPlace(name, accountId, expiryKey)
            : null;

    public string[] ToKey() => [NameKey, AccountId.ToString(CultureInfo.InvariantCulture), ExpiryKey.ToString(CultureInfo.InvariantCulture)];
}
