using System.Buffers.Binary;
using System.Text;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Network;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Sessions;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LoginHistoryTests
{
    [Test]
    public void A_decision_comes_back_from_its_record()
    {
        byte[] octets = Encode("alice"u8, "3600 of 3600 s"u8);

        Assert.That(LoginRecord.TryRead(octets, out LoginRecord record), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((record.TenantId, record.LoginId, record.At, record.AccountId, record.NasId), Is.EqualTo((1L, 2L, 3L, 4L, 5L)));
            Assert.That((record.Outcome, record.Method, record.Reason), Is.EqualTo((LoginOutcome.Rejected, LoginMethod.EapGtc, LoginReason.Volume)));
            Assert.That((record.Device, record.ClientAddress), Is.EqualTo((MacAddress.FromBits(6), NetworkSamples.Bits("10.0.0.9"))));
            Assert.That((Encoding.UTF8.GetString(record.UserName), Encoding.UTF8.GetString(record.Detail)), Is.EqualTo(("alice", "3600 of 3600 s")));
        }
    }

    [Test]
    public void A_record_of_the_version_before_replies_is_still_read()
    {
        byte[] octets = Encode("alice"u8, "why"u8);
        byte[] earlier = [1, .. octets.AsSpan(1, octets.Length - 3)];

        Assert.That(LoginRecord.TryRead(octets, out LoginRecord record), Is.True);
        Assert.That(record.HasReply, Is.True);
        Assert.That(LoginRecord.TryRead(earlier, out record), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.HasReply, Is.False);
            Assert.That((record.LoginId, Encoding.UTF8.GetString(record.Detail)), Is.EqualTo((2L, "why")));
        }
    }

    [Test]
    public async Task A_reply_that_was_empty_is_told_from_one_that_was_not_recorded([Values] StorageProvider provider)
    {
        await using SessionsRoom room = await SessionsRoom.CreateAsync(provider);
        byte[] now = Encode("alice"u8, "why"u8);
        byte[] earlier = [1, .. now.AsSpan(1, now.Length - 3)];
        BinaryPrimitives.WriteInt64LittleEndian(earlier.AsSpan(12), 1);
        room.Add(JournalRecordKind.Login, earlier);
        room.Add(JournalRecordKind.Login, now);

        room.Apply();

        LoginHistoryStore store = new(room.Accounts.Storage.Database);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await store.FindAsync(1, 1, default), Is.Not.Null.And.Property(nameof(LoginInfo.Reply)).Null);
            Assert.That((await store.FindAsync(1, 2, default))!.Reply, Is.Not.Null.And.Empty);
        }
    }

    [Test]
    public void A_reply_is_kept_up_to_its_limit_in_whole_attributes()
    {
        byte[] attribute = [18, 255, .. new byte[253]];
        byte[] reply = [.. Enumerable.Repeat(attribute, 5).SelectMany(octets => octets)];
        LoginEvent login = Event("alice"u8, default, reply);
        byte[] octets = new byte[LoginRecord.MaximumLength];
        int length = LoginRecord.Write(login, octets);

        Assert.That(LoginRecord.TryRead(octets.AsSpan(0, length), out LoginRecord record), Is.True);
        Assert.That(record.Reply.ToArray(), Is.EqualTo(reply[..(4 * 255)]));
    }

    [Test]
    public async Task Pages_go_on_where_they_stopped_within_every_filter([Values] StorageProvider provider)
    {
        await using SessionsRoom room = await SessionsRoom.CreateAsync(provider);
        for (int i = 1; i <= 12; i++)
        {
            long at = 1_780_000_000_000 + (i * 1000);
            room.Journal(new LoginEvent
            {
                TenantId = 1, LoginId = IdSource.LeastAt(at), At = at, UserName = i % 2 == 0 ? "Alice"u8 : "bob"u8, NasId = i % 3, Device = MacAddress.FromBits((ulong)(i % 4)),
                Outcome = i % 4 == 0 ? LoginOutcome.Accepted : LoginOutcome.Rejected, Method = LoginMethod.Pap, Reason = i % 4 == 0 ? LoginReason.None : i % 6 == 1 ? LoginReason.Zone : LoginReason.Expired,
                Reply = [18, 3, (byte)i],
            });
        }

        room.Apply();
        LoginHistoryStore store = new(room.Accounts.Storage.Database);
        LoginQuery all = new() { TenantId = 1, Limit = 4 };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ReadAllAsync(all), Is.EqualTo("12 11 10 9|8 7 6 5|4 3 2 1"));
            Assert.That(await ReadAllAsync(all with { UserName = "ALICE" }), Is.EqualTo("12 10 8 6|4 2"));
            Assert.That(await ReadAllAsync(all with { UserName = "alice", Outcome = LoginOutcome.Accepted }), Is.EqualTo("12 8 4"));
            Assert.That(await ReadAllAsync(all with { Mac = "00:00:00:00:00:01" }), Is.EqualTo("9 5 1"));
            Assert.That(await ReadAllAsync(all with { Mac = "00:00:00:00:00:01", UserName = "alice" }), Is.EqualTo(""));
            Assert.That(await ReadAllAsync(all with { NasId = 0 }), Is.EqualTo("12 9 6 3"));
            Assert.That(await ReadAllAsync(all with { Reason = "zone" }), Is.EqualTo("7 1"));
            Assert.That(await ReadAllAsync(all with { From = 1_780_000_003_000, To = 1_780_000_006_000 }), Is.EqualTo("5 4 3"));
            Assert.That(await ReadAllAsync(all with { TenantId = 2 }), Is.EqualTo(""));
            Assert.That((await store.FindAsync(1, IdSource.LeastAt(1_780_000_005_000), default))!.Reply, Is.EqualTo(new byte[] { 18, 3, 5 }));
            Assert.That(await store.FindAsync(2, IdSource.LeastAt(1_780_000_005_000), default), Is.Null);
        }

        async Task<string> ReadAllAsync(LoginQuery query)
        {
            List<string> pages = [];
            HistoryPart<LoginInfo> part;
            do
            {
                part = await store.ReadAsync(query, default);
                pages.Add(string.Join(' ', part.Rows.Select(login => (login.At - 1_780_000_000_000) / 1000)));
                query = query with { Below = part.Next };
            }
            while (part.Next is not null);

            return string.Join('|', pages);
        }
    }

    [Test]
    public async Task What_no_index_answers_is_looked_for_among_so_many_rows_and_the_list_goes_on_behind_them([Values] StorageProvider provider)
    {
        await using SessionsRoom room = await SessionsRoom.CreateAsync(provider);
        int rows = HistoryScan.MostRows + 10;
        await room.ExecuteAsync($"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO login_history (tenant_id, login_id, at, user_name, name_key, nas_id, mac, client_ip, accepted, method, reason, detail)
            SELECT 1, i, i, 'a', 'a', 1, '', '', 0, 'PAP', CASE WHEN i IN (5, 15) THEN 'zone' ELSE 'expired' END, '' FROM n
            """);
        LoginHistoryStore store = new(room.Accounts.Storage.Database);
        LoginQuery query = new() { TenantId = 1, Reason = "zone", Limit = 10 };

        HistoryPart<LoginInfo> first = await store.ReadAsync(query, default);
        HistoryPart<LoginInfo> second = await store.ReadAsync(query with { Below = first.Next }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Rows.Select(login => login.LoginId), Is.EqualTo(new[] { 15L }));
            Assert.That(first.Next, Is.EqualTo(11));
            Assert.That(second.Rows.Select(login => login.LoginId), Is.EqualTo(new[] { 5L }));
            Assert.That(second.Next, Is.Null);
        }
    }

    [Test]
    public void Every_truncation_is_refused()
    {
        byte[] octets = Encode("alice"u8, "why"u8);
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.That(LoginRecord.TryRead(octets.AsSpan(0, length), out _), Is.False, $"{length} octets");
        }
    }

    [Test]
    public void The_worst_name_and_detail_fit_and_stay_text()
    {
        byte[] name = new byte[300];
        byte[] detail = Encoding.UTF8.GetBytes(new string('é', 2000));
        byte[] octets = Encode(name, detail);

        Assert.That(LoginRecord.TryRead(octets, out LoginRecord record), Is.True);
        Assert.That(Encoding.UTF8.GetString(record.UserName), Does.StartWith(@"\x00\x00").And.Length.EqualTo(4 * 253));
        Assert.That(Encoding.UTF8.GetString(record.Detail), Is.EqualTo(new string('é', LoginRecord.DetailLimit / 2)));
    }

    [Test]
    public async Task Recording_allocates_nothing_and_waits_for_nothing()
    {
        await using TestJournal journal = new();
        await journal.OpenAsync(start: false);
        LoginHistory history = new(journal.Journal, SessionsRoom.Metrics());
        (bool all, long allocated) = Record(history);

        Assert.That((all, allocated), Is.EqualTo((true, 0L)));
    }

    [Test]
    public async Task A_row_past_the_backlogs_bound_is_dropped()
    {
        await using TestJournal journal = new();
        journal.Options.HistoryLimitOctets = 1;
        await journal.OpenAsync(start: false);

        Assert.That(new LoginHistory(journal.Journal, SessionsRoom.Metrics()).TryRecord(Event("alice"u8, default)), Is.False);
    }

    [Test]
    public async Task History_and_unauthorised_devices_are_listed_newest_first([Values] StorageProvider provider)
    {
        await using SessionsRoom room = await SessionsRoom.CreateAsync(provider);
        for (int i = 1; i <= 6; i++)
        {
            room.Journal(new LoginEvent
            {
                TenantId = 1, LoginId = i, At = i * 1000, UserName = i % 2 == 0 ? "Alice"u8 : "bob"u8, NasId = i % 3, Device = MacAddress.FromBits((ulong)i),
                Outcome = LoginOutcome.Rejected, Method = LoginMethod.Pap, Reason = LoginReason.Expired,
            });
        }

        room.Apply();
        LoginHistoryStore store = new(room.Accounts.Storage.Database);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IdsAsync(new LoginQuery { TenantId = 1 }), Is.EqualTo(new[] { 6, 5, 4, 3, 2, 1 }));
            Assert.That(await IdsAsync(new LoginQuery { TenantId = 1, UserName = "ALICE" }), Is.EqualTo(new[] { 6, 4, 2 }));
            Assert.That(await IdsAsync(new LoginQuery { TenantId = 1, NasId = 0 }), Is.EqualTo(new[] { 6, 3 }));
            Assert.That(await IdsAsync(new LoginQuery { TenantId = 1, From = 2000, To = 5000 }), Is.EqualTo(new[] { 4, 3, 2 }));
            Assert.That(await IdsAsync(new LoginQuery { TenantId = 1, Start = 1, Limit = 2 }), Is.EqualTo(new[] { 5, 4 }));
            Assert.That(await IdsAsync(new LoginQuery { TenantId = 2 }), Is.Empty);
            Assert.That((await store.ListAsync(new LoginQuery { TenantId = 1 }, default))[0].Outcome, Is.EqualTo(LoginOutcome.Rejected));
            Assert.That((await store.ListUnauthorisedAsync(1, null, 0, 2, default)).Select(device => device.LastSeenAt), Is.EqualTo(new[] { 6000L, 5000L }));
            Assert.That((await store.ListUnauthorisedAsync(1, 0, 0, 50, default)).Select(device => device.Mac), Is.EqualTo(new[] { "00:00:00:00:00:06", "00:00:00:00:00:03" }));
        }

        async Task<IEnumerable<int>> IdsAsync(LoginQuery query) => (await store.ListAsync(query, default)).Select(login => (int)login.LoginId);
    }

    private static (bool All, long Allocated) Record(LoginHistory history)
    {
        LoginEvent login = Event("alice"u8, "why"u8);
        bool all = history.TryRecord(login);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            all &= history.TryRecord(login);
        }

        return (all, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Encode(ReadOnlySpan<byte> userName, ReadOnlySpan<byte> detail)
    {
        byte[] octets = new byte[LoginRecord.MaximumLength];
        return octets[..LoginRecord.Write(Event(userName, detail), octets)];
    }

    private static LoginEvent Event(ReadOnlySpan<byte> userName, ReadOnlySpan<byte> detail, ReadOnlySpan<byte> reply = default) => new()
    {
        TenantId = 1, LoginId = 2, At = 3, AccountId = 4, NasId = 5, Device = MacAddress.FromBits(6), ClientAddress = NetworkSamples.Bits("10.0.0.9"),
        Outcome = LoginOutcome.Rejected, Method = LoginMethod.EapGtc, Reason = LoginReason.Volume, UserName = userName, Detail = detail, Reply = reply,
    };
}
