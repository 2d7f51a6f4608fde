using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>
/// What an account has used and who is in on it, as this server knows it at this moment: usage in the database plus what is journalled
/// and not yet applied; open sessions plus logins accepted in the last 60 s that have no accounting Start yet. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A million of these may be in memory, each with a place taken, so the first place lies in the object, what only busy accounts need
/// lies in <see cref="Activity"/>, and the object is its own lock (nobody outside this room and Sessions holds one).
/// </remarks>
internal sealed partial class AccountPresence
{
    /// <summary>How long an accepted login counts without an accounting Start.</summary>
    public const long ReservationMilliseconds = 60_000;

    /// <summary>
    /// The most places that are remembered for one account. A larger limit is checked as this one; without a limit further logins
    /// come in and are not remembered.
    /// </summary>
    public const int MaximumPlaces = 4096;

    private UsageTotals _usage;
    private Place _first;
    private Activity? _activity;
    private Window? _window;
    private int _count;
    private Marks _marks;

    [Flags]
    private enum Marks : byte
    {
        None = 0,

        /// <summary>The database's usage was read at least once.</summary>
        UsageKnown = 1,

        /// <summary>The table keeps the object alive.</summary>
        Rooted = 2,

        /// <summary>Something happened since the table's last sweep.</summary>
        Touched = 4,

        /// <summary>A transaction that changes the account's usage is being committed.</summary>
        Applying = 8,
    }

    public required long TenantId { get; init; }

    public required long AccountId { get; init; }

    /// <summary>The table that the object belongs to; null where it stands alone.</summary>
    internal PresenceTable? Table { get; init; }

    /// <summary>
    /// Takes a place for a login, atomically: another device's open session or live reservation counts, this device's own is replaced.
    /// False: <paramref name="limit"/> places are taken (0: no limit), and nothing has changed.
    /// </summary>
    /// <param name="device">The client device; none where the NAS sent no Calling-Station-Id (then every login is a device of its own).</param>
    /// <param name="loginId">Names the login; comes back in Class.</param>
    /// <param name="limit">The profile's simultaneous.</param>
    /// <param name="displaceOldest">With a limit of 1, take the place of the older session instead of failing (auto_disconnect_previous).</param>
    /// <param name="now">Unix milliseconds.</param>
    public bool TryReserve(MacAddress device, long loginId, int limit, bool displaceOldest, long now)
    {
        bool root;
        bool displaces = false;
        lock (this)
        {
            DropExpired(now);
            int own = -1;
            int others = 0;
            for (int i = 0; i < _count; i++)
            {
                ref Place place = ref PlaceAt(i);
                if (place.IsDisplaced)
                {
                    continue;
                }

                if (place.IsOf(device) || (!place.IsSession && place.Id == loginId))
                {
                    own = i;
                }
                else
                {
                    others++;
                }
            }

            if (limit > 0 && others >= Math.Min(limit, MaximumPlaces))
            {
                if (!displaceOldest || limit != 1)
                {
                    return false;
                }

                Displace(own);
                displaces = true;
            }

            Place taken = Place.Reservation(device, loginId, now);
            if (own >= 0)
            {
                PlaceAt(own) = taken;
            }
            else
            {
                Add(taken);
            }

            root = MustRoot();
        }

        if (root)
        {
            Table!.Root(this);
        }

        if (displaces)
        {
            Table?.OnDisplaced(this);
        }

        return true;
    }

    /// <summary>Whether another device than this could take a place, were it to log in now: as <see cref="TryReserve"/>, and takes none.</summary>
    public bool HasPlace(MacAddress device, int limit, bool displaceOldest, long now)
    {
        if (limit == 0 || (displaceOldest && limit == 1))
        {
            return true;
        }

        lock (this)
        {
            DropExpired(now);
            int others = 0;
            for (int i = 0; i < _count; i++)
            {
                others += PlaceAt(i).IsDisplaced || PlaceAt(i).IsOf(device) ? 0 : 1;
            }

            return others < Math.Min(limit, MaximumPlaces);
        }
    }

    /// <summary>
    /// Gives back the place of a login that was refused after all. A session of the same device that the login had replaced counts again
    /// from its next news on, or when it is next looked at.
    /// </summary>
    public void CancelReservation(long loginId)
    {
        lock (this)
        {
            for (int i = 0; i < _count; i++)
            {
                if (!PlaceAt(i).IsSession && PlaceAt(i).Id == loginId)
                {
                    RemoveAt(i);
                    return;
                }
            }
        }
    }

    /// <summary>
    /// Accounting says that a session is open: it takes over its login's reservation (by the login's id in Class, else by the device),
    /// or the device's older session, or a place of its own. Said again with each news of it.
    /// </summary>
    /// <param name="sessionId">Names the session; ids ascend with time.</param>
    /// <param name="device">The client device, or none.</param>
    /// <param name="loginId">The login from Class; 0: not known.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>False: a login has taken the session's place (auto_disconnect_previous); it does not count and is to be disconnected.</returns>
    public bool AttachSession(long sessionId, MacAddress device, long loginId, long now)
    {
        bool root;
        bool counts;
        lock (this)
        {
            counts = Attach(sessionId, device, loginId, now);
            root = MustRoot();
        }

        if (root)
        {
            Table!.Root(this);
        }

        return counts;
    }

    /// <summary>The session has ended and counts no longer.</summary>
    public void DetachSession(long sessionId)
    {
        lock (this)
        {
            for (int i = 0; i < _count; i++)
            {
                if (PlaceAt(i).IsSession && PlaceAt(i).Id == sessionId)
                {
                    RemoveAt(i);
                    return;
                }
            }
        }
    }

    /// <summary>How many sessions and live reservations count at this moment.</summary>
    public int CountPlaces(long now)
    {
        lock (this)
        {
            DropExpired(now);
            int counted = 0;
            for (int i = 0; i < _count; i++)
            {
                counted += PlaceAt(i).IsDisplaced ? 0 : 1;
            }

            return counted;
        }
    }

    /// <summary>The sessions whose place a later login took, and which have not ended yet: who disconnects them asks here.</summary>
    public IReadOnlyList<long> DisplacedSessions()
    {
        lock (this)
        {
            List<long> displaced = [];
            for (int i = 0; i < _count; i++)
            {
                if (PlaceAt(i) is { IsDisplaced: true, IsSession: true } place)
                {
                    displaced.Add(place.Id);
                }
            }

            return displaced;
        }
    }

    /// <summary>Whether the table must go on keeping the object alive; called now and then, and forgets the last round's touch.</summary>
    internal bool MustStay(long now)
    {
        lock (this)
        {
            DropExpired(now);
            bool touched = (_marks & Marks.Touched) != 0;
            _marks &= ~Marks.Touched;
            if (touched || _count != 0 || (_marks & Marks.Applying) != 0 || _activity is { PendingRecords: > 0 })
            {
                return true;
            }

            _activity = null;
            _marks &= ~Marks.Rooted;
            return false;
        }
    }

    private bool Attach(long sessionId, MacAddress device, long loginId, long now)
    {
        int match = -1;
        int ofDevice = -1;
        int nameless = -1;
        for (int i = 0; i < _count; i++)
        {
            ref Place place = ref PlaceAt(i);
            if (place.IsSession && place.Id == sessionId)
            {
                return !place.IsDisplaced;
            }

            if (!place.IsSession && loginId != 0 && place.Id == loginId)
            {
                match = i;
            }
            else if (!place.IsDisplaced && place.IsOf(device))
            {
                ofDevice = i;
            }
            else if (!place.IsSession && !place.IsDisplaced && place.Device.IsNone && (nameless < 0 || place.At < PlaceAt(nameless).At))
            {
                nameless = i;
            }
        }

        if (match < 0 && ofDevice < 0 && device.IsNone && loginId == 0)
        {
            match = nameless;
        }

        if (match < 0 && ofDevice >= 0)
        {
            if (PlaceAt(ofDevice).IsSession && PlaceAt(ofDevice).Id > sessionId)
            {
                return true;
            }

            match = ofDevice;
        }

        if (match < 0)
        {
            Add(Place.Session(device, sessionId, now, displaced: false));
            return true;
        }

        Place matched = PlaceAt(match);
        PlaceAt(match) = Place.Session(device.IsNone ? matched.Device : device, sessionId, matched.At, matched.IsDisplaced);
        if (ofDevice >= 0 && ofDevice != match && !matched.IsDisplaced)
        {
            RemoveAt(ofDevice);
        }

        return !matched.IsDisplaced;
    }

    private void Displace(int own)
    {
        for (int i = 0; i < _count; i++)
        {
            if (i != own)
            {
                PlaceAt(i) = PlaceAt(i).AsDisplaced();
            }
        }
    }

    private void DropExpired(long now)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            // Clocks are also set back: a reservation far in the future is as dead as an old one.
            ref Place place = ref PlaceAt(i);
            if (!place.IsSession && Math.Abs(now - place.At) >= ReservationMilliseconds)
            {
                RemoveAt(i);
            }
        }
    }

    private void Add(in Place place)
    {
        if (_count == MaximumPlaces && !RemoveOldestDisplaced())
        {
            return;
        }

        if (_count > 0)
        {
            Activity activity = _activity ??= new Activity();
            if (_count > activity.More.Length)
            {
                Array.Resize(ref activity.More, Math.Max(2, activity.More.Length * 2));
            }
        }

        _count++;
        PlaceAt(_count - 1) = place;
    }

    private bool RemoveOldestDisplaced()
    {
        int oldest = -1;
        for (int i = 0; i < _count; i++)
        {
            if (PlaceAt(i).IsDisplaced && (oldest < 0 || PlaceAt(i).At < PlaceAt(oldest).At))
            {
                oldest = i;
            }
        }

        if (oldest < 0)
        {
            return false;
        }

        RemoveAt(oldest);
        return true;
    }

    private void RemoveAt(int index)
    {
        PlaceAt(index) = PlaceAt(_count - 1);
        PlaceAt(_count - 1) = default;
        _count--;
    }

    private ref Place PlaceAt(int index)
    {
        if (index == 0)
        {
            return ref _first;
        }

        return ref _activity!.More[index - 1];
    }

    private bool MustRoot()
    {
        Marks before = _marks;
        _marks |= Marks.Touched;
        if (Table is null || (before & Marks.Rooted) != 0)
        {
            return false;
        }

        _marks |= Marks.Rooted;
        return true;
    }

    /// <summary>The window that usage is counted in, for an account whose usage was ever reset.</summary>
    private sealed class Window
    {
        /// <summary>Unix milliseconds.</summary>
        public required long StartedAt { get; init; }

        /// <summary>What of <see cref="_usage"/> was used before.</summary>
        public UsageTotals Before;

        /// <summary>What of <see cref="Before"/> is not in the database yet.</summary>
        public UsageTotals UnappliedBefore;
    }

    /// <summary>What an account needs that is, or lately was, busy.</summary>
    private sealed class Activity
    {
        public Place[] More = [];

        /// <summary>In <see cref="_usage"/> and not in the database yet.</summary>
        public UsageTotals Unapplied;

        public int PendingRecords;

        /// <summary>The table's version after the last commit that changed the account's usage.</summary>
        public long AppliedVersion;
    }
}
