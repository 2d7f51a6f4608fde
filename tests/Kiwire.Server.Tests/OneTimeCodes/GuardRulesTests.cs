using FsCheck;
using FsCheck.Fluent;
using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>The figures of the guard against message pumping, and what must hold whatever the counters say.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class GuardRulesTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20_261_122, 7_654_321);

    [TestCase(4, 0, 0, false)]
    [TestCase(5, 0, 0, true)]
    [TestCase(5, 25, 0, true)]
    [TestCase(5, 30, 0, false, Description = "20 % of 30 are 6")]
    [TestCase(6, 30, 0, true)]
    [TestCase(19, 100, 0, false)]
    [TestCase(20, 100, 0, true)]
    [TestCase(19, 0, 100, false, Description = "a new hour begins with what the last one was worth")]
    [TestCase(20, 0, 100, true)]
    public void An_hour_has_5_unverified_codes_or_a_fifth_of_the_verified(long unverified, long verified, long before, bool isStopped)
    {
        GuardTally tally = new(unverified, verified, before);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GuardRules.FindStops(Facts with { SourceHour = tally }).Contains(GuardCause.SourceHour), Is.EqualTo(isStopped));
            Assert.That(GuardRules.FindStops(Facts with { CountryHour = tally }).Contains(GuardCause.CountryHour), Is.EqualTo(isStopped));
        }
    }

    [TestCase(9, 0, false)]
    [TestCase(10, 0, true)]
    [TestCase(10, 55, false)]
    [TestCase(11, 55, true)]
    public void A_day_has_10_unverified_codes_or_a_fifth_of_the_verified(long unverified, long verified, bool isStopped)
    {
        GuardTally tally = new(unverified, verified);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GuardRules.FindStops(Facts with { SourceDay = tally }).Contains(GuardCause.SourceDay), Is.EqualTo(isStopped));
            Assert.That(GuardRules.FindStops(Facts with { CountryDay = tally }).Contains(GuardCause.CountryDay), Is.EqualTo(isStopped));
        }
    }

    [TestCase("MY SG", "TH", false)]
    [TestCase("MY SG TH", "TH", false)]
    [TestCase("MY SG TH", "ID", true)]
    public void A_source_has_3_countries_a_day(string before, string now, bool isStopped) => Assert.That(
        GuardRules.FindStops(Facts with { SourceCountries = before.Split(' '), Country = now }).Contains(GuardCause.SourceCountries), Is.EqualTo(isStopped));

    [Test]
    public void Where_the_source_is_not_known_only_the_country_counts()
    {
        GuardTally much = new(1000, 0);
        GuardFacts facts = Facts with { HasSource = false, SourceHour = much, SourceDay = much, SourceThisHour = 1000, CountryHour = much };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GuardRules.FindStops(facts), Is.EqualTo((GuardCause[])[GuardCause.CountryHour]));
            Assert.That(GuardRules.FindLimit(new SmsPolicy(), facts), Is.Null);
        }
    }

    [Test]
    public void Each_limit_lets_its_figure_through_and_no_more()
    {
        SmsPolicy policy = new() { PerPhonePerDay = 3, PerAddressPerHour = 5, PerTenantPerDay = 7, DailyBudget = 20 };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GuardRules.FindLimit(policy, Facts with { PhoneToday = 2, SourceThisHour = 4, TenantToday = 6, SegmentsToday = 18, Segments = 2 }), Is.Null);
            Assert.That(GuardRules.FindLimit(policy, Facts with { PhoneToday = 3 }), Is.EqualTo(GuardCause.PerPhone));
            Assert.That(GuardRules.FindLimit(policy, Facts with { SourceThisHour = 5 }), Is.EqualTo(GuardCause.PerAddress));
            Assert.That(GuardRules.FindLimit(policy, Facts with { TenantToday = 7 }), Is.EqualTo(GuardCause.PerTenant));
            Assert.That(GuardRules.FindLimit(policy, Facts with { SegmentsToday = 19, Segments = 2 }), Is.EqualTo(GuardCause.Budget));
            Assert.That(GuardRules.FindLimit(policy with { DailyBudget = 0 }, Facts with { SegmentsToday = long.MaxValue - 9 }), Is.Null);
            Assert.That(GuardRules.FindLimit(policy, Facts with { IsAdmitted = false, PhoneToday = 3 }), Is.EqualTo(GuardCause.Prefix));
        }
    }

    [TestCase(79, 100, false)]
    [TestCase(80, 100, true)]
    [TestCase(1000, 0, false)]
    public void Of_the_budget_80_percent_are_near_its_end(long segments, int budget, bool isNear) =>
        Assert.That(GuardRules.IsBudgetNear(segments, budget), Is.EqualTo(isNear));

    [Test]
    public void A_known_number_and_an_allowed_one_are_never_stopped() => Prop.ForAll(
        AnyFacts().ToArbitrary(),
        facts => !GuardRules.FindStops(facts with { IsKnown = true }).Any() && !GuardRules.FindStops(facts with { IsAllowed = true }).Any()).Check(Seeded);

    [Test]
    public void Who_has_verified_more_is_never_the_more_stopped() => Prop.ForAll(
        AnyFacts().ToArbitrary(),
        Gen.Choose(0, 50).ToArbitrary(),
        (facts, more) => GuardRules.FindStops(facts with
        {
            SourceHour = facts.SourceHour with { Verified = facts.SourceHour.Verified + more },
            CountryDay = facts.CountryDay with { VerifiedBefore = facts.CountryDay.VerifiedBefore + more },
        }).All(cause => GuardRules.FindStops(facts).Contains(cause))).Check(Seeded);

    [Test]
    public void Who_leaves_more_unverified_is_never_the_less_stopped() => Prop.ForAll(
        AnyFacts().ToArbitrary(),
        Gen.Choose(0, 50).ToArbitrary(),
        (facts, more) => GuardRules.FindStops(facts).All(cause => GuardRules.FindStops(facts with
        {
            SourceHour = facts.SourceHour with { Unverified = facts.SourceHour.Unverified + more },
            CountryDay = facts.CountryDay with { Unverified = facts.CountryDay.Unverified + more },
        }).Contains(cause))).Check(Seeded);

    [Test]
    public void A_source_never_has_more_codes_unverified_than_allowed_whoever_verifies_which() => Prop.ForAll(
        Gen.Choose(0, 9).ListOf().ToArbitrary(),
        steps =>
        {
            GuardTally tally = default;
            foreach (int step in steps)
            {
                bool mayVerify = step < 4 && tally.Unverified > 0;
                tally = mayVerify ? new GuardTally(tally.Unverified - 1, tally.Verified + 1)
                    : GuardRules.FindStops(Facts with { SourceHour = tally }).Any() ? tally
                    : tally with { Unverified = tally.Unverified + 1 };
                if (tally.Unverified > Math.Max(GuardRules.LeastPerHour, tally.Verified * GuardRules.PercentOfVerified / 100))
                {
                    return false;
                }
            }

            return true;
        }).Check(Seeded);

    private static GuardFacts Facts => new() { HasSource = true, Country = "MY" };

    private static Gen<GuardFacts> AnyFacts() =>
        from numbers in Gen.Choose(0, 60).ArrayOf(12)
        from source in Gen.Elements(true, false)
        from countries in Gen.SubListOf("MY", "SG", "TH", "ID", "PH")
        select new GuardFacts
        {
            HasSource = source,
            SourceHour = new GuardTally(numbers[0], numbers[1], numbers[2]),
            SourceDay = new GuardTally(numbers[3], numbers[4], numbers[5]),
            CountryHour = new GuardTally(numbers[6], numbers[7], numbers[8]),
            CountryDay = new GuardTally(numbers[9], numbers[10], numbers[11]),
            Country = "MY",
            SourceCountries = [.. countries],
        };
}
