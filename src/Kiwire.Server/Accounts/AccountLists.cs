using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Accounts;

/// <summary>Pages of accounts as /api/v1 shows them.</summary>
internal sealed class AccountLists(AccountListStore store, UsageWindows windows, TimeProvider time)
{
    /// <summary>One page.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="query">Which accounts.</param>
    /// <param name="page">Which part of them.</param>
    /// <param name="show">An account as it is answered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page, or what is wrong with what was asked for.</returns>
    public async Task<(Page<TBody>? Page, FieldFault? Fault)> ReadAsync<TBody>(
        long tenantId, AccountListQuery query, PageRequest page, Func<Account, TBody> show, CancellationToken cancellationToken)
    {
        string list = $"accounts {query}";
        if (!page.TryRead(list, out int limit, out string[]? key, out FieldFault? fault))
        {
            return (null, fault);
        }

        AccountListPlace? after = key is null ? null : AccountListPlace.Read(key);
        if (await store.ReadAsync(tenantId, query, after, limit + 1, cancellationToken) is not { } found)
        {
            return (null, TooMany(query));
        }

        ILookup<long, string> macs = await store.ReadMacsAsync(tenantId, [.. found.Take(limit).Select(record => record.AccountId)], cancellationToken);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return (
            found.ToPage(
                limit,
                record => show(record.ToAccount(macs[record.AccountId], windows.StartOf(tenantId, record.ProfileId, now))),
                last => Cursor.Write(list, AccountListPlace.Of(last).ToKey())),
            null);
    }

    /// <summary>What is said where <see cref="AccountListStore.ReadAsync(long, AccountListQuery, AccountListPlace?, int, CancellationToken)"/> gives nothing.</summary>
    public static FieldFault TooMany(AccountListQuery query)
    {
        string field = query switch
        {
            { Phone: not null } => "phone",
            { Email: not null } => "email",
            _ => "mac",
        };
        return new FieldFault(field, $"is one that more than {AccountListStore.MostNarrow} accounts have; ask by something else.");
    }
}
