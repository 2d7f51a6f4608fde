namespace Kiwire.Radius.Dictionaries;

/// <summary>
/// Reads dictionary files line by line in FreeRADIUS's 3.x format and hands what they define to the builder. A mistake is noted and the
/// reading goes on, so that one load shows them all.
/// </summary>
internal sealed class DictionaryParser(DictionarySource source, DictionaryBuilder builder)
{
    private const int MaximumDepth = 32;
    private const int MaximumFiles = 4096;
    private const int MaximumNameLength = 128;

    private readonly List<string> _open = [];
    private int _files;

    /// <summary>Reads the root file and everything it includes.</summary>
    public void Read(string root) => ReadFile(root, new DictionaryLocation(root, 0), includedFrom: null, mayBeMissing: false);

    private void ReadFile(string name, DictionaryLocation asked, string? includedFrom, bool mayBeMissing)
    {
        if (name.Any(char.IsControl))
        {
            builder.Fail(asked, "A file's name has no control characters.");
            return;
        }

        string file = source.Resolve(name, includedFrom);
        if (_open.Contains(file))
        {
            builder.Fail(asked, $"$INCLUDE goes round in a circle: {string.Join(" -> ", _open)} -> {file}.");
            return;
        }

        if (_open.Count == MaximumDepth || ++_files > MaximumFiles)
        {
            builder.Fail(asked, $"Too many files: they may be nested {MaximumDepth} deep and number {MaximumFiles} in all.");
            return;
        }

        _open.Add(file);
        try
        {
            using TextReader? reader = source.Open(file);
            if (reader is not null)
            {
                ReadLines(reader, file);
            }
            else if (!mayBeMissing)
            {
                builder.Fail(asked, $"There is no file {file}; where it may be missing, write $INCLUDE- instead of $INCLUDE.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            builder.Fail(asked, $"{file} cannot be read: {e.Message}");
        }

        _open.RemoveAt(_open.Count - 1);
    }

    private void ReadLines(TextReader reader, string file)
    {
        var blocks = new DictionaryBlocks(builder);
        int line = 0;
        while (reader.ReadLine() is { } text)
        {
            var location = new DictionaryLocation(file, ++line);
            int comment = text.IndexOf('#', StringComparison.Ordinal);
            string[] words = (comment < 0 ? text : text[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                ReadLine(location, words, comment < 0 ? string.Empty : text[(comment + 1)..].Trim(), blocks);
            }
        }

        blocks.CloseFile();
    }

    private void ReadLine(DictionaryLocation location, string[] words, string remark, DictionaryBlocks blocks)
    {
        switch (words[0].ToUpperInvariant())
        {
            case "ATTRIBUTE":
                if (HasShape(location, words, 4, 5, "ATTRIBUTE name number type [flag,flag]") && HasGoodName(location, words[1]))
                {
                    DictionaryAttributeLine.Read(location, words, remark, blocks, builder);
                }

                break;
            case "VALUE":
                if (HasShape(location, words, 4, 4, "VALUE attribute name number") && HasGoodName(location, words[2]))
                {
                    builder.AddValue(location, words[1], words[2], words[3]);
                }

                break;
            case "VENDOR":
                if (HasShape(location, words, 3, 4, "VENDOR name number [format=types,lengths[,c]]") && HasGoodName(location, words[1]))
                {
                    ReadVendor(location, words);
                }

                break;
            case "BEGIN-VENDOR":
                if (HasShape(location, words, 2, 3, "BEGIN-VENDOR name [parent=attribute]"))
                {
                    blocks.BeginVendor(location, words[1], words.Length > 2 ? words[2] : null);
                }

                break;
            case "BEGIN-TLV":
                if (HasShape(location, words, 2, 2, "BEGIN-TLV attribute"))
                {
                    blocks.BeginTlv(location, words[1]);
                }

                break;
            case "BEGIN-PROTOCOL":
                if (HasShape(location, words, 2, 2, "BEGIN-PROTOCOL RADIUS") && IsRadius(location, words[1]))
                {
                    blocks.BeginProtocol(location, words[1]);
                }

                break;
            case "END-VENDOR" or "END-TLV" or "END-PROTOCOL":
                if (HasShape(location, words, 2, 2, $"{words[0]} name"))
                {
                    blocks.End(location, words[0].ToUpperInvariant(), words[1]);
                }

                break;
            case "PROTOCOL":
                _ = HasShape(location, words, 3, 4, "PROTOCOL RADIUS 1") && IsRadius(location, words[1]);
                break;
            case "$INCLUDE" or "$INCLUDE-":
                if (HasShape(location, words, 2, 2, $"{words[0]} file"))
                {
                    ReadFile(words[1], location, location.File, mayBeMissing: words[0].EndsWith('-'));
                }

                break;
            case "STRUCT" or "MEMBER" or "ENUM" or "ALIAS" or "FLAGS" or "DEFINE":
                builder.Fail(location, $"{words[0]} is of FreeRADIUS 4's dictionaries; this reads those of 3.x, which have ATTRIBUTE for it.");
                break;
            default:
                builder.Fail(location, $"Unknown word \"{Shorten(words[0])}\"; a line begins with ATTRIBUTE, VALUE, VENDOR, BEGIN-VENDOR, END-VENDOR, "
                    + "BEGIN-TLV, END-TLV, PROTOCOL, BEGIN-PROTOCOL, END-PROTOCOL, $INCLUDE or $INCLUDE-.");
                break;
        }
    }

    private void ReadVendor(DictionaryLocation location, string[] words)
    {
        if (!DictionaryNumbers.TryParse(words[2], out ulong number) || number is 0 or > 0xFFFFFF)
        {
            builder.Fail(location, $"\"{words[2]}\" is not a vendor's number: 1 to 16777215 (RFC 2865, 5.26), {DictionaryNumbers.Forms}.");
            number = DictionaryBlocks.UnknownVendor;
        }

        var vendor = new DictionaryVendor(words[1], (uint)number, 1, 1, Continuation: false);
        if (words.Length > 3 && !TryReadFormat(words[3], ref vendor))
        {
            builder.Fail(location, $"\"{words[3]}\" is not a vendor's format: format=t,l with t of 1, 2 or 4 octets of type and l of 0, 1 or 2 octets of "
                + "length, and format=1,1,c where a continuation octet follows.");
        }

        builder.AddVendor(location, vendor);
    }

    private static bool TryReadFormat(string text, ref DictionaryVendor vendor)
    {
        if (text is not ['f', 'o', 'r', 'm', 'a', 't', '=', >= '0' and <= '9' and var type, ',', >= '0' and <= '9' and var length, .. var rest]
            || type is not ('1' or '2' or '4') || length is not ('0' or '1' or '2') || rest is not ("" or ",c")
            || (rest.Length > 0 && (type != '1' || length != '1')))
        {
            return false;
        }

        vendor = vendor with { TypeOctets = (byte)(type - '0'), LengthOctets = (byte)(length - '0'), Continuation = rest.Length > 0 };
        return true;
    }

    private bool HasShape(DictionaryLocation location, string[] words, int least, int most, string shape)
    {
        if (words.Length >= least && words.Length <= most)
        {
            return true;
        }

        builder.Fail(location, $"{words.Length} words where the line should read: {shape}.");
        return false;
    }

    private bool HasGoodName(DictionaryLocation location, string name)
    {
        if (name.Length <= MaximumNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || "-_./+,:".Contains(c, StringComparison.Ordinal)))
        {
            return true;
        }

        builder.Fail(location, $"\"{Shorten(name)}\" is not a name: up to {MaximumNameLength} letters, digits and - _ . / + , : of ASCII.");
        return false;
    }

    private bool IsRadius(DictionaryLocation location, string protocol)
    {
        if (protocol.Equals("RADIUS", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        builder.Fail(location, $"This is a dictionary of {Shorten(protocol)}; only those of protocol RADIUS are read.");
        return false;
    }

    private static string Shorten(string word)
    {
        string shown = word.Length > 40 ? $"{word.AsSpan(0, 40)}..." : word;
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
    }
}
