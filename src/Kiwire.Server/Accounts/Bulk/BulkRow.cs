using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>A row of a file that is being imported, as it was read. A class, and not a record, so that it does not print the password.</summary>
/// <param name="fields">What the file has.</param>
/// <param name="line">Where it begins; the first line is 1.</param>
internal sealed class BulkRow(BulkFields fields, long line)
{
    private readonly string?[] _values = new string?[fields.Taken.Count];

    public long Line => line;

    /// <summary>What could not be read; where there is something, the values do not count.</summary>
    public List<FieldFault> Faults { get; } = [];

    /// <summary>A value by its place in <see cref="BulkFields.Taken"/>; null: not given.</summary>
    public string? this[int place]
    {
        get => _values[place];
        set => _values[place] = value;
    }

    /// <summary>A value by its field's name.</summary>
    public string? this[string name] => _values[fields[name]];

    /// <summary>What is given for the account: for a voucher without its code, which is <see cref="Name"/>.</summary>
    public AccountSettings ToSettings() => fields.Kind == AccountKind.Voucher
        ? new AccountSettings
        {
            Profile = Given("profile"),
            Remark = this["remark"],
            Status = Given("status"),
            AllowNas = Given("allowNas"),
            Expiry = this[BulkFields.Expiry] ?? this[BulkFields.ExpiresAt],
            Mac = this[BulkFields.Macs],
        }
        : new AccountSettings
        {
            Password = Given("password"),
            FullName = this["fullName"],
            Email = this["email"],
            Phone = this["phone"],
            Profile = Given("profile"),
            Remark = this["remark"],
            Status = Given("status"),
            AllowNas = Given("allowNas"),
            Expiry = this[BulkFields.Expiry] ?? this[BulkFields.ExpiresAt],
            Mac = this[BulkFields.Macs],
            Integration = this["integration"],
            Statistics = this["statistics"],
        };

    /// <summary>The account's name; empty: it has none.</summary>
    public string Name => this[0] ?? "";

    // What an account cannot be without is not cleared by an empty cell.
    private string? Given(string name) => this[name] is { Length: > 0 } value ? value : null;
}
