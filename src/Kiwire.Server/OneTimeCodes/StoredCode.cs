using Kiwire.Server.Network;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The last code that went to a number, as the database has it.</summary>
internal sealed record StoredCode
{
    public required long TenantId { get; init; }

    /// <summary>A keyed hash of the number.</summary>
    public required string PhoneHash { get; init; }

    /// <summary>Also the number of the message that carries it.</summary>
    public required long CodeId { get; init; }

    public required CodeKind Kind { get; init; }

    /// <summary>Encrypted; null: erased.</summary>
    public required byte[]? Code { get; init; }

    /// <summary>The number as the guest is shown it.</summary>
    public required string Recipient { get; init; }

    /// <summary>Wrong ones.</summary>
    public int Attempts { get; init; }

    /// <summary>Unix milliseconds, as all of these.</summary>
    public required long SentAt { get; init; }

    /// <summary>From then on another one may be asked for.</summary>
    public required long ResendAt { get; init; }

    public required long ExpiresAt { get; init; }

    /// <summary>Null: not yet.</summary>
    public long? UsedAt { get; init; }

    /// <summary>The device that used it.</summary>
    public MacAddress UsedDevice { get; init; }

    /// <summary>Until when that device may use it again; null: never.</summary>
    public long? ReuseUntil { get; init; }

    /// <summary>Whether it could be right: it is there, in date, not used, and was not guessed at too often.</summary>
    public bool IsAlive(long now, int maxAttempts) => Code is not null && UsedAt is null && now < ExpiresAt && Attempts < maxAttempts;

    /// <summary>Whether the device that used it may use it again (some NAS log in twice).</summary>
    public bool IsReusable(long now, MacAddress device) => Code is not null && UsedAt is not null && now < ReuseUntil && !device.IsNone && device == UsedDevice;
}

/// <summary>What a stored code is. The numbers are stored.</summary>
internal enum CodeKind
{
    /// <summary>A code that was sent.</summary>
    Code = 0,

    /// <summary>What a right code was exchanged for: good for one login.</summary>
    Pass = 1,

    /// <summary>A password that was sent, and makes the account with its first use.</summary>
    Password = 2,
}
