namespace Kiwire.Snmp.Mibs;

/// <summary>A module as it is written: names are not yet looked up.</summary>
internal sealed class ParsedModule(string name, string file, int line)
{
    public string Name { get; } = name;

    public string File { get; } = file;

    public int Line { get; } = line;

    public Dictionary<string, ParsedImport> Imports { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ParsedNode> Nodes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ParsedSyntax> Types { get; } = new(StringComparer.Ordinal);
}

internal readonly record struct ParsedImport(string Module, int Line);

/// <summary>Something that has an object identifier.</summary>
internal sealed class ParsedNode
{
    public required string Name { get; init; }

    public required int Line { get; init; }

    /// <summary>OBJECT-TYPE, MODULE-IDENTITY ... or OBJECT IDENTIFIER.</summary>
    public required string Macro { get; init; }

    /// <summary>The parts of its value: { ifEntry 10 }.</summary>
    public required IReadOnlyList<ParsedPart> Value { get; init; }

    public ParsedSyntax? Syntax { get; init; }

    public string Units { get; init; } = "";

    public string Access { get; init; } = "";

    public string Status { get; init; } = "";

    public IReadOnlyList<string> Index { get; init; } = [];

    public string Augments { get; init; } = "";
}

/// <summary>A name, a number, or name(number), of which the number counts.</summary>
internal readonly record struct ParsedPart(string? Module, string? Name, uint? Number);

/// <summary>A type as it is written.</summary>
internal sealed class ParsedSyntax
{
    public required int Line { get; init; }

    /// <summary>INTEGER, OCTET STRING, SEQUENCE, a type's name ...</summary>
    public required string Name { get; init; }

    public bool IsSequenceOf { get; init; }

    public IReadOnlyDictionary<long, string> Values { get; init; } = NoValues;

    public string DisplayHint { get; init; } = "";

    private static readonly Dictionary<long, string> NoValues = [];
}
