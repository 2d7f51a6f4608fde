using System.Collections.Frozen;

namespace Kiwire.Radius.Dictionaries;

/// <summary>How dictionaries spell the data types: FreeRADIUS 3.2's names, and version 4's where they mean the same octets.</summary>
internal static class DictionaryTypeNames
{
    /// <summary>The spellings of 3.2, for messages.</summary>
    public const string Known =
        "string, octets, octets[n], ipaddr, ipv6addr, combo-ip, ipv4prefix, ipv6prefix, ifid, ether, byte, short, integer, integer64, "
        + "signed, bool, date, time_delta, timeval, abinary, tlv, vsa, extended, long-extended, evs";

    /// <summary>The first spelling of a type is 3.2's.</summary>
    private static readonly (string Name, DictionaryType Type)[] Spellings =
    [
        ("string", DictionaryType.Text),
        ("octets", DictionaryType.Octets),
        ("ipaddr", DictionaryType.IPv4Address),
        ("ipv4addr", DictionaryType.IPv4Address),
        ("ipv6addr", DictionaryType.IPv6Address),
        ("combo-ip", DictionaryType.IPAddress),
        ("combo-ip-addr", DictionaryType.IPAddress),
        ("ipv4prefix", DictionaryType.IPv4Prefix),
        ("ipv6prefix", DictionaryType.IPv6Prefix),
        ("ifid", DictionaryType.InterfaceId),
        ("ether", DictionaryType.EthernetAddress),
        ("ethernet", DictionaryType.EthernetAddress),
        ("byte", DictionaryType.Unsigned8),
        ("uint8", DictionaryType.Unsigned8),
        ("short", DictionaryType.Unsigned16),
        ("uint16", DictionaryType.Unsigned16),
        ("integer", DictionaryType.Unsigned32),
        ("uint32", DictionaryType.Unsigned32),
        ("integer64", DictionaryType.Unsigned64),
        ("uint64", DictionaryType.Unsigned64),
        ("int8", DictionaryType.Signed8),
        ("int16", DictionaryType.Signed16),
        ("signed", DictionaryType.Signed32),
        ("int32", DictionaryType.Signed32),
        ("int64", DictionaryType.Signed64),
        ("bool", DictionaryType.Truth),
        ("boolean", DictionaryType.Truth),
        ("date", DictionaryType.Date),
        ("time_delta", DictionaryType.Duration),
        ("timeval", DictionaryType.PreciseDate),
        ("abinary", DictionaryType.AscendFilter),
        ("tlv", DictionaryType.Tlv),
        ("vsa", DictionaryType.VendorSpecific),
        ("extended", DictionaryType.Extended),
        ("long-extended", DictionaryType.LongExtended),
        ("evs", DictionaryType.ExtendedVendorSpecific),
    ];

    private static readonly FrozenDictionary<string, DictionaryType> ByName =
        Spellings.ToFrozenDictionary(spelling => spelling.Name, spelling => spelling.Type, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<DictionaryType, string> NameByType =
        Spellings.DistinctBy(spelling => spelling.Type).ToFrozenDictionary(spelling => spelling.Type, spelling => spelling.Name);

    /// <summary>Reads a type; false, and why, where it is not one.</summary>
    public static bool TryParse(string text, out DictionaryType type, out int fixedLength, out string fault)
    {
        fixedLength = 0;
        fault = string.Empty;
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (!ByName.TryGetValue(bracket < 0 ? text : text[..bracket], out type))
        {
            fault = IsOfVersion4(text)
                ? $"Type \"{text}\" is of FreeRADIUS 4 and has no place in a RADIUS attribute; octets is the nearest."
                : $"Unknown type \"{text}\"; the types are {Known}.";
            return false;
        }

        if (bracket < 0)
        {
            return true;
        }

        if (type != DictionaryType.Octets)
        {
            fault = $"Only octets can have a length, not \"{text}\".";
            return false;
        }

        if (text[^1] != ']' || !DictionaryNumbers.TryParse(text.AsSpan()[(bracket + 1)..^1], out ulong length) || length is 0 or > 253)
        {
            fault = $"\"{text}\" is not a type: the length is a number from 1 to 253, as in octets[16].";
            return false;
        }

        fixedLength = (int)length;
        return true;
    }

    /// <summary>The octets that a number of this type takes; 0 where the type is not a number.</summary>
    public static int NumberOctets(DictionaryType type) => type switch
    {
        DictionaryType.Unsigned8 or DictionaryType.Signed8 or DictionaryType.Truth => 1,
        DictionaryType.Unsigned16 or DictionaryType.Signed16 => 2,
        DictionaryType.Unsigned32 or DictionaryType.Signed32 or DictionaryType.Date or DictionaryType.Duration => 4,
        DictionaryType.Unsigned64 or DictionaryType.Signed64 => 8,
        _ => 0,
    };

    /// <summary>Whether the type's numbers may be negative.</summary>
    public static bool IsSigned(DictionaryType type) =>
        type is DictionaryType.Signed8 or DictionaryType.Signed16 or DictionaryType.Signed32 or DictionaryType.Signed64;

    /// <summary>An attribute's type as dictionaries of 3.2 spell it.</summary>
    public static string Spell(DictionaryAttribute attribute) => attribute.Type switch
    {
        DictionaryType.Octets when attribute.FixedLength > 0 => $"octets[{attribute.FixedLength}]",
        DictionaryType type => NameByType[type],
    };

    /// <summary>Whether attributes of this type hold others.</summary>
    public static bool IsContainer(DictionaryType type) =>
        type is DictionaryType.Tlv or DictionaryType.Extended or DictionaryType.LongExtended or DictionaryType.ExtendedVendorSpecific
            or DictionaryType.VendorSpecific;

    private static bool IsOfVersion4(string text) =>
        text is "struct" or "union" or "group" or "vendor" or "size" or "attr" or "float32" or "float64" or "combo-ip-prefix";
}
