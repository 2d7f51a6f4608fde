namespace Kiwire.Server.OneTimeCodes;

/// <summary>What speaks against a code. Numbers are the database's.</summary>
internal enum GuardCause
{
    /// <summary>The policy has no prefix for the number.</summary>
    Prefix = 0,

    PerPhone = 1,

    PerAddress = 2,

    PerTenant = 3,

    Budget = 4,

    /// <summary>One source, too many codes in an hour that nobody verified.</summary>
    SourceHour = 5,

    /// <summary>One source, too many codes in a day that nobody verified.</summary>
    SourceDay = 6,

    /// <summary>One source, codes to too many countries in a day.</summary>
    SourceCountries = 7,

    /// <summary>One country, too many codes in an hour that nobody verified.</summary>
    CountryHour = 8,

    /// <summary>One country, too many codes in a day that nobody verified.</summary>
    CountryDay = 9,

    /// <summary>The budget is nearly spent; nothing is refused yet.</summary>
    BudgetNear = 10,
}

/// <summary>What was done about it. Numbers are the database's.</summary>
internal enum GuardOutcome
{
    /// <summary>A limit: this request got no code.</summary>
    Refused = 0,

    /// <summary>The source or country gets no codes until the window is over.</summary>
    Stopped = 1,

    /// <summary>It would have been stopped, were the guard told to enforce.</summary>
    Recorded = 2,

    /// <summary>Nothing but a warning.</summary>
    Noticed = 3,
}

/// <summary>Why a stop was over before its window. Numbers are the database's.</summary>
internal enum GuardEnding
{
    /// <summary>Enough of its codes were verified.</summary>
    Verified = 0,

    /// <summary>Somebody lifted it.</summary>
    Lifted = 1,
}
