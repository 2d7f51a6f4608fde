using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Which of the servers that are alive polls a device: the one that draws the highest lot for it (rendezvous hashing). All come to the same
/// without asking each other, each has as many as the others, and where a server comes or goes only its own devices change hands.
/// </summary>
internal sealed class PollOwnership
{
    private readonly ulong[] _lots;
    private readonly int _own;

    /// <param name="servers">Those that are alive.</param>
    /// <param name="own">This one.</param>
    public PollOwnership(IReadOnlyList<string> servers, string own)
    {
        _own = -1;
        _lots = new ulong[servers.Count];
        for (int i = 0; i < _lots.Length; i++)
        {
            _lots[i] = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(servers[i])));
            _own = servers[i] == own ? i : _own;
        }
    }

    /// <summary>Whether a device is this server's to poll.</summary>
    public bool IsOwn(long deviceId)
    {
        int best = -1;
        ulong highest = 0;
        for (int i = 0; i < _lots.Length; i++)
        {
            ulong lot = Mix(_lots[i] ^ Mix((ulong)deviceId));
            if (best < 0 || lot > highest)
            {
                (best, highest) = (i, lot);
            }
        }

        return best >= 0 && best == _own;
    }

    // The finaliser of SplitMix64: every bit of the number counts for every bit of the lot.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
