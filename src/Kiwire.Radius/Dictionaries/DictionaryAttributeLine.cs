using System.Diagnostics.CodeAnalysis;
using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Reads an ATTRIBUTE line: its place among the others, its type and its flags.</summary>
internal static class DictionaryAttributeLine
{
    private const byte VendorSpecific = 26;

    /// <summary>More levels than this fit in no attribute worth having.</summary>
    private const int MaximumLevels = 16;

    /// <summary>Reads the words of a line that has four or five of them, and the remark behind them; mistakes go to the builder.</summary>
    public static void Read(DictionaryLocation location, string[] words, string remark, DictionaryBlocks blocks, DictionaryBuilder builder)
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

        if (!TryPlace(location, numbers, blocks, ref vendor, builder, out AttributePath? path))
        {
            return;
        }

        if (sound && DictionaryFlagNames.Check(type, flags, isVendors: vendor is not null) is { } fault)
        {
            builder.Fail(location, fault);
        }

        // Where the type was wrong a number is assumed, so that the attribute's values cause no further errors.
        builder.AddAttribute(new DictionaryBuilder.Draft(
            location, words[1], path, sound ? type : DictionaryType.Unsigned32, fixedLength, flags, vendor, remark));
    }

    private static bool TryPlace(
        DictionaryLocation location, uint[] numbers, DictionaryBlocks blocks, ref DictionaryVendor? vendor, DictionaryBuilder builder,
        [NotNullWhen(true)] out AttributePath? path)
    {
        string? fault = null;
        if (blocks.Inside is { } tlv)
        {
            path = tlv with { Rest = [.. tlv.Rest, .. numbers] };
        }
        else if (vendor is null && IsVendorSpecific(numbers, builder, out int vendorAt))
        {
            fault = CheckVendor(numbers, vendorAt, builder, out vendor);
            path = fault is null
                ? Outermost(vendor, vendorAt == 2 ? (byte)numbers[0] : (byte)0, numbers[vendorAt + 1], numbers[(vendorAt + 2)..])
                : AttributePath.Standard(0);
        }
        else
        {
            path = Outermost(vendor, blocks.ExtendedBy, numbers[0], numbers[1..]);
        }

        fault ??= CheckFirst(path) ?? CheckRest(path, builder);
        if (fault is not null)
        {
            builder.Fail(location, fault);
            path = null;
        }

        return path is not null;
    }

    /// <summary>Whether the numbers lead into Vendor-Specific (26.vendor.attribute) or an extended one (241.26.vendor.attribute).</summary>
    private static bool IsVendorSpecific(uint[] numbers, DictionaryBuilder builder, out int vendorAt)
    {
        vendorAt = numbers[0] == VendorSpecific ? 1 : 2;
        return numbers.Length > vendorAt
            && (vendorAt == 1
                || (numbers[0] <= byte.MaxValue && numbers[1] <= byte.MaxValue
                    && builder.FindAttribute(AttributePath.Extended((byte)numbers[0], (byte)numbers[1]))?.Type == DictionaryType.ExtendedVendorSpecific));
    }

    private static string? CheckVendor(uint[] numbers, int vendorAt, DictionaryBuilder builder, out DictionaryVendor? vendor)
    {
        uint number = numbers[vendorAt];
        vendor = builder.FindVendor(number);
        string outer = string.Join('.', numbers.Take(vendorAt));
        return vendor is null ? $"No vendor {number} is defined; a line VENDOR <name> {number} must come before."
            : numbers.Length == vendorAt + 1 ? $"What lies in {outer} has a vendor's number and an attribute's: {outer}.{number}.attribute."
            : null;
    }

    private static AttributePath Outermost(DictionaryVendor? vendor, byte extendedBy, uint first, uint[] rest)
    {
        if (vendor is null)
        {
            return new AttributePath(0, 1, 1, false, first, rest);
        }

        // Inside an extended attribute a vendor's type has one octet, whatever it has in Vendor-Specific (RFC 6929, 2.4).
        return extendedBy != 0
            ? new AttributePath(0, 1, 1, false, extendedBy, [VendorSpecific, vendor.Number, first, .. rest])
            : new AttributePath(vendor.Number, vendor.TypeOctets, vendor.LengthOctets, vendor.Continuation, first, rest);
    }

    private static string? CheckFirst(AttributePath path)
    {
        if (path.IsExtendedVendor && path.Rest[2] > byte.MaxValue)
        {
            return $"Number {path.Rest[2]} does not fit: inside an extended attribute a vendor's type has one octet, so 255 is the highest.";
        }

        if (path.Vendor == 0)
        {
            // Numbers past 255 in the standard space are names of a server's own things and never on the wire.
            return path.First == 0 ? "An attribute's number in the standard space is 1 or more." : null;
        }

        uint most = path.TypeOctets switch { 1 => byte.MaxValue, 2 => ushort.MaxValue, _ => uint.MaxValue };
        return path.First > most
            ? $"Number {path.First} does not fit: this vendor's types have {path.TypeOctets} octet(s), so {most} is the highest."
            : null;
    }

    /// <summary>Each number but the last must be that of a known attribute that holds others.</summary>
    private static string? CheckRest(AttributePath path, DictionaryBuilder builder)
    {
        for (int at = path.IsExtendedVendor ? path.Outermost : 0; at < path.Rest.Count && path.Vendor != DictionaryBlocks.UnknownVendor; at++)
        {
            AttributePath outer = path with { Rest = [.. path.Rest.Take(at)] };
            DictionaryBuilder.Draft? parent = builder.FindAttribute(outer);
            if (parent is null)
            {
                return $"No attribute with number {outer} is defined; it must come before what is inside it.";
            }

            if (parent.Type is not (DictionaryType.Tlv or DictionaryType.Extended or DictionaryType.LongExtended))
            {
                return $"Attribute {parent.Name} ({outer}) holds no others; only types tlv, extended and long-extended do.";
            }

            if (path.Rest[at] is 0 or > byte.MaxValue)
            {
                return $"Number {path.Rest[at]} does not fit inside {parent.Name}: 1 to 255.";
            }
        }

        return null;
    }
}
