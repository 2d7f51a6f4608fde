namespace Kiwire.Snmp;

/// <summary>A name of a MIB module with its object identifier.</summary>
public sealed class MibNode
{
    internal MibNode(string module, string name, ObjectId id)
    {
        Module = module;
        Name = name;
        Id = id;
    }

    /// <summary>The module that defines it.</summary>
    public string Module { get; }

    /// <summary>Its name, which is unique in the module.</summary>
    public string Name { get; }

    /// <summary>MODULE::name.</summary>
    public string FullName => $"{Module}::{Name}";

    /// <summary>Its object identifier; that of a scalar is without the instance's .0.</summary>
    public ObjectId Id { get; }

    /// <summary>What it stands for.</summary>
    public MibNodeKind Kind { get; internal set; }

    /// <summary>What values it has; null where it has none of its own, as a table and a row.</summary>
    public MibSyntax? Syntax { get; internal init; }

    /// <summary>UNITS, as the module writes it; empty: not said.</summary>
    public string Units { get; internal init; } = "";

    /// <summary>read-only, read-write, not-accessible ...; empty: not said.</summary>
    public string Access { get; internal init; } = "";

    /// <summary>current, deprecated, obsolete, mandatory ...; empty: not said.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>Of a row: the names of the objects that are its index, in their order; empty where it <see cref="Augments"/> another.</summary>
    public IReadOnlyList<string> Index { get; internal init; } = [];

    /// <summary>Of a row: the row that it adds columns to, whose index it has; empty: none.</summary>
    public string Augments { get; internal init; } = "";

    /// <summary>Its full name.</summary>
    public override string ToString() => FullName;
}
