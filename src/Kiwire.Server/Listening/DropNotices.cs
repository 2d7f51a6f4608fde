using System.Net;
using Kiwire.Server.Network;

namespace Kiwire.Server.Listening;

/// <summary>
/// Tells the operator of drops that he can do something about: at most once a minute for an address and reason, and for a bounded number
/// of them. Shared by the listeners; whoever finds another at it says nothing.
/// </summary>
internal sealed partial class DropNotices(ILogger<DropNotices> logger)
{
    private const int Places = 256;
    private const int Probes = 4;
    private const long QuietMilliseconds = 60_000;

    private readonly Place[] _places = new Place[Places];
    private readonly Lock _gate = new();

    /// <param name="source">Who sent what was dropped.</param>
    /// <param name="reason">Why it was.</param>
    /// <param name="now">Milliseconds on a clock that never goes back.</param>
    public void Tell(in SourceAddress source, DropReason reason, long now)
    {
        if (!_gate.TryEnter())
        {
            return;
        }

        bool due;
        try
        {
            due = IsDue(source.Address, reason, now);
        }
        finally
        {
            _gate.Exit();
        }

        if (due)
        {
            Log(source.ToEndPoint().Address, reason);
        }
    }

    private bool IsDue(UInt128 address, DropReason reason, long now)
    {
        ulong hash = ((ulong)address ^ (ulong)(address >> 64) ^ ((ulong)reason << 56)) * 0x9E3779B97F4A7C15;
        int first = (int)(hash >> 56);
        int free = -1;
        for (int i = 0; i < Probes; i++)
        {
            int at = (first + i) % Places;
            ref Place place = ref _places[at];
            bool quiet = now < place.QuietUntil;
            if (quiet && place.Address == address && place.Reason == reason)
            {
                return false;
            }

            if (!quiet && free < 0)
            {
                free = at;
            }
        }

        if (free < 0)
        {
            // So many addresses are about that a line for each would help nobody; the counters have them.
            return false;
        }

        _places[free] = new Place { Address = address, Reason = reason, QuietUntil = now + QuietMilliseconds };
        return true;
    }

    private void Log(IPAddress address, DropReason reason)
    {
        switch (reason)
        {
            case DropReason.UnknownNas:
                LogUnknown(address);
                break;
            case DropReason.NoMatchingNas:
                LogNoMatch(address);
                break;
            case DropReason.BadMessageAuthenticator or DropReason.BadRequestAuthenticator:
                LogWrongSecret(address);
                break;
            case DropReason.MissingMessageAuthenticator or DropReason.ProxyStateWithoutMessageAuthenticator:
                LogMissing(address);
                break;
            default:
                break;
        }
    }

    private struct Place
    {
        public UInt128 Address;
        public long QuietUntil;
        public DropReason Reason;
    }

    [LoggerMessage(110, LogLevel.Warning,
        "Packets from {Address} are dropped: no NAS entry has this address. If it is a NAS of yours, add it with this address, or with a prefix that holds it. Said at most once a minute.")]
    private partial void LogUnknown(IPAddress address);

    [LoggerMessage(111, LogLevel.Warning,
        "Packets from {Address} are dropped: several NAS entries have this address, and none of them has the NAS-Identifier they carry, or, where they carry none, a secret that fits. Said at most once a minute.")]
    private partial void LogNoMatch(IPAddress address);

    [LoggerMessage(112, LogLevel.Warning,
        "Packets from {Address} are dropped: their authenticator is wrong. The NAS and its entry here have different shared secrets, or somebody forges its address. Said at most once a minute.")]
    private partial void LogWrongSecret(IPAddress address);

    [LoggerMessage(113, LogLevel.Warning,
        "Access-Requests from {Address} are dropped: they lack the Message-Authenticator that this NAS has to send (CVE-2024-3596). Update the NAS or let it send one; require_message_authenticator in its entry says when one is needed. Said at most once a minute.")]
    private partial void LogMissing(IPAddress address);
}
