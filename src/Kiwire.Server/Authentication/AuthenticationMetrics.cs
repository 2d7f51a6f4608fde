using System.Diagnostics.Metrics;
using Kiwire.Server.Sessions;
using Kiwire.Server.Telemetry;

namespace Kiwire.Server.Authentication;

/// <summary>What became of logins.</summary>
internal sealed class AuthenticationMetrics
{
    public const string MeterName = "Kiwire.Authentication";

    private const int Outcomes = 3;
    private const int Methods = 16;
    private const int Reasons = 32;

    private readonly StripedCounters _methods = new(Outcomes * Methods);
    private readonly StripedCounters _reasons = new(Reasons);
    private readonly StripedCounters _others = new(4);

    public AuthenticationMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        meter.CreateObservableCounter("radius.server.logins", ReadLogins, "{login}", "Logins decided, by outcome and method");
        meter.CreateObservableCounter("radius.server.login.refusals", ReadRefusals, "{login}", "Logins refused, by the first check that failed");
        meter.CreateObservableCounter("radius.server.login.unanswered", ReadUnanswered, "{login}", "Logins left without an answer, by reason");
        meter.CreateObservableCounter("radius.server.login.lockouts", () => _others.Read(2), "{lockout}", "Pairs of account and device shut out");
        meter.CreateObservableCounter("radius.server.login.history_dropped", () => _others.Read(3), "{row}", "Rows of login history dropped, the journal's backlog being past its bound");
    }

    public void Decided(LoginOutcome outcome, LoginReason reason, LoginMethod method)
    {
        _methods.Add((int)outcome * Methods + (int)method);
        if (reason != LoginReason.None)
        {
            _reasons.Add((int)reason);
        }
    }

    public void Challenged() => _methods.Add((int)LoginOutcome.Challenged * Methods);

    public void DatabaseAway() => _others.Add(0);

    public void GaveUp() => _others.Add(1);

    public void LockedOut() => _others.Add(2);

    public void HistoryDropped() => _others.Add(3);

    private IEnumerable<Measurement<long>> ReadLogins()
    {
        foreach (LoginOutcome outcome in Enum.GetValues<LoginOutcome>())
        {
            foreach (LoginMethod method in Enum.GetValues<LoginMethod>())
            {
                long value = _methods.Read((int)outcome * Methods + (int)method);
                if (value > 0)
                {
                    yield return new(value, new("outcome", outcome.ToString()), new("method", method.ToString()));
                }
            }
        }
    }

    private IEnumerable<Measurement<long>> ReadRefusals()
    {
        foreach (LoginReason reason in Enum.GetValues<LoginReason>())
        {
            long value = _reasons.Read((int)reason);
            if (value > 0)
            {
                yield return new(value, new KeyValuePair<string, object?>("reason", ReplyTexts.Word(reason)));
            }
        }
    }

    private IEnumerable<Measurement<long>> ReadUnanswered() =>
    [
        new(_others.Read(0), new KeyValuePair<string, object?>("reason", "database_away")),
        new(_others.Read(1), new KeyValuePair<string, object?>("reason", "gave_up")),
    ];
}
