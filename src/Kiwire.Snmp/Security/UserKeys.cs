using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Kiwire.Snmp.Security;

/// <summary>A user's keys on one engine, and what is done with them: digests (RFC 3414, 6 and 7; RFC 7860) and ciphers (RFC 3414, 8; RFC 3826).</summary>
internal sealed class UserKeys
{
    /// <summary>Octets in msgPrivacyParameters of every cipher.</summary>
    public const int SaltLength = 8;

    private readonly AuthenticationProtocol _authentication;
    private readonly PrivacyProtocol _privacy;
    private readonly byte[] _authenticationKey;
    private readonly byte[] _privacyKey;

    /// <summary>Makes the keys one engine's.</summary>
    /// <param name="authentication">The protocol; None: there are no keys.</param>
    /// <param name="privacy">The protocol.</param>
    /// <param name="authenticationKey">The key of the authentication password.</param>
    /// <param name="privacyKey">The key of the privacy password, by the same hash.</param>
    /// <param name="engineId">The authoritative engine.</param>
    public UserKeys(
        AuthenticationProtocol authentication, PrivacyProtocol privacy,
        ReadOnlySpan<byte> authenticationKey, ReadOnlySpan<byte> privacyKey, ReadOnlySpan<byte> engineId)
    {
        _authentication = authentication;
        _privacy = authentication == AuthenticationProtocol.None ? PrivacyProtocol.None : privacy;
        _authenticationKey = GC.AllocateArray<byte>(authentication.HashLength, pinned: true);
        _privacyKey = GC.AllocateArray<byte>(KeyLength(_privacy), pinned: true);
        if (_authenticationKey.Length > 0)
        {
            PasswordKey.Localise(authentication, authenticationKey, engineId, _authenticationKey);
        }

        if (_privacyKey.Length > 0)
        {
            Span<byte> localised = stackalloc byte[AuthenticationAlgorithms.LongestHash];
            localised = localised[..authentication.HashLength];
            PasswordKey.Localise(authentication, privacyKey, engineId, localised);
            Extend(localised, engineId);
            CryptographicOperations.ZeroMemory(localised);
        }
    }

    /// <summary>Wipes the keys once nobody can use them any more; they are pinned, so that there is no other copy.</summary>
    ~UserKeys()
    {
        CryptographicOperations.ZeroMemory(_authenticationKey);
        CryptographicOperations.ZeroMemory(_privacyKey);
    }

    /// <summary>Octets that the digest takes in a message.</summary>
    public int DigestLength => _authentication.DigestLength;

    /// <summary>The security level at which the user speaks.</summary>
    public UsmFlags Level => LevelOf(_authentication, _privacy);

    /// <summary>The security level of these protocols.</summary>
    public static UsmFlags LevelOf(AuthenticationProtocol authentication, PrivacyProtocol privacy) => (authentication, privacy) switch
    {
        (AuthenticationProtocol.None, _) => UsmFlags.None,
        (_, PrivacyProtocol.None) => UsmFlags.Authenticated,
        _ => UsmFlags.Authenticated | UsmFlags.Private,
    };

    /// <summary>Fills in the digest of a whole message, where there are zeros.</summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        MessageDigest.Compute(_authentication, _authenticationKey, message, digest);
        GC.KeepAlive(this);
    }

    /// <summary>Whether a message's digest is right.</summary>
    public bool Verify(in V3Message message)
    {
        bool isRight = MessageDigest.Verify(_authentication, _authenticationKey, message);
        GC.KeepAlive(this);
        return isRight;
    }

    /// <summary>Octets that some plaintext becomes.</summary>
    public int CipherLength(int plainLength) => _privacy == PrivacyProtocol.Des ? DesCbc.CipherLength(plainLength) : plainLength;

    /// <summary>Enciphers a scoped PDU.</summary>
    /// <param name="plain">The scoped PDU.</param>
    /// <param name="boots">msgAuthoritativeEngineBoots of the message.</param>
    /// <param name="seconds">msgAuthoritativeEngineTime of the message.</param>
    /// <param name="unique">A number that was never used with this key before.</param>
    /// <param name="salt">Receives msgPrivacyParameters.</param>
    /// <param name="cipher">Receives <see cref="CipherLength"/> octets.</param>
    public void Encrypt(ReadOnlySpan<byte> plain, int boots, int seconds, ulong unique, Span<byte> salt, Span<byte> cipher)
    {
        BinaryPrimitives.WriteUInt64BigEndian(salt, unique);
        if (_privacy == PrivacyProtocol.Des)
        {
            // RFC 3414, 8.1.1.1: the first half is the engine's boots.
            BinaryPrimitives.WriteInt32BigEndian(salt, boots);
            DesCbc.Encrypt(_privacyKey, salt, plain, cipher);
        }
        else
        {
            AesCfb.Encrypt(_privacyKey, boots, seconds, salt, plain, cipher);
        }

        GC.KeepAlive(this);
    }

    /// <summary>Deciphers a message's scoped PDU. False: it is none under this key.</summary>
    public bool TryDecrypt(in V3Message message, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (_privacy == PrivacyProtocol.None || message.Salt.Length != SaltLength)
        {
            return false;
        }

        byte[] octets = new byte[message.Data.Length];
        bool deciphered = true;
        if (_privacy == PrivacyProtocol.Des)
        {
            deciphered = DesCbc.TryDecrypt(_privacyKey, message.Salt, message.Data, octets);
        }
        else
        {
            AesCfb.Decrypt(_privacyKey, message.Boots, message.Seconds, message.Salt, message.Data, octets);
        }

        GC.KeepAlive(this);
        plain = deciphered ? octets : null;
        return deciphered;
    }

    private static int KeyLength(PrivacyProtocol privacy) => privacy switch
    {
        PrivacyProtocol.None => 0,
        PrivacyProtocol.Des => DesCbc.KeyLength,
        PrivacyProtocol.Aes128 => 16,
        PrivacyProtocol.Aes192 or PrivacyProtocol.Aes192Reeder => 24,
        PrivacyProtocol.Aes256 or PrivacyProtocol.Aes256Reeder => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(privacy)),
    };

    private void Extend(ReadOnlySpan<byte> localised, ReadOnlySpan<byte> engineId)
    {
        if (_privacy is PrivacyProtocol.Aes192Reeder or PrivacyProtocol.Aes256Reeder)
        {
            KeyExtension.Reeder(_authentication, localised, engineId, _privacyKey);
        }
        else
        {
            KeyExtension.Blumenthal(_authentication, localised, _privacyKey);
        }
    }
}
