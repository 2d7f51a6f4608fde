using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Security;

/// <summary>
/// A received SNMPv3 message of the User-based Security Model, its parts found and nothing of it believed (RFC 3412, 6; RFC 3414, 2.4):
/// <code>
/// SEQUENCE { version 3,
///            SEQUENCE { msgID, msgMaxSize, msgFlags OCTET STRING (1), msgSecurityModel },
///            OCTET STRING { SEQUENCE { engine id, boots, time, user name, authentication parameters, privacy parameters } },
///            scoped PDU | OCTET STRING of it enciphered }
/// </code>
/// </summary>
internal readonly ref struct V3Message
{
    /// <summary>msgSecurityModel of USM (RFC 3411, 5).</summary>
    public const int UserBasedSecurityModel = 3;

    /// <summary>The least msgMaxSize (RFC 3412, 6.3).</summary>
    public const int SmallestMaximum = 484;

    /// <summary>Octets in the longest user name (RFC 3414, 2.4).</summary>
    public const int LongestUser = 32;

    public int Id { get; private init; }

    public int MaximumSize { get; private init; }

    public UsmFlags Flags { get; private init; }

    public int SecurityModel { get; private init; }

    public ReadOnlySpan<byte> EngineId { get; private init; }

    public int Boots { get; private init; }

    public int Seconds { get; private init; }

    public ReadOnlySpan<byte> User { get; private init; }

    public ReadOnlySpan<byte> Digest { get; private init; }

    public ReadOnlySpan<byte> Salt { get; private init; }

    /// <summary>The scoped PDU, tag and all; of an enciphered message its ciphertext.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>The message from its first octet to its last, without what a datagram has behind it: what the digest is made of.</summary>
    public ReadOnlySpan<byte> Whole { get; private init; }

    public bool IsAuthenticated => (Flags & UsmFlags.Authenticated) != 0;

    public bool IsPrivate => (Flags & UsmFlags.Private) != 0;

    /// <summary>Finds the parts. False: it is not such a message; what is said then is what a reader of the wire would look for.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out V3Message message, out string fault)
    {
        message = default;
        BerReader outer = new(datagram);
        if (!outer.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> content))
        {
            fault = "it is cut off, or is no SEQUENCE";
            return false;
        }

        BerReader reader = new(content);
        if (!reader.TryReadInt32(out int version) || version != (int)SnmpVersion.V3)
        {
            fault = "its version is not 3";
            return false;
        }

        if (!reader.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> global) || !TryReadGlobal(global, ref message))
        {
            fault = "its msgGlobalData are not an id, a size from 484, one octet of flags and a security model";
            return false;
        }

        if (message.SecurityModel != UserBasedSecurityModel || (message.Flags & UsmFlags.Level) == UsmFlags.Private)
        {
            fault = "its security model is not 3 (USM), or it is enciphered without being authenticated";
            return false;
        }

        if (!reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> parameters) || !TryReadParameters(parameters, ref message))
        {
            fault = "its msgSecurityParameters are not an engine id, boots, time, user name and parameters of authentication and privacy";
            return false;
        }

        ReadOnlySpan<byte> scoped = reader.Rest;
        if (!reader.TryRead(out byte tag, out ReadOnlySpan<byte> data) || tag != (message.IsPrivate ? BerTag.OctetString : BerTag.Sequence))
        {
            fault = message.IsPrivate ? "its data are not enciphered, though its flags say so" : "it has no scoped PDU";
            return false;
        }

        message = message with
        {
            Data = message.IsPrivate ? data : scoped[..^reader.Rest.Length],
            Whole = datagram[..^outer.Rest.Length],
        };
        fault = "";
        return true;
    }

    private static bool TryReadGlobal(ReadOnlySpan<byte> global, ref V3Message message)
    {
        BerReader reader = new(global);
        if (!reader.TryReadInt32(out int id) || id < 0
            || !reader.TryReadInt32(out int maximumSize) || maximumSize < SmallestMaximum
            || !reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> flags) || flags.Length != 1
            || !reader.TryReadInt32(out int securityModel))
        {
            return false;
        }

        message = new V3Message { Id = id, MaximumSize = maximumSize, Flags = (UsmFlags)flags[0], SecurityModel = securityModel };
        return true;
    }

    private static bool TryReadParameters(ReadOnlySpan<byte> parameters, ref V3Message message)
    {
        BerReader outer = new(parameters);
        if (!outer.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> content) || !outer.IsAtEnd)
        {
            return false;
        }

        BerReader reader = new(content);
        if (!reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> engineId) || engineId.Length > Security.EngineId.MaximumLength
            || !reader.TryReadInt32(out int boots) || boots < 0
            || !reader.TryReadInt32(out int seconds) || seconds < 0
            || !reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> user) || user.Length > LongestUser
            || !reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> digest) || digest.Length > AuthenticationAlgorithms.LongestDigest
            || !reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> salt))
        {
            return false;
        }

        message = message with { EngineId = engineId, Boots = boots, Seconds = seconds, User = user, Digest = digest, Salt = salt };
        return true;
    }
}
