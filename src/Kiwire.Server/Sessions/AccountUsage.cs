using System.Globalization;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Sessions;

/// <summary>An account whose time or volume a transaction has used up while it was active.</summary>
internal readonly record struct ExhaustedAccount(long TenantId, long AccountId);

/// <summary>What a batch adds to accounts, and what their profiles make of it.</summary>
internal sealed class AccountUsage(StatementRunner run, ApplierSql sql)
{
    private readonly Dictionary<(long TenantId, long AccountId), UsageTotals> _added = [];
    private readonly Dictionary<(long TenantId, long AccountId), Plan?> _plans = [];

    /// <summary>The accounts that have reached a limit.</summary>
    public List<ExhaustedAccount> Exhausted { get; } = [];

    /// <summary>Adds to an account; nothing, where only its profile matters.</summary>
    public void Add(long tenantId, long accountId, in UsageTotals used)
    {
        _added.TryGetValue((tenantId, accountId), out UsageTotals before);
        _added[(tenantId, accountId)] = before + used;
    }

    /// <summary>Writes it, in the order of the accounts.</summary>
    public void Save()
    {
        (long TenantId, long AccountId)[] accounts = [.. _added.Keys];
        Array.Sort(accounts);
        List<(int Index, long? ProfileId, bool Active, UsageTotals Used)> after = [];
        run.Query(
            sql.AddUsage,
            [.. accounts.Select(account => (object?[])[_added[account].Seconds, _added[account].OctetsIn, _added[account].OctetsOut, account.TenantId, account.AccountId])],
            (i, reader) => after.Add((
                i, reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetInt16(0) != 0, new UsageTotals(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)))));

        Dictionary<(long, long), Plan> plans = LoadPlans([.. after.Where(one => one.ProfileId is not null).Select(one => (accounts[one.Index].TenantId, one.ProfileId!.Value)).Distinct()]);
        foreach ((int index, long? profileId, bool active, UsageTotals used) in after)
        {
            (long tenantId, long accountId) = accounts[index];
            Plan? plan = profileId is { } id ? plans.GetValueOrDefault((tenantId, id)) : null;
            _plans[(tenantId, accountId)] = plan;
            if (active && plan is not null && plan.IsExhausted(used) && !plan.IsExhausted(used - _added[(tenantId, accountId)]))
            {
                Exhausted.Add(new ExhaustedAccount(tenantId, accountId));
            }
        }
    }

    /// <summary>What a session that has ended costs: decimal text, or null where it is not charged.</summary>
    public string? ChargeOf(long tenantId, long accountId, long seconds) =>
        _plans.GetValueOrDefault((tenantId, accountId)) is { Type: ProfileType.PayAsYouUse } plan
            ? (plan.Price * ((seconds + 59) / 60)).ToString(CultureInfo.InvariantCulture)
            : null;

    private Dictionary<(long TenantId, long ProfileId), Plan> LoadPlans((long TenantId, long ProfileId)[] profiles)
    {
        Dictionary<(long, long), Plan> plans = [];
        run.Query(sql.Profile, [.. profiles.Select(profile => (object?[])[profile.TenantId, profile.ProfileId])], (i, reader) => plans[profiles[i]] = new Plan(
            (ProfileType)reader.GetInt16(0),
            decimal.Parse(reader.GetString(1), NumberStyles.Number, CultureInfo.InvariantCulture),
            reader.GetInt64(2),
            reader.GetInt16(3) != 0,
            reader.GetInt64(4)));
        return plans;
    }

    private sealed record Plan(ProfileType Type, decimal Price, long Minutes, bool VolumeLimited, long VolumeOctets)
    {
        public bool IsExhausted(in UsageTotals used) =>
            (Type == ProfileType.Countdown && used.Seconds >= Minutes * 60) || (VolumeLimited && used.OctetsIn + used.OctetsOut >= VolumeOctets);
    }
}
