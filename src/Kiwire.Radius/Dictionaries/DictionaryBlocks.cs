using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Dictionaries;

/// <summary>The BEGIN- and END- lines of one file: which vendor, and which attribute's inside, the lines between them are about.</summary>
internal sealed class DictionaryBlocks(DictionaryBuilder builder)
{
    /// <summary>Stands for a vendor whose line was wrong, so that its attributes cause no further errors.</summary>
    public const uint UnknownVendor = uint.MaxValue;

    private readonly Stack<Block> _blocks = new();

    /// <summary>The vendor that lines are about; null in the standard space.</summary>
    public DictionaryVendor? Vendor => _blocks.TryPeek(out Block? block) ? block.Vendor : null;

    /// <summary>The TLV to whose path the lines' numbers are added; null at the outermost level.</summary>
    public AttributePath? Inside => _blocks.TryPeek(out Block? block) ? block.Inside : null;

    /// <summary>The extended attribute that carries the vendor's attributes (241 to 246); 0 where Vendor-Specific does.</summary>
    public byte ExtendedBy => _blocks.TryPeek(out Block? block) ? block.ExtendedBy : (byte)0;

    public void BeginVendor(DictionaryLocation location, string name, string? option)
    {
        if (_blocks.FirstOrDefault(block => block.Kind == "VENDOR") is { } outer)
        {
            builder.Fail(location, $"BEGIN-VENDOR {name} inside that of {outer.Name} at {outer.Begun}; END-VENDOR {outer.Name} is missing.");
        }

        DictionaryVendor? vendor = builder.FindVendor(name);
        if (vendor is null)
        {
            builder.Fail(location, $"No vendor {name} is defined; a line VENDOR {name} <number> must come before.");
            vendor = new DictionaryVendor(name, UnknownVendor, 4, 1, Continuation: false);
        }

        _blocks.Push(new Block("VENDOR", name, location, vendor, null, option is null ? (byte)0 : FindCarrier(location, option)));
    }

    public void BeginTlv(DictionaryLocation location, string name)
    {
        DictionaryBuilder.Draft? attribute = builder.FindAttribute(name);
        if (attribute is null)
        {
            builder.Fail(location, $"No attribute {name} is defined; its ATTRIBUTE line must come before BEGIN-TLV.");
        }
        else if (attribute.Type != DictionaryType.Tlv)
        {
            builder.Fail(location, $"Attribute {name} is not of type tlv (defined at {attribute.Location}).");
        }

        AttributePath inside = attribute?.Path ?? AttributePath.OfVendor(UnknownVendor, 0);
        _blocks.Push(new Block("TLV", name, location, attribute?.Vendor ?? Vendor, inside, inside.ExtendedBy));
    }

    public void BeginProtocol(DictionaryLocation location, string name) =>
        _blocks.Push(new Block("PROTOCOL", name, location, Vendor, Inside, ExtendedBy));

    public void End(DictionaryLocation location, string word, string name)
    {
        string kind = word["END-".Length..];
        if (!_blocks.TryPeek(out Block? block))
        {
            builder.Fail(location, $"{word} {name} without its BEGIN-{kind}.");
            return;
        }

        if (block.Kind != kind || !block.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            builder.Fail(location, $"{word} {name} where END-{block.Kind} {block.Name} is due (begun at {block.Begun}).");
            if (!_blocks.Any(open => open.Kind == kind))
            {
                return;
            }

            // Close up to the innermost block of the kind, so that the lines after it are read as their author meant them.
            while (_blocks.Peek().Kind != kind)
            {
                _ = _blocks.Pop();
            }
        }

        _ = _blocks.Pop();
    }

    /// <summary>A file closes what it opens.</summary>
    public void CloseFile()
    {
        while (_blocks.TryPop(out Block? block))
        {
            builder.Fail(block.Begun, $"BEGIN-{block.Kind} {block.Name} without END-{block.Kind} {block.Name} before the end of the file.");
        }
    }

    private byte FindCarrier(DictionaryLocation location, string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || option[..equals] is not ("format" or "parent"))
        {
            builder.Fail(location, $"Unknown option \"{option}\" of BEGIN-VENDOR; parent=Extended-Vendor-Specific-1 is what it looks like.");
            return 0;
        }

        string name = option[(equals + 1)..];
        DictionaryBuilder.Draft? carrier = builder.FindAttribute(name);
        if (carrier?.Type is DictionaryType.VendorSpecific or DictionaryType.ExtendedVendorSpecific)
        {
            return carrier.Type == DictionaryType.VendorSpecific ? (byte)0 : (byte)carrier.Path.First;
        }

        builder.Fail(location, $"\"{name}\" is not an attribute of type evs; vendors' attributes lie in Vendor-Specific or in "
            + "Extended-Vendor-Specific-1 to -6 (RFC 6929), whose definition must come before.");
        return 0;
    }

    private sealed record Block(
        string Kind, string Name, DictionaryLocation Begun, DictionaryVendor? Vendor, AttributePath? Inside, byte ExtendedBy);
}
