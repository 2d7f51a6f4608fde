using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>One object that is asked for in each poll of a device.</summary>
internal readonly record struct PollItem
{
    public required PollKind Kind { get; init; }

    public required double Scale { get; init; }

    /// <summary>The series' number; -1: it is a text, or only says something of others, or there was no number left.</summary>
    public required int Series { get; init; }

    /// <summary>What a text is stored under; empty: it is a number.</summary>
    public required string Text { get; init; }

    /// <summary>What the numbers of a text stand for.</summary>
    public required IReadOnlyDictionary<long, string> Words { get; init; }

    /// <summary>Which item has the speed of the interface, in bit/s once scaled, whose octets this one counts; -1: none.</summary>
    public required int Speed { get; init; }

    /// <summary>Which item changes when this one's counter begins anew; -1: none.</summary>
    public required int Discontinuity { get; init; }

    /// <summary>Which item this one stands in for where the agent has not got that: ifInOctets for ifHCInOctets; -1: none.</summary>
    public required int InsteadOf { get; init; }

    /// <summary>Whether it is a series'.</summary>
    public bool IsSeries => Series > SeriesInfo.RoundTripNumber;
}

/// <summary>What is asked of a device in each poll. Immutable.</summary>
internal sealed class PollPlan(ObjectId[] ids, PollItem[] items, IReadOnlyList<string> sets, IReadOnlyList<PollClients> clients)
{
    public static readonly ObjectId SysUpTimeId = ObjectId.Parse("1.3.6.1.2.1.1.3.0");

    /// <summary>sysUpTime, and then one for each item.</summary>
    public ReadOnlyMemory<ObjectId> Ids { get; } = (ObjectId[])[SysUpTimeId, .. ids];

    public IReadOnlyList<PollItem> Items => items;

    /// <summary>The names of the poll sets that it is made of.</summary>
    public IReadOnlyList<string> Sets => sets;

    /// <summary>Where it has the MAC addresses of what is connected to it.</summary>
    public IReadOnlyList<PollClients> Clients => clients;

    /// <summary>The series that a poll gives values of, in its items' order; whether it answers and how fast come first.</summary>
    public int[] Series { get; } =
        [SeriesInfo.UpNumber, SeriesInfo.RoundTripNumber, .. items.Where(item => item.IsSeries).Select(item => item.Series)];

    /// <summary>Without what the agent turned out not to have.</summary>
    /// <param name="has">Whether it has each item.</param>
    public PollPlan Without(ReadOnlySpan<bool> has)
    {
        int[] moved = new int[items.Length];
        List<ObjectId> keptIds = [];
        List<PollItem> kept = [];
        for (int i = 0; i < items.Length; i++)
        {
            moved[i] = has[i] ? kept.Count : -1;
            if (has[i])
            {
                keptIds.Add(Ids.Span[i + 1]);
                kept.Add(items[i]);
            }
        }

        // What stands in for a speed is one.
        for (int i = 0; i < items.Length; i++)
        {
            if (has[i] && items[i].InsteadOf is >= 0 and var of)
            {
                moved[of] = moved[i];
            }
        }

        return new PollPlan(
            [.. keptIds],
            [.. kept.Select(item => item with
            {
                Speed = item.Speed < 0 ? -1 : moved[item.Speed],
                Discontinuity = item.Discontinuity < 0 ? -1 : moved[item.Discontinuity],
                InsteadOf = -1,
            })],
            sets,
            clients);
    }
}
