using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Series;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// A device that this server polls, with all that it remembers of it. What the schedule uses is the schedule's; a poll that is under way uses its
/// own; what is to be written is under <see cref="Lock"/>.
/// </summary>
internal sealed class PolledDevice(DeviceAccess access)
{
    /// <summary>A block is full when the hour is over, or it is so long.</summary>
    private const int LongestBlock = 64 * 1024;

    /// <summary>While the database is away so many full blocks are kept, and so many events.</summary>
    private const int MostFull = 4;
    private const int MostEvents = 16;
    private const long HourMilliseconds = 3_600_000;

    private readonly List<SeriesBlock> _full = [];
    private readonly List<(DeviceEvent Event, bool IsNews)> _events = [];
    private SeriesBlock? _block;

    public Lock Lock { get; } = new();

    // What the schedule knows.

    public long DueAt { get; set; }

    public long Turn { get; set; }

    public bool IsUnderWay { get; set; }

    public bool CountsAsSuspect { get; set; }

    /// <summary>It is no longer this server's, or gone.</summary>
    public bool IsReleased { get; set; }

    public bool IsSuspect => Condition.Missed > 0;

    // What a poll knows.

    /// <summary>How it is asked; replaced when an operator changes it, between polls.</summary>
    public DeviceAccess Access { get; set; } = access;

    /// <summary>How it is to be asked from the next poll on; null: as it is.</summary>
    public DeviceAccess? NextAccess { get; set; }

    /// <summary>Its agent; null: its address is still to be looked up.</summary>
    public SnmpTarget? Target { get; set; }

    /// <summary>Unix milliseconds: when a host name was looked up.</summary>
    public long ResolvedAt { get; set; }

    /// <summary>What is asked of it; null: that is still to be found out.</summary>
    public PollPlan? Plan { get; set; }

    /// <summary>Unix milliseconds: from when on what it has is to be looked at anew.</summary>
    public long PlanUntil { get; set; }

    /// <summary>Whether the plan has been asked for once, and what it lacks been taken out.</summary>
    public bool IsPlanTried { get; set; }

    /// <summary>The items' counters and discontinuities at the last poll, and when that was; 0: there was none.</summary>
    public ulong[] Counters { get; set; } = [];

    public long[] CountedAt { get; set; } = [];

    /// <summary>Unix milliseconds: from when on its clients are to be read again.</summary>
    public long ClientsAt { get; set; }

    public SeriesCatalog Catalog { get; set; } = SeriesCatalog.Empty;

    // What is to be written.

    public DeviceCondition Condition { get; private set; } = DeviceCondition.Unpolled(0);

    public SortedDictionary<string, string> Texts { get; private set; } = [];

    /// <summary>Whether texts or series differ from what is stored.</summary>
    public bool IsProfileChanged { get; set; }

    /// <summary>Whether anything does.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>The version of the device that the sharing knows.</summary>
    public long KnownVersion { get; set; }

    public long TenantId => Access.TenantId;

    public long DeviceId => Access.DeviceId;

    /// <summary>Goes on from what was stored.</summary>
    public void Resume(DeviceCondition condition, byte[]? block, SortedDictionary<string, string> texts, SeriesCatalog catalog)
    {
        Condition = condition;
        _block = block is null ? null : SeriesBlock.Resume(block);
        Texts = texts;
        Catalog = catalog;
    }

    /// <summary>Takes in a poll.</summary>
    /// <param name="change">What it made of the device.</param>
    /// <param name="happened">What happened; null: nothing.</param>
    /// <param name="series">The series that it gave values of.</param>
    /// <param name="values">One for each.</param>
    /// <returns>How many full blocks and events had to be forgotten, as the database has been away too long.</returns>
    public int Take(in ConditionChange change, DeviceEvent? happened, ReadOnlySpan<int> series, ReadOnlySpan<double> values)
    {
        long at = change.Condition.PolledAt ?? 0;
        int forgotten = 0;
        lock (Lock)
        {
            Condition = change.Condition;
            if (_block is { } open && (open.Length > LongestBlock || at / HourMilliseconds != open.StartsAt / HourMilliseconds))
            {
                forgotten += AddBounded(_full, open, MostFull);
                _block = null;
            }

            _block ??= new SeriesBlock(at);
            _block.Append(at, series, values);
            if (happened is not null)
            {
                forgotten += AddBounded(_events, (happened, change.IsNews), MostEvents);
            }

            IsDirty = true;
        }

        return forgotten;
    }

    /// <summary>Something of its texts or series is other than what is stored.</summary>
    public void SetText(string name, string text)
    {
        lock (Lock)
        {
            if (!Texts.TryGetValue(name, out string? known) || known != text)
            {
                Texts[name] = text;
                IsProfileChanged = IsDirty = true;
            }
        }
    }

    /// <summary>Gives series their numbers.</summary>
    public Dictionary<(string Metric, string Instance), int> NumberSeries(IReadOnlyList<(string Metric, string Instance, string Label, string Unit)> wanted, long now)
    {
        lock (Lock)
        {
            int[] numbers = Catalog.Number(wanted, now, out bool isChanged);
            IsProfileChanged |= isChanged;
            return wanted.Zip(numbers).ToDictionary(pair => (pair.First.Metric, pair.First.Instance), pair => pair.Second);
        }
    }

    /// <summary>Forgets all texts but these: rows of tables come and go.</summary>
    public void KeepTexts(IReadOnlySet<string> names)
    {
        lock (Lock)
        {
            foreach (string name in Texts.Keys.Where(name => !names.Contains(name)).ToArray())
            {
                _ = Texts.Remove(name);
                IsProfileChanged = IsDirty = true;
            }
        }
    }

    /// <summary>What is to be written; null: nothing.</summary>
    public PollWrite? BeginWrite()
    {
        lock (Lock)
        {
            if (!IsDirty)
            {
                return null;
            }

            PollWrite write = new(
                this, Condition, _block?.Data.ToArray(), [.. _full], [.. _events], IsProfileChanged ? System.Text.Json.JsonSerializer.Serialize(Texts) : null,
                IsProfileChanged ? Catalog.ToJson() : null);
            IsDirty = IsProfileChanged = false;
            return write;
        }
    }

    /// <summary>It was written, or not.</summary>
    public void EndWrite(PollWrite write, bool isWritten)
    {
        lock (Lock)
        {
            if (isWritten)
            {
                _ = _full.RemoveAll(write.Full.Contains);
                _ = _events.RemoveAll(write.Events.Contains);
                return;
            }

            IsDirty = true;
            IsProfileChanged |= write.Texts is not null;
        }
    }

    private static int AddBounded<T>(List<T> list, T item, int most)
    {
        list.Add(item);
        if (list.Count <= most)
        {
            return 0;
        }

        list.RemoveAt(0);
        return 1;
    }
}

/// <summary>What of a device is to be written.</summary>
/// <param name="Device">Which.</param>
/// <param name="Condition">How it stands.</param>
/// <param name="Block">The block that grows.</param>
/// <param name="Full">Those that are full.</param>
/// <param name="Events">What happened, and whether somebody is to be told.</param>
/// <param name="Texts">JSON; null: as stored.</param>
/// <param name="Series">JSON; null: as stored.</param>
internal sealed record PollWrite(
    PolledDevice Device, DeviceCondition Condition, byte[]? Block, IReadOnlyList<SeriesBlock> Full, IReadOnlyList<(DeviceEvent Event, bool IsNews)> Events,
    string? Texts, string? Series);
