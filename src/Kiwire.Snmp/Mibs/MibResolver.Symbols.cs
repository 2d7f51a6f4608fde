namespace Kiwire.Snmp.Mibs;

/// <summary>Where a name is defined.</summary>
internal sealed partial class MibResolver
{
    /// <summary>Modules of SMIv1 and older RFCs, and those that have their names now (RFC 2576, 2.1).</summary>
    private static readonly Dictionary<string, string[]> Successors = new(StringComparer.Ordinal)
    {
        ["RFC1155-SMI"] = ["SNMPv2-SMI"],
        ["RFC1065-SMI"] = ["SNMPv2-SMI"],
        ["SNMPv2-SMI-v1"] = ["SNMPv2-SMI"],
        ["SNMPv2-TC-v1"] = ["SNMPv2-TC"],
        ["RFC-1212"] = ["SNMPv2-SMI"],
        ["RFC-1215"] = ["SNMPv2-SMI"],
        ["RFC1213-MIB"] = ["SNMPv2-SMI", "SNMPv2-TC", "SNMPv2-MIB", "IF-MIB", "IP-MIB", "TCP-MIB", "UDP-MIB"],
        ["RFC1158-MIB"] = ["SNMPv2-SMI", "SNMPv2-TC", "SNMPv2-MIB", "IF-MIB", "IP-MIB", "TCP-MIB", "UDP-MIB"],
        ["RFC1271-MIB"] = ["RMON-MIB"],
        ["RFC1286-MIB"] = ["BRIDGE-MIB"],
        ["RFC1493-MIB"] = ["BRIDGE-MIB"],
    };

    /// <summary>A module by its name or, where it is not there, those that took its place; empty: none.</summary>
    private IReadOnlyList<ParsedModule> ModulesCalled(string name) =>
        modules.TryGetValue(name, out ParsedModule? module) ? [module]
        : Successors.TryGetValue(name, out string[]? successors) ? [.. successors.Where(modules.ContainsKey).Select(successor => modules[successor])]
        : [];

    private (ParsedModule Module, ParsedNode Node)? FindNode(ParsedModule module, string name, int depth)
    {
        if (module.Nodes.TryGetValue(name, out ParsedNode? node))
        {
            return (module, node);
        }

        foreach (ParsedModule other in ImportedFrom(module, name, depth))
        {
            if (FindNode(other, name, depth + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private (ParsedModule Module, ParsedSyntax Type)? FindType(ParsedModule module, string name, int depth)
    {
        if (module.Types.TryGetValue(name, out ParsedSyntax? type))
        {
            return (module, type);
        }

        foreach (ParsedModule other in ImportedFrom(module, name, depth))
        {
            if (FindType(other, name, depth + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// Where an imported name may be; modules pass on what they import themselves. What is not imported is looked for where everything
    /// begins, as many vendors leave that out.
    /// </summary>
    private IEnumerable<ParsedModule> ImportedFrom(ParsedModule module, string name, int depth) =>
        depth > Deepest ? []
        : module.Imports.TryGetValue(name, out ParsedImport import) ? ModulesCalled(import.Module).Where(other => other != module)
        : depth == 0 ? MibKeywords.BaseModules.Where(modules.ContainsKey).Select(common => modules[common]).Where(common => common != module)
        : [];

    /// <summary>A type down to what is on the wire, with the names and the hint that are nearest to the object.</summary>
    private MibSyntax? SyntaxOf(ParsedModule module, ParsedSyntax written)
    {
        if (written.IsSequenceOf)
        {
            return null;
        }

        ParsedModule scope = module;
        ParsedSyntax here = written;
        IReadOnlyDictionary<long, string> values = written.Values;
        string hint = "";
        for (int depth = 0; depth < Deepest; depth++)
        {
            if (values.Count == 0)
            {
                values = here.Values;
            }

            hint = hint.Length > 0 ? hint : here.DisplayHint;
            if (MibKeywords.BaseTypes.TryGetValue(here.Name, out SnmpType baseType))
            {
                return new MibSyntax(written.Name, baseType) { Values = values, IsBits = here.Name == "BITS", DisplayHint = hint };
            }

            if (here.Name is "SEQUENCE" or "CHOICE")
            {
                return null;
            }

            if (FindType(scope, here.Name, 0) is not var (next, type))
            {
                break;
            }

            (scope, here) = (next, type);
        }

        bool isImportMissing = scope.Imports.TryGetValue(here.Name, out ParsedImport import) && ModulesCalled(import.Module).Count == 0;
        if (!isImportMissing)
        {
            Tell(module, written.Line, written.Name, $"has the type {here.Name}, which is neither defined nor imported in {scope.Name}; add it to IMPORTS");
        }

        // The identifier is good all the same.
        return new MibSyntax(written.Name, SnmpType.Null) { Values = values, DisplayHint = hint };
    }
}
