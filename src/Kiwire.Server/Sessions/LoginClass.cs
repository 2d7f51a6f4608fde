using System.Buffers.Binary;

namespace Kiwire.Server.Sessions;

/// <summary>
/// The Class attribute of our accepts (RFC 2865, 5.25): opaque to the NAS, which returns it in accounting; ties the session to the login
/// and to its account, whatever User-Name the NAS reports. Only a NAS that has the secret can send one, so it needs no proof of its own;
/// the account is looked up within that NAS's tenant.
/// </summary>
/// <param name="AccountId">The account.</param>
/// <param name="LoginId">The login.</param>
internal readonly record struct LoginClass(long AccountId, long LoginId)
{
    /// <summary>Octets on the wire: a mark, the account, the login.</summary>
    public const int Length = 18;

    public static bool TryRead(ReadOnlySpan<byte> value, out LoginClass login)
    {
        if (value.Length != Length || value[0] != (byte)'K' || value[1] != 1)
        {
            login = default;
            return false;
        }

        login = new LoginClass(BinaryPrimitives.ReadInt64BigEndian(value[2..]), BinaryPrimitives.ReadInt64BigEndian(value[10..]));
        return true;
    }

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)'K';
        destination[1] = 1;
        BinaryPrimitives.WriteInt64BigEndian(destination[2..], AccountId);
        BinaryPrimitives.WriteInt64BigEndian(destination[10..], LoginId);
    }
}
