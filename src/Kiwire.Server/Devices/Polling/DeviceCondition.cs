using System.Globalization;
using Kiwire.Server.Devices.Events;

namespace Kiwire.Server.Devices.Polling;

/// <summary>Whether a device answers.</summary>
internal enum DeviceState
{
    /// <summary>It has not been polled, or not often enough to tell.</summary>
    Unknown = 0,

    Up = 1,

    /// <summary>It missed <see cref="DeviceCondition.MissesToDown"/> polls in a row.</summary>
    Down = 2,
}

/// <summary>How a device stands after its polls. Times are Unix milliseconds.</summary>
internal sealed record DeviceCondition
{
    /// <summary>So many polls in a row without an answer, and it is down.</summary>
    public const int MissesToDown = 3;

    public static DeviceCondition Unpolled(long at) => new() { ChangedAt = at };

    public DeviceState State { get; init; }

    /// <summary>Since when it is in this state.</summary>
    public long ChangedAt { get; init; }

    /// <summary>Polls in a row without an answer.</summary>
    public int Missed { get; init; }

    public long? PolledAt { get; init; }

    /// <summary>When it answered last.</summary>
    public long? SeenAt { get; init; }

    /// <summary>Of its last answer, in microseconds.</summary>
    public long? RoundTripMicroseconds { get; init; }

    /// <summary>Its sysUpTime in its last answer, in hundredths of a second; null: it gave none.</summary>
    public uint? UpTicks { get; init; }

    /// <summary>Why its last poll failed, in words; empty: it did not.</summary>
    public string Fault { get; init; } = "";

    /// <summary>After a poll that was answered.</summary>
    /// <param name="at">When.</param>
    /// <param name="roundTrip">How long the answer took.</param>
    /// <param name="upTicks">Its sysUpTime; null: it gave none.</param>
    /// <param name="fault">What went wrong all the same; empty: nothing.</param>
    public ConditionChange Answered(long at, TimeSpan roundTrip, uint? upTicks, string fault)
    {
        bool restarted = HasRestarted(at, upTicks);
        DeviceCondition after = this with
        {
            State = DeviceState.Up,
            ChangedAt = State == DeviceState.Up ? ChangedAt : at,
            Missed = 0,
            PolledAt = at,
            SeenAt = at,
            RoundTripMicroseconds = (long)roundTrip.TotalMicroseconds,
            UpTicks = upTicks,
            Fault = fault,
        };
        return State switch
        {
            DeviceState.Down => new(after, restarted, DeviceEventKind.Up, $"It was down for {Words(at - ChangedAt)}{(restarted ? ", and has restarted" : "")}.", IsNews: true),
            DeviceState.Unknown => new(after, restarted, DeviceEventKind.Up, "It answers.", IsNews: false),
            _ when restarted => new(after, true, DeviceEventKind.Restarted, $"It is up for {Words((upTicks ?? 0) * 10L)}; before that it was for {Words((UpTicks ?? 0) * 10L)}.", IsNews: false),
            _ => new(after, false, null, "", IsNews: false),
        };
    }

    /// <summary>After a poll that was not answered.</summary>
    /// <param name="at">When.</param>
    /// <param name="fault">Why not, in words.</param>
    public ConditionChange Unanswered(long at, string fault)
    {
        int missed = Missed + 1;
        bool isDown = missed >= MissesToDown;
        DeviceCondition after = this with
        {
            State = isDown ? DeviceState.Down : State,
            ChangedAt = isDown && State != DeviceState.Down ? at : ChangedAt,
            Missed = missed,
            PolledAt = at,
            Fault = fault,
        };
        return isDown && State != DeviceState.Down
            ? new(after, false, DeviceEventKind.Down, string.Create(CultureInfo.InvariantCulture, $"It missed {missed} polls in a row. {fault}"), IsNews: true)
            : new(after, false, null, "", IsNews: false);
    }

    /// <summary>A span as people say it: 2 d 3 h, 14 min, 31 s.</summary>
    internal static string Words(long milliseconds)
    {
        TimeSpan span = TimeSpan.FromMilliseconds(milliseconds);
        return span switch
        {
            { Days: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{span.Days} d {span.Hours} h"),
            { Hours: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} min"),
            { Minutes: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s"),
        };
    }

    private bool HasRestarted(long at, uint? upTicks) =>
        upTicks is { } now && UpTicks is { } before && SeenAt is { } seen && at > seen
        && SysUpTime.HasRestarted(before, now, TimeSpan.FromMilliseconds(at - seen));
}

/// <summary>What a poll made of a device.</summary>
/// <param name="Condition">How it stands now.</param>
/// <param name="Restarted">Whether its agent began anew since its last answer.</param>
/// <param name="Event">What happened; null: nothing.</param>
/// <param name="Detail">That in words.</param>
/// <param name="IsNews">Whether somebody is to be told.</param>
internal readonly record struct ConditionChange(DeviceCondition Condition, bool Restarted, DeviceEventKind? Event, string Detail, bool IsNews);
