namespace Kiwire.Snmp;

/// <summary>What a name in a MIB stands for.</summary>
public enum MibNodeKind
{
    /// <summary>A place in the tree, with nothing to read at it.</summary>
    Identifier,

    /// <summary>A module itself (MODULE-IDENTITY).</summary>
    Module,

    /// <summary>A single value, whose instance is .0.</summary>
    Scalar,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A row of a table.</summary>
    Row,

    /// <summary>A column of a table: its instances are named by the row's index.</summary>
    Column,

    /// <summary>A notification or trap.</summary>
    Notification,

    /// <summary>A group, a compliance statement, an agent's capabilities.</summary>
    Conformance,
}
