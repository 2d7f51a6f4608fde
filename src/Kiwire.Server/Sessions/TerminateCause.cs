using System.Buffers.Binary;
using System.Globalization;
using Kiwire.Radius.Dictionaries;

namespace Kiwire.Server.Sessions;

/// <summary>Acct-Terminate-Cause (RFC 2866, 5.10): the values that the server gives itself, and the words of all.</summary>
internal static class TerminateCause
{
    public const int LostCarrier = 2;
    public const int NasReboot = 11;

    private const byte AcctTerminateCause = 49;

    /// <summary>The cause's word, such as User-Request; its number where it has none; null: none was given.</summary>
    public static string? Word(int? cause)
    {
        if (cause is not { } number)
        {
            return null;
        }

        byte[] octets = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(octets, number);
        return RadiusDictionary.BuiltIn.TryGet(0, AcctTerminateCause, out DictionaryAttribute? attribute) && attribute.TryFormat(octets, out string? word)
            ? word
            : number.ToString(CultureInfo.InvariantCulture);
    }
}
