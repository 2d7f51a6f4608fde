using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// Decides whether a code may be sent: prefixes, limits, the guard against message pumping, the budget. All of it is counted in the database,
/// in the caller's transaction: several servers share it, and what is not committed was not sent.
/// </summary>
internal sealed partial class CodeGuard(TenantDirectory tenants, IdSource ids, ILogger<CodeGuard> logger)
{
    /// <summary>A number of which a code was verified so lately is never stopped.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);

    /// <summary>Judges a code. Nothing is counted before <see cref="SentAsync"/>; a refusal is written down.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<GuardVerdict> JudgeAsync(UnitOfWork unit, GuardQuestion question)
    {
        GuardWindows windows = WindowsOf(question.TenantId, question.Now);
        GuardFacts facts = await ReadFactsAsync(unit, question, windows);
        if (GuardRules.FindLimit(question.Policy, facts) is { } limit)
        {
            return await RefuseAsync(unit, question, facts, windows, limit, GuardOutcome.Refused);
        }

        // Few are suspicious, and only of those it is asked whether they are known or allowed.
        if (question.Policy.Guard == GuardMode.Off || !GuardRules.FindStops(facts).Any()
            || await IsKnownAsync(unit, question) || await IsAllowedAsync(unit, question))
        {
            return new GuardVerdict.Passed();
        }

        foreach (GuardCause cause in GuardRules.FindStops(facts))
        {
            if (question.Policy.Guard == GuardMode.Enforce)
            {
                return await RefuseAsync(unit, question, facts, windows, cause, GuardOutcome.Stopped);
            }

            await DecideAsync(unit, question, facts, windows, cause, GuardOutcome.Recorded);
        }

        return new GuardVerdict.Passed();
    }

    /// <summary>Counts a code that was judged in this transaction and is sent with it.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task SentAsync(UnitOfWork unit, GuardQuestion question, long codeId)
    {
        GuardWindows windows = WindowsOf(question.TenantId, question.Now);
        bool isCounted = question.Policy.Guard != GuardMode.Off && !await IsKnownAsync(unit, question) && !await IsAllowedAsync(unit, question);
        GuardCode code = new()
        {
            TenantId = question.TenantId,
            CodeId = codeId,
            PhoneHash = question.PhoneHash,
            Source = question.Source,
            Country = question.Country,
            HourStart = windows.Hour,
            DayStart = windows.Day,
            Counted = isCounted ? 1 : 0,
        };
        await GuardStore.AddAsync(unit, code, question.Segments);
        int budget = question.Policy.DailyBudget;
        if (budget == 0)
        {
            return;
        }

        (_, long after) = await GuardStore.TakeTurnAsync(unit, question.TenantId, windows.Day);
        long before = after - question.Segments;
        if (GuardRules.IsBudgetNear(after, budget) && !GuardRules.IsBudgetNear(before, budget))
        {
            await DecideAsync(unit, question, new GuardFacts { SegmentsToday = after }, windows, GuardCause.BudgetNear, GuardOutcome.Noticed);
        }
    }

    /// <summary>The right code was given: its number is known from now on, and where it came from and went to is trusted the more.</summary>
    /// <remarks>The first of the transaction's statements that other servers could wait for is the best place for it.</remarks>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task VerifiedAsync(UnitOfWork unit, long tenantId, long codeId, long now)
    {
        GuardWindows windows = WindowsOf(tenantId, now);
        _ = await GuardStore.TakeTurnAsync(unit, tenantId, windows.Day);
        if (await GuardStore.VerifyAsync(unit, tenantId, codeId) is not { } code)
        {
            return;
        }

        IReadOnlyList<GuardCode> settled = await GuardStore.SettleAsync(unit, tenantId, code.PhoneHash, now);
        foreach ((string source, string country) in settled.Append(code).Select(one => (one.Source, one.Country)).Distinct())
        {
            await ReleaseAsync(unit, tenantId, source, country, windows, now);
        }
    }

    /// <summary>Ends a stop by hand, and whatever else stops the same source or country; what was sent until now counts no more.</summary>
    /// <returns>False: there is no such stop in force.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<bool> LiftAsync(UnitOfWork unit, long tenantId, long decisionId, long now)
    {
        GuardWindows windows = WindowsOf(tenantId, now);
        _ = await GuardStore.TakeTurnAsync(unit, tenantId, windows.Day);
        if (await GuardDecisionStore.GetAsync(unit, tenantId, decisionId) is not { } stop || !stop.IsInForce(now))
        {
            return false;
        }

        await GuardStore.ForgiveAsync(unit, tenantId, stop.Subject, stop.IsOfSource, windows);
        foreach (GuardDecision one in await GuardDecisionStore.ListStopsAsync(unit, tenantId, stop.Subject, now))
        {
            await GuardDecisionStore.EndAsync(unit, one, GuardEnding.Lifted, now);
        }

        await unit.AuditAsync(tenantId, AuditAction.Delete, "sms-guard-stop", stop.Shown, new AuditChanges().Compare("reason", stop.Reason, ""));
        return true;
    }

    /// <summary>The hour and the tenant's day of a moment.</summary>
    public GuardWindows WindowsOf(long tenantId, long now) =>
        GuardWindows.Of(now, tenants.TryGet(tenantId, out Tenant? tenant) ? tenant.TimeZone : TimeZoneInfo.Utc);

    private static async Task<GuardFacts> ReadFactsAsync(UnitOfWork unit, GuardQuestion question, GuardWindows windows)
    {
        string source = question.Source;
        (long sent, long segments) = await GuardStore.TakeTurnAsync(unit, question.TenantId, windows.Day);
        GuardCounts counts = await GuardStore.ReadAsync(unit, question.TenantId, question.PhoneHash, source, question.Country, windows);
        return new GuardFacts
        {
            IsAdmitted = Sms.DialPrefix.Admits(question.Policy.Prefixes, question.Phone),
            HasSource = source.Length > 0,
            PhoneToday = counts.PhoneToday,
            SourceThisHour = counts.SourceThisHour,
            TenantToday = sent,
            SegmentsToday = segments,
            Segments = question.Segments,
            SourceHour = counts.SourceHour,
            SourceDay = counts.SourceDay,
            CountryHour = counts.CountryHour,
            CountryDay = counts.CountryDay,
            Country = question.Country,
            SourceCountries = source.Length > 0 && question.Policy.Guard != GuardMode.Off ? await GuardStore.ListCountriesAsync(unit, question.TenantId, source, windows.Day) : [],
        };
    }

    private static Task<bool> IsKnownAsync(UnitOfWork unit, GuardQuestion question) =>
        GuardStore.IsKnownAsync(unit, question.TenantId, question.PhoneHash, question.Now - (long)KnownFor.TotalMilliseconds);

    private static async Task<bool> IsAllowedAsync(UnitOfWork unit, GuardQuestion question) =>
        (await GuardAllowedStore.ListAsync(unit, question.TenantId)).Any(entry => entry.Holds(question.Phone, question.Address));

    private async Task<GuardVerdict> RefuseAsync(
        UnitOfWork unit, GuardQuestion question, GuardFacts facts, GuardWindows windows, GuardCause cause, GuardOutcome outcome)
    {
        await DecideAsync(unit, question, facts, windows, cause, outcome);
        CodeRefusal refusal = cause switch
        {
            GuardCause.Prefix => CodeRefusal.Prefix,
            GuardCause.PerPhone => CodeRefusal.PerPhone,
            GuardCause.PerAddress => CodeRefusal.PerAddress,
            GuardCause.PerTenant => CodeRefusal.PerTenant,
            GuardCause.Budget => CodeRefusal.Budget,
            _ => CodeRefusal.Guard,
        };
        DateTimeOffset? retryAt = cause == GuardCause.Prefix ? null : DateTimeOffset.FromUnixTimeMilliseconds(WindowOf(cause, windows).End);
        return new GuardVerdict.Refused(refusal, cause, GuardText.SentenceOf(cause), retryAt);
    }

    // A row for the first, a count for those that follow: a robot does not fill the database.
    private async Task DecideAsync(
        UnitOfWork unit, GuardQuestion question, GuardFacts facts, GuardWindows windows, GuardCause cause, GuardOutcome outcome)
    {
        (long start, long end) = WindowOf(cause, windows);
        (string subject, string shown) = SubjectOf(cause, question);
        GuardDecision decision = new()
        {
            TenantId = question.TenantId,
            DecisionId = ids.Next(),
            Cause = cause,
            Outcome = outcome,
            Subject = subject,
            Shown = shown,
            Reason = GuardText.ReasonOf(cause, question, facts),
            WindowStart = start,
            Until = end,
            FirstAt = question.Now,
            LastAt = question.Now,
        };
        if (await GuardDecisionStore.CountAsync(unit, decision) || !await GuardDecisionStore.InsertAsync(unit, decision, windows.Day))
        {
            return;
        }

        if (outcome == GuardOutcome.Stopped)
        {
            LogStopped(shown, question.TenantId, DateTimeOffset.FromUnixTimeMilliseconds(end), decision.Reason);
        }
        else if (cause is GuardCause.Budget or GuardCause.BudgetNear)
        {
            LogBudget(question.TenantId, decision.Reason);
        }
    }

    // Guests behind one address verify, be it a little late: what they verify ends the stop.
    private static async Task ReleaseAsync(UnitOfWork unit, long tenantId, string source, string country, GuardWindows windows, long now)
    {
        List<GuardDecision> stops = [.. await GuardDecisionStore.ListStopsAsync(unit, tenantId, country, now)];
        if (source.Length > 0)
        {
            stops.AddRange(await GuardDecisionStore.ListStopsAsync(unit, tenantId, source, now));
        }

        if (stops.Count == 0)
        {
            return;
        }

        GuardCounts counts = await GuardStore.ReadAsync(unit, tenantId, "", source, country, windows);
        IReadOnlyCollection<string> countries = await GuardStore.ListCountriesAsync(unit, tenantId, source, windows.Day);
        foreach (GuardDecision stop in stops)
        {
            bool holds = stop.Cause switch
            {
                GuardCause.SourceHour => GuardRules.IsTooMany(counts.SourceHour, GuardRules.LeastPerHour),
                GuardCause.SourceDay => GuardRules.IsTooMany(counts.SourceDay, GuardRules.LeastPerDay),
                GuardCause.CountryHour => GuardRules.IsTooMany(counts.CountryHour, GuardRules.LeastPerHour),
                GuardCause.CountryDay => GuardRules.IsTooMany(counts.CountryDay, GuardRules.LeastPerDay),
                _ => countries.Count >= GuardRules.MostCountries,
            };
            if (!holds)
            {
                await GuardDecisionStore.EndAsync(unit, stop, GuardEnding.Verified, now);
            }
        }
    }

    private static (long Start, long End) WindowOf(GuardCause cause, GuardWindows windows) =>
        cause is GuardCause.PerAddress or GuardCause.SourceHour or GuardCause.CountryHour ? (windows.Hour, windows.HourEnd) : (windows.Day, windows.DayEnd);

    private static (string Subject, string Shown) SubjectOf(GuardCause cause, GuardQuestion question) => cause switch
    {
        GuardCause.PerPhone => (question.PhoneHash, question.Phone.Masked),
        GuardCause.PerAddress or GuardCause.SourceHour or GuardCause.SourceDay or GuardCause.SourceCountries => (question.Source, question.Source),
        GuardCause.Prefix or GuardCause.CountryHour or GuardCause.CountryDay => (question.Country, question.Country),
        _ => ("", ""),
    };

    [LoggerMessage(1100, LogLevel.Warning, "Codes for {Subject} of tenant {TenantId} are stopped until {Until:u}: {Reason}")]
    private partial void LogStopped(string subject, long tenantId, DateTimeOffset until, string reason);

    [LoggerMessage(1101, LogLevel.Warning, "The SMS budget of tenant {TenantId}: {Reason}")]
    private partial void LogBudget(long tenantId, string reason);
}
