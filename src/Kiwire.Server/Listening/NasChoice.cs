using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Listening;

/// <summary>Picks the NAS that sent a packet from those that share its source address.</summary>
internal static class NasChoice
{
    /// <summary>
    /// The only candidate, whatever it calls itself; else the one that NAS-Identifier names; else, where there is no NAS-Identifier or
    /// it names one NAS in each of several tenants, the first whose secret verifies the packet. Null: none is left.
    /// </summary>
    public static NasEntry? Pick(NasCandidates candidates, PacketView packet, ReadOnlySpan<byte> nasIdentifier)
    {
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        int named = 0;
        NasEntry? only = null;
        NasEntry? verified = null;
        for (int i = 0; i < candidates.Count; i++)
        {
            NasEntry candidate = candidates[i];
            if (!nasIdentifier.IsEmpty && !FoldedName.Matches(candidate.IdentityKey, nasIdentifier))
            {
                continue;
            }

            named++;
            only = candidate;
            if (verified is null && Verifies(candidate, packet))
            {
                verified = candidate;
            }
        }

        // The one that is named need not verify the packet here: an Access-Request may have nothing to verify it by.
        return named == 1 && !nasIdentifier.IsEmpty ? only : verified;
    }

    private static bool Verifies(NasEntry nas, PacketView packet) =>
        packet.Code == RadiusCode.AccountingRequest
            ? packet.HasValidRequestAuthenticator(nas.Secret)
            : packet.HasValidRequestMessageAuthenticator(nas.Secret);
}
