using System.Globalization;
using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>How types, paths and values are spelled in C#.</summary>
internal static class KeySourceTypes
{
    /// <summary>The key's type argument and its codec; null where there is no codec for the attribute's type or flags.</summary>
    public static (string ValueType, string Codec)? Find(DictionaryAttribute attribute)
    {
        if (attribute.Flags.Array || Plain(attribute) is not { } plain)
        {
            return null;
        }

        if (attribute.Flags.Hidden != HiddenAs.None)
        {
            plain.Codec = $"Codecs.Hidden(HiddenAs.{attribute.Flags.Hidden}, {plain.Codec})";
        }

        return attribute.Flags.Tagged ? ($"Tagged<{plain.ValueType}>", $"Codecs.Tagged({plain.Codec})") : plain;
    }

    /// <summary>The path as an expression.</summary>
    public static string Path(AttributePath path)
    {
        if (path.IsExtendedVendor)
        {
            return Members($"AttributePath.ExtendedVendor({path.First}, {path.Rest[1]}, {path.Rest[2]})", path.Rest.Skip(3));
        }

        if (path.Vendor == 0 && path.Rest.Count > 0 && path.First is >= 241 and <= 246)
        {
            return Members($"AttributePath.Extended({path.First}, {path.Rest[0]})", path.Rest.Skip(1));
        }

        string outermost = path switch
        {
            { Vendor: 0 } => $"AttributePath.Standard({path.First})",
            { TypeOctets: 1, LengthOctets: 1, Continuation: false } => $"AttributePath.OfVendor({path.Vendor}, {path.First})",
            _ => $"new AttributePath({path.Vendor}, {path.TypeOctets}, {path.LengthOctets}, {(path.Continuation ? "true" : "false")}, {path.First}, [])",
        };
        return Members(outermost, path.Rest);
    }

    /// <summary>What an enumeration of the type's values is made of.</summary>
    public static string EnumType(DictionaryType type) => type switch
    {
        DictionaryType.Unsigned8 or DictionaryType.Truth => "byte",
        DictionaryType.Unsigned16 => "ushort",
        DictionaryType.Unsigned64 => "ulong",
        DictionaryType.Signed32 => "int",
        _ => "uint",
    };

    /// <summary>A value as a number of the enumeration's type.</summary>
    public static string Number(DictionaryType type, ulong number) => type == DictionaryType.Signed32
        ? ((int)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);

    private static string Members(string expression, IEnumerable<uint> numbers) =>
        numbers.Aggregate(expression, (outer, number) => $"{outer}.Member({number})");

    private static (string ValueType, string Codec)? Plain(DictionaryAttribute attribute) => attribute.Type switch
    {
        DictionaryType.Text => ("string", "Codecs.Text"),
        DictionaryType.Octets when attribute.FixedLength > 0 => ("byte[]", $"Codecs.OctetsOf({attribute.FixedLength})"),
        DictionaryType.Octets => ("byte[]", "Codecs.Octets"),
        DictionaryType.IPv4Address => ("IPAddress", "Codecs.IPv4Address"),
        DictionaryType.IPv6Address => ("IPAddress", "Codecs.IPv6Address"),
        DictionaryType.IPAddress => ("IPAddress", "Codecs.ComboIp"),
        DictionaryType.IPv4Prefix => ("IPNetwork", "Codecs.IPv4Prefix"),
        DictionaryType.IPv6Prefix => ("IPNetwork", "Codecs.IPv6Prefix"),
        DictionaryType.InterfaceId => ("ulong", "Codecs.InterfaceId"),
        DictionaryType.EthernetAddress => ("PhysicalAddress", "Codecs.Ethernet"),
        DictionaryType.Unsigned8 => ("byte", "Codecs.Byte"),
        DictionaryType.Unsigned16 => ("ushort", "Codecs.Short"),
        DictionaryType.Unsigned32 => ("uint", "Codecs.Integer"),
        DictionaryType.Unsigned64 => ("ulong", "Codecs.Integer64"),
        DictionaryType.Signed32 => ("int", "Codecs.Signed"),
        DictionaryType.Truth => ("bool", "Codecs.Bool"),
        DictionaryType.Date => ("DateTimeOffset", "Codecs.Date"),
        DictionaryType.Duration => ("TimeSpan", "Codecs.TimeDelta"),
        DictionaryType.AscendFilter => ("byte[]", "Codecs.ABinary"),
        DictionaryType.Tlv => ("byte[]", "Codecs.Tlv"),
        DictionaryType.VendorSpecific => ("byte[]", "Codecs.Vsa"),
        DictionaryType.Extended => ("byte[]", "Codecs.Extended"),
        DictionaryType.LongExtended => ("byte[]", "Codecs.LongExtended"),
        DictionaryType.ExtendedVendorSpecific => ("byte[]", "Codecs.Evs"),
        _ => null,
    };
}
