namespace Kiwire.Server.OneTimeCodes;

/// <summary>What was sent from a source or to a country within a window.</summary>
/// <param name="Unverified">Codes to numbers of which none was verified.</param>
/// <param name="Verified">Codes that were.</param>
/// <param name="VerifiedBefore">The same of the window before: at the beginning of an hour nobody has verified anything yet.</param>
internal readonly record struct GuardTally(long Unverified, long Verified, long VerifiedBefore = 0);

/// <summary>All that the judgement of one request rests on.</summary>
internal sealed record GuardFacts
{
    /// <summary>Whether the policy's prefixes admit the number.</summary>
    public bool IsAdmitted { get; init; } = true;

    /// <summary>Whether a code of this number was verified within the last 30 days.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whether number or address is on the allow list.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>Whether it is known where the request comes from.</summary>
    public bool HasSource { get; init; }

    public long PhoneToday { get; init; }

    public long SourceThisHour { get; init; }

    public long TenantToday { get; init; }

    public long SegmentsToday { get; init; }

    /// <summary>Of the message that is to be sent.</summary>
    public int Segments { get; init; } = 1;

    public GuardTally SourceHour { get; init; }

    public GuardTally SourceDay { get; init; }

    public GuardTally CountryHour { get; init; }

    public GuardTally CountryDay { get; init; }

    public string Country { get; init; } = "";

    /// <summary>To which the source had codes sent today of which none was verified.</summary>
    public IReadOnlyCollection<string> SourceCountries { get; init; } = [];

    /// <summary>Whether the code will count as one that is not verified: it does not where no stop could be for it.</summary>
    public bool IsCounted => !IsKnown && !IsAllowed;
}
