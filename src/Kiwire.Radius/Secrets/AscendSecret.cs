using System.Runtime.Intrinsics;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// The hiding of Ascend-Send-Secret and Ascend-Receive-Secret (encrypt=3 of FreeRADIUS dictionaries): 16 octets masked with
/// MD5(Request Authenticator + secret). Allocates nothing.
/// </summary>
public static class AscendSecret
{
    /// <summary>Octets of the hidden form, and the most that can be hidden.</summary>
    public const int Length = Md5.HashSize;

    /// <summary>Hides up to 16 octets, padded with NULs, into 16.</summary>
    /// <exception cref="ArgumentException">The value is too long, the authenticator has not 16 octets or the destination is too short.</exception>
    public static void Hide(ReadOnlySpan<byte> plain, SharedSecret secret, ReadOnlySpan<byte> authenticator, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (plain.Length > Length)
        {
            throw new ArgumentException($"{plain.Length} octets cannot be hidden this way; 16 is the most.", nameof(plain));
        }

        if (authenticator.Length != PacketView.AuthenticatorLength)
        {
            throw new ArgumentException("An authenticator has 16 octets.", nameof(authenticator));
        }

        plain.CopyTo(destination);
        destination[plain.Length..Length].Clear();
        Mask(destination[..Length], secret, authenticator);
    }

    /// <summary>Reveals 16 hidden octets; false where there are not 16.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="authenticator">The Request Authenticator: 16 octets.</param>
    /// <param name="destination">Receives 16 octets.</param>
    /// <param name="length">Octets of the secret, the NULs that pad it taken off: 0 to 16.</param>
    public static bool TryReveal(
        ReadOnlySpan<byte> value, SharedSecret secret, ReadOnlySpan<byte> authenticator, Span<byte> destination, out int length)
    {
        ArgumentNullException.ThrowIfNull(secret);
        length = 0;
        if (value.Length != Length || authenticator.Length != PacketView.AuthenticatorLength || destination.Length < Length)
        {
            return false;
        }

        value.CopyTo(destination);
        Mask(destination[..Length], secret, authenticator);
        length = destination[..Length].TrimEnd((byte)0).Length;
        return true;
    }

    private static void Mask(Span<byte> block, SharedSecret secret, ReadOnlySpan<byte> authenticator)
    {
        Span<byte> mask = stackalloc byte[Length];
        Md5 md5 = Md5.Start();
        md5.Append(authenticator);
        md5.Append(secret.Octets);
        md5.Finish(mask);
        (Vector128.Create<byte>(block) ^ Vector128.Create<byte>(mask)).CopyTo(block);
    }
}
