using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>How many vouchers to make, and of what kind. Null: the default.</summary>
internal sealed record VoucherOrder
{
    public const string DefaultPrefix = "V_";
    public const int DefaultQuantity = 10;
    public const int MaxQuantity = 10_000;

    public string? Prefix { get; init; }

    public int? Quantity { get; init; }

    /// <summary>A profile's name; <see cref="ProfileStore.TemporaryName"/> when not given.</summary>
    public string? Profile { get; init; }

    /// <summary>As <see cref="AccountSettings.AllowNas"/>.</summary>
    public string? AllowNas { get; init; }

    /// <summary>As <see cref="AccountSettings.Expiry"/>; the end of tomorrow when not given.</summary>
    public string? Expiry { get; init; }

    /// <summary>Tomorrow's date when not given.</summary>
    public string? Remark { get; init; }
}

/// <summary>What became of an order.</summary>
internal abstract record VoucherOutcome
{
    private VoucherOutcome()
    {
    }

    /// <summary>They are in the database, and log in at once.</summary>
    public sealed record Created(IReadOnlyList<string> Codes) : VoucherOutcome;

    /// <summary>Nothing was made: the fields say what is wrong.</summary>
    public sealed record Refused(IReadOnlyList<FieldFault> Faults) : VoucherOutcome;
}
