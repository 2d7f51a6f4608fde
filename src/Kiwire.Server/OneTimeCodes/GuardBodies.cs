using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>How it stands with the guard at present.</summary>
internal sealed record GuardBody
{
    public required GuardMode Mode { get; init; }

    [Description("When the tenant's day began.")]
    public required DateTimeOffset DayBegan { get; init; }

    [Description("When it ends: limits of a day and the budget begin anew then.")]
    public required DateTimeOffset DayEnds { get; init; }

    [Description("Codes that were sent today.")]
    public required long SentToday { get; init; }

    [Description("How many may be.")]
    public required int PerTenantPerDay { get; init; }

    [Description("Null: there is none.")]
    public GuardBudgetBody? Budget { get; init; }

    [Description("The stops in force, the newest first; at most 100.")]
    public required IReadOnlyList<GuardDecisionBody> Stops { get; init; }

    [Description("Where the most codes were ordered that nobody verified, and to which countries: 20 of each window.")]
    public required IReadOnlyList<GuardCounterBody> Counters { get; init; }

    public static GuardBody Of(
        SmsPolicy policy, GuardWindows windows, (long Sent, long Segments) today, IReadOnlyList<GuardDecision> stops, IReadOnlyList<GuardCount> counters) => new()
    {
        Mode = policy.Guard,
        DayBegan = DateTimeOffset.FromUnixTimeMilliseconds(windows.Day),
        DayEnds = DateTimeOffset.FromUnixTimeMilliseconds(windows.DayEnd),
        SentToday = today.Sent,
        PerTenantPerDay = policy.PerTenantPerDay,
        Budget = policy.DailyBudget == 0 ? null : new GuardBudgetBody
        {
            Segments = policy.DailyBudget,
            Used = today.Segments,
            IsNear = GuardRules.IsBudgetNear(today.Segments, policy.DailyBudget),
            IsSpent = today.Segments >= policy.DailyBudget,
        },
        Stops = [.. stops.Select(GuardDecisionBody.Of)],
        Counters = [.. counters.Select(GuardCounterBody.From)],
    };
}

/// <summary>What of a day's budget is spent.</summary>
internal sealed record GuardBudgetBody
{
    [Description("Segments that may be sent in a day.")]
    public required int Segments { get; init; }

    public required long Used { get; init; }

    [Description("80 % of it are spent.")]
    public required bool IsNear { get; init; }

    [Description("Nothing is sent any more today.")]
    public required bool IsSpent { get; init; }
}

/// <summary>What was sent from one source, or to one country, in one window.</summary>
internal sealed record GuardCounterBody
{
    [Description("source or country.")]
    public required string Of { get; init; }

    [Description("hour or day.")]
    public required string Window { get; init; }

    [Description("An address (IPv6: its /64), a device where no address is known, or a country.")]
    public required string Subject { get; init; }

    public required long Sent { get; init; }

    public required long Verified { get; init; }

    [Description("To numbers of which no code was verified.")]
    public required long Unverified { get; init; }

    public static GuardCounterBody From(GuardCount count) => new()
    {
        Of = count.Kind is 2 or 3 ? "source" : "country",
        Window = count.Kind is 2 or 4 ? "hour" : "day",
        Subject = count.Subject,
        Sent = count.Sent,
        Verified = count.Verified,
        Unverified = count.Unverified,
    };
}

/// <summary>What was decided.</summary>
internal sealed record GuardDecisionBody
{
    public required string Id { get; init; }

    public required GuardCause Cause { get; init; }

    [Description("refused: that request; stopped: all until the window ends; recorded: it would have been stopped; noticed: a warning.")]
    public required GuardOutcome Outcome { get; init; }

    [Description("An address (IPv6: its /64), a device, a country, a number, masked; null: the tenant.")]
    public string? Subject { get; init; }

    public required string Reason { get; init; }

    [Description("When the window ends.")]
    public required DateTimeOffset Until { get; init; }

    [Description("How many requests it met.")]
    public required long Requests { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    [Description("When the stop ended before its window.")]
    public DateTimeOffset? EndedAt { get; init; }

    [Description("verified: its codes were after all; lifted: by hand.")]
    public GuardEnding? Ending { get; init; }

    public static GuardDecisionBody Of(GuardDecision decision) => new()
    {
        Id = decision.DecisionId.ToString(CultureInfo.InvariantCulture),
        Cause = decision.Cause,
        Outcome = decision.Outcome,
        Subject = decision.Shown.Length > 0 ? decision.Shown : null,
        Reason = decision.Reason,
        Until = DateTimeOffset.FromUnixTimeMilliseconds(decision.Until),
        Requests = decision.Requests,
        FirstAt = DateTimeOffset.FromUnixTimeMilliseconds(decision.FirstAt),
        LastAt = DateTimeOffset.FromUnixTimeMilliseconds(decision.LastAt),
        EndedAt = decision.EndedAt is { } endedAt ? DateTimeOffset.FromUnixTimeMilliseconds(endedAt) : null,
        Ending = decision.Ending,
    };
}

/// <summary>Which decisions are wanted.</summary>
internal sealed record GuardDecisionQuery
{
    [Description("prefix, perPhone, perAddress, perTenant, budget, budgetNear, sourceHour, sourceDay, sourceCountries, countryHour or countryDay.")]
    public string? Cause { get; init; }

    [Description("refused, stopped, recorded or noticed.")]
    public string? Outcome { get; init; }

    [Description("A number with its calling code: what was decided about it. Not with source or country.")]
    public string? Phone { get; init; }

    [Description("The address, or the device, that codes were ordered from. Not with phone or country.")]
    public string? Source { get; init; }

    [Description("ISO 3166, two letters. Not with phone or source.")]
    public string? Country { get; init; }

    [Description("Those that met a request then or later.")]
    public DateTimeOffset? From { get; init; }

    [Description("Those that were made before.")]
    public DateTimeOffset? To { get; init; }

    public bool TryRead(SmsOutbox outbox, [NotNullWhen(true)] out GuardDecisionFilter? filter, [NotNullWhen(false)] out FieldFault? fault)
    {
        filter = null;
        if (!EnumWord.TryRead("cause", Cause, out GuardCause? cause, out fault) || !EnumWord.TryRead("outcome", Outcome, out GuardOutcome? outcome, out fault)
            || !TryReadSubject(outbox, out string? subject, out fault))
        {
            return false;
        }

        filter = new GuardDecisionFilter
        {
            Subject = subject,
            Cause = cause,
            Outcome = outcome,
            From = From?.ToUnixTimeMilliseconds(),
            To = To?.ToUnixTimeMilliseconds(),
        };
        return true;
    }

    private bool TryReadSubject(SmsOutbox outbox, out string? subject, [NotNullWhen(false)] out FieldFault? fault)
    {
        subject = null;
        fault = null;
        if (new[] { Phone, Source, Country }.Count(one => one is not null) > 1)
        {
            fault = new("phone", "cannot be asked for together with source or country, nor those together; give one of them.");
        }
        else if (Phone is not null && !PhoneNumber.TryParse(Phone, country: null, out _, out string? wrong))
        {
            fault = new("phone", wrong);
        }
        else if (Country is not null && (Country.Length != 2 || !Country.All(char.IsAsciiLetter)))
        {
            fault = new("country", $"is '{Country}'; it must be two letters such as MY.");
        }
        else if (Source is not null)
        {
            bool isDevice = MacAddress.TryParse(Source, out MacAddress device);
            bool isAddress = NasAddress.TryParse(Source, out IPNetwork network);
            subject = isDevice ? device.ToString() : isAddress ? GuardSource.Of(network.BaseAddress, default) : null;
            fault = subject is null ? new("source", "is neither an address such as 192.0.2.1 nor a device such as aa:bb:cc:dd:ee:ff.") : null;
        }
        else
        {
            subject = Phone is not null && PhoneNumber.TryParse(Phone, out PhoneNumber phone) ? outbox.HashOf(phone) : Country?.ToUpperInvariant();
        }

        return fault is null;
    }
}
