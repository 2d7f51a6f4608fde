using System.Buffers.Binary;
using System.Security.Cryptography;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// The State of a challenge (RFC 2865, 5.24): which code it asks for, sealed for one user name of one tenant. Nothing is kept of it, so that
/// any server on the database takes the answer, and nobody else's State is worth anything.
/// </summary>
/// <remarks>
/// <code>
/// | code's identifier, 8 octets | seal, 16 octets |
/// </code>
/// </remarks>
internal sealed class CodeStates(SecretBox secrets)
{
    /// <summary>Octets in a State.</summary>
    public const int Length = IdLength + SealLength;

    private const int IdLength = 8;
    private const int SealLength = 16;
    private const string Purpose = "one-time-code.state";

    public byte[] Write(long tenantId, ReadOnlySpan<byte> userName, long codeId)
    {
        byte[] state = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(state, codeId);
        Seal(tenantId, userName, codeId).CopyTo(state.AsSpan(IdLength));
        return state;
    }

    /// <summary>False: it is none of ours, or another user's.</summary>
    public bool TryRead(long tenantId, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> state, out long codeId)
    {
        codeId = 0;
        if (state.Length != Length)
        {
            return false;
        }

        codeId = BinaryPrimitives.ReadInt64BigEndian(state);
        return CryptographicOperations.FixedTimeEquals(state[IdLength..], Seal(tenantId, userName, codeId));
    }

    private byte[] Seal(long tenantId, ReadOnlySpan<byte> userName, long codeId)
    {
        Span<byte> sealedFor = stackalloc byte[16 + AccountName.MaxKeyOctets];
        BinaryPrimitives.WriteInt64BigEndian(sealedFor, tenantId);
        BinaryPrimitives.WriteInt64BigEndian(sealedFor[8..], codeId);
        int length = 16 + AccountName.Fold(userName, sealedFor[16..]);
        return Convert.FromHexString(secrets.Fingerprint(sealedFor[..length], Purpose).AsSpan(0, SealLength * 2));
    }
}
