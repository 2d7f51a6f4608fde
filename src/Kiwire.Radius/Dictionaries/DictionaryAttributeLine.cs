using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Reads an ATTRIBUTE line: its place among the others, its type and its flags.</summary>
internal static class DictionaryAttributeLine
{
    /// <summary>More levels than this fit in no attribute worth having.</summary>
    private const int MaximumLevels = 16;

    /// <summary>Reads the words of a line that has four or five of them; mistakes go to the builder.</summary>
    public static void Read(DictionaryLocation location, string[] words, DictionaryBlocks blocks, DictionaryBuilder builder)
    {
        bool sound = true;
        if (!DictionaryTypeNames.TryParse(words[3], out DictionaryType type, out int fixedLength, out string typeFault))
        {
            builder.Fail(location, typeFault);
            sound = false;
        }

        DictionaryFlags flags = default;
        DictionaryVendor? vendor = blocks.Vendor;
        if (words.Length > 4)
        {
            foreach (string flag in words[4].Split(','))
            {
                // Dictionaries of long ago name the vendor in place of the flags.
                if (vendor is null && builder.FindVendor(flag) is { } named)
                {
                    vendor = named;
                }
                else if (DictionaryFlagNames.Apply(flag, ref type, ref flags) is { } flagFault)
                {
                    builder.Fail(location, flagFault);
                    sound = false;
                }
            }
        }

        if (!DictionaryNumbers.TryParseDotted(words[2], out uint[] numbers) || numbers.Length > MaximumLevels)
        {
            builder.Fail(location, $"\"{words[2]}\" is not an attribute's number: {DictionaryNumbers.Forms}, inside another one with points (241.1).");
            return;
        }

        string? placeFault = TryPlace(numbers, blocks.Inside, ref vendor, builder, out AttributePath path);
        if (placeFault is not null)
        {
            builder.Fail(location, placeFault);
            return;
        }

        if (sound && DictionaryFlagNames.Check(type, flags, isVendors: vendor is not null) is { } fault)
        {
            builder.Fail(location, fault);
        }

        // Where the type was wrong a number is assumed, so that the attribute's values cause no further errors.
        builder.AddAttribute(new DictionaryBuilder.Draft(
            location, words[1], path, sound ? type : DictionaryType.Unsigned32, fixedLength, flags, vendor));
    }

    private static string? TryPlace(
        uint[] numbers, AttributePath? inside, ref DictionaryVendor? vendor, DictionaryBuilder builder, out AttributePath path)
    {
        if (inside is not null)
        {
            path = inside with { Rest = [.. inside.Rest, .. numbers] };
        }
        else if (vendor is null && numbers[0] == 26 && numbers.Length > 1)
        {
            vendor = builder.FindVendor(numbers[1]);
            if (vendor is null || numbers.Length < 3)
            {
                path = AttributePath.Standard(26);
                return vendor is null
                    ? $"No vendor {numbers[1]} is defined; a line VENDOR <name> {numbers[1]} must come before."
                    : "A vendor's attribute has three numbers at least: 26.vendor.attribute.";
            }

            path = Outermost(vendor, numbers[2], numbers[3..]);
        }
        else
        {
            path = Outermost(vendor, numbers[0], numbers[1..]);
        }

        return CheckFirst(path) ?? CheckRest(path, ref vendor, builder);
    }

    private static AttributePath Outermost(DictionaryVendor? vendor, uint first, uint[] rest) => vendor is null
        ? new AttributePath(0, 1, 1, false, first, rest)
        : new AttributePath(vendor.Number, vendor.TypeOctets, vendor.LengthOctets, vendor.Continuation, first, rest);

    private static string? CheckFirst(AttributePath path)
    {
        // Numbers past 255 in the standard space are names of a server's own things and never on the wire.
        uint most = path is { Vendor: not 0, TypeOctets: 1 } ? byte.MaxValue
            : path is { Vendor: not 0, TypeOctets: 2 } ? ushort.MaxValue
            : uint.MaxValue;
        return path.First > most
            ? $"Number {path.First} does not fit: this vendor's types have {path.TypeOctets} octet(s), so {most} is the highest."
            : path is { Vendor: 0, First: 0 } ? "An attribute's number in the standard space is 1 or more." : null;
    }

    /// <summary>Each number but the last must be that of a known attribute that holds others.</summary>
    private static string? CheckRest(AttributePath path, ref DictionaryVendor? vendor, DictionaryBuilder builder)
    {
        for (int at = 0; at < path.Rest.Count; at++)
        {
            AttributePath outer = path with { Rest = [.. path.Rest.Take(at)] };
            DictionaryBuilder.Draft? parent = builder.FindAttribute(outer);
            if (parent is null)
            {
                return path.Vendor == DictionaryBlocks.UnknownVendor ? null : $"No attribute with number {Dotted(outer)} is defined; it must come before what is inside it.";
            }

            if (!DictionaryTypeNames.IsContainer(parent.Type))
            {
                return $"Attribute {parent.Name} ({Dotted(outer)}) holds no others; only types tlv, extended, long-extended and evs do.";
            }

            if (parent.Type == DictionaryType.ExtendedVendorSpecific)
            {
                uint number = path.Rest[at];
                vendor = builder.FindVendor(number) ?? (number == DictionaryBlocks.UnknownVendor ? vendor : null);
                if (vendor is null)
                {
                    return $"No vendor {number} is defined; a line VENDOR <name> {number} must come before.";
                }

                if (++at == path.Rest.Count)
                {
                    return $"What lies in {parent.Name} has a vendor's number and an attribute's: {Dotted(outer)}.{number}.attribute.";
                }
            }

            if (path.Rest[at] is 0 or > byte.MaxValue)
            {
                return $"Number {path.Rest[at]} does not fit inside {parent.Name}: 1 to 255.";
            }
        }

        return null;
    }

    private static string Dotted(AttributePath path) => path.Rest.Count == 0 ? $"{path.First}" : $"{path.First}.{string.Join('.', path.Rest)}";
}
