using System.Formats.Asn1;
using System.Security.Cryptography;
using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Security;

/// <summary>Writes an SNMPv3 message around a scoped PDU, enciphers and signs it (RFC 3414, 3.1).</summary>
internal static class V3MessageWriter
{
    // Never the same twice while the process lives, and most unlikely the same as before it (RFC 3826, 3.1.2.1; RFC 3414, 8.1.1.1).
    private static ulong s_salt = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Writes the message at the header's level.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="keys">The user's keys on the authoritative engine; null: the level is noAuthNoPriv.</param>
    /// <param name="scoped">The scoped PDU.</param>
    /// <param name="buffer">Where to; made larger where it must be.</param>
    /// <returns>How many octets it is.</returns>
    public static int Write(in V3Header header, UserKeys? keys, ReadOnlySpan<byte> scoped, ref byte[] buffer)
    {
        bool isPrivate = (header.Flags & UsmFlags.Private) != 0;
        Span<byte> digest = stackalloc byte[AuthenticationAlgorithms.LongestDigest];
        digest = digest[..((header.Flags & UsmFlags.Authenticated) != 0 ? keys!.DigestLength : 0)];
        digest.Clear();
        Span<byte> salt = stackalloc byte[isPrivate ? UserKeys.SaltLength : 0];
        byte[] cipher = isPrivate ? new byte[keys!.CipherLength(scoped.Length)] : [];
        if (isPrivate)
        {
            keys!.Encrypt(scoped, header.Boots, header.Seconds, Interlocked.Increment(ref s_salt), salt, cipher);
        }

        BerWriter writer = BerWriter.Begin();
        AsnWriter asn = writer.Asn;
        asn.PushSequence();
        asn.WriteInteger((int)SnmpVersion.V3);
        asn.PushSequence();
        asn.WriteInteger(header.Id);
        asn.WriteInteger(BerWriter.MaximumLength);
        asn.WriteOctetString([(byte)header.Flags]);
        asn.WriteInteger(V3Message.UserBasedSecurityModel);
        asn.PopSequence();
        WriteParameters(asn, header, digest, salt);
        WriteData(asn, scoped, cipher);
        asn.PopSequence();
        int length = writer.CopyTo(ref buffer);

        if (!digest.IsEmpty)
        {
            // Behind the digest are the salt, with its tag and length, and the data.
            Span<byte> message = buffer.AsSpan(0, length);
            int behind = 2 + salt.Length + (isPrivate ? ElementLength(cipher.Length) : scoped.Length);
            keys!.Sign(message, message.Slice(length - behind - digest.Length, digest.Length));
        }

        return length;
    }

    private static void WriteParameters(AsnWriter asn, in V3Header header, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> salt)
    {
        using (asn.PushOctetString())
        {
            asn.PushSequence();
            asn.WriteOctetString(header.EngineId);
            asn.WriteInteger(header.Boots);
            asn.WriteInteger(header.Seconds);
            asn.WriteOctetString(header.User);
            asn.WriteOctetString(digest);
            asn.WriteOctetString(salt);
            asn.PopSequence();
        }
    }

    private static int ElementLength(int contentLength) => contentLength + contentLength switch
    {
        <= 0x7F => 2,
        <= 0xFF => 3,
        _ => 4,
    };

    private static void WriteData(AsnWriter asn, ReadOnlySpan<byte> scoped, byte[] cipher)
    {
        if (cipher.Length > 0)
        {
            asn.WriteOctetString(cipher);
        }
        else
        {
            asn.WriteEncodedValue(scoped);
        }
    }
}
