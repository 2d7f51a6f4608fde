using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Secrets;

/// <summary>User-Password's hiding under the shared secret and the Request Authenticator (RFC 2865, 5.2). Allocates nothing.</summary>
public static class UserPassword
{
    /// <summary>The longest password, in octets, and the longest hidden value.</summary>
    public const int MaximumLength = 128;

    /// <summary>Octets of the value that hides a password: the next multiple of 16, at least 16.</summary>
    public static int HiddenLength(int passwordLength) => HiddenBlocks.Padded(passwordLength);

    /// <summary>Hides a password and returns the number of octets written.</summary>
    /// <param name="password">0 to 128 octets.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="authenticator">The Request Authenticator: 16 octets.</param>
    /// <param name="destination">Receives <see cref="HiddenLength"/> octets.</param>
    /// <exception cref="ArgumentException">The password is too long, the authenticator has not 16 octets or the destination is too short.</exception>
    public static int Hide(ReadOnlySpan<byte> password, SharedSecret secret, ReadOnlySpan<byte> authenticator, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (password.Length > MaximumLength)
        {
            throw new ArgumentException($"A password of {password.Length} octets cannot be hidden; 128 is the most (RFC 2865, 5.2).", nameof(password));
        }

        if (authenticator.Length != PacketView.AuthenticatorLength)
        {
            throw new ArgumentException("An authenticator has 16 octets.", nameof(authenticator));
        }

        int length = HiddenLength(password.Length);
        if (destination.Length < length)
        {
            throw new ArgumentException($"The hidden password takes {length} octets.", nameof(destination));
        }

        password.CopyTo(destination);
        destination[password.Length..length].Clear();
        HiddenBlocks.Hide(destination[..length], secret, authenticator, []);
        return length;
    }

    /// <summary>
    /// Reveals a hidden password. False where the value's length is not a multiple of 16 from 16 to 128 or the destination is too
    /// short. Under a wrong secret it gives noise: only a comparison tells.
    /// </summary>
    /// <param name="value">The attribute's value; may be the destination itself.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="authenticator">The Request Authenticator: 16 octets.</param>
    /// <param name="destination">At least as long as the value, all of which is overwritten.</param>
    /// <param name="length">Octets of the password, the NULs that pad it taken off: 0 to 128.</param>
    public static bool TryReveal(
        ReadOnlySpan<byte> value, SharedSecret secret, ReadOnlySpan<byte> authenticator, Span<byte> destination, out int length)
    {
        ArgumentNullException.ThrowIfNull(secret);
        length = 0;
        if (value.Length is 0 or > MaximumLength || value.Length % HiddenBlocks.Size != 0
            || authenticator.Length != PacketView.AuthenticatorLength || destination.Length < value.Length)
        {
            return false;
        }

        HiddenBlocks.Reveal(value, destination, secret, authenticator, []);
        length = destination[..value.Length].TrimEnd((byte)0).Length;
        return true;
    }
}
