using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>accounts.md, check 9: sessions open &lt; simultaneous.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AccountPresenceTests
{
    private const long Now = 1_700_000_000_000;

    private readonly AccountPresence _presence = new() { TenantId = 1, AccountId = 2 };

    [Test]
    public void Two_hundred_concurrent_logins_with_a_limit_of_one_admit_exactly_one()
    {
        int admitted = 0;
        using Barrier barrier = new(8);
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(thread => new Thread(() =>
        {
            barrier.SignalAndWait();
            for (int i = 0; i < 25; i++)
            {
                int login = (thread * 25) + i + 1;
                if (_presence.TryReserve(Device(login), login, limit: 1, displaceOldest: false, Now))
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        }))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.That(admitted, Is.EqualTo(1));
    }

    [Test]
    public void A_login_counts_from_its_accept_and_for_60_s_without_a_start()
    {
        bool first = _presence.TryReserve(Device(1), 1, 1, false, Now);
        bool soon = _presence.TryReserve(Device(2), 2, 1, false, Now + 59_999);
        bool late = _presence.TryReserve(Device(2), 3, 1, false, Now + 60_000);

        Assert.That((first, soon, late), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void A_session_counts_until_it_ends_however_long_it_is()
    {
        _presence.TryReserve(Device(1), 1, 1, false, Now);
        _presence.AttachSession(100, Device(1), 1, Now + 1000);
        bool whileOpen = _presence.TryReserve(Device(2), 2, 1, false, Now + 10_000_000);
        _presence.DetachSession(100);
        bool afterwards = _presence.TryReserve(Device(2), 3, 1, false, Now + 10_000_001);

        Assert.That((whileOpen, afterwards), Is.EqualTo((false, true)));
    }

    [Test]
    public void The_same_device_coming_back_replaces_its_own_reservation_and_its_own_session()
    {
        _presence.TryReserve(Device(1), 1, 1, false, Now);
        bool again = _presence.TryReserve(Device(1), 2, 1, false, Now + 10);
        _presence.AttachSession(100, Device(1), 2, Now + 20);
        bool overSession = _presence.TryReserve(Device(1), 3, 1, false, Now + 30);
        _presence.DetachSession(100);
        bool otherDevice = _presence.TryReserve(Device(2), 4, 1, false, Now + 40);

        Assert.That((again, overSession, otherDevice), Is.EqualTo((true, true, false)), "the old session's Stop must not free the new login's place");
    }

    [Test]
    public void A_start_is_matched_by_the_login_in_its_class_whatever_device_it_names()
    {
        _presence.TryReserve(default, 7, 2, false, Now);
        _presence.AttachSession(100, Device(1), 7, Now + 10);

        Assert.That(_presence.CountPlaces(Now + 10), Is.EqualTo(1));
    }

    [Test]
    public void A_start_without_our_class_is_matched_by_its_device()
    {
        _presence.TryReserve(Device(1), 7, 2, false, Now);
        _presence.AttachSession(100, Device(1), 0, Now + 10);

        Assert.That(_presence.CountPlaces(Now + 10), Is.EqualTo(1));
    }

    [Test]
    public void Without_a_client_device_each_login_is_a_device_of_its_own()
    {
        bool first = _presence.TryReserve(default, 1, 2, false, Now);
        bool second = _presence.TryReserve(default, 2, 2, false, Now);
        bool third = _presence.TryReserve(default, 3, 2, false, Now);

        Assert.That((first, second, third), Is.EqualTo((true, true, false)));
    }

    [Test]
    public void A_refused_login_changes_nothing_and_a_cancelled_one_gives_its_place_back()
    {
        _presence.TryReserve(Device(1), 1, 1, false, Now);
        bool refused = _presence.TryReserve(Device(2), 2, 1, false, Now);
        _presence.CancelReservation(2);
        bool stillRefused = _presence.TryReserve(Device(2), 3, 1, false, Now);
        _presence.CancelReservation(1);
        bool admitted = _presence.TryReserve(Device(2), 4, 1, false, Now);

        Assert.That((refused, stillRefused, admitted), Is.EqualTo((false, false, true)));
    }

    [Test]
    public void Auto_disconnect_previous_takes_the_older_sessions_place_and_remembers_it()
    {
        _presence.AttachSession(100, Device(1), 0, Now);
        bool admitted = _presence.TryReserve(Device(2), 2, 1, true, Now + 10);
        bool oldStillCounts = _presence.AttachSession(100, Device(1), 0, Now + 20);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(admitted, Is.True);
            Assert.That(oldStillCounts, Is.False);
            Assert.That(_presence.CountPlaces(Now + 20), Is.EqualTo(1));
            Assert.That(_presence.DisplacedSessions(), Is.EqualTo(new long[] { 100 }));
        }

        _presence.DetachSession(100);

        Assert.That(_presence.DisplacedSessions(), Is.Empty);
    }

    [Test]
    public void A_displaced_reservation_whose_start_comes_after_all_makes_a_displaced_session()
    {
        _presence.TryReserve(Device(1), 1, 1, true, Now);
        _presence.TryReserve(Device(2), 2, 1, true, Now + 1);
        bool first = _presence.AttachSession(100, Device(1), 1, Now + 2);
        bool second = _presence.AttachSession(101, Device(2), 2, Now + 3);

        Assert.That((first, second), Is.EqualTo((false, true)));
    }

    [Test]
    public void No_limit_admits_everybody_and_remembers_a_bounded_number()
    {
        for (int i = 1; i <= AccountPresence.MaximumPlaces + 10; i++)
        {
            Assert.That(_presence.TryReserve(Device(i), i, 0, false, Now), Is.True);
        }

        Assert.That(_presence.CountPlaces(Now), Is.EqualTo(AccountPresence.MaximumPlaces));
    }

    [Test]
    public void The_same_device_logging_in_again_allocates_nothing()
    {
        _presence.TryReserve(Device(1), 1, 1, false, Now);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _presence.TryReserve(Device(1), i, 1, false, Now + i);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Random_interleavings_agree_with_a_model([Range(1, 20)] int seed)
    {
        Random random = new(seed);
        List<(int Device, long Id, bool Session, long At)> model = [];
        long now = Now;
        for (long step = 1; step <= 2000; step++)
        {
            now += random.Next(0, 20_000);
            int device = random.Next(1, 6);
            int limit = random.Next(1, 4);
            model.RemoveAll(place => !place.Session && now - place.At >= AccountPresence.ReservationMilliseconds);
            switch (random.Next(4))
            {
                case 0:
                case 1:
                    bool expected = model.Count(place => place.Device != device) < limit;
                    Assert.That(_presence.TryReserve(Device(device), step, limit, false, now), Is.EqualTo(expected));
                    if (expected)
                    {
                        model.RemoveAll(place => place.Device == device);
                        model.Add((device, step, false, now));
                    }

                    break;
                case 2 when model.Exists(place => !place.Session):
                    (int Device, long Id, bool Session, long At) start = model.Find(place => !place.Session);
                    Assert.That(_presence.AttachSession(step, Device(start.Device), start.Id, now), Is.True);
                    model.Remove(start);
                    model.Add((start.Device, step, true, now));
                    break;
                case 3 when model.Count > 0:
                    (int Device, long Id, bool Session, long At) end = model[random.Next(model.Count)];
                    if (end.Session)
                    {
                        _presence.DetachSession(end.Id);
                    }
                    else
                    {
                        _presence.CancelReservation(end.Id);
                    }

                    model.Remove(end);
                    break;
            }

            Assert.That(_presence.CountPlaces(now), Is.EqualTo(model.Count));
        }
    }

    private static MacAddress Device(int number) => MacAddress.FromBits((ulong)number);
}
