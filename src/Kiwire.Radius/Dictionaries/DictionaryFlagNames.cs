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

        if (flags.Encryption != DictionaryEncryption.None
            && (DictionaryTypeNames.IsContainer(type) || (flags.Encryption != DictionaryEncryption.TunnelPassword && !IsText(type))))
        {
            return flags.Encryption == DictionaryEncryption.TunnelPassword
                ? "Flag encrypt=2 does not go with a type that holds other attributes."
                : $"Flag encrypt={(int)flags.Encryption} goes with types string and octets only.";
        }

        if (flags.Tagged && flags.Encryption is (DictionaryEncryption.UserPassword or DictionaryEncryption.AscendSecret))
        {
            return "Flag has_tag goes with encrypt=2 only (RFC 2868, 3.5).";
        }

        if (flags.Concatenated && (type != DictionaryType.Octets || isVendors))
        {
            return "Flag concat goes with octets in the standard space only.";
        }

        if (flags.Array && (DictionaryTypeNames.IsContainer(type) || flags.Tagged || flags.Concatenated || flags.Encryption != DictionaryEncryption.None))
        {
            return "Flag array goes with plain values only: no tag, no encryption, no concat, no type that holds others.";
        }

        return null;
    }

    private static bool IsText(DictionaryType type) => type is DictionaryType.Text or DictionaryType.Octets;

    private static string? ApplyEncryption(string? value, ref DictionaryFlags flags)
    {
        DictionaryEncryption? encryption = value switch
        {
            "1" or "User-Password" => DictionaryEncryption.UserPassword,
            "2" or "Tunnel-Password" => DictionaryEncryption.TunnelPassword,
            "3" or "Ascend-Secret" => DictionaryEncryption.AscendSecret,
            _ => null,
        };
        if (encryption is null)
        {
            return $"\"encrypt={value}\" is no way of hiding; there are encrypt=1 (User-Password), encrypt=2 (Tunnel-Password) and encrypt=3 (Ascend-Secret).";
        }

        if (flags.Encryption != DictionaryEncryption.None && flags.Encryption != encryption)
        {
            return "Two ways of hiding for one attribute; give one encrypt= only.";
        }

        flags = flags with { Encryption = encryption.Value };
        return null;
    }
}
