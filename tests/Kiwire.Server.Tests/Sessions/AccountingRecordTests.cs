using System.Text;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tests.Network;

namespace Kiwire.Server.Tests.Sessions;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AccountingRecordTests
{
    private const long Received = AccountingPacket.ReceivedAt;

    [Test]
    public void Everything_that_is_kept_comes_back_from_the_journal()
    {
        AccountingPacket packet = AccountingPacket.Of(2).With(30, "AP:lobby").With(8, [10, 0, 0, 9]).With(5, 3).With(87, "wlan1").With(50, "multi")
            .With(46, 600).With(42, 1).With(52, 2).With(43, 3).With(53, 4).With(49, 5).With(85, 120).With(55, 1_699_999_990)
            .With(25, "somebody else's").With(new LoginClass(11, 12));
        byte[] octets = Encode(packet);

        Assert.That(AccountingRecord.TryRead(octets, out AccountingRecord record), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(AccountingStatus.Stop));
            Assert.That((record.TenantId, record.NasId, record.RecordId), Is.EqualTo((1L, 7L, 99L)));
            Assert.That((record.ReceivedAt, record.EventAt, record.TimeIsTold), Is.EqualTo((Received, 1_699_999_990_000L, true)));
            Assert.That((record.SessionSeconds, record.OctetsIn, record.OctetsOut), Is.EqualTo((600L, (2L << 32) + 1, (4L << 32) + 3)));
            Assert.That((record.TerminateCause, record.InterimSeconds, record.NasPort), Is.EqualTo((5, 120, 3L)));
            Assert.That(record.Login, Is.EqualTo(new LoginClass(11, 12)));
            Assert.That(record.ClientAddress, Is.EqualTo(NetworkSamples.Bits("10.0.0.9")));
            Assert.That(record.SourceAddress, Is.EqualTo(NetworkSamples.Bits("192.0.2.1")));
            Assert.That(Encoding.UTF8.GetString(record.SessionId), Is.EqualTo("s1"));
            Assert.That(Encoding.UTF8.GetString(record.UserName), Is.EqualTo("alice"));
            Assert.That(Encoding.UTF8.GetString(record.CallingStationId), Is.EqualTo("AA-BB-CC-DD-EE-01"));
            Assert.That(Encoding.UTF8.GetString(record.CalledStationId), Is.EqualTo("AP:lobby"));
            Assert.That(Encoding.UTF8.GetString(record.NasPortId), Is.EqualTo("wlan1"));
            Assert.That(Encoding.UTF8.GetString(record.MultiSessionId), Is.EqualTo("multi"));
            Assert.That(record.Fault, Is.Null);
        }
    }

    [Test]
    public void Every_truncation_and_every_longer_record_is_refused()
    {
        byte[] octets = Encode(AccountingPacket.Of(3).With(30, "AP:lobby"));
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.That(AccountingRecord.TryRead(octets.AsSpan(0, length), out _), Is.False, $"{length} octets");
        }

        Assert.That(AccountingRecord.TryRead([.. octets, 0], out _), Is.False);
    }

    [Test]
    public void A_record_of_another_version_or_status_is_refused()
    {
        byte[] version = Encode(AccountingPacket.Of(1));
        version[0]++;
        byte[] status = Encode(AccountingPacket.Of(1));
        status[1] = 99;

        Assert.That(AccountingRecord.TryRead(version, out _), Is.False);
        Assert.That(AccountingRecord.TryRead(status, out _), Is.False);
    }

    [Test]
    public void The_time_of_an_event_is_its_timestamp_else_arrival_less_delay()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TimeOf(AccountingPacket.Of(1).With(55, 1_699_999_000).With(41, 7)), Is.EqualTo((1_699_999_000_000L, true)));
            Assert.That(TimeOf(AccountingPacket.Of(1).With(41, 7)), Is.EqualTo((Received - 7000, true)));
            Assert.That(TimeOf(AccountingPacket.Of(1)), Is.EqualTo((Received, false)));
            Assert.That(TimeOf(AccountingPacket.Of(1).With(55, 86_400)), Is.EqualTo((Received, false)), "a clock that was never set");
            Assert.That(TimeOf(AccountingPacket.Of(1).With(41, uint.MaxValue)), Is.EqualTo((Received, false)), "a delay of 136 years");
        }
    }

    [TestCase(0u)]
    [TestCase(4u)]
    [TestCase(15u)]
    [TestCase(258u)]
    public void A_status_type_that_is_not_kept_makes_no_record(uint status) =>
        Assert.That(AccountingPacket.Of(1).With(40, status).Use((scoped in RadiusRequest request) => AccountingRequestReader.TryRead(request, 1, out _)), Is.False);

    [TestCase("AA-BB-CC-DD-EE-01", "alice", "aa:bb:cc:dd:ee:01")]
    [TestCase("aabb.ccdd.ee01", "alice", "aa:bb:cc:dd:ee:01")]
    [TestCase("+60 12 345", "alice", "+60 12 345")]
    [TestCase("", "Alice", "alice")]
    [TestCase("", "ÉCOLE", "école")]
    public void A_session_is_told_apart_by_its_client(string device, string user, string expected)
    {
        byte[] octets = Encode(AccountingPacket.Of(1, device: device, user: user));
        AccountingRecord.TryRead(octets, out AccountingRecord record);
        byte[] key = new byte[SessionKey.MaximumLength];
        int length = SessionKey.Write(record, key);

        Assert.That(Encoding.UTF8.GetString(SessionKey.ClientKey(key.AsSpan(0, length))), Is.EqualTo(expected));
        Assert.That(key[..length], Is.EqualTo(SessionKey.Of(1, 7, "s1", expected)));
    }

    [Test]
    public void Octets_that_are_no_text_stay_apart_and_storable()
    {
        byte[] octets = Encode(new AccountingPacket().With(40, 1).With(44, [0xff, 0, (byte)'a']).With(1, "alice"));
        AccountingRecord.TryRead(octets, out AccountingRecord record);

        Assert.That(Encoding.UTF8.GetString(record.SessionId), Is.EqualTo(@"\xff\x00a"));
    }

    [Test]
    public void A_record_that_can_never_be_stored_says_why()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FaultOf(new AccountingPacket().With(40, 1).With(1, "alice")), Does.Contain("Acct-Session-Id"));
            Assert.That(FaultOf(AccountingPacket.Of(2).With(42, 1).With(52, uint.MaxValue)), Does.Contain("octet counter"));
            Assert.That(FaultOf(new AccountingPacket().With(40, 7)), Is.Null, "Accounting-On has no session");
        }
    }

    [Test]
    public void The_longest_record_fits()
    {
        byte[] worst = new byte[253];
        AccountingPacket packet = new AccountingPacket().With(40, 1);
        foreach (byte type in (byte[])[44, 1, 31, 30, 87, 50])
        {
            packet.With(type, worst);
        }

        byte[] octets = Encode(packet);
        AccountingRecord.TryRead(octets, out AccountingRecord record);
        byte[] key = new byte[SessionKey.MaximumLength];

        Assert.That(octets, Has.Length.EqualTo(AccountingRecord.MaximumLength));
        Assert.That(SessionKey.Write(record, key), Is.LessThanOrEqualTo(key.Length));
    }

    [Test]
    public void Reading_a_request_allocates_nothing()
    {
        long allocated = AccountingPacket.Of(3).With(46, 600).With(42, 1).With(new LoginClass(1, 2)).Use((scoped in RadiusRequest request) =>
        {
            byte[] buffer = new byte[AccountingRecord.MaximumLength];
            AccountingRequestReader.TryRead(request, 1, out AccountingRecord warm);
            warm.Write(buffer);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                AccountingRequestReader.TryRead(request, i, out AccountingRecord record);
                record.Write(buffer);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.That(allocated, Is.Zero);
    }

    internal static byte[] Encode(AccountingPacket packet, long recordId = 99) => packet.Use((scoped in RadiusRequest request) =>
    {
        Assert.That(AccountingRequestReader.TryRead(request, recordId, out AccountingRecord record), Is.True);
        byte[] buffer = new byte[AccountingRecord.MaximumLength];
        return buffer[..record.Write(buffer)];
    });

    private static (long EventAt, bool TimeIsTold) TimeOf(AccountingPacket packet)
    {
        AccountingRecord.TryRead(Encode(packet), out AccountingRecord record);
        return (record.EventAt, record.TimeIsTold);
    }

    private static string? FaultOf(AccountingPacket packet)
    {
        AccountingRecord.TryRead(Encode(packet), out AccountingRecord record);
        return record.Fault;
    }
}
