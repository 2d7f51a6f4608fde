using System.Globalization;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Sessions;

/// <summary>An account whose time or volume a transaction has used up while it was active.</summary>
internal readonly record struct ExhaustedAccount(long TenantId, long AccountId);

/// <summary>What a batch adds to accounts, and what their profiles make of it.</summary>
internal sealed class AccountUsage(StatementRunner run, ApplierSql sql, UsageWindows windows)
{
    private readonly Dictionary<(long TenantId, long AccountId), UsageTotals> _added = [];
    private readonly Dictionary<(long TenantId, long AccountId), List<(long ArrivedAt, UsageTotals Used)>> _arrivals = [];
    private readonly Dictionary<(long TenantId, long AccountId), Plan?> _plans = [];
    private readonly Dictionary<(long TenantId, long AccountId), StoredUsage> _stored = [];
    private readonly bool _anyReset = windows.AnyReset;

    /// <summary>The accounts that have reached a limit; those whose usage is reset are not used up for good, and are not among them.</summary>
    public List<ExhaustedAccount> Exhausted { get; } = [];

    /// <summary>What the database then has; empty where nobody but this server adds to it, and no profile resets it.</summary>
    public IReadOnlyDictionary<(long TenantId, long AccountId), StoredUsage> Stored => _stored;

    /// <summary>Adds to an account; nothing, where only its profile matters.</summary>
    public void Add(long tenantId, long accountId, in UsageTotals used, long arrivedAt)
    {
        _added.TryGetValue((tenantId, accountId), out UsageTotals before);
        _added[(tenantId, accountId)] = before + used;
        if (!_anyReset)
        {
            return;
        }

        if (!_arrivals.TryGetValue((tenantId, accountId), out List<(long, UsageTotals)>? arrivals))
        {
            _arrivals.Add((tenantId, accountId), arrivals = []);
        }

        arrivals.Add((arrivedAt, used));
    }

    /// <summary>Writes it, in the order of the accounts.</summary>
    public void Save()
    {
        (long TenantId, long AccountId)[] accounts = [.. _added.Keys];
        Array.Sort(accounts);
        List<(int Index, long? ProfileId, bool Active, UsageTotals Used)> after = [];
        run.Query(
            _anyReset ? sql.AddUsageInWindow : sql.AddUsage,
            _anyReset ? RowsInWindows(accounts) : [.. accounts.Select(Row)],
            (i, reader) =>
            {
                UsageTotals used = new(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
                if (_anyReset || sql.IsShared)
                {
                    StoredUsage stored = new(used, reader.GetInt64(5), new UsageTotals(reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8)));
                    _stored[accounts[i]] = stored;
                    used -= _anyReset ? stored.Before : default;
                }

                after.Add((i, reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetInt16(0) != 0, used));
            });

        Dictionary<(long, long), Plan> plans = LoadPlans([.. after.Where(one => one.ProfileId is not null).Select(one => (accounts[one.Index].TenantId, one.ProfileId!.Value)).Distinct()]);
        foreach ((int index, long? profileId, bool active, UsageTotals used) in after)
        {
            (long tenantId, long accountId) = accounts[index];
            Plan? plan = profileId is { } id ? plans.GetValueOrDefault((tenantId, id)) : null;
            _plans[(tenantId, accountId)] = plan;
            if (active && plan is { IsReset: false } && plan.IsExhausted(used) && !plan.IsExhausted(used - _added[(tenantId, accountId)]))
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

    private object?[] Row((long TenantId, long AccountId) account)
    {
        UsageTotals added = _added[account];
        return [added.Seconds, added.OctetsIn, added.OctetsOut, account.TenantId, account.AccountId];
    }

    /// <summary>The same with the newest window that records arrived in, and what arrived before it.</summary>
    private object?[][] RowsInWindows((long TenantId, long AccountId)[] accounts)
    {
        long?[] profiles = new long?[accounts.Length];
        run.Query(
            sql.ProfileOfAccount,
            [.. accounts.Select(account => (object?[])[account.TenantId, account.AccountId])],
            (i, reader) => profiles[i] = reader.IsDBNull(0) ? null : reader.GetInt64(0));
        object?[][] rows = new object?[accounts.Length][];
        for (int i = 0; i < accounts.Length; i++)
        {
            List<(long ArrivedAt, UsageTotals Used)> arrivals = _arrivals[accounts[i]];
            long newest = arrivals.Max(arrival => arrival.ArrivedAt);
            long window = windows.StartOf(accounts[i].TenantId, profiles[i], newest);
            UsageTotals before = default;
            foreach ((long arrivedAt, UsageTotals used) in arrivals)
            {
                before = arrivedAt < window ? before + used : before;
            }

            rows[i] = [.. Row(accounts[i]), window, newest, before.Seconds, before.OctetsIn, before.OctetsOut];
        }

        return rows;
    }

    private Dictionary<(long TenantId, long ProfileId), Plan> LoadPlans((long TenantId, long ProfileId)[] profiles)
    {
        Dictionary<(long, long), Plan> plans = [];
        run.Query(sql.Profile, [.. profiles.Select(profile => (object?[])[profile.TenantId, profile.ProfileId])], (i, reader) => plans[profiles[i]] = new Plan(
            (ProfileType)reader.GetInt16(0),
            decimal.Parse(reader.GetString(1), NumberStyles.Number, CultureInfo.InvariantCulture),
            reader.GetInt64(2),
            reader.GetInt16(3) != 0,
            reader.GetInt64(4),
            reader.GetInt16(5) != 0));
        return plans;
    }

    private sealed record Plan(ProfileType Type, decimal Price, long Minutes, bool VolumeLimited, long VolumeOctets, bool IsReset)
    {
        public bool IsExhausted(in UsageTotals used) =>
            (Type == ProfileType.Countdown && used.Seconds >= Minutes * 60) || (VolumeLimited && used.OctetsIn + used.OctetsOut >= VolumeOctets);
    }
}
