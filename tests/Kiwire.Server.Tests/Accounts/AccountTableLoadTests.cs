using Kiwire.Server.Accounts;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>The table under concurrent use, and what it costs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AccountTableLoadTests
{
    [Test]
    public void Readers_never_see_a_wrong_account_while_writers_change_and_evict()
    {
        AccountTable table = new(new AccountsOptions { Capacity = 2000 }, TimeProvider.System);
        using CancellationTokenSource done = new();
        int wrong = 0;
        long found = 0;
        Thread[] readers = [.. Enumerable.Range(0, 3).Select(r => new Thread(() =>
        {
            Random random = new(r);
            byte[] name = new byte[8];

            // Some behind the writer's end too: a thread may come to its turn only then.
            for (int last = 0; last < 1000; last += done.IsCancellationRequested ? 1 : 0)
            {
                int id = random.Next(1, 5000);
                id.TryFormat(name, out int length);
                if (table.Find(1, name.AsSpan(0, length), out AccountEntry? entry) == AccountLookup.Found)
                {
                    Interlocked.Increment(ref found);
                    if (entry!.AccountId != id || !entry.NameUtf8.SequenceEqual(name.AsSpan(0, length)))
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }

                if (table.FindById(1, id) is { } byId && byId.AccountId != id)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        foreach (Thread reader in readers)
        {
            reader.Start();
        }

        Random writer = new(99);
        for (int i = 0; i < 200_000; i++)
        {
            int id = writer.Next(1, 5000);
            if (writer.Next(3) == 0)
            {
                table.Drop(1, id);
            }
            else
            {
                table.TryAdd(TestAccounts.Entry(1, id, id.ToString(System.Globalization.CultureInfo.InvariantCulture)), table.Version);
            }
        }

        done.Cancel();
        foreach (Thread reader in readers)
        {
            reader.Join();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Is.Zero);
            Assert.That(found, Is.Positive);
        }
    }

    [Test]
    public void Looking_up_allocates_nothing()
    {
        AccountTable table = Table();
        table.TryAdd(TestAccounts.Entry(1, 1, "alice"), table.Version);
        table.AddMissing(1, "nobody"u8, table.Version);
        Lookups(table);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Lookups(table);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    [NonParallelizable]
    public void An_account_costs_less_than_450_octets_of_memory()
    {
        const int accounts = 100_000;
        PresenceTable presences = new();
        AccountTable table = Table();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < accounts; i++)
        {
            long version = presences.BeginRead();
            table.TryAdd(TestAccounts.Entry(1, i + 1, $"user{i:D6}", $"pass{i:D6}", presences.TryAttach(1, i + 1, default, version)), table.Version);
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / accounts;
        TestContext.Out.WriteLine($"{each} octets an account");
        GC.KeepAlive(table);
        presences.Dispose();

        Assert.That(each, Is.LessThan(450));
    }

    private static void Lookups(AccountTable table)
    {
        for (int i = 0; i < 1000; i++)
        {
            table.Find(1, "Alice"u8, out _);
            table.Find(1, "nobody"u8, out _);
            table.Find(1, "unknown"u8, out _);
            table.FindById(1, 1);
        }
    }

    private static AccountTable Table() => new(new AccountsOptions(), TimeProvider.System);
}
