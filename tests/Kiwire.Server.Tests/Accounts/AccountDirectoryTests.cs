using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Text;
using Dapper;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>What is in memory of the accounts, and how it comes there.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class AccountDirectoryTests(StorageProvider provider)
{
    private const long Tenant = AccountsRoom.Tenant;

    [Test]
    public async Task An_account_that_was_read_is_found_in_memory_by_name_and_by_id()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long id = await room.CreateUserAsync("alice");

        AccountEntry? loaded = await room.LoadAsync("alice");

        AccountLookup lookup = room.Find("ALICE", out AccountEntry? found);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lookup, Is.EqualTo(AccountLookup.Found));
            Assert.That(found, Is.SameAs(loaded));
            Assert.That(room.Directory.TryFindById(Tenant, id), Is.SameAs(loaded));
            Assert.That(room.Directory.TryFindById(AccountsRoom.OtherTenant, id), Is.Null);
        }
    }

    [Test]
    public async Task A_name_that_is_not_there_is_asked_of_the_database_once()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        AccountEntry? loaded = await room.LoadAsync("Nobody");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded, Is.Null);
            Assert.That(room.Find("nobody", out _), Is.EqualTo(AccountLookup.Missing));
            Assert.That(await room.LoadAsync("NOBODY"), Is.Null);
        }
    }

    [Test]
    public async Task Reads_are_counted_by_outcome_and_accounts_in_memory_are_shown()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        Dictionary<string, long> measured = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, heard) =>
        {
            if (instrument.Meter.Name == AccountsMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, room.Meters))
            {
                heard.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (measured)
            {
                string outcome = (string)tags[0].Value!;
                measured[outcome] = measured.GetValueOrDefault(outcome) + value;
            }
        });
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.Start();
        _ = await room.CreateUserAsync("alice");

        _ = await room.LoadAsync("alice");
        _ = await room.LoadAsync("alice");
        _ = await room.LoadAsync("nobody");
        listener.RecordObservableInstruments();

        Assert.That(
            measured,
            Is.EquivalentTo(new Dictionary<string, long> { ["found"] = 1, ["missing"] = 1, ["kiwire.accounts.in_memory"] = 1 }));
    }

    [Test]
    public async Task Usage_in_the_database_is_in_the_presence()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long id = await room.CreateUserAsync("alice");
        _ = await room.Storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync("UPDATE accounts SET used_seconds = 1, used_in = 2, used_out = 3", transaction: unit.Transaction), default);
        await using AccountsRoom restarted = await room.RestartAsync();

        AccountEntry? entry = await restarted.Directory.LoadByIdAsync(Tenant, id, default);

        Assert.That(entry?.Presence.Usage, Is.EqualTo(new UsageTotals(1, 2, 3)));
    }

    [Test]
    public async Task A_change_by_somebody_else_is_heard()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        await using AccountsRoom other = await room.RestartAsync();
        long id = await room.CreateUserAsync("alice");
        _ = await other.LoadAsync("alice");
        _ = await other.LoadAsync("bob");

        _ = await room.Store.SetActiveAsync(Tenant, id, active: false, default);
        _ = await room.CreateUserAsync("bob");

        AccountEntry? alice = await other.LoadAsync("alice");
        AccountEntry? bob = await other.LoadAsync("bob");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alice?.Active, Is.False);
            Assert.That(bob, Is.Not.Null);
        }
    }

    [Test]
    public async Task Successive_entries_of_an_account_share_its_presence()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long id = await room.CreateUserAsync("alice");
        AccountEntry? first = await room.LoadAsync("alice");
        _ = await room.Store.SetActiveAsync(Tenant, id, active: false, default);
        AccountEntry? second = await room.LoadAsync("alice");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.Not.SameAs(first));
            Assert.That(second?.Presence, Is.SameAs(first?.Presence));
        }
    }

    [Test]
    public async Task A_read_waits_while_a_commit_of_the_accounts_usage_is_under_way()
    {
        FirstTimer clock = new();
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider, clock);
        long id = await room.CreateUserAsync("alice");
        AppliedUsage[] batch = [new(room.Presences.GetOrAdd(Tenant, id), default, 0)];
        PresenceTable.BeginApply(batch);

        Task<AccountEntry?> load = room.LoadAsync("alice").AsTask();
        Task first = await Task.WhenAny(load, clock.Made);
        _ = room.Presences.EndApply(batch);
        Assert.That(first, Is.SameAs(clock.Made), "it is neither given up nor answered");
        (await clock.Made)();

        Assert.That((await load)?.AccountId, Is.EqualTo(id));
    }

    [Test]
    public async Task What_is_in_memory_goes_on_while_the_database_fails_and_the_rest_fails_with_it()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("alice");
        _ = await room.CreateUserAsync("bob");
        _ = await room.LoadAsync("alice");

        _ = await room.Storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync("ALTER TABLE accounts RENAME TO away", transaction: unit.Transaction), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(room.Find("alice", out _), Is.EqualTo(AccountLookup.Found));
            Assert.That(async () => await room.LoadAsync("bob"), Throws.InstanceOf<DbException>());
        }
    }

    [Test]
    public async Task An_account_whose_password_cannot_be_decrypted_does_not_log_in_with_an_empty_one()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("alice", "wonderland");
        _ = await room.Storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync("UPDATE accounts SET password = @Box", new { Box = new byte[40] }, unit.Transaction), default);

        AccountEntry? entry = await room.LoadAsync("alice");

        Assert.That(entry?.PasswordUtf8.Length, Is.EqualTo(32));
    }

    [Test]
    public async Task The_warm_up_reads_all_tenants_accounts_as_a_login_would()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        for (int i = 0; i < 20; i++)
        {
            _ = await room.CreateUserAsync($"user{i}", $"pass{i}", mac: $"00000000{i:x4},11111111{i:x4}");
        }

        _ = await room.CreateUserAsync("elsewhere", tenant: AccountsRoom.OtherTenant);
        _ = await room.Store.CreateVouchersAsync(Tenant, new VoucherOrder { Quantity = 1990 }, lettersToo: true, default);
        await using AccountsRoom restarted = await room.RestartAsync();

        int read = await restarted.WarmUp.RunAsync(default);

        AccountLookup lookup = restarted.Find("USER7", out AccountEntry? entry);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.EqualTo(2011));
            Assert.That(restarted.Directory.Count, Is.EqualTo(2011));
            Assert.That(lookup, Is.EqualTo(AccountLookup.Found));
            Assert.That(Encoding.UTF8.GetString(entry!.PasswordUtf8), Is.EqualTo("pass7"));
            Assert.That(entry.Macs, Has.Length.EqualTo(2));
            Assert.That(entry.Profile?.Name, Is.EqualTo("wx_temp"));
        }
    }

    [Test]
    public async Task The_warm_up_stops_when_there_is_no_room_and_keeps_the_newest()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("old");
        _ = await room.Store.CreateVouchersAsync(Tenant, new VoucherOrder { Quantity = 2500 }, lettersToo: true, default);
        _ = await room.CreateUserAsync("new");
        await using AccountsRoom restarted = await room.RestartAsync(new AccountsOptions { Capacity = 1000 });

        int read = await restarted.WarmUp.RunAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.EqualTo(1000));
            Assert.That(restarted.Find("new", out _), Is.EqualTo(AccountLookup.Found));
            Assert.That(restarted.Find("old", out _), Is.EqualTo(AccountLookup.Unknown));
        }
    }

    [Test]
    public async Task Logins_during_changes_never_leave_something_old_in_memory()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long id = await room.CreateUserAsync("alice");
        using CancellationTokenSource done = new();
        Task reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                try
                {
                    _ = await room.LoadAsync("alice");
                }
                catch (AccountsBusyException)
                {
                    // Changed eight times while it was read.
                }
            }
        });

        for (int i = 0; i < 200; i++)
        {
            bool active = i % 2 == 1;
            _ = await room.Store.SetActiveAsync(Tenant, id, active, default);
            AccountEntry? entry = await room.LoadAsync("alice");
            Assert.That(entry?.Active, Is.EqualTo(active), $"change {i}");
        }

        await done.CancelAsync();
        await reader;
    }

    /// <summary>A clock whose first timer is fired by hand, and the others never.</summary>
    private sealed class FirstTimer : TimeProvider
    {
        private readonly TaskCompletionSource<Action> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Once it is made: fires it.</summary>
        public Task<Action> Made => _made.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _made.TrySetResult(() => callback(state));
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}

/// <summary>Reads under way.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AccountReadsTests
{
    [Test]
    public async Task Who_asks_for_what_is_being_read_waits_for_that_read()
    {
        AccountReads reads = new(10);
        TaskCompletionSource<AccountEntry?> answer = new();
        int started = 0;
        ReadKey key = new(1, "alice", 0, default);
        Task<AccountEntry?>[] waiting = [.. Enumerable.Range(0, 50).Select(_ => reads.RunAsync(key, Read, default))];

        AccountEntry entry = TestAccounts.Entry(1, 1, "alice");
        answer.SetResult(entry);

        Assert.That(await Task.WhenAll(waiting), Has.All.SameAs(entry));
        Assert.That(started, Is.EqualTo(1));

        Task<AccountEntry?> Read(ReadKey asked)
        {
            Interlocked.Increment(ref started);
            return answer.Task;
        }
    }

    [Test]
    public async Task Who_asks_after_a_change_does_not_wait_for_a_read_that_was_begun_before_it()
    {
        AccountReads reads = new(10);
        TaskCompletionSource<AccountEntry?> older = new();
        AccountEntry entry = TestAccounts.Entry(1, 1, "alice");

        Task<AccountEntry?> before = reads.RunAsync(Key("alice") with { AskedAt = new TableVersion(1, 1) }, _ => older.Task, default);
        AccountEntry? after = await reads.RunAsync(Key("alice") with { AskedAt = new TableVersion(2, 1) }, _ => Task.FromResult<AccountEntry?>(entry), default);
        older.SetResult(null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after, Is.SameAs(entry));
            Assert.That(await before, Is.Null);
        }
    }

    [Test]
    public async Task Past_the_bound_a_read_is_refused_until_one_ends()
    {
        AccountReads reads = new(2);
        TaskCompletionSource<AccountEntry?> answer = new();
        Task<AccountEntry?> first = reads.RunAsync(Key("a"), _ => answer.Task, default);
        Task<AccountEntry?> second = reads.RunAsync(Key("b"), _ => answer.Task, default);

        Assert.That(() => reads.RunAsync(Key("c"), _ => answer.Task, default), Throws.InstanceOf<DbException>());
        answer.SetResult(null);
        await Task.WhenAll(first, second);

        Assert.That(await reads.RunAsync(Key("c"), _ => answer.Task, default), Is.Null);
    }

    [Test]
    public async Task A_read_that_fails_is_not_remembered()
    {
        AccountReads reads = new(2);
        Task<AccountEntry?> failing = reads.RunAsync(Key("a"), _ => throw new AccountsBusyException("no"), default);
        Assert.That(async () => await failing, Throws.InstanceOf<AccountsBusyException>());

        AccountEntry entry = TestAccounts.Entry(1, 1, "a");
        Assert.That(await reads.RunAsync(Key("a"), _ => Task.FromResult<AccountEntry?>(entry), default), Is.SameAs(entry));
    }

    [Test]
    public async Task Who_gives_up_waiting_does_not_end_the_read_for_others()
    {
        AccountReads reads = new(2);
        TaskCompletionSource<AccountEntry?> answer = new();
        using CancellationTokenSource impatient = new();
        Task<AccountEntry?> gone = reads.RunAsync(Key("a"), _ => answer.Task, impatient.Token);
        Task<AccountEntry?> stays = reads.RunAsync(Key("a"), _ => answer.Task, default);
        await impatient.CancelAsync();
        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());

        AccountEntry entry = TestAccounts.Entry(1, 1, "a");
        answer.SetResult(entry);

        Assert.That(await stays, Is.SameAs(entry));
    }

    private static ReadKey Key(string name) => new(1, name, 0, default);
}
