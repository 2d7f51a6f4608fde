using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What messages that nobody waits for may spend of the day's budget: codes have the last fifth of it to themselves.</summary>
internal sealed class GuardBudget(CodeGuard guard, SmsPolicyDirectory policies, TimeProvider time) : ISmsBudget
{
    public async Task<string?> TrySpendAsync(UnitOfWork unit, long tenantId, int segments)
    {
        int budget = policies.Of(tenantId).DailyBudget;
        GuardWindows windows = guard.WindowsOf(tenantId, time.GetUtcNow().ToUnixTimeMilliseconds());
        (_, long spent) = await GuardStore.TakeTurnAsync(unit, tenantId, windows.Day);
        if (budget > 0 && (spent + segments) * 100 > (long)budget * GuardRules.BudgetWarningPercent)
        {
            return $"{spent} of the day's budget of {budget} segments are spent; the last fifth is for codes.";
        }

        await GuardStore.SpendAsync(unit, tenantId, windows.Day, segments);
        return null;
    }
}
