using System.Data.Common;
using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>What is looked for in the database.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="NameKey">A name; null where it is one of the others.</param>
/// <param name="AccountId">An account; 0 where it is one of the others.</param>
/// <param name="Mac">A client device.</param>
/// <param name="AskedAt">When: what was begun before a change is not joined after it.</param>
internal readonly record struct ReadKey(long TenantId, string? NameKey, long AccountId, MacAddress Mac, TableVersion AskedAt = default);

/// <summary>
/// Reads under way: who asks for what is being read waits for that read, unless something has changed since it was begun. Their number is
/// bounded. They run on the pool, since SQLite reads on the thread that asks, which may be a listener's.
/// </summary>
internal sealed class AccountReads(int limit)
{
    private readonly Dictionary<ReadKey, Task<AccountEntry?>> _underWay = [];
    private readonly Lock _lock = new();

    /// <summary>Reads, or joins the read that is under way.</summary>
    /// <exception cref="AccountsBusyException">As many reads as may be are under way.</exception>
    /// <exception cref="DbException">The database is away.</exception>
    public Task<AccountEntry?> RunAsync(ReadKey key, Func<ReadKey, Task<AccountEntry?>> read, CancellationToken cancellationToken)
    {
        Task<AccountEntry?>? task;
        lock (_lock)
        {
            if (!_underWay.TryGetValue(key, out task))
            {
                if (_underWay.Count >= limit)
                {
                    throw new AccountsBusyException($"{limit} reads of accounts are under way, which is the most.");
                }

                // Not with the caller's token: others may join.
                task = Task.Run(() => RunAsync(key, read), CancellationToken.None);
                _underWay.Add(key, task);
            }
        }

        return cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task;
    }

    private async Task<AccountEntry?> RunAsync(ReadKey key, Func<ReadKey, Task<AccountEntry?>> read)
    {
        try
        {
            return await read(key);
        }
        finally
        {
            lock (_lock)
            {
                _ = _underWay.Remove(key);
            }
        }
    }
}

/// <summary>An account cannot be read just now; as with a database that is away, there is no answer, and the NAS asks again.</summary>
internal sealed class AccountsBusyException(string message) : DbException(message);
