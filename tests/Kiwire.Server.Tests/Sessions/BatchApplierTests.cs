using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Network;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>radius.md, Accounting, down to the rows.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BatchApplierTests(StorageProvider provider)
{
    private const int StartType = 1;
    private const int StopType = 2;
    private const int InterimType = 3;
    private const long Beginning = 1_700_000_000;

    private SessionsRoom _room = null!;
    private long _alice;

    [SetUp]
    public async Task SetUp()
    {
        _room = await SessionsRoom.CreateAsync(provider);
        _alice = await _room.Accounts.CreateUserAsync("alice", profile: "wx_temp");
    }

    [TearDown]
    public async Task TearDown() => await _room.DisposeAsync();

    [Test]
    public async Task A_session_is_kept_with_all_that_its_records_say()
    {
        _room.Apply(
            Packet(StartType, 0).With(8, [10, 0, 0, 9]).With(30, "AP-1:lobby").With(5, 3).With(50, "multi").With(new LoginClass(_alice, 77)),
            Packet(InterimType, 300, 300, 10, 20),
            Packet(StopType, 400, 400, 30, 40).With(49, 5));

        dynamic row = (await _room.SessionsAsync()).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((long)row.tenant_id, Is.EqualTo(1));
            Assert.That((long)row.nas_id, Is.EqualTo(7));
            Assert.That((string)row.acct_session_id, Is.EqualTo("s1"));
            Assert.That((string)row.client_key, Is.EqualTo("aa:bb:cc:dd:ee:01"));
            Assert.That((long)row.account_id, Is.EqualTo(_alice));
            Assert.That((long)row.login_id, Is.EqualTo(77));
            Assert.That((string)row.user_name, Is.EqualTo("alice"));
            Assert.That((string)row.mac, Is.EqualTo("aa:bb:cc:dd:ee:01"));
            Assert.That((string)row.calling_station_id, Is.EqualTo("AA-BB-CC-DD-EE-01"));
            Assert.That((string)row.called_station_id, Is.EqualTo("AP-1:lobby"));
            Assert.That((string)row.client_ip, Is.EqualTo("10.0.0.9"));
            Assert.That((string)row.nas_address, Is.EqualTo("192.0.2.1"));
            Assert.That((string)row.nas_port, Is.EqualTo("3"));
            Assert.That((string)row.multi_session_id, Is.EqualTo("multi"));
            Assert.That((long)row.started_at, Is.EqualTo(Beginning * 1000));
            Assert.That((long)row.ended_at, Is.EqualTo((Beginning + 400) * 1000));
            Assert.That((int)row.terminate_cause, Is.EqualTo(5));
            Assert.That(((long)row.seconds, (long)row.octets_in, (long)row.octets_out), Is.EqualTo((400L, 30L, 40L)));
        }
    }

    [Test]
    public async Task Usage_is_added_to_the_account_in_the_same_transaction()
    {
        _room.Apply(Packet(StartType, 0), Packet(InterimType, 300, 300, 10, 20));
        UsageTotals first = await _room.UsageAsync(_alice);
        _room.Apply(Packet(StopType, 400, 400, 30, 40));

        Assert.That((first, await _room.UsageAsync(_alice)), Is.EqualTo((new UsageTotals(300, 10, 20), new UsageTotals(400, 30, 40))));
    }

    [Test]
    public async Task Gigawords_count_4_gibioctets_each()
    {
        _room.Apply(Packet(StopType, 400, 400, 1, 2).With(52, 3).With(53, 4));

        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(400, (3L << 32) + 1, (4L << 32) + 2)));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(100)]
    public async Task Repeated_and_late_records_count_once_however_they_fall_into_batches(int batch)
    {
        int[] order = [2, 0, 1, 2, 3, 1, 5, 4, 5, 0, 3, 6, 2, 6, 5, 0];
        foreach (int[] chunk in order.Chunk(batch))
        {
            _room.Apply([.. chunk.Select(i => i switch
            {
                0 => Packet(StartType, 0),
                6 => Packet(StopType, 1700, 1700, 1700, 3400),
                _ => Packet(InterimType, i * 300, (uint)i * 300, (uint)i * 300, (uint)i * 600),
            })]);
        }

        dynamic row = (await _room.SessionsAsync()).Single();
        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(1700, 1700, 3400)));
        Assert.That(((long)row.seconds, (long?)row.ended_at), Is.EqualTo((1700L, (long?)(Beginning + 1700) * 1000)));
    }

    [Test]
    public async Task A_journal_that_is_applied_again_from_an_old_position_counts_nothing_twice()
    {
        _room.Apply(Packet(StartType, 0), Packet(InterimType, 300, 300, 10, 20));
        _room.Journal(Login(1, LoginOutcome.Rejected, 1));
        _room.Apply(Packet(StopType, 400, 400, 30, 40));

        SessionsRoom again = _room.Restart();
        again.Apply();

        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(400, 30, 40)));
        Assert.That((await _room.QueryAsync("SELECT * FROM login_history")).Length, Is.EqualTo(1));
        Assert.That((long)(await _room.QueryAsync("SELECT times FROM unauthorised_devices")).Single().times, Is.EqualTo(1));
        Assert.That(again.Applier.ReadPosition(default), Is.EqualTo(4));
    }

    [Test]
    public async Task A_session_id_used_again_after_its_stop_is_a_session_of_its_own()
    {
        _room.Apply(Packet(StartType, 0), Packet(StopType, 400, 400, 30, 40), Packet(StartType, 1000), Packet(InterimType, 1300, 300, 1, 2));

        dynamic[] rows = await _room.SessionsAsync();
        Assert.That(rows.Select(row => ((int)row.generation, (long)row.seconds, row.ended_at is null)), Is.EqualTo(new[] { (0, 400L, false), (1, 300L, true) }));
        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(700, 31, 42)));
    }

    [Test]
    public async Task Accounting_on_ends_all_open_sessions_of_that_nas_and_no_others()
    {
        _room.Apply(
            Packet(StartType, 0, session: "s1"), Packet(InterimType, 300, 300, 1, 1, session: "s1"), Packet(StartType, 0, session: "s2", device: "aa:bb:cc:dd:ee:02"),
            On(0, NetworkSamples.Entry(8, "192.0.2.8/32")));
        _room.Apply(On(500));

        dynamic[] rows = await _room.SessionsAsync();
        Assert.That(
            rows.Select(row => ((long?)row.ended_at, (int?)row.terminate_cause)),
            Is.EqualTo(new[] { ((long?)(Beginning + 300) * 1000, (int?)TerminateCause.NasReboot), (Beginning * 1000, TerminateCause.NasReboot) }));
    }

    [Test]
    public async Task Accounting_on_from_one_of_a_prefix_ends_the_sessions_of_that_address()
    {
        NasEntry prefix = NetworkSamples.Entry(9, "192.0.2.0/24");
        AccountingPacket From(AccountingPacket packet, string address) => packet.Via(prefix, address);
        _room.Apply(
            From(Packet(StartType, 0, session: "s1"), "192.0.2.1"), From(Packet(StartType, 0, session: "s2"), "192.0.2.2"), From(On(10), "192.0.2.2"));

        Assert.That((await _room.SessionsAsync()).Select(row => row.ended_at is null), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task Silence_ends_a_session_as_lost_carrier_and_later_news_continues_it()
    {
        _room.Apply(Packet(StartType, 0), Packet(InterimType, 300, 300, 10, 20));
        _room.JournalStale(SessionKey.Of(1, 7, "s1", "aa:bb:cc:dd:ee:01"), (Beginning + 300) * 1000);
        _room.Apply();
        dynamic ended = (await _room.SessionsAsync()).Single();
        _room.Apply(Packet(InterimType, 2000, 2000, 30, 40));
        dynamic continued = (await _room.SessionsAsync()).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((long?)ended.ended_at, (int?)ended.terminate_cause), Is.EqualTo(((long?)(Beginning + 300) * 1000, (int?)TerminateCause.LostCarrier)));
            Assert.That((object?)continued.ended_at, Is.Null);
            Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(2000, 30, 40)));
        }
    }

    [Test]
    public async Task A_record_that_can_never_be_stored_is_set_aside_and_blocks_nothing()
    {
        await _room.ExecuteAsync(provider == StorageProvider.Sqlite
            ? "CREATE TRIGGER poison BEFORE INSERT ON sessions WHEN NEW.acct_session_id = 'poison' BEGIN SELECT RAISE(ABORT, 'no poison'); END"
            : """
              CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no poison''; END';
              CREATE TRIGGER poison BEFORE INSERT ON sessions FOR EACH ROW WHEN (NEW.acct_session_id = 'poison') EXECUTE FUNCTION refuse()
              """);
        _room.Journal(Packet(StartType, 0, session: "s1"));
        _room.Journal(Packet(StartType, 0, session: "poison"));
        _room.Journal(new AccountingPacket().With(40, StartType).With(1, "alice"));
        _room.Add(JournalRecordKind.Accounting, [1, 2, 3]);
        _room.Journal(Packet(StartType, 0, session: "s2"));
        _room.Apply();

        dynamic[] aside = await _room.QueryAsync("SELECT * FROM journal_set_aside ORDER BY sequence");
        Assert.That(aside.Select(row => (long)row.sequence), Is.EqualTo(new[] { 2L, 3L, 4L }));
string[] reasons = [.. aside.Select(row => (string)row.reason)];
        Assert.That(reasons[0], Does.Contain("no poison"));
        Assert.That(reasons[1], Does.Contain("Acct-Session-Id"));
        Assert.That(reasons[2], Does.Contain("read"));
        Assert.That((await _room.SessionsAsync()).Select(row => (string)row.acct_session_id), Is.EqualTo(new[] { "s1", "s2" }));
        Assert.That(_room.Applier.ReadPosition(default), Is.EqualTo(5));
    }

    [Test]
    public async Task The_account_is_found_by_class_else_by_name_else_by_registered_device()
    {
        long bob = await _room.Accounts.CreateUserAsync("Bob", profile: "wx_temp", mac: "aa:bb:cc:00:00:09");
        _room.Apply(
            Packet(StartType, 0, session: "class", user: "whoever").With(new LoginClass(bob, 5)),
            Packet(StartType, 0, session: "name", user: "BOB"),
            Packet(StartType, 0, session: "mac", user: "AABBCC000009"),
            Packet(StartType, 0, session: "nobody", user: "whoever"),
            Packet(StartType, 0, session: "wrong", user: "whoever").With(new LoginClass(bob + 1_000_000, 5)));

        Dictionary<string, long?> accounts = (await _room.SessionsAsync()).ToDictionary(row => (string)row.acct_session_id, row => (long?)row.account_id);
        Assert.That(accounts, Is.EqualTo(new Dictionary<string, long?> { ["class"] = bob, ["name"] = bob, ["mac"] = bob, ["nobody"] = null, ["wrong"] = null }));
    }

    [TestCase(0u, "0.00")]
    [TestCase(1u, "0.25")]
    [TestCase(60u, "0.25")]
    [TestCase(61u, "0.50")]
    public async Task A_pay_as_you_use_session_is_charged_by_the_started_minute(uint seconds, string charge)
    {
        await _room.ExecuteAsync("UPDATE profiles SET type = 3, price = '0.25' WHERE tenant_id = 1 AND name = 'wx_temp'");
        _room.Apply(Packet(StartType, 0));
        Assert.That((object?)(await _room.SessionsAsync()).Single().charge, Is.Null);
        _room.Apply(Packet(StopType, (int)seconds, seconds, 1, 1));

        Assert.That(decimal.Parse((string)(await _room.SessionsAsync()).Single().charge, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(decimal.Parse(charge, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task An_account_that_reaches_its_limit_is_reported_once()
    {
        await _room.ExecuteAsync("UPDATE profiles SET type = 0, minutes = 10 WHERE tenant_id = 1 AND name = 'wx_temp'");
        _room.Apply(Packet(InterimType, 300, 300, 1, 1));
        int before = _room.Results.Sum(result => result.Exhausted.Count);
        _room.Apply(Packet(InterimType, 600, 600, 1, 1));
        ExhaustedAccount[] at = [.. _room.Results.SelectMany(result => result.Exhausted)];
        _room.Apply(Packet(InterimType, 900, 900, 1, 1));

        Assert.That((before, _room.Results.Sum(result => result.Exhausted.Count)), Is.EqualTo((0, 0)));
        Assert.That(at, Is.EqualTo(new[] { new ExhaustedAccount(1, _alice) }));
    }

    [Test]
    public async Task Memory_and_database_together_never_count_usage_twice_or_lose_it()
    {
        AccountEntry entry = (await _room.Accounts.LoadAsync("alice"))!;
        _room.Apply(Packet(StartType, 0), Packet(InterimType, 300, 300, 10, 20));
        UsageTotals applied = entry.Presence.Usage;
        _room.Journal(Packet(InterimType, 600, 600, 30, 40));
        UsageTotals journalled = entry.Presence.Usage;
        _room.Apply();

        Assert.That((applied, journalled), Is.EqualTo((new UsageTotals(300, 10, 20), new UsageTotals(600, 30, 40))));
        Assert.That(entry.Presence.Usage, Is.EqualTo(await _room.UsageAsync(_alice)));
    }

    [Test]
    public async Task A_late_record_of_a_session_that_memory_has_forgotten_does_not_stay_open()
    {
        AccountEntry entry = (await _room.Accounts.LoadAsync("alice"))!;
        _room.Apply(Packet(StartType, 0), Packet(StopType, 400, 400, 30, 40));
        _room.Live.Sweep(long.MaxValue / 2, []);
        Assert.That(_room.Live.Count, Is.Zero);
        _room.Apply(Packet(InterimType, 300, 300, 10, 20));

        Assert.That(entry.Presence.CountPlaces(AccountingPacket.ReceivedAt), Is.Zero);
        Assert.That(entry.Presence.Usage, Is.EqualTo(new UsageTotals(400, 30, 40)));
    }

    [Test]
    public async Task A_record_that_was_put_aside_leaves_memory_as_the_database_is()
    {
        AccountEntry entry = (await _room.Accounts.LoadAsync("alice"))!;
        _room.Journal(Packet(StartType, 0));
        _room.Applier.Refuse(_room.Journalled[0], "for the test", default);

        Assert.That((_room.Live.Count, entry.Presence.CountPlaces(AccountingPacket.ReceivedAt)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Two_servers_that_hear_records_of_the_same_sessions_count_them_once()
    {
        if (provider == StorageProvider.Sqlite)
        {
            Assert.Ignore("SQLite has one server.");
        }

        SessionsRoom second = _room.OpenSecond();
        Random random = new(7);
        for (uint step = 0; step <= 10; step++)
        {
            for (int session = 0; session < 20; session++)
            {
                AccountingPacket packet = step switch
                {
                    0 => Packet(StartType, 0, session: $"s{session}"),
                    10 => Packet(StopType, 3000, 3000, 100, 200, session: $"s{session}"),
                    _ => Packet(InterimType, (int)(step * 300), step * 300, step * 10, step * 20, session: $"s{session}"),
                };
                (random.Next(2) == 0 ? _room : second).Journal(packet);
                if (random.Next(4) == 0)
                {
                    (random.Next(2) == 0 ? _room : second).Journal(packet);
                }
            }

            await Task.WhenAll(Task.Run(() => _room.Apply()), Task.Run(() => second.Apply()));
        }

        dynamic[] rows = await _room.SessionsAsync();
        Assert.That(rows, Has.Length.EqualTo(20));
        Assert.That(rows.All(row => (long)row.seconds == 3000 && row.ended_at is not null), Is.True);
        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(20 * 3000, 20 * 100, 20 * 200)));
        Assert.That(await _room.QueryAsync("SELECT * FROM journal_set_aside"), Is.Empty);
    }

    [Test]
    public async Task Two_servers_that_hear_of_the_same_sessions_in_other_orders_do_not_wait_for_each_other()
    {
        if (provider == StorageProvider.Sqlite)
        {
            Assert.Ignore("SQLite has one server.");
        }

        SessionsRoom second = _room.OpenSecond();
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 300; i++)
            {
                _room.Journal(Packet(StartType, 0, session: $"r{round}-{i}"));
                second.Journal(Packet(StartType, 0, session: $"r{round}-{299 - i}"));
            }

            await Task.WhenAll(Task.Run(() => _room.Apply()), Task.Run(() => second.Apply()));
        }

        Assert.That(await _room.SessionsAsync(), Has.Length.EqualTo(5 * 300));
    }

    [Test]
    public async Task Every_decision_on_a_login_is_in_the_history()
    {
        _room.Journal(new LoginEvent
        {
            TenantId = 1, LoginId = 5, At = 1234, UserName = "Alice"u8, AccountId = _alice, NasId = 7, Device = MacAddress.FromBits(0xaabbccddee01),
            ClientAddress = NetworkSamples.Bits("10.0.0.9"), Outcome = LoginOutcome.Rejected, Method = LoginMethod.MsChapV2, Reason = LoginReason.NoCredit,
            Detail = "3600 of 3600 s"u8,
        });
        _room.Apply();

        dynamic row = (await _room.QueryAsync("SELECT * FROM login_history")).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((long)row.tenant_id, (long)row.login_id, (long)row.at, (long)row.account_id, (long)row.nas_id), Is.EqualTo((1L, 5L, 1234L, _alice, 7L)));
            Assert.That(((string)row.user_name, (string)row.name_key, (string)row.mac, (string)row.client_ip), Is.EqualTo(("Alice", "alice", "aa:bb:cc:dd:ee:01", "10.0.0.9")));
            Assert.That(((int)row.accepted, (string)row.method, (string)row.reason, (string)row.detail), Is.EqualTo((0, "MS-CHAPv2", "no_credit", "3600 of 3600 s")));
        }
    }

    [Test]
    public async Task A_refused_device_is_among_the_unauthorised_until_it_logs_in()
    {
        _room.Journal(Login(1, LoginOutcome.Rejected, 1));
        _room.Journal(Login(2, LoginOutcome.Rejected, 2));
        _room.Journal(Login(3, LoginOutcome.Challenged, 2));
        _room.Apply();
        _room.Journal(Login(4, LoginOutcome.Rejected, 1));
        _room.Apply();
        dynamic[] refused = await _room.QueryAsync("SELECT * FROM unauthorised_devices ORDER BY mac");
        _room.Journal(Login(5, LoginOutcome.Accepted, 1));
        _room.Journal(Login(6, LoginOutcome.Accepted, 2));
        _room.Journal(Login(7, LoginOutcome.Rejected, 2));
        _room.Apply();
        dynamic[] after = await _room.QueryAsync("SELECT * FROM unauthorised_devices");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Select(row => ((long)row.times, (long)row.first_seen_at, (long)row.last_seen_at)), Is.EqualTo(new[] { (2L, 1L, 4L), (1L, 2L, 2L) }));
            Assert.That(((string)refused[0].user_name, (string)refused[0].reason, (long)refused[0].nas_id), Is.EqualTo(("alice", "wrong_password", 7L)));
            Assert.That(after.Select(row => ((string)row.mac, (long)row.times, (long)row.first_seen_at)), Is.EqualTo(new[] { ("00:00:00:00:00:02", 1L, 7L) }));
        }
    }

    private static LoginEvent Login(long id, LoginOutcome outcome, ulong device) => new()
    {
        TenantId = 1, LoginId = id, At = id, UserName = "alice"u8, NasId = 7, Device = MacAddress.FromBits(device), Outcome = outcome, Method = LoginMethod.Pap,
        Reason = outcome == LoginOutcome.Rejected ? LoginReason.WrongPassword : LoginReason.None,
    };

    private static AccountingPacket Packet(int status, int at, uint? seconds = null, uint octetsIn = 0, uint octetsOut = 0, string session = "s1", string user = "alice", string device = "AA-BB-CC-DD-EE-01")
    {
        AccountingPacket packet = AccountingPacket.Of(status, session, user, device).With(55, (uint)(Beginning + at));
        return seconds is { } time ? packet.With(46, time).With(42, octetsIn).With(43, octetsOut) : packet;
    }

    private static AccountingPacket On(int at, NasEntry? nas = null) =>
        new AccountingPacket { Nas = nas ?? AccountingPacket.UsualNas }.With(40, 7).With(55, (uint)(Beginning + at));
}
