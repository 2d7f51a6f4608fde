using System.Collections.Concurrent;
using System.Text;

namespace Kiwire.Snmp.Security;

/// <summary>
/// Keys of passwords. Deriving one takes milliseconds, and many devices have the same password: without it, ten thousand of them would take
/// a processor for most of a minute.
/// </summary>
internal static class PasswordKeyCache
{
    private const int Capacity = 1024;

    private static readonly ConcurrentDictionary<(AuthenticationProtocol, string), byte[]> s_keys = [];

    /// <summary>The key, which nobody may write to; empty for no protocol.</summary>
    public static byte[] Get(AuthenticationProtocol protocol, string? password)
    {
        if (protocol == AuthenticationProtocol.None || password is null)
        {
            return [];
        }

        if (s_keys.TryGetValue((protocol, password), out byte[]? key))
        {
            return key;
        }

        key = new byte[protocol.HashLength];
        PasswordKey.Derive(protocol, Encoding.UTF8.GetBytes(password), key);
        if (s_keys.Count >= Capacity)
        {
            s_keys.Clear();
        }

        s_keys[(protocol, password)] = key;
        return key;
    }
}
