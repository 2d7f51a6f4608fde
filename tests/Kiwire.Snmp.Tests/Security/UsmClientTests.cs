using Kiwire.Radius.Tests.Client;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>The client and an engine that misbehaves, over a socket.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class UsmClientTests
{
    private static readonly UsmCredentials s_user = new()
    {
        User = "monitor", AuthenticationProtocol = AuthenticationProtocol.Sha1, AuthenticationPassword = "authentication-1",
    };

    private static readonly UsmCredentials s_private = new()
    {
        User = "monitor",
        AuthenticationProtocol = AuthenticationProtocol.Sha1,
        AuthenticationPassword = "authentication-1",
        PrivacyProtocol = PrivacyProtocol.Aes128,
        PrivacyPassword = "privacy-password-2",
        ContextName = "vlan-7",
    };

    // A little more than the time-out.
    private static readonly TimeSpan s_waited = TimeSpan.FromSeconds(2.1);

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeEngine _engine = new(s_user);

    [Test]
    public async Task An_engine_for_which_nothing_is_ever_in_time_is_asked_twice_and_given_up(CancellationToken cancellationToken)
    {
        using UdpEngine agent = new(message => FakeEngine.Hear(message).IsProbe
            ? [_engine.Report(message, UsmReport.UnknownEngineIds)]
            : [_engine.Report(message, UsmReport.NotInTimeWindows, UsmFlags.Authenticated)]);
        await using SnmpClient client = new(time: _clock);
        SnmpTarget target = new(agent.EndPoint, s_user);

        Task<SnmpOutcome> asked = client.TryGetAsync(target, new[] { UsmConversation.SysName }, cancellationToken).AsTask();
        List<bool> probes = await ArrivalsAsync(agent, 3, cancellationToken);
        while (client.Statistics.Unexpected == 0)
        {
            await Task.Delay(5, cancellationToken);
        }

        SnmpOutcome outcome = await EndAsync(asked, agent, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.NotInTimeWindow));
            Assert.That(probes, Is.EqualTo((bool[])[true, false, false]), "discovery, the request, and the request once more");
        }
    }

    [Test]
    public async Task One_that_answers_the_discovery_and_nothing_else_is_told_from_one_that_is_not_there(CancellationToken cancellationToken)
    {
        using UdpEngine agent = new(message => FakeEngine.Hear(message).IsProbe ? [_engine.Report(message, UsmReport.UnknownEngineIds)] : []);
        await using SnmpClient client = new(time: _clock);
        SnmpTarget target = new(agent.EndPoint, s_private);

        Task<SnmpOutcome> asked = client.TryGetAsync(target, new[] { UsmConversation.SysName }, cancellationToken).AsTask();
        _ = await ArrivalsAsync(agent, 2, cancellationToken);
        SnmpOutcome outcome = await EndAsync(asked, agent, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.NoAnswer));
            Assert.That(outcome.Describe(target), Does.EndWith("its engine 80001f8880aabbccdd00 made itself known, but is silent to monitor."));
        }
    }

    [Test]
    public async Task Answers_that_come_twice_and_forged_ones_before_them_do_no_harm(CancellationToken cancellationToken)
    {
        FakeEngine forger = new(new UsmCredentials { User = "monitor", AuthenticationProtocol = AuthenticationProtocol.Sha1, AuthenticationPassword = "no idea" });
        using UdpEngine agent = new(message =>
        {
            byte[] genuine = FakeEngine.Hear(message).IsProbe
                ? _engine.Report(message, UsmReport.UnknownEngineIds)
                : _engine.Answer(message, UsmConversation.SysName, "lobby");
            return FakeEngine.Hear(message).IsProbe
                ? [genuine, genuine]
                : [forger.Answer(message, UsmConversation.SysName, "forged"), forger.Report(message, UsmReport.WrongDigests), genuine, genuine];
        });
        await using SnmpClient client = new(time: _clock);
        SnmpTarget target = new(agent.EndPoint, s_user);

        for (int i = 0; i < 3; i++)
        {
            VariableBinding[] bindings = await client.GetAsync(target, new[] { UsmConversation.SysName }, cancellationToken);

            Assert.That(bindings[0].Value.AsText, Is.EqualTo("lobby"));
        }
    }

    /// <summary>Lets the time-out pass after each message that the agent gets, until the request has ended.</summary>
    private async Task<SnmpOutcome> EndAsync(Task<SnmpOutcome> asked, UdpEngine agent, CancellationToken cancellationToken)
    {
        while (!asked.IsCompleted)
        {
            _clock.Advance(s_waited);
            _ = await Task.WhenAny(asked, agent.ArrivalAsync(cancellationToken).AsTask());
        }

        return await asked;
    }

    private static async Task<List<bool>> ArrivalsAsync(UdpEngine agent, int count, CancellationToken cancellationToken)
    {
        List<bool> probes = [];
        for (int i = 0; i < count; i++)
        {
            probes.Add(FakeEngine.Hear(await agent.ArrivalAsync(cancellationToken)).IsProbe);
        }

        return probes;
    }
}
