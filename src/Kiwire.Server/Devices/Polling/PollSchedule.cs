using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// When which device is polled, and how many at a time. Each has its own moment within its interval, which follows from its number: so they are
/// spread evenly, and it stays the same whoever polls it. Those that missed their last poll wait in a lane of their own, so that however many of
/// them wait for answers, the others are not held up. Not for several threads.
/// </summary>
internal sealed class PollSchedule(int most)
{
    private readonly PriorityQueue<(PolledDevice Device, long Turn), long> _due = new();
    private readonly Queue<(PolledDevice Device, long Turn)> _held = new();
    private readonly int _mostSuspects = Math.Max(1, most / 2);
    private int _underWay;
    private int _suspects;

    public int UnderWay => _underWay;

    /// <summary>Those that are due and wait for a place.</summary>
    public int Held => _held.Count;

    /// <summary>The first moment of a device at or after a time, both in Unix milliseconds.</summary>
    public static long NextMoment(long deviceId, int pollSeconds, long from)
    {
        long interval = pollSeconds * 1000L;

        // Multiplied by the golden ratio's digits, numbers that lie close together come far apart.
        long phase = (long)(((UInt128)((ulong)deviceId * 0x9E3779B97F4A7C15) * (ulong)interval) >> 64);
        long passed = (from - phase) % interval;
        return passed == 0 ? from : from - passed + (passed > 0 ? interval : 0);
    }

    /// <summary>Puts a device on the list, in the place of where it was.</summary>
    public void Add(PolledDevice device, long at)
    {
        device.DueAt = at;
        _due.Enqueue((device, ++device.Turn), at);
    }

    /// <summary>Takes a device from the list.</summary>
    public static void Remove(PolledDevice device) => device.Turn++;

    /// <summary>A device whose time has come and for which there is a place; it is under way then, until <see cref="End"/>.</summary>
    public bool TryBegin(long now, [NotNullWhen(true)] out PolledDevice? device)
    {
        while (_underWay < most && _suspects < _mostSuspects && _held.TryDequeue(out (PolledDevice Device, long Turn) held))
        {
            // One that was moved or taken off meanwhile waits here no more.
            if (held.Turn == held.Device.Turn && !held.Device.IsUnderWay)
            {
                device = held.Device;
                return Begin(device);
            }
        }

        while (_underWay < most && _due.TryPeek(out (PolledDevice Device, long Turn) next, out long at) && at <= now)
        {
            _ = _due.Dequeue();
            if (next.Turn != next.Device.Turn || next.Device.IsUnderWay)
            {
                continue;
            }

            if (next.Device.IsSuspect && _suspects >= _mostSuspects)
            {
                _held.Enqueue(next);
                continue;
            }

            device = next.Device;
            return Begin(device);
        }

        device = null;
        return false;
    }

    /// <summary>A poll is over.</summary>
    public void End(PolledDevice device)
    {
        _underWay--;
        _suspects -= device.CountsAsSuspect ? 1 : 0;
        device.IsUnderWay = false;
    }

    /// <summary>When the next is due; null: none is, or there is no place for it.</summary>
    public long? NextAt() => _underWay < most && _due.TryPeek(out _, out long at) ? at : null;

    private bool Begin(PolledDevice device)
    {
        device.IsUnderWay = true;
        device.CountsAsSuspect = device.IsSuspect;
        _suspects += device.CountsAsSuspect ? 1 : 0;
        _underWay++;
        return true;
    }
}
