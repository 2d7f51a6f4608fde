using System.Buffers.Binary;
using System.Security.Cryptography;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// The salted hiding of Tunnel-Password (RFC 2868, 3.5, without its tag) and of the MS-MPPE keys (RFC 2548, 2.4.2 and 2.4.3): two
/// octets of salt, then, hidden, one octet of length, the octets and NULs up to a multiple of 16. Allocates nothing.
/// </summary>
public static class TunnelPassword
{
    /// <summary>The longest value that can be hidden, in octets.</summary>
    public const int MaximumLength = 239;

    private const int SaltLength = 2;
    private static int _salt = RandomNumberGenerator.GetInt32(0x8000);

    /// <summary>Octets of the hidden form: salt and whole blocks.</summary>
    public static int HiddenLength(int length) => SaltLength + HiddenBlocks.Padded(1 + length);

    /// <summary>A salt with its highest bit set, different from the 32767 before it, and so from any other of its packet.</summary>
    public static ushort NextSalt() => (ushort)(0x8000 | (Interlocked.Increment(ref _salt) & 0x7fff));

    /// <summary>Hides octets and returns the number of octets written.</summary>
    /// <param name="plain">0 to 239 octets.</param>
    /// <param name="salt">The salt: unique within its packet, highest bit set.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="requestAuthenticator">The authenticator of the request that is answered: 16 octets.</param>
    /// <param name="destination">Receives <see cref="HiddenLength"/> octets; must not overlap <paramref name="plain"/>.</param>
    /// <exception cref="ArgumentException">The value is too long, the authenticator has not 16 octets or the destination is too short.</exception>
    public static int Hide(
        ReadOnlySpan<byte> plain, ushort salt, SharedSecret secret, ReadOnlySpan<byte> requestAuthenticator, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (plain.Length > MaximumLength)
        {
            throw new ArgumentException($"{plain.Length} octets cannot be hidden; 239 is the most (RFC 2868, 3.5).", nameof(plain));
        }

        if (requestAuthenticator.Length != PacketView.AuthenticatorLength)
        {
            throw new ArgumentException("An authenticator has 16 octets.", nameof(requestAuthenticator));
        }

        int length = HiddenLength(plain.Length);
        if (destination.Length < length)
        {
            throw new ArgumentException($"The hidden value takes {length} octets.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, salt);
        Span<byte> blocks = destination[SaltLength..length];
        blocks[0] = (byte)plain.Length;
        plain.CopyTo(blocks[1..]);
        blocks[(1 + plain.Length)..].Clear();
        HiddenBlocks.Hide(blocks, secret, requestAuthenticator, destination[..SaltLength]);
        return length;
    }

    /// <summary>
    /// Reveals hidden octets. False where they are not salt and whole blocks, where the length inside reaches past them (as it mostly
    /// does under a wrong secret), or where the destination is too short.
    /// </summary>
    /// <param name="value">The salt and what follows.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="requestAuthenticator">The authenticator of the request that was answered: 16 octets.</param>
    /// <param name="destination">At least as long as the value less 2 octets; all of that is overwritten.</param>
    /// <param name="length">Octets revealed.</param>
    public static bool TryReveal(
        ReadOnlySpan<byte> value, SharedSecret secret, ReadOnlySpan<byte> requestAuthenticator, Span<byte> destination, out int length)
    {
        ArgumentNullException.ThrowIfNull(secret);
        length = 0;
        int blocks = value.Length - SaltLength;
        if (blocks is <= 0 or > MaximumLength + 1 || blocks % HiddenBlocks.Size != 0
            || requestAuthenticator.Length != PacketView.AuthenticatorLength || destination.Length < blocks)
        {
            return false;
        }

        destination = destination[..blocks];
        HiddenBlocks.Reveal(value[SaltLength..], destination, secret, requestAuthenticator, value[..SaltLength]);
        int inside = destination[0];
        if (inside > blocks - 1)
        {
            destination.Clear();
            return false;
        }

        length = inside;
        destination.Slice(1, inside).CopyTo(destination);
        return true;
    }
}
