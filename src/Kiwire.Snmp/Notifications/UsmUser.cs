using System.Security.Cryptography;
using System.Text;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Notifications;

/// <summary>A user whose notifications are taken, with his keys as they are before they are an engine's.</summary>
internal sealed class UsmUser
{
    private readonly UsmCredentials _credentials;
    private readonly byte[] _authenticationKey;
    private readonly byte[] _privacyKey;

    /// <param name="credentials">The user; they can be used.</param>
    /// <param name="ownEngineId">The listener's engine, which the user's informs are sent to.</param>
    public UsmUser(UsmCredentials credentials, ReadOnlySpan<byte> ownEngineId)
    {
        _credentials = credentials;
        Name = Encoding.UTF8.GetBytes(credentials.User);
        _authenticationKey = PasswordKeyCache.Get(credentials.AuthenticationProtocol, credentials.AuthenticationPassword);
        _privacyKey = credentials.PrivacyProtocol == PrivacyProtocol.None
            ? []
            : PasswordKeyCache.Get(credentials.AuthenticationProtocol, credentials.PrivacyPassword);
        OwnKeys = KeysOn(ownEngineId);
    }

    public string User => _credentials.User;

    public byte[] Name { get; }

    /// <summary>His keys on the listener's engine.</summary>
    public UserKeys OwnKeys { get; }

    /// <summary>His keys on an engine. It may take milliseconds.</summary>
    public UserKeys KeysOn(ReadOnlySpan<byte> engineId) =>
        new(_credentials.AuthenticationProtocol, _credentials.PrivacyProtocol, _authenticationKey, _privacyKey, engineId);

    /// <summary>Whether a message of any engine is his. Leaves nothing behind: whoever can send a datagram can have it asked.</summary>
    public bool Proves(in V3Message message)
    {
        Span<byte> key = stackalloc byte[AuthenticationAlgorithms.LongestHash];
        key = key[.._credentials.AuthenticationProtocol.HashLength];
        PasswordKey.Localise(_credentials.AuthenticationProtocol, _authenticationKey, message.EngineId, key);
        bool isHis = MessageDigest.Verify(_credentials.AuthenticationProtocol, key, message);
        CryptographicOperations.ZeroMemory(key);
        return isHis;
    }
}
