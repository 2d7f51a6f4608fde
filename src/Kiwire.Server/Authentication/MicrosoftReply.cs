using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Authentication;

/// <summary>What answers to MS-CHAP logins carry in Microsoft's attributes (RFC 2548): proof, error, and keys for the link.</summary>
internal static class MicrosoftReply
{
    private const uint Vendor = 311;
    private const byte MsChapError = 2;
    private const byte MppeEncryptionPolicy = 7;
    private const byte MppeEncryptionTypes = 8;
    private const byte MsChapMppeKeys = 12;
    private const byte MppeSendKey = 16;
    private const byte MppeRecvKey = 17;
    private const byte MsChap2Success = 26;

    private static ReadOnlySpan<byte> EncryptionAllowed => [0, 0, 0, 1];

    private static ReadOnlySpan<byte> Rc4With40Or128Bits => [0, 0, 0, 6];

    /// <summary>MS-CHAP version 1: MS-CHAP-MPPE-Keys, hidden like User-Password (RFC 2548, 2.4.1).</summary>
    public static void AppendV1Keys(PacketWriter writer, scoped in RadiusRequest request, ReadOnlySpan<byte> password)
    {
        Span<byte> keys = stackalloc byte[32];
        Span<byte> hidden = stackalloc byte[32];
        keys.Clear();
        MsChap.MppeKeys(password, keys);
        UserPassword.Hide(keys, request.Nas.Secret, request.Packet.Authenticator, hidden);
        writer.AppendVendor(Vendor, MsChapMppeKeys, hidden);
        AppendEncryption(writer);
        CryptographicOperations.ZeroMemory(keys);
    }

    /// <summary>MS-CHAP version 2: MS-CHAP2-Success, with which the server proves itself, and the link's keys (RFC 2548, 2.3.3, 2.4).</summary>
    public static void AppendV2Success(
        PacketWriter writer, scoped in RadiusRequest request, scoped in AccessFields fields, ReadOnlySpan<byte> password)
    {
        Span<byte> success = stackalloc byte[1 + MsChapV2.AuthenticatorResponseLength];
        success[0] = fields.MsChap2Response[0];
        if (!MsChapV2.VerifyResponse(fields.MsChapChallenge, fields.MsChap2Response, fields.UserName, password, success[1..]))
        {
            return;
        }

        writer.AppendVendor(Vendor, MsChap2Success, success);
        Span<byte> send = stackalloc byte[MsChapV2.KeyLength];
        Span<byte> receive = stackalloc byte[MsChapV2.KeyLength];
        MsChapV2.DeriveKeys(password, fields.MsChap2Response[26..], send, receive);
        AppendKeys(writer, in request, send, receive);
        AppendEncryption(writer);
    }

    /// <summary>MS-MPPE-Send-Key and -Recv-Key, each hidden under a salt of its own (RFC 2548, 2.4.2 and 2.4.3).</summary>
    public static void AppendKeys(PacketWriter writer, scoped in RadiusRequest request, ReadOnlySpan<byte> send, ReadOnlySpan<byte> receive)
    {
        AppendHidden(writer, in request, MppeSendKey, send);
        AppendHidden(writer, in request, MppeRecvKey, receive);
    }

    /// <summary>MS-CHAP-Error: identifier, then E=691, no retry (RFC 2548, 2.1.5).</summary>
    public static void AppendError(PacketWriter writer, scoped in AccessFields fields)
    {
        bool second = !fields.MsChap2Response.IsEmpty;
        ReadOnlySpan<byte> response = second ? fields.MsChap2Response : fields.MsChapResponse;
        Span<byte> challenge = stackalloc byte[second ? 16 : 8];
        RandomNumberGenerator.Fill(challenge);
        Span<byte> value = stackalloc byte[247];
        value[0] = response.IsEmpty ? (byte)0 : response[0];
        string text = MsChap.ErrorText(MsChap.AuthenticationFailure, mayRetry: false, challenge, "Authentication failed");
        int length = Encoding.ASCII.GetBytes(text, value[1..]);
        writer.AppendVendor(Vendor, MsChapError, value[..(1 + length)]);
    }

    private static void AppendEncryption(PacketWriter writer)
    {
        writer.AppendVendor(Vendor, MppeEncryptionPolicy, EncryptionAllowed);
        writer.AppendVendor(Vendor, MppeEncryptionTypes, Rc4With40Or128Bits);
    }

    private static void AppendHidden(PacketWriter writer, scoped in RadiusRequest request, byte type, ReadOnlySpan<byte> key)
    {
        Span<byte> hidden = stackalloc byte[TunnelPassword.HiddenLength(64)];
        int length = TunnelPassword.Hide(key, TunnelPassword.NextSalt(), request.Nas.Secret, request.Packet.Authenticator, hidden);
        writer.AppendVendor(Vendor, type, hidden[..length]);
    }
}
