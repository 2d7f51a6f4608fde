using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Makes the key by which an attribute of a dictionary is read and written.</summary>
internal static class DictionaryKeys
{
    /// <summary>The key of an attribute; types without a codec of their own, and arrays, are read as the octets they are.</summary>
    public static AttributeKey Create(DictionaryAttribute attribute) => attribute.Flags.Array
        ? Key(attribute, Codecs.Octets)
        : attribute.Type switch
        {
            DictionaryType.Text => Key(attribute, Codecs.Text),
            DictionaryType.IPv4Address => Key(attribute, Codecs.IPv4Address),
            DictionaryType.IPv6Address => Key(attribute, Codecs.IPv6Address),
            DictionaryType.IPAddress => Key(attribute, Codecs.ComboIp),
            DictionaryType.IPv4Prefix => Key(attribute, Codecs.IPv4Prefix),
            DictionaryType.IPv6Prefix => Key(attribute, Codecs.IPv6Prefix),
            DictionaryType.InterfaceId => Key(attribute, Codecs.InterfaceId),
            DictionaryType.EthernetAddress => Key(attribute, Codecs.Ethernet),
            DictionaryType.Unsigned8 => Key(attribute, Codecs.Byte),
            DictionaryType.Unsigned16 => Key(attribute, Codecs.Short),
            DictionaryType.Unsigned32 => Key(attribute, Codecs.Integer),
            DictionaryType.Unsigned64 => Key(attribute, Codecs.Integer64),
            DictionaryType.Signed32 => Key(attribute, Codecs.Signed),
            DictionaryType.Truth => Key(attribute, Codecs.Bool),
            DictionaryType.Date => Key(attribute, Codecs.Date),
            DictionaryType.Duration => Key(attribute, Codecs.TimeDelta),
            DictionaryType.Octets when attribute.FixedLength > 0 => Key(attribute, Codecs.OctetsOf(attribute.FixedLength)),
            DictionaryType.Signed8 => Key(attribute, Codecs.OctetsOf(sizeof(sbyte))),
            DictionaryType.Signed16 => Key(attribute, Codecs.OctetsOf(sizeof(short))),
            DictionaryType.Signed64 or DictionaryType.PreciseDate => Key(attribute, Codecs.OctetsOf(sizeof(long))),
            _ => Key(attribute, Codecs.Octets),
        };

    private static AttributeKey Key<T>(DictionaryAttribute attribute, AttributeCodec<T> codec)
    {
        AttributeCodec<T> hidden = Codecs.Hidden(attribute.Flags.Hidden, codec);
        return attribute.Flags.Tagged
            ? new AttributeKey<Tagged<T>>(attribute.Name, attribute.Path, Codecs.Tagged(hidden), attribute.Flags.Concatenated)
            : new AttributeKey<T>(attribute.Name, attribute.Path, hidden, attribute.Flags.Concatenated);
    }
}
