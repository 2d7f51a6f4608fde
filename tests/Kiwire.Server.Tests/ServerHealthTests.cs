using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests;

/// <summary>When Status-Server is answered: while the server can do something useful.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class ServerHealthTests
{
    private const int NoSpace = 28;
    private const int DiscIsFull = 941;
    private const int DiscHasSpace = 942;

    [Test]
    public async Task Logins_go_on_without_the_database_for_accounts_in_memory_and_end_where_there_are_none()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);
        await using TestJournal journal = new();
        ServerHealth health = new(room.Storage.Database, room.Directory, await journal.OpenAsync());
        bool reachable = health.CanAuthenticate;

        room.Storage.Database.Report(success: false);
        bool empty = health.CanAuthenticate;
        room.Storage.Database.Report(success: true);
        await room.CreateUserAsync("alice");
        await room.Directory.LoadAsync(AccountsRoom.Tenant, "alice"u8.ToArray(), default);
        room.Storage.Database.Report(success: false);

        Assert.That((reachable, empty, health.CanAuthenticate), Is.EqualTo((true, false, true)));
    }

    [Test]
    public async Task Accounting_goes_on_without_the_database_until_the_journal_is_full()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);
        await using TestJournal journal = new();
        journal.Options.JournalLimitOctets = 1 << 20;
        AccountingJournal open = await journal.OpenAsync();
        ServerHealth health = new(room.Storage.Database, room.Directory, open);
        room.Storage.Database.Report(success: false);
        bool before = health.CanAccount;

        while (open.Append(JournalRecordKind.Accounting, new byte[1000], null, 0, out _) == JournalAppend.Taken)
        {
        }

        bool full = health.CanAccount;
        room.Storage.Database.Report(success: true);

        Assert.That((before, full, health.CanAccount), Is.EqualTo((true, false, false)), "a full journal takes nothing, whatever the database does");
    }

    [Test]
    public async Task Accounting_ends_while_the_journals_disc_is_full_and_goes_on_after_it()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);
        await using TestJournal journal = new();
        AccountingJournal open = await journal.OpenAsync();
        ServerHealth health = new(room.Storage.Database, room.Directory, open);

        journal.Disc.Failure = new IOException("No space left on device", NoSpace);
        open.Append(JournalRecordKind.Accounting, new byte[100], null, 0, out _);
        await journal.Log.WaitAsync(DiscIsFull);
        bool full = health.CanAccount;
        journal.Disc.Failure = null;
        await journal.Log.WaitAsync(DiscHasSpace);

        Assert.That((full, health.CanAccount), Is.EqualTo((false, true)));
    }
}
