namespace Kiwire.Snmp.Mibs;

internal enum MibTokenKind
{
    /// <summary>The file's end.</summary>
    End,

    /// <summary>A name, a keyword or a macro.</summary>
    Word,

    /// <summary>Digits only.</summary>
    Number,

    /// <summary>Between quotation marks.</summary>
    Text,

    /// <summary>'0F'H or '01'B.</summary>
    Binary,

    /// <summary>::= or .. or a single sign.</summary>
    Sign,
}

/// <summary>A piece of a MIB file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">As written; a text without its quotation marks.</param>
/// <param name="Line">Where it begins, from 1.</param>
internal readonly record struct MibToken(MibTokenKind Kind, string Value, int Line)
{
    public bool Is(string value) => Kind is MibTokenKind.Word or MibTokenKind.Sign && Value == value;

    public override string ToString() => Kind switch
    {
        MibTokenKind.End => "the end of the file",
        MibTokenKind.Text => "a text in quotation marks",
        _ => $"\"{(Value.Length > 60 ? Value[..60] + "..." : Value)}\"",
    };
}
