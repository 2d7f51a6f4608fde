using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Asks a device once: where it is, if that is not known; what it has, now and then; and then all of that in as few requests as hold it.
/// </summary>
internal sealed class DevicePoll(SnmpClient client, PollPlanner planner, IOptions<DevicesOptions> options, TimeProvider time)
{
    /// <summary>What a device has is looked at so often, and when it restarted.</summary>
    public const long PlanMilliseconds = 3_600_000;

    /// <summary>After this long a host name is looked up again, and when it did not answer.</summary>
    private const long ResolveMilliseconds = 300_000;

    /// <summary>Counters of octets have this unit, and a speed that bounds them.</summary>
    private const double BitsOfOctet = 8;

    /// <summary>Polls it. Cancelling gives the poll up.</summary>
    public async Task<PollResult> RunAsync(PolledDevice device, CancellationToken cancellationToken)
    {
        DeviceAccess access = device.Access;
        if (access.Credentials is not { } credentials)
        {
            return PollResult.Failed(Now, SnmpFault.None, access.Fault);
        }

        if (device.Target is null || device.Target.Credentials != credentials
            || (device.Condition.Missed > 0 && Now - device.ResolvedAt > ResolveMilliseconds && !IPAddress.TryParse(access.Address.Host, out _)))
        {
            (IPAddress? address, string fault) = await ResolveAsync(access.Address.Host, cancellationToken);
            if (address is null)
            {
                return PollResult.Failed(Now, SnmpFault.Unreachable, fault);
            }

            // The same agent as before is asked through the same target, which has learnt of it.
            IPEndPoint endPoint = new(address, access.Address.Port);
            device.ResolvedAt = Now;
            if (device.Target is not { } known || known.Credentials != credentials || !known.EndPoint.Equals(endPoint))
            {
                device.Target = new SnmpTarget(endPoint, credentials)
                {
                    Timeout = TimeSpan.FromMilliseconds(options.Value.TimeoutMilliseconds),
                    Retries = options.Value.Retries,
                };
            }
        }

        SnmpTarget target = device.Target;
        if (device.Plan is null || Now >= device.PlanUntil)
        {
            PollPlanning planning = await planner.MakeAsync(target, device, cancellationToken);
            if (planning.Plan is not { } plan)
            {
                return PollResult.Failed(Now, planning.Outcome.Fault, planning.Outcome.Describe(target));
            }

            Adopt(device, plan);
        }

        SnmpOutcome outcome = await client.TryGetAsync(target, device.Plan!.Ids, cancellationToken);
        return outcome.IsAnswered ? Read(device, device.Plan, outcome) : new PollResult
        {
            At = Now,
            Fault = outcome.Fault,
            Text = outcome.Describe(target),
            RoundTrip = outcome.RoundTrip,
            IsAlive = outcome.Fault is SnmpFault.ErrorStatus or SnmpFault.TooBig,
            Values = [outcome.Fault is SnmpFault.ErrorStatus or SnmpFault.TooBig ? 1 : 0],
        };
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Adopt(PolledDevice device, PollPlan plan)
    {
        ulong[] counters = new ulong[plan.Items.Count];
        long[] countedAt = new long[plan.Items.Count];
        if (device.Plan is { } before)
        {
            // A series' counter goes on where it was, unless 32 bits stand in for 64 now.
            Dictionary<ObjectId, int> known = [];
            for (int i = 0; i < before.Items.Count; i++)
            {
                known[before.Ids.Span[i + 1]] = i;
            }

            for (int i = 0; i < counters.Length; i++)
            {
                if (known.TryGetValue(plan.Ids.Span[i + 1], out int was))
                {
                    (counters[i], countedAt[i]) = (device.Counters[was], device.CountedAt[was]);
                }
            }
        }

        device.Plan = plan;
        device.PlanUntil = Now + PlanMilliseconds;
        device.IsPlanTried = false;
        device.Counters = counters;
        device.CountedAt = countedAt;
    }

    private PollResult Read(PolledDevice device, PollPlan plan, in SnmpOutcome outcome)
    {
        long at = Now;
        VariableBinding[] bindings = outcome.Bindings;
        if (!device.IsPlanTried)
        {
            plan = Try(device, plan, ref bindings);
        }

        uint? upTicks = bindings[0].Value is { Type: SnmpType.TimeTicks } ticks ? (uint)ticks.AsInt64 : null;
        DeviceCondition before = device.Condition;
        bool? restarted = upTicks is { } now && before.UpTicks is { } earlier && before.SeenAt is { } seen && at > seen
            ? SysUpTime.HasRestarted(earlier, now, TimeSpan.FromMilliseconds(at - seen))
            : null;
        double[] values = new double[plan.Series.Length];
        values[0] = 1;
        values[1] = Math.Round(outcome.RoundTrip.TotalMilliseconds, 3);
        int next = 2;
        for (int i = 0; i < plan.Items.Count; i++)
        {
            PollItem item = plan.Items[i];
            SnmpValue value = bindings[i + 1].Value;
            if (item.Kind == PollKind.Text)
            {
                device.SetText(item.Text, PollText.Of(value, item.Words));
            }
            else if (item.IsSeries)
            {
                values[next++] = item.Kind == PollKind.Gauge ? Gauge(item, value) : Rate(device, plan, i, bindings, at, restarted);
            }
        }

        Remember(device, plan, bindings, at);
        return new PollResult { At = at, IsAlive = true, RoundTrip = outcome.RoundTrip, UpTicks = upTicks, Series = plan.Series, Values = values };
    }

    /// <summary>Takes out of a plan what the agent has not, after the first time it was asked.</summary>
    private PollPlan Try(PolledDevice device, PollPlan plan, ref VariableBinding[] bindings)
    {
        bool[] has = new bool[plan.Items.Count];
        for (int i = 0; i < has.Length; i++)
        {
            int instead = plan.Items[i].InsteadOf;
            has[i] = !bindings[i + 1].Value.IsException && (instead < 0 || !has[instead]);
        }

        long until = device.PlanUntil;
        if (!Array.TrueForAll(has, one => one))
        {
            bindings = [bindings[0], .. bindings.Skip(1).Where((_, i) => has[i])];
            Adopt(device, plan = plan.Without(has));
        }

        device.PlanUntil = until;
        device.IsPlanTried = true;
        device.KeepTexts(plan.Items.Select(item => item.Text).ToHashSet());
        return plan;
    }

    private static double Gauge(in PollItem item, in SnmpValue value) => value.TryGetDouble(out double number) ? number * item.Scale : double.NaN;

    private static double Rate(PolledDevice device, PollPlan plan, int index, VariableBinding[] bindings, long at, bool? restarted)
    {
        PollItem item = plan.Items[index];
        SnmpValue value = bindings[index + 1].Value;
        if (value.Type is not (SnmpType.Counter32 or SnmpType.Counter64))
        {
            return double.NaN;
        }

        double? most = item.Speed >= 0 && bindings[item.Speed + 1].Value.TryGetDouble(out double speed) && speed > 0
            ? speed * plan.Items[item.Speed].Scale / BitsOfOctet
            : null;
        long countedAt = device.CountedAt[index];
        CounterRate rate = CounterRate.Between(
            countedAt == 0 || BeganAnew(device, item, bindings) ? null : device.Counters[index],
            value.AsUInt64,
            value.Type == SnmpType.Counter64 ? CounterWidth.Bits64 : CounterWidth.Bits32,
            TimeSpan.FromMilliseconds(at - countedAt),
            restarted,
            most);
        // Seven digits are more than a counter's moment is known to, and take half the room.
        return rate.PerSecond is { } perSecond ? (float)(perSecond * item.Scale) : double.NaN;
    }

    private static bool BeganAnew(PolledDevice device, in PollItem item, VariableBinding[] bindings) =>
        item.Discontinuity >= 0 && bindings[item.Discontinuity + 1].Value is { IsNumber: true } at && device.CountedAt[item.Discontinuity] != 0
        && at.AsUInt64 != device.Counters[item.Discontinuity];

    private static void Remember(PolledDevice device, PollPlan plan, VariableBinding[] bindings, long at)
    {
        for (int i = 0; i < plan.Items.Count; i++)
        {
            if (bindings[i + 1].Value is { IsNumber: true } number && (plan.Items[i].Kind == PollKind.Counter || !plan.Items[i].IsSeries))
            {
                device.Counters[i] = number.AsUInt64;
                device.CountedAt[i] = at;
            }
        }
    }

    private static async Task<(IPAddress? Address, string Fault)> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return (literal, "");
        }

        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return addresses.Length > 0 ? (addresses[0], "") : (null, $"The host name {host} has no address.");
        }
        catch (SocketException e)
        {
            return (null, $"The host name {host} could not be looked up: {e.SocketErrorCode}.");
        }
    }
}

/// <summary>What a poll found.</summary>
internal sealed record PollResult
{
    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>Whether an agent answered, if only to refuse.</summary>
    public required bool IsAlive { get; init; }

    public SnmpFault Fault { get; init; }

    /// <summary>Why it failed, in words; empty: it did not.</summary>
    public string Text { get; init; } = "";

    public TimeSpan RoundTrip { get; init; }

    public uint? UpTicks { get; init; }

    public int[] Series { get; init; } = [SeriesInfo.UpNumber];

    public double[] Values { get; init; } = [0];

    public static PollResult Failed(long at, SnmpFault fault, string text) => new() { At = at, IsAlive = false, Fault = fault, Text = text };
}
