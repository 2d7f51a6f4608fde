using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>The dynamic-authorization log, from the request to the row.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CoaLogTests(StorageProvider provider) : IAsyncDisposable
{
    private readonly FakeNas _nas = new(FakeNas.Ack);
    private CoaRoom _room = null!;

    [SetUp]
    public async Task CreateAsync() => _room = await CoaRoom.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _nas.DisposeAsync();
    }

    [Test]
    public async Task Each_request_is_a_row_with_what_was_sent_and_what_became_of_it()
    {
        _nas.Answer = arrival => arrival.Types.Contains(44) ? FakeNas.Nak(503)(arrival) : FakeNas.Ack(arrival);
        await DisconnectAsync("hostapd", CoaReason.Volume);

        IReadOnlyList<CoaLogRow> rows = await WrittenAsync(2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[1] with { RequestId = 0, RoundTripMilliseconds = 0 }, Is.EqualTo(new CoaLogRow
            {
                TenantId = 1,
                RequestId = 0,
                At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
                NasId = 7,
                SessionId = 70,
                AccountId = 5,
                Kind = CoaKind.Disconnect,
                Reason = "volume",
                Attributes = "Calling-Station-Id = \"02-00-00-00-00-0A\"\nAcct-Session-Id = \"00AbCdEf\"\nEvent-Timestamp = 2026-01-01T00:00:00Z",
                Outcome = CoaResult.Refused,
                ErrorCause = ErrorCause.SessionContextNotFound,
                Detail = "The NAS refused it: 503 Session-Context-Not-Found.",
                Sends = 1,
                RoundTripMilliseconds = 0,
                Proof = DisconnectProof.None,
            }));
            Assert.That(rows[0].Outcome, Is.EqualTo(CoaResult.Acknowledged));
            Assert.That(rows[0].ErrorCause, Is.Null);
            Assert.That(rows[0].Proof, Is.EqualTo(DisconnectProof.Ending));
        }
    }

    [Test]
    public async Task What_was_not_sent_is_in_it_with_its_reason()
    {
        await DisconnectAsync("pfsense", CoaReason.ByHand);

        CoaLogRow row = (await WrittenAsync(1))[0];

        Assert.That((row.Outcome, row.Detail, row.Attributes, row.Sends), Is.EqualTo((
            CoaResult.NotSent, "Nothing was sent: equipment of type pfsense takes no CoA- or Disconnect-Requests.", "", 0)));
    }

    [Test]
    public async Task A_secret_that_was_sent_is_not_in_it()
    {
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint));
        List<FieldFault> faults = [];
        IReadOnlyList<Kiwire.Server.Network.AttributeValue> values = CoaText.Parse([new("Tunnel-Password", ":1:opensesame"), new("User-Password", "opensesame")], subject.To.Nas, faults);
        _ = await _room.Dialogue.AskAsync(
            subject, RadiusCode.CoaRequest, CoaKind.Coa, CoaReason.ByHand, writer => values.ToList().ForEach(value => writer.AppendOctets(value.Attribute.Key, value.Octets)));

        CoaLogRow row = (await WrittenAsync(1))[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults, Is.Empty);
            Assert.That(row.Attributes, Does.Contain("Tunnel-Password = (secret)").And.Contain("User-Password = (secret)").And.Not.Contain("opensesame"));
        }
    }

    [Test]
    public async Task Pages_go_from_the_newest_to_the_oldest_by_key_and_by_filter()
    {
        for (int i = 0; i < 5; i++)
        {
            Add(i, nas: 1 + (i % 2), session: 10 + i, account: i < 3 ? 3 : 4, tenant: 1);
        }

        Add(9, nas: 1, session: 10, account: 3, tenant: 2);
        _ = await WrittenAsync(5);

        IReadOnlyList<CoaLogRow> first = await ListAsync(new CoaLogQuery { TenantId = 1, Limit = 2 });
        IReadOnlyList<CoaLogRow> second = await ListAsync(new CoaLogQuery { TenantId = 1, Limit = 2, Before = first[^1].RequestId });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Details([.. first, .. second]), Is.EqualTo((string[])["4", "3", "2", "1"]));
            Assert.That(Details(await ListAsync(new CoaLogQuery { TenantId = 1, NasId = 2 })), Is.EqualTo((string[])["3", "1"]));
            Assert.That(Details(await ListAsync(new CoaLogQuery { TenantId = 1, AccountId = 4 })), Is.EqualTo((string[])["4", "3"]));
            Assert.That(Details(await ListAsync(new CoaLogQuery { TenantId = 1, SessionId = 12 })), Is.EqualTo((string[])["2"]));
            Assert.That(Details(await ListAsync(new CoaLogQuery { TenantId = 2 })), Is.EqualTo((string[])["9"]));
        }
    }

    [Test]
    public async Task Past_its_bound_rows_are_dropped_and_counted_and_the_others_are_written_when_it_goes_on()
    {
        using MeterReader meters = new(_room.Meters, DynamicAuthorizationMetrics.MeterName);
        for (int i = 0; i < CoaLog.Capacity + 3; i++)
        {
            Add(i, 1, 1, 1, 1);
        }

        Assert.That(meters["radius.client.coa.log.dropped"], Is.EqualTo(3));
        await _room.Log.StartAsync(CancellationToken.None);
        await _room.Log.StopAsync(CancellationToken.None);

        Assert.That(_room.Log.Backlog, Is.Zero);
        Assert.That((await ListAsync(new CoaLogQuery { TenantId = 1, Limit = 1 }))[0].Detail, Is.EqualTo($"{CoaLog.Capacity - 1}"));
    }

    private static IEnumerable<string> Details(IReadOnlyList<CoaLogRow> rows) => rows.Select(row => row.Detail);

    private void Add(int number, long nas, long session, long account, long tenant) => _room.Log.Add(new CoaLogRow
    {
        TenantId = tenant,
        RequestId = _room.Storage.Ids.Next(),
        At = number,
        NasId = nas,
        SessionId = session,
        AccountId = account,
        Kind = CoaKind.Coa,
        Reason = "by hand",
        Attributes = "",
        Outcome = CoaResult.Acknowledged,
        Detail = $"{number}",
        Sends = 1,
    });

    private Task<CoaOutcome> DisconnectAsync(string type, CoaReason reason) => _room.Dialogue.AskAsync(
        CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint, type)), RadiusCode.DisconnectRequest, CoaKind.Disconnect, reason);

    private Task<IReadOnlyList<CoaLogRow>> ListAsync(CoaLogQuery query) => _room.Store.ListAsync(query, CancellationToken.None);

    /// <summary>Has everything written, and reads the tenant's newest rows.</summary>
    private async Task<IReadOnlyList<CoaLogRow>> WrittenAsync(int rows)
    {
        await _room.Log.StartAsync(CancellationToken.None);
        await _room.Log.StopAsync(CancellationToken.None);
        IReadOnlyList<CoaLogRow> all = await ListAsync(new CoaLogQuery { TenantId = 1 });
        Assert.That(all, Has.Count.EqualTo(rows));
        return all;
    }
}
