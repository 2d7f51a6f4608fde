using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>What was given for an account, checked and in the form that it is stored in. Null: not given.</summary>
internal sealed class AccountDraft
{
    public string? Name { get; set; }

    /// <summary>UTF-8.</summary>
    public byte[]? Password { get; set; }

    public string? FullName { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public string? Profile { get; set; }

    public string? Remark { get; set; }

    public bool? Active { get; set; }

    public string? AllowNas { get; set; }

    /// <summary>Whether <see cref="ExpiresAt"/> is given; null is a value of it.</summary>
    public bool HasExpiry { get; set; }

    /// <summary>Unix milliseconds; null: never.</summary>
    public long? ExpiresAt { get; set; }

    public IReadOnlyList<MacAddress>? Macs { get; set; }

    public string? Integration { get; set; }

    public string? Statistics { get; set; }
}
