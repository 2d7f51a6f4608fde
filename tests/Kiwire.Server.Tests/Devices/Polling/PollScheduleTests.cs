using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Polling;

namespace Kiwire.Server.Tests.Devices.Polling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class PollScheduleTests
{
    private const long Start = 1_767_225_600_000;

    [Test]
    public void Ten_thousand_devices_are_spread_evenly_over_their_interval()
    {
        // Made one after the other, as an import makes them.
        int[] perSecond = new int[60];
        for (int i = 0; i < 10_000; i++)
        {
            long moment = PollSchedule.NextMoment(5_000_000_000 + i, 60, Start);
            Assert.That(moment, Is.InRange(Start, Start + 60_000));
            perSecond[(moment - Start) / 1000 % 60]++;
        }

        Assert.That(perSecond, Is.All.InRange(140, 194), "167 is the mean");
    }

    [Test]
    public void A_devices_moments_are_an_interval_apart_wherever_one_begins_to_look()
    {
        long first = PollSchedule.NextMoment(77, 60, Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PollSchedule.NextMoment(77, 60, first), Is.EqualTo(first));
            Assert.That(PollSchedule.NextMoment(77, 60, first + 1), Is.EqualTo(first + 60_000));
            Assert.That(PollSchedule.NextMoment(77, 60, first - 1), Is.EqualTo(first));
        }
    }

    [Test]
    public void However_many_silent_devices_wait_for_answers_the_others_begin_when_they_are_due()
    {
        PollSchedule schedule = new(10);
        for (int i = 0; i < 100; i++)
        {
            schedule.Add(Device(i, missed: 1), Start + i);
        }

        for (int i = 100; i < 105; i++)
        {
            schedule.Add(Device(i, missed: 0), Start + i);
        }

        List<PolledDevice> begun = Begin(schedule, Start + 1000);

        Assert.That(begun.Where(device => device.IsSuspect).Select(device => device.DeviceId), Is.EqualTo(new long[] { 0, 1, 2, 3, 4 }));
        Assert.That(begun.Where(device => !device.IsSuspect).Select(device => device.DeviceId), Is.EqualTo(new long[] { 100, 101, 102, 103, 104 }));

        schedule.End(begun[0]);
        Assert.That(Begin(schedule, Start + 1000).Select(device => device.DeviceId), Is.EqualTo(new long[] { 5 }), "those that are held go on in their order");
    }

    [Test]
    public void One_that_is_moved_or_taken_off_is_not_begun_at_its_old_time_nor_twice()
    {
        PollSchedule schedule = new(10);
        PolledDevice moved = Device(1, 0);
        PolledDevice gone = Device(2, 0);
        schedule.Add(moved, Start);
        schedule.Add(gone, Start);
        schedule.Add(moved, Start + 500);
        PollSchedule.Remove(gone);

        Assert.That(Begin(schedule, Start + 100), Is.Empty);
        Assert.That(Begin(schedule, Start + 500), Is.EqualTo(new[] { moved }));
        Assert.That(Begin(schedule, Start + 5000), Is.Empty, "it is under way");
    }

    [Test]
    public void One_that_is_moved_while_it_is_held_is_begun_once()
    {
        PollSchedule schedule = new(4);
        PolledDevice[] first = [Device(1, missed: 1), Device(2, missed: 1)];
        PolledDevice held = Device(3, missed: 1);
        schedule.Add(first[0], Start);
        schedule.Add(first[1], Start);
        schedule.Add(held, Start + 1);
        _ = Begin(schedule, Start + 1);

        // As an operator does who sets its community right.
        schedule.Add(held, Start + 1);
        _ = Begin(schedule, Start + 1);
        schedule.End(first[0]);
        schedule.End(first[1]);

        Assert.That(Begin(schedule, Start + 1), Is.EqualTo(new[] { held }));
        Assert.That((schedule.UnderWay, Begin(schedule, Start + 1000)), Is.EqualTo((1, Array.Empty<PolledDevice>())));
    }

    [Test]
    public void Devices_are_shared_out_evenly_and_only_a_lost_servers_change_hands()
    {
        string[] servers = ["a", "b", "c"];
        long[] devices = [.. Enumerable.Range(1, 9000).Select(i => 8_192_000L * i)];
        Dictionary<long, string> before = devices.ToDictionary(device => device, device => servers.Single(server => new PollOwnership(servers, server).IsOwn(device)));
        Dictionary<long, string> after = devices.ToDictionary(
            device => device, device => servers[..2].Single(server => new PollOwnership(servers[..2], server).IsOwn(device)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(servers.Select(server => before.Values.Count(owner => owner == server)), Is.All.InRange(2800, 3200));
            Assert.That(devices.Where(device => before[device] != "c").All(device => after[device] == before[device]), Is.True);
            Assert.That(new PollOwnership(servers, "d").IsOwn(devices[0]), Is.False, "one that is not alive polls nothing");
        }
    }

    private static List<PolledDevice> Begin(PollSchedule schedule, long now)
    {
        List<PolledDevice> begun = [];
        while (schedule.TryBegin(now, out PolledDevice? device))
        {
            begun.Add(device);
        }

        return begun;
    }

    private static PolledDevice Device(long id, int missed)
    {
        PolledDevice device = new(new DeviceAccess
        {
            TenantId = 1, DeviceId = id, Identity = "d", Address = new DeviceAddress("192.0.2.1", 161), Credentials = null, Mib = "", PollSeconds = 60, Version = 1,
        });
        device.Resume(new DeviceCondition { Missed = missed }, null, [], SeriesCatalog.Empty);
        return device;
    }
}
