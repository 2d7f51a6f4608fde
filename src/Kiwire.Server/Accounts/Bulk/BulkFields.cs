using System.Collections.Frozen;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>The fields of files of users or vouchers: those that are taken in, and those that exports have besides, which say what was and are passed over.</summary>
internal sealed class BulkFields
{
    /// <summary>The same as <see cref="Expiry"/>, as exports call it.</summary>
    public const string ExpiresAt = "expiresAt";

    public const string Expiry = "expiry";
    public const string Macs = "macs";

    private static readonly string[] ReadOnly = ["firstLoginAt", "usedSeconds", "usedInOctets", "usedOutOctets", "createdAt"];

    private readonly FrozenDictionary<string, int> _places;

    private BulkFields(AccountKind kind, string[] taken, string[] exported)
    {
        Kind = kind;
        Taken = taken;
        Exported = exported;
        _places = taken.Select((name, i) => KeyValuePair.Create(name, i)).Concat(ReadOnly.Select(name => KeyValuePair.Create(name, -1)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public static BulkFields Users { get; } = new(
        AccountKind.User,
        ["username", "password", "fullName", "email", "phone", "profile", "remark", "status", "allowNas", Expiry, ExpiresAt, Macs, "integration", "statistics"],
        ["username", "fullName", "email", "phone", "profile", "remark", "status", "allowNas", ExpiresAt, Macs, "integration", "statistics", .. ReadOnly]);

    public static BulkFields Vouchers { get; } = new(
        AccountKind.Voucher,
        ["code", "profile", "remark", "status", "allowNas", Expiry, ExpiresAt, Macs],
        ["code", "profile", "remark", "status", "allowNas", ExpiresAt, Macs, .. ReadOnly]);

    public AccountKind Kind { get; }

    /// <summary>Those that an import takes in; the first is the name.</summary>
    public IReadOnlyList<string> Taken { get; }

    /// <summary>Those that an export has, in this order.</summary>
    public IReadOnlyList<string> Exported { get; }

    /// <summary>The field that names an account.</summary>
    public string Name => Taken[0];

    /// <summary>A field's place in <see cref="Taken"/>, whatever the case; -1: it is passed over; null: there is none of that name.</summary>
    public int? PlaceOf(string name) => _places.TryGetValue(name, out int place) ? place : null;

    /// <summary>The place of a field that is there.</summary>
    public int this[string name] => _places[name];
}
