using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Polling;

namespace Kiwire.Server.Tests.Devices.Polling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DeviceConditionTests
{
    private const long Start = 1_767_225_600_000;
    private const long Minute = 60_000;

    [Test]
    public void A_device_is_down_after_three_polls_without_an_answer_and_not_before()
    {
        DeviceCondition up = DeviceCondition.Unpolled(Start).Answered(Start, TimeSpan.FromMilliseconds(3), 1000, "").Condition;

        ConditionChange first = up.Unanswered(Start + Minute, "silent");
        ConditionChange second = first.Condition.Unanswered(Start + (2 * Minute), "silent");
        ConditionChange third = second.Condition.Unanswered(Start + (3 * Minute), "silent");
        ConditionChange fourth = third.Condition.Unanswered(Start + (4 * Minute), "silent");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Condition.State, first.Event, second.Condition.State, second.Event), Is.EqualTo((DeviceState.Up, (DeviceEventKind?)null, DeviceState.Up, (DeviceEventKind?)null)));
            Assert.That((third.Condition.State, third.Event, third.IsNews), Is.EqualTo((DeviceState.Down, (DeviceEventKind?)DeviceEventKind.Down, true)));
            Assert.That(third.Detail, Is.EqualTo("It missed 3 polls in a row. silent"));
            Assert.That(third.Condition.SeenAt, Is.EqualTo(Start));
            Assert.That((fourth.Event, fourth.Condition.ChangedAt), Is.EqualTo(((DeviceEventKind?)null, Start + (3 * Minute))));
        }
    }

    [Test]
    public void One_that_comes_back_is_up_at_its_first_answer_and_says_how_long_it_was_down()
    {
        DeviceCondition down = new() { State = DeviceState.Down, ChangedAt = Start, Missed = 5, PolledAt = Start + (5 * Minute), SeenAt = Start - Minute, UpTicks = 100_000 };

        ConditionChange same = down.Answered(Start + (90 * Minute), TimeSpan.FromMilliseconds(2.5), 100_000 + (91 * 6000), "");
        ConditionChange anew = down.Answered(Start + (90 * Minute), TimeSpan.FromMilliseconds(2.5), 500, "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((same.Event, same.IsNews, same.Restarted), Is.EqualTo(((DeviceEventKind?)DeviceEventKind.Up, true, false)));
            Assert.That(same.Detail, Is.EqualTo("It was down for 1 h 30 min."));
            Assert.That((same.Condition.State, same.Condition.Missed, same.Condition.RoundTripMicroseconds), Is.EqualTo((DeviceState.Up, 0, (long?)2500)));
            Assert.That((anew.Restarted, anew.Detail), Is.EqualTo((true, "It was down for 1 h 30 min, and has restarted.")));
        }
    }

    [Test]
    public void A_first_answer_is_an_event_that_nobody_is_told_of()
    {
        ConditionChange change = DeviceCondition.Unpolled(Start).Answered(Start, TimeSpan.Zero, null, "");

        Assert.That((change.Event, change.IsNews, change.Condition.State), Is.EqualTo(((DeviceEventKind?)DeviceEventKind.Up, false, DeviceState.Up)));
    }

    [Test]
    public void A_restart_between_two_polls_is_seen_and_time_that_goes_on_is_none()
    {
        DeviceCondition up = DeviceCondition.Unpolled(Start).Answered(Start, TimeSpan.Zero, 720_000, "").Condition;

        ConditionChange on = up.Answered(Start + Minute, TimeSpan.Zero, 726_000, "");
        ConditionChange restarted = up.Answered(Start + Minute, TimeSpan.Zero, 3000, "");

        Assert.That((on.Event, on.Restarted), Is.EqualTo(((DeviceEventKind?)null, false)));
        Assert.That((restarted.Event, restarted.Restarted, restarted.Detail), Is.EqualTo(
            ((DeviceEventKind?)DeviceEventKind.Restarted, true, "It is up for 30 s; before that it was for 2 h 0 min.")));
    }
}
