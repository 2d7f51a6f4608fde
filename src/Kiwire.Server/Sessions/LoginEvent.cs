using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>One decision on a login, on its way to the login history. Spans are copied when it is recorded.</summary>
internal readonly ref struct LoginEvent
{
    public required long TenantId { get; init; }

    /// <summary>From <see cref="Storage.IdSource"/>; also in the accept's Class.</summary>
    public required long LoginId { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>As sent, UTF-8 or whatever it was.</summary>
    public required ReadOnlySpan<byte> UserName { get; init; }

    /// <summary>0: no such account.</summary>
    public long AccountId { get; init; }

    public required long NasId { get; init; }

    public MacAddress Device { get; init; }

    /// <summary>Framed-IP-Address, IPv4-mapped; 0: none.</summary>
    public UInt128 ClientAddress { get; init; }

    public required LoginOutcome Outcome { get; init; }

    public required LoginMethod Method { get; init; }

    public required LoginReason Reason { get; init; }

    /// <summary>What was compared, in words, UTF-8, without secrets.</summary>
    public ReadOnlySpan<byte> Detail { get; init; }

    /// <summary>The answer's attributes that hold policy, as on the wire; none that hold a secret or prove something.</summary>
    public ReadOnlySpan<byte> Reply { get; init; }
}

/// <summary>How a login ended. The numbers are stored.</summary>
internal enum LoginOutcome : byte
{
    Rejected = 0,
    Accepted = 1,
    Challenged = 2,
}

/// <summary>How the client proved who it is. The numbers are stored in the journal.</summary>
internal enum LoginMethod : byte
{
    None = 0,
    Pap = 1,
    Chap = 2,
    MsChap = 3,
    MsChapV2 = 4,
    EapMd5 = 5,
    EapMsChapV2 = 6,
    EapGtc = 7,
    Mac = 8,

    /// <summary>By nothing: the device had been granted its entry (login/online).</summary>
    Grant = 9,
}

/// <summary>Why a login was refused: the first admission check that failed. The numbers are stored in the journal.</summary>
internal enum LoginReason : byte
{
    /// <summary>It was not.</summary>
    None = 0,
    WrongPassword = 1,
    Inactive = 2,
    Expired = 3,
    Zone = 4,
    Mac = 5,
    NoProfile = 6,
    NoCredit = 7,
    Volume = 8,
    Simultaneous = 9,

    /// <summary>Outside of the profile's login hours; looked at between <see cref="NoProfile"/> and <see cref="NoCredit"/>.</summary>
    Hours = 10,

    /// <summary>Check 10: a one-time code is asked for, and none could be sent.</summary>
    NoCode = 11,

    /// <summary>Ten wrong passwords in ten minutes.</summary>
    Lockout = 20,

    /// <summary>The request has no credentials, two kinds of them, or ones that cannot be read.</summary>
    BadRequest = 21,

    /// <summary>The tenant is suspended.</summary>
    TenantSuspended = 22,
}
