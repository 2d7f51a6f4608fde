namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// The judgement, as a pure function. A code is judged as if it were sent and never verified: so there are never more such codes than are
/// allowed, and those who verify theirs make room for others.
/// </summary>
internal static class GuardRules
{
    public const int LeastPerHour = 5;
    public const int LeastPerDay = 10;
    public const int PercentOfVerified = 20;
    public const int MostCountries = 3;

    /// <summary>From how much of the budget on there is a warning.</summary>
    public const int BudgetWarningPercent = 80;

    /// <summary>The limit that stands against it, whatever the guard's mode; null: none.</summary>
    public static GuardCause? FindLimit(SmsPolicy policy, GuardFacts facts) => facts switch
    {
        { IsAdmitted: false } => GuardCause.Prefix,
        _ when facts.PhoneToday >= policy.PerPhonePerDay => GuardCause.PerPhone,
        { HasSource: true } when facts.SourceThisHour >= policy.PerAddressPerHour => GuardCause.PerAddress,
        _ when facts.TenantToday >= policy.PerTenantPerDay => GuardCause.PerTenant,
        _ when policy.DailyBudget > 0 && facts.SegmentsToday + facts.Segments > policy.DailyBudget => GuardCause.Budget,
        _ => null,
    };

    /// <summary>What looks like pumping: each is reason enough to stop.</summary>
    public static IEnumerable<GuardCause> FindStops(GuardFacts facts)
    {
        if (!facts.IsCounted)
        {
            yield break;
        }

        if (facts.HasSource)
        {
            if (IsTooMany(facts.SourceHour, LeastPerHour))
            {
                yield return GuardCause.SourceHour;
            }

            if (IsTooMany(facts.SourceDay, LeastPerDay))
            {
                yield return GuardCause.SourceDay;
            }

            if (IsTooManyCountries(facts.SourceCountries, facts.Country))
            {
                yield return GuardCause.SourceCountries;
            }
        }

        if (IsTooMany(facts.CountryHour, LeastPerHour))
        {
            yield return GuardCause.CountryHour;
        }

        if (IsTooMany(facts.CountryDay, LeastPerDay))
        {
            yield return GuardCause.CountryDay;
        }
    }

    /// <summary>How many codes may be sent in a window and never verified.</summary>
    public static long AllowedUnverified(GuardTally tally, int least) =>
        Math.Max(least, Math.Max(tally.Verified, tally.VerifiedBefore) * PercentOfVerified / 100);

    /// <summary>Whether one more would be more than may be.</summary>
    public static bool IsTooMany(GuardTally tally, int least) => tally.Unverified + 1 > AllowedUnverified(tally, least);

    private static bool IsTooManyCountries(IReadOnlyCollection<string> countries, string one) =>
        countries.Count + (countries.Contains(one) ? 0 : 1) > MostCountries;

    /// <summary>Whether this much of the budget is spent that somebody should know.</summary>
    public static bool IsBudgetNear(long segments, int budget) => budget > 0 && segments * 100 >= (long)budget * BudgetWarningPercent;
}
