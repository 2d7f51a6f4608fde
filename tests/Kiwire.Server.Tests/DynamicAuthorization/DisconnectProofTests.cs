using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>An acknowledgement is not success until accounting shows it.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DisconnectProofTests(StorageProvider provider) : IAsyncDisposable
{
    private const long Beginning = 1_700_000_000;

    private readonly HandMovedClock _clock = new();
    private SessionsRoom _sessions = null!;
    private CoaRoom _room = null!;
    private DisconnectProofs _proofs = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _sessions = await SessionsRoom.CreateAsync(provider);
        _room = CoaRoom.On(_sessions.Accounts.Storage, _clock);
        _proofs = Proofs();
        _sessions.Apply(Packet(1, 0), Packet(3, 60));
        await AcknowledgeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _proofs.Dispose();
        await _room.DisposeAsync();
        await _sessions.DisposeAsync();
    }

    [Test]
    public async Task After_the_acknowledgement_it_is_ending()
    {
        await _proofs.LookAsync(default);

        Assert.That(await StatesAsync(), Is.EqualTo((DisconnectProof.Ending, DisconnectProof.Ending)));
    }

    [Test]
    public async Task A_Stop_makes_it_ended_and_counts()
    {
        using MeterReader meters = new(_room.Meters, DynamicAuthorizationMetrics.MeterName);
        _sessions.Apply(Packet(2, 70));
        int open = await _proofs.LookAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatesAsync(), Is.EqualTo((DisconnectProof.Ended, DisconnectProof.Ended)));
            Assert.That(open, Is.Zero);
            Assert.That(meters["radius.client.coa.proofs{state=ended}"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task News_within_a_minute_says_nothing_yet()
    {
        _clock.Advance(TimeSpan.FromSeconds(59));
        await _proofs.LookAsync(default);
        _sessions.Apply(Packet(3, 110));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await _proofs.LookAsync(default);

        Assert.That(await StatesAsync(), Is.EqualTo((DisconnectProof.Ending, DisconnectProof.Ending)));
    }

    [Test]
    public async Task News_after_a_minute_shows_that_the_NAS_ignores_it()
    {
        using MeterReader meters = new(_room.Meters, DynamicAuthorizationMetrics.MeterName);
        _clock.Advance(TimeSpan.FromSeconds(61));
        await _proofs.LookAsync(default);
        _sessions.Apply(Packet(3, 120));
        await _proofs.LookAsync(default);
        await _proofs.LookAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatesAsync(), Is.EqualTo((DisconnectProof.Ignored, DisconnectProof.Ignored)));
            Assert.That(meters["radius.client.coa.proofs{state=ignored}"], Is.EqualTo(1), "once");
        }
    }

    [Test]
    public async Task It_is_seen_over_a_restart()
    {
        _clock.Advance(TimeSpan.FromSeconds(61));
        await _proofs.LookAsync(default);
        using DisconnectProofs again = Proofs();
        await again.LookAsync(default);
        _sessions.Apply(Packet(3, 120));
        await again.LookAsync(default);

        Assert.That((await StatesAsync()).Row, Is.EqualTo(DisconnectProof.Ignored));
    }

    [Test]
    public async Task Of_two_servers_that_see_it_one_counts_it()
    {
        using MeterReader meters = new(_room.Meters, DynamicAuthorizationMetrics.MeterName);
        using DisconnectProofs other = Proofs();
        _sessions.Apply(Packet(2, 70));
        await Task.WhenAll(_proofs.LookAsync(default), other.LookAsync(default));

        Assert.That(meters["radius.client.coa.proofs{state=ended}"], Is.EqualTo(1));
    }

    private static AccountingPacket Packet(int status, uint at) => new AccountingPacket { ArrivesAt = (Beginning + at) * 1000 }
        .With(40, (uint)status).With(44, "s1").With(1, "alice").With(31, "AA-BB-CC-DD-EE-01").With(46, at).With(55, (uint)Beginning + at);

    private DisconnectProofs Proofs() => new(
        _room.Log, _room.Store, _room.Storage.Commits, new NasDirectory(), _room.Metrics, _clock, NullLogger<DisconnectProofs>.Instance);

    private async Task AcknowledgeAsync()
    {
        await using FakeNas nas = new(FakeNas.Ack);
        SessionInfo session = await SessionAsync();
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(nas.EndPoint), session);
        _ = await _room.Dialogue.AskAsync(subject, Radius.Packets.RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);
        await _room.Log.StartAsync(default);
        await _room.Log.StopAsync(default);
    }

    private async Task<SessionInfo> SessionAsync() =>
        (await new SessionStore(_room.Storage.Database).ListAsync(new SessionQuery { TenantId = 1 }, default)).Single();

    private async Task<(DisconnectProof Row, DisconnectProof Session)> StatesAsync() => (
        (await _room.Store.ListAsync(new CoaLogQuery { TenantId = 1 }, default)).Single().Proof,
        (await SessionAsync()).Disconnect);
}
