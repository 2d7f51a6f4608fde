using Kiwire.Server.Network;
using Microsoft.Extensions.Logging;
using static Kiwire.Server.Network.MessageAuthenticatorPolicy;
using static Kiwire.Server.Network.MessageAuthenticatorVerdict;

namespace Kiwire.Server.Tests.Network;

/// <summary>radius.md, "What is checked before a packet reaches any logic", 6: BlastRADIUS.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class NasObservationsTests
{
    private const long Day = 24 * 60 * 60 * 1000L;

    private readonly LogLines _log = new();
    private readonly NasObservations _observations;
    private long _now = 1_700_000_000_000;

    public NasObservationsTests() => _observations = new NasObservations(_log) { Identity = "lobby-ap" };

    [Test]
    public void Yes_drops_a_request_without_one()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Judge(Yes, has: false), Is.EqualTo(MissingMessageAuthenticator));
            Assert.That(Judge(Yes, has: true), Is.EqualTo(Accept));
        }
    }

    [Test]
    public void No_accepts_a_request_without_one_however_many_had_one()
    {
        Send(100, No, has: true);

        Assert.That(Judge(No, has: false), Is.EqualTo(Accept));
    }

    [Test]
    public void Auto_is_not_decided_by_the_first_packet_alone()
    {
        Send(1, Auto, has: true);

        Assert.That(Judge(Auto, has: false), Is.EqualTo(Accept));
    }

    [Test]
    public void Auto_accepts_one_without_after_19_in_a_row_that_had_one()
    {
        Send(19, Auto, has: true);

        Assert.That(Judge(Auto, has: false), Is.EqualTo(Accept));
        Assert.That(_observations.IsEnforced, Is.False);
    }

    [Test]
    public void Auto_drops_one_without_after_20_in_a_row_that_had_one()
    {
        Send(20, Auto, has: true);

        Assert.That(Judge(Auto, has: false), Is.EqualTo(MissingMessageAuthenticator));
        Assert.That(_observations.Sightings.EnforcedAt, Is.EqualTo(_now));
    }

    [Test]
    public void Auto_stays_yes_when_one_lacks_it_afterwards()
    {
        Send(20, Auto, has: true);
        Send(5, Auto, has: false);

        Assert.That(Judge(Auto, has: false), Is.EqualTo(MissingMessageAuthenticator));
    }

    [Test]
    public void One_that_lacks_it_begins_the_row_again_even_a_day_later()
    {
        Send(19, Auto, has: true);
        Send(1, Auto, has: false);
        _now += Day;
        Send(19, Auto, has: true);

        Assert.That(_observations.IsEnforced, Is.False);

        Send(1, Auto, has: true);

        Assert.That(_observations.IsEnforced, Is.True);
    }

    [Test]
    public void Auto_waits_until_none_lacked_it_for_24_hours()
    {
        Send(1, Auto, has: false);
        _now += Day - 1;
        Send(500, Auto, has: true);

        Assert.That(_observations.IsEnforced, Is.False);

        _now += 1;
        Send(1, Auto, has: true);

        Assert.That(_observations.IsEnforced, Is.True);
    }

    [Test]
    public void A_clock_set_back_does_not_make_it_required()
    {
        Send(1, Auto, has: false);
        _now -= 3 * Day;
        Send(50, Auto, has: true);

        Assert.That(_observations.IsEnforced, Is.False);
    }

    [Test]
    public void Requests_with_EAP_do_not_count_for_auto()
    {
        Send(50, Auto, has: true, eap: true);

        Assert.That(Judge(Auto, has: false), Is.EqualTo(Accept));
        Assert.That(_observations.Sightings, Has.Property(nameof(NasSightings.With)).Zero.And.Property(nameof(NasSightings.Eap)).EqualTo(50));
    }

    [Test]
    public void EAP_without_one_is_dropped_whatever_the_policy([Values("Auto", "Yes", "No")] string policy) =>
        Assert.That(Judge(Enum.Parse<MessageAuthenticatorPolicy>(policy), has: false, eap: true), Is.EqualTo(MissingMessageAuthenticator));

    [Test]
    public void Proxy_State_without_one_is_dropped_while_it_is_not_required([Values("Auto", "No")] string policyName)
    {
        MessageAuthenticatorPolicy policy = Enum.Parse<MessageAuthenticatorPolicy>(policyName);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Judge(policy, has: false, proxyState: true), Is.EqualTo(ProxyStateWithoutMessageAuthenticator));
            Assert.That(Judge(policy, has: true, proxyState: true), Is.EqualTo(Accept));
        }
    }

    [Test]
    public void Proxy_State_without_one_is_dropped_for_lacking_it_where_it_is_required() =>
        Assert.That(Judge(Yes, has: false, proxyState: true), Is.EqualTo(MissingMessageAuthenticator));

    [Test]
    public void Says_once_in_the_log_that_auto_became_yes()
    {
        Send(60, Auto, has: true);

        Assert.That(_log.Lines, Has.Count.EqualTo(1));
        Assert.That(_log.Lines[0], Does.Contain("lobby-ap").And.Contain("20 Access-Requests in a row"));
    }

    [Test]
    public void Yes_and_no_do_not_announce_anything()
    {
        Send(60, Yes, has: true);
        Send(60, No, has: true);

        Assert.That(_log.Lines, Is.Empty);
        Assert.That(_observations.IsEnforced, Is.False);
    }

    [Test]
    public void Relaxing_accepts_again_and_waits_another_24_hours()
    {
        Send(20, Auto, has: true);
        _observations.Relax(_now);

        Assert.That(Judge(Auto, has: false), Is.EqualTo(Accept));

        _observations.Relax(_now);
        _now += Day - 1;
        Send(100, Auto, has: true);
        Assert.That(_observations.IsEnforced, Is.False);

        _now += 1;
        Send(1, Auto, has: true);
        Assert.That(_observations.IsEnforced, Is.True);
    }

    [Test]
    public void Shows_what_the_nas_sends()
    {
        Send(3, Auto, has: true);
        Send(2, Auto, has: false);
        Send(1, Auto, has: true, proxyState: true);
        _now += 5000;
        Send(4, Auto, has: true, eap: true);

        Assert.That(_observations.Sightings, Is.EqualTo(new NasSightings
        {
            With = 4,
            Without = 2,
            Run = 1,
            LastWithoutAt = _now - 5000,
            ProxyState = 1,
            Eap = 4,
            LastSeenAt = _now,
        }));
    }

    [Test]
    public void Many_threads_at_once_lose_no_count_and_announce_once()
    {
        Parallel.For(0, 4, _ => Send(5000, Auto, has: true));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_observations.Sightings.With, Is.EqualTo(20_000));
            Assert.That(_log.Lines, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void What_was_stored_is_taken_over_so_that_a_restart_does_not_begin_again()
    {
        Send(19, Auto, has: true);
        NasObservations restarted = new(_log);

        restarted.Adopt(_observations.Sightings);
        _ = restarted.Judge(Auto, true, false, false, _now);

        Assert.That(restarted.IsEnforced, Is.True);
        Assert.That(restarted.Sightings.With, Is.EqualTo(20));
    }

    [Test]
    public void What_another_server_counted_is_added_to_what_was_seen_here()
    {
        Send(3, Auto, has: true);

        _observations.Adopt(new NasSightings { With = 100, Without = 7, LastWithoutAt = _now - 10, Run = 5 });

        Assert.That(_observations.Sightings.With, Is.EqualTo(103));
        Assert.That(_observations.Sightings.Without, Is.EqualTo(7));
    }

    [Test]
    public void Relaxing_on_another_server_relaxes_here()
    {
        Send(20, Auto, has: true);
        _observations.MarkSaved(_observations.Sightings);

        _observations.Adopt(_observations.Sightings with { EnforcedAt = 0, Run = 0, LastWithoutAt = _now + 1 });
        _now += 2;
        Send(30, Auto, has: true);

        Assert.That(_observations.IsEnforced, Is.False);
    }

    [Test]
    public void Being_required_here_survives_a_reading_of_the_database_that_does_not_know_yet()
    {
        Send(20, Auto, has: true);

        _observations.Adopt(default);

        Assert.That(_observations.IsEnforced, Is.True);
    }

    [Test]
    public void A_request_allocates_nothing()
    {
        Send(30, Auto, has: true);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Send(1000, Auto, has: true);
        Send(1000, Auto, has: false);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private MessageAuthenticatorVerdict Judge(MessageAuthenticatorPolicy policy, bool has, bool eap = false, bool proxyState = false) =>
        _observations.Judge(policy, has, eap, proxyState, _now);

    private void Send(int times, MessageAuthenticatorPolicy policy, bool has, bool eap = false, bool proxyState = false)
    {
        for (int i = 0; i < times; i++)
        {
            _ = Judge(policy, has, eap, proxyState);
        }
    }

    private sealed class LogLines : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add(formatter(state, exception));
            }
        }
    }
}
