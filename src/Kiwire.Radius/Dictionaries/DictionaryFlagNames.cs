using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Reads the flags at the end of an ATTRIBUTE line and says which of them do not go with the type.</summary>
internal static class DictionaryFlagNames
{
    private const string Known = "has_tag, encrypt=1|2|3, concat, array, virtual, internal, secret, long, abinary";

    /// <summary>Reads one flag into <paramref name="flags"/>, or changes <paramref name="type"/> by it; the answer is what is wrong, or null.</summary>
    public static string? Apply(string flag, ref DictionaryType type, ref DictionaryFlags flags)
    {
        int equals = flag.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? flag : flag[..equals];
        string? value = equals < 0 ? null : flag[(equals + 1)..];
        if (name == "encrypt")
        {
            return ApplyEncryption(value, ref flags);
        }

        if (value is not null)
        {
            return $"Unknown flag \"{flag}\"; the flags are {Known}.";
        }

        switch (name)
        {
            case "has_tag":
                flags = flags with { Tagged = true };
                return null;
            case "concat":
                flags = flags with { Concatenated = true };
                return null;
            case "array":
                flags = flags with { Array = true };
                return null;
            case "virtual":
                flags = flags with { Virtual = true };
                return null;
            case "internal":
                flags = flags with { Internal = true };
                return null;
            case "secret":
                flags = flags with { Secret = true };
                return null;
            case "long" when type == DictionaryType.Extended:
                type = DictionaryType.LongExtended;
                return null;
            case "long":
                return "Flag long goes with type extended only.";
            case "abinary" when type == DictionaryType.Octets:
                type = DictionaryType.AscendFilter;
                return null;
            case "abinary":
                return "Flag abinary goes with type octets only.";
            default:
                return $"Unknown flag \"{flag}\"; the flags are {Known}.";
        }
    }

    /// <summary>What is wrong with these flags on an attribute of this type and place, or null.</summary>
    public static string? Check(DictionaryType type, DictionaryFlags flags, bool isVendors)
    {
        if (flags.Tagged && type is not (DictionaryType.Text or DictionaryType.Unsigned32))
        {
            return "Flag has_tag goes with types string and integer only (RFC 2868, 3).";
        }

        if (flags.Hidden != HiddenAs.None
            && (DictionaryTypeNames.IsContainer(type) || (flags.Hidden != HiddenAs.TunnelPassword && !IsText(type))))
        {
            return flags.Hidden == HiddenAs.TunnelPassword
                ? "Flag encrypt=2 does not go with a type that holds other attributes."
                : $"Flag encrypt={(int)flags.Hidden} goes with types string and octets only.";
        }

        if (flags.Tagged && flags.Hidden is (HiddenAs.UserPassword or HiddenAs.Ascend))
        {
            return "Flag has_tag goes with encrypt=2 only (RFC 2868, 3.5).";
        }

        if (flags.Concatenated && (type != DictionaryType.Octets || isVendors))
        {
            return "Flag concat goes with octets in the standard space only.";
        }

        if (flags.Array && (DictionaryTypeNames.IsContainer(type) || flags.Tagged || flags.Concatenated || flags.Hidden != HiddenAs.None))
        {
            return "Flag array goes with plain values only: no tag, no encryption, no concat, no type that holds others.";
        }

        return null;
    }

    private static bool IsText(DictionaryType type) => type is DictionaryType.Text or DictionaryType.Octets;

    private static string? ApplyEncryption(string? value, ref DictionaryFlags flags)
    {
        HiddenAs? encryption = value switch
        {
            "1" or "User-Password" => HiddenAs.UserPassword,
            "2" or "Tunnel-Password" => HiddenAs.TunnelPassword,
            "3" or "Ascend-Secret" => HiddenAs.Ascend,
            _ => null,
        };
        if (encryption is null)
        {
            return $"\"encrypt={value}\" is no way of hiding; there are encrypt=1 (User-Password), encrypt=2 (Tunnel-Password) and encrypt=3 (Ascend-Secret).";
        }

        if (flags.Hidden != HiddenAs.None && flags.Hidden != encryption)
        {
            return "Two ways of hiding for one attribute; give one encrypt= only.";
        }

        flags = flags with { Hidden = encryption.Value };
        return null;
    }
}
