namespace Kiwire.Snmp.Mibs;

/// <summary>Looks up what modules name in themselves and in each other.</summary>
internal sealed partial class MibResolver(Dictionary<string, ParsedModule> modules, List<MibError> errors)
{
    /// <summary>How many steps a name may be from what it stands for.</summary>
    private const int Deepest = 256;

    private static readonly ObjectId[] Roots = [new ObjectId(0u), new ObjectId(1u), new ObjectId(2u)];

    private readonly Dictionary<(string Module, string Name), ObjectId?> _ids = [];
    private readonly HashSet<(string, string)> _underWay = [];
    private readonly HashSet<(string Module, string What)> _told = [];

    public MibRepository Resolve()
    {
        foreach (ParsedModule module in modules.Values)
        {
            CheckImports(module);
        }

        List<MibNode> nodes = [];
        Dictionary<ObjectId, MibNode> rows = [];
        foreach (ParsedModule module in modules.Values)
        {
            foreach (ParsedNode node in module.Nodes.Values)
            {
                if (IdOf(module, node, 0) is { } id)
                {
                    MibNode made = Make(module, node, id);
                    nodes.Add(made);
                    if (made.Kind == MibNodeKind.Row)
                    {
                        rows[id] = made;
                    }
                }
            }
        }

        foreach (MibNode node in nodes.Where(node => node.Kind == MibNodeKind.Scalar && rows.ContainsKey(ParentOf(node.Id))))
        {
            node.Kind = MibNodeKind.Column;
        }

        return new MibRepository([.. modules.Keys.Order(StringComparer.Ordinal)], nodes);
    }

    private static ObjectId ParentOf(ObjectId id) => new(id.SubIdentifiers[..^1]);

    /// <summary>Each module that is missing is told once for each that wants it, with the line.</summary>
    private void CheckImports(ParsedModule module)
    {
        foreach ((string name, ParsedImport import) in module.Imports)
        {
            if (ModulesCalled(import.Module).Count == 0 && !MibKeywords.Contains(name))
            {
                Tell(module, import.Line, import.Module, $"imports from {import.Module}, which is not there; put the file that has this module beside it");
            }
        }
    }

    private MibNode Make(ParsedModule module, ParsedNode node, ObjectId id)
    {
        MibSyntax? syntax = node.Syntax is { } written ? SyntaxOf(module, written) : null;
        return new MibNode(module.Name, node.Name, id)
        {
            Kind = node.Macro switch
            {
                "OBJECT-TYPE" when node.Syntax!.IsSequenceOf => MibNodeKind.Table,
                "OBJECT-TYPE" when node.Index.Count > 0 || node.Augments.Length > 0 || syntax is null => MibNodeKind.Row,
                "OBJECT-TYPE" => MibNodeKind.Scalar,
                "MODULE-IDENTITY" => MibNodeKind.Module,
                "NOTIFICATION-TYPE" or "TRAP-TYPE" => MibNodeKind.Notification,
                "OBJECT IDENTIFIER" or "OBJECT-IDENTITY" => MibNodeKind.Identifier,
                _ => MibNodeKind.Conformance,
            },
            Syntax = syntax,
            Units = node.Units,
            Access = node.Access,
            Status = node.Status,
            Index = node.Index,
            Augments = node.Augments,
        };
    }

    private ObjectId? IdOf(ParsedModule module, ParsedNode node, int depth)
    {
        (string, string) key = (module.Name, node.Name);
        if (_ids.TryGetValue(key, out ObjectId? known))
        {
            return known;
        }

        if (!_underWay.Add(key) || depth > Deepest)
        {
            Tell(module, node.Line, node.Name, $"defines {node.Name} by itself, in a circle; one of the names in it must stand below one that is not");
            return null;
        }

        ObjectId? id = ValueOf(module, node, depth);
        _ = _underWay.Remove(key);
        _ids[key] = id;
        return id;
    }

    private ObjectId? ValueOf(ParsedModule module, ParsedNode node, int depth)
    {
        ParsedPart first = node.Value[0];
        ObjectId? start = first.Name is { } name && (first.Number is null || FindNode(module, name, 0) is not null)
            ? ParentCalled(module, node, first, depth)
            : first.Number < 3 ? Roots[first.Number.Value] : null;
        if (start is not { } id)
        {
            if (first.Name is null)
            {
                Tell(module, node.Line, node.Name, $"defines {node.Name} as {{ {first.Number} ... }}; an object identifier begins with 0, 1 or 2, or a parent's name");
            }

            return null;
        }

        if (id.Length + node.Value.Count - 1 > ObjectId.MaximumLength)
        {
            Tell(module, node.Line, node.Name, $"defines {node.Name} with more than {ObjectId.MaximumLength} sub-identifiers, which is the most");
            return null;
        }

        foreach (ParsedPart part in node.Value.Skip(1))
        {
            if (part.Number is not { } number)
            {
                // { iso org dod internet }: each name is below the one before it.
                if (FindNode(module, part.Name!, 0) is not { } next || IdOf(next.Module, next.Node, depth + 1) is not { } below || !below.StartsWith(id))
                {
                    Tell(module, node.Line, node.Name, $"defines {node.Name} by {part.Name}, which is not known below the name before it; it must be a number, or name(number)");
                    return null;
                }

                id = below;
                continue;
            }

            id = id.Append(number);
        }

        return id;
    }

    private ObjectId? ParentCalled(ParsedModule module, ParsedNode node, ParsedPart part, int depth)
    {
        if (part.Name is "iso" or "ccitt" && FindNode(module, part.Name, 0) is null)
        {
            return Roots[part.Name == "iso" ? 1 : 0];
        }

        ParsedModule? scope = part.Module is not { } qualified ? module : ModulesCalled(qualified) is [{ } called, ..] ? called : null;
        if (scope is not null && FindNode(scope, part.Name!, 0) is { } parent)
        {
            return IdOf(parent.Module, parent.Node, depth + 1);
        }

        // Where the module itself is missing, that is what has to be said, and has been.
        if (!module.Imports.TryGetValue(part.Name!, out ParsedImport import) || ModulesCalled(import.Module).Count > 0)
        {
            Tell(module, node.Line, part.Name!, import.Module is null
                ? $"defines {node.Name} below {part.Name}, which is neither defined nor imported here; add it to IMPORTS"
                : $"defines {node.Name} below {part.Name}, which it imports from {import.Module}, but that module has no such name");
        }

        return null;
    }

    /// <summary>Once for each thing in a module.</summary>
    private void Tell(ParsedModule module, int line, string what, string message)
    {
        if (_told.Add((module.Name, what)))
        {
            errors.Add(new MibError(module.File, line, message + "."));
        }
    }
}
