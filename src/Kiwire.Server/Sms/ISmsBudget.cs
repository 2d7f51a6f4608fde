using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>What a tenant may spend on messages that nobody waits for; the room that keeps the budget says it.</summary>
internal interface ISmsBudget
{
    /// <summary>Spends segments, in a transaction under way.</summary>
    /// <returns>Null: they are spent. Else what is in the way, a sentence.</returns>
    Task<string?> TrySpendAsync(UnitOfWork unit, long tenantId, int segments);
}
