using System.Globalization;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Decisions in words: for the operator, with the figures, and for the guest, without.</summary>
internal static class GuardText
{
    /// <summary>Why, as the list of decisions and the server's log have it.</summary>
    public static string ReasonOf(GuardCause cause, GuardQuestion question, GuardFacts facts) => cause switch
    {
        GuardCause.Prefix => Invariant($"The policy has no prefix for numbers such as {question.Phone.Masked}."),
        GuardCause.PerPhone => Invariant($"{facts.PhoneToday} codes were sent to this number today; {question.Policy.PerPhonePerDay} are allowed."),
        GuardCause.PerAddress => Invariant($"{facts.SourceThisHour} codes were ordered from there this hour; {question.Policy.PerAddressPerHour} are allowed."),
        GuardCause.PerTenant => Invariant($"{facts.TenantToday} codes were sent today; {question.Policy.PerTenantPerDay} are allowed."),
        GuardCause.Budget or GuardCause.BudgetNear =>
            Invariant($"{facts.SegmentsToday} segments were sent today; the budget is {question.Policy.DailyBudget}."),
        GuardCause.SourceHour => Pumping("ordered from there", "hour", facts.SourceHour, GuardRules.LeastPerHour),
        GuardCause.SourceDay => Pumping("ordered from there", "day", facts.SourceDay, GuardRules.LeastPerDay),
        GuardCause.CountryHour => Pumping("sent to this country", "hour", facts.CountryHour, GuardRules.LeastPerHour),
        GuardCause.CountryDay => Pumping("sent to this country", "day", facts.CountryDay, GuardRules.LeastPerDay),
        _ => Invariant(
            $"Codes were ordered from there today to {string.Join(", ", facts.SourceCountries.Order(StringComparer.Ordinal))} and not verified, and now to {facts.Country}; {GuardRules.MostCountries} countries are allowed."),
    };

    /// <summary>What the guest is told; it says nothing of others, nor of accounts.</summary>
    public static string SentenceOf(GuardCause cause) => cause switch
    {
        GuardCause.Prefix => "No codes are sent to this number's country or network.",
        GuardCause.PerPhone => "This number has had its codes for today.",
        GuardCause.PerAddress => "Too many codes were asked for from here; try again later.",
        GuardCause.PerTenant or GuardCause.Budget => "No more codes are sent today.",
        _ => "No code can be sent to this number at the moment; try again later.",
    };

    private static string Pumping(string what, string window, GuardTally tally, int least) => Invariant(
        $"{tally.Unverified} codes {what} this {window} were not verified, {tally.Verified} were; {GuardRules.AllowedUnverified(tally, least)} may go unverified.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
