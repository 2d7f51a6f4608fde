using Kiwire.Server.Authentication;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Accounts;

namespace Kiwire.Server.Tests.Authentication;

/// <summary>accounts.md: ten wrong passwords in ten minutes for one account from one client device shut that pair out for ten minutes.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class LockoutTests
{
    private static readonly MacAddress Phone = MacAddress.FromBits(0x020000000001);
    private static readonly MacAddress Laptop = MacAddress.FromBits(0x020000000002);

    private readonly SteppedClock _time = new();
    private readonly Lockout _lockout;

    public LockoutTests() => _lockout = new Lockout(_time);

    [Test]
    public void Shuts_the_pair_out_at_the_tenth_wrong_password_and_not_before()
    {
        for (int i = 1; i < Lockout.WrongPasswords; i++)
        {
            Assert.That(_lockout.Failed(1, "alice"u8, Phone), Is.False);
        }

        Assert.That(_lockout.IsLockedOut(1, "alice"u8, Phone), Is.False);

        bool shut = _lockout.Failed(1, "alice"u8, Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shut, Is.True);
            Assert.That(_lockout.IsLockedOut(1, "alice"u8, Phone), Is.True);
        }
    }

    [Test]
    public void Leaves_other_devices_names_and_tenants_alone()
    {
        Fail(Lockout.WrongPasswords);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_lockout.IsLockedOut(1, "alice"u8, Laptop), Is.False);
            Assert.That(_lockout.IsLockedOut(1, "bob"u8, Phone), Is.False);
            Assert.That(_lockout.IsLockedOut(2, "alice"u8, Phone), Is.False);
        }
    }

    [Test]
    public void Ends_after_ten_minutes()
    {
        Fail(Lockout.WrongPasswords);
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        bool before = _lockout.IsLockedOut(1, "alice"u8, Phone);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.True);
            Assert.That(_lockout.IsLockedOut(1, "alice"u8, Phone), Is.False);
        }
    }

    [Test]
    public void Forgets_failures_that_are_ten_minutes_old()
    {
        Fail(Lockout.WrongPasswords - 1);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.That(_lockout.Failed(1, "alice"u8, Phone), Is.False);
    }

    [Test]
    public void Forgets_failures_after_a_right_password()
    {
        Fail(Lockout.WrongPasswords - 1);
        _lockout.Succeeded(1, "alice"u8, Phone);

        Assert.That(_lockout.Failed(1, "alice"u8, Phone), Is.False);
    }

    [Test]
    public void Never_shuts_out_a_request_without_a_device()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.That(_lockout.Failed(1, "alice"u8, default), Is.False);
        }

        Assert.That(_lockout.IsLockedOut(1, "alice"u8, default), Is.False);
    }

    [Test]
    public void Stays_bounded_under_a_flood_of_names()
    {
        Span<byte> name = stackalloc byte[8];
        for (long i = 0; i < 300_000; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(name, i);
            _lockout.Failed(1, name, Phone);
        }

        Fail(Lockout.WrongPasswords);

        Assert.That(_lockout.IsLockedOut(1, "alice"u8, Phone), Is.True);
    }

    [Test]
    public void Lasts_no_longer_where_the_clock_is_set_back()
    {
        _time.Advance(TimeSpan.FromDays(1));
        Fail(Lockout.WrongPasswords);
        _time.Advance(TimeSpan.FromDays(-1));
        bool before = _lockout.IsLockedOut(1, "alice"u8, Phone);

        Fail(Lockout.WrongPasswords - 1);
        bool oneLess = _lockout.IsLockedOut(1, "alice"u8, Phone);
        Fail(1);

        Assert.That((before, oneLess, _lockout.IsLockedOut(1, "alice"u8, Phone)), Is.EqualTo((false, false, true)));
    }

    private void Fail(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _lockout.Failed(1, "alice"u8, Phone);
        }
    }
}
