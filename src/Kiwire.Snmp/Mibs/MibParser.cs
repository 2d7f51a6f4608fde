namespace Kiwire.Snmp.Mibs;

/// <summary>
/// Reads the modules of one file (SMIv2: RFC 2578 to 2580; SMIv1: RFC 1155, 1212, 1215). An assignment with a mistake is passed over with
/// its error, and the reading goes on behind it.
/// </summary>
internal sealed partial class MibParser
{
    /// <summary>What is told of one file; a file that is no MIB has a mistake in every line.</summary>
    private const int MostErrors = 20;

    /// <summary>With so many it is not read on.</summary>
    private const int TooManyErrors = 1000;

    private readonly string _file;
    private readonly MibTokenizer _tokens;
    private readonly List<MibError> _errors;
    private MibToken _here;
    private MibToken _ahead;

    private MibParser(string file, string text, List<MibError> errors)
    {
        _file = file;
        _tokens = new MibTokenizer(text);
        _errors = errors;
    }

    /// <summary>Reads a file's modules; mistakes are added to the errors.</summary>
    public static IReadOnlyList<ParsedModule> Parse(string file, string text, List<MibError> errors)
    {
        List<ParsedModule> modules = [];
        List<MibError> found = [];
        MibParser parser = new(file, text, found);
        try
        {
            parser._here = parser._tokens.Next();
            parser._ahead = parser._tokens.Next();
            while (parser._here.Kind != MibTokenKind.End)
            {
                modules.Add(parser.ReadModule());
            }
        }
        catch (MibSyntaxException e)
        {
            found.Add(new MibError(file, e.Line, e.Message + "."));
        }

        errors.AddRange(found.Take(MostErrors));
        if (found.Count > MostErrors)
        {
            errors.Add(new MibError(file, 0, FormattableString.Invariant($"has {found.Count - MostErrors} more mistakes.")));
        }
        else if (modules.Count == 0 && found.Count == 0)
        {
            errors.Add(new MibError(file, 0, "has no MIB module; it must have NAME DEFINITIONS ::= BEGIN ... END."));
        }

        return modules;
    }

    private ParsedModule ReadModule()
    {
        MibToken name = ReadWord("a module's name");
        ParsedModule module = new(name.Value, _file, name.Line);
        if (_here.Is("{"))
        {
            SkipBlock("{", "}");
        }

        Expect("DEFINITIONS", $"behind {name}, the module's name");
        while (_here.Kind == MibTokenKind.Word)
        {
            Step();
        }

        Expect("::=", "behind DEFINITIONS");
        Expect("BEGIN", "behind DEFINITIONS ::=");
        while (!_here.Is("END"))
        {
            if (_here.Kind == MibTokenKind.End)
            {
                throw Unexpected("END, which ends the module");
            }

            int line = _here.Line;
            try
            {
                ReadAssignment(module);
            }
            catch (MibSyntaxException e)
            {
                _errors.Add(new MibError(_file, e.Line, $"{e.Message} (in what begins in line {line})."));
                SkipToAssignment();
            }

            if (_errors.Count > TooManyErrors)
            {
                throw new MibSyntaxException(line, "is where reading ends: there are too many mistakes before it");
            }
        }

        Step();
        return module;
    }

    private void ReadAssignment(ParsedModule module)
    {
        if (_here.Is("IMPORTS"))
        {
            ReadImports(module);
            return;
        }

        if (_here.Is("EXPORTS"))
        {
            SkipTo(";");
            Step();
            return;
        }

        MibToken name = ReadWord("a name, which begins an assignment");
        if (_here.Is("MACRO"))
        {
            SkipTo("END");
            Step();
        }
        else if (_here.Is("::="))
        {
            Step();
            AddType(module, name, ReadTypeDefinition());
        }
        else if (_here.Is("OBJECT") && _ahead.Is("IDENTIFIER"))
        {
            Step();
            Step();
            Expect("::=", $"behind {name.Value} OBJECT IDENTIFIER");
            AddNode(module, new ParsedNode { Name = name.Value, Line = name.Line, Macro = "OBJECT IDENTIFIER", Value = ReadIdentifierValue() });
        }
        else if (_here.Kind == MibTokenKind.Word && MibKeywords.IsMacro(_here.Value))
        {
            AddNode(module, ReadInvocation(name));
        }
        else
        {
            throw Unexpected($"::= or a macro such as OBJECT-TYPE behind {name.Value}");
        }
    }

    private void ReadImports(ParsedModule module)
    {
        Step();
        List<MibToken> names = [];
        while (!_here.Is(";"))
        {
            MibToken name = ReadWord("a name to import, or ; behind the last module");
            if (name.Value != "FROM")
            {
                names.Add(name);
                if (_here.Is(","))
                {
                    Step();
                }

                continue;
            }

            MibToken from = ReadWord("the module's name behind FROM");
            if (_here.Is("{"))
            {
                SkipBlock("{", "}");
            }

            foreach (MibToken imported in names)
            {
                module.Imports[imported.Value] = new ParsedImport(from.Value, imported.Line);
            }

            names.Clear();
        }

        Step();
    }

    private void AddNode(ParsedModule module, ParsedNode node)
    {
        // RFC 2578, 3.1: names are unique in a module. A vendor's second definition of the same is no reason to refuse the file.
        if (!module.Nodes.TryAdd(node.Name, node) && !module.Nodes[node.Name].Value.SequenceEqual(node.Value))
        {
            _errors.Add(new MibError(
                _file, node.Line, FormattableString.Invariant($"defines {node.Name} once more, otherwise than in line {module.Nodes[node.Name].Line}; a name stands for one thing.")));
        }
    }

    private static void AddType(ParsedModule module, MibToken name, ParsedSyntax type) => module.Types.TryAdd(name.Value, type);

    /// <summary>To where an assignment may begin, or the module's end.</summary>
    private void SkipToAssignment()
    {
        while (_here.Kind != MibTokenKind.End && !_here.Is("END") && !IsAtAssignment())
        {
            Step();
        }
    }

    /// <summary>Whether a name stands here with ::=, OBJECT IDENTIFIER or a macro behind it.</summary>
    private bool IsAtAssignment() => _here.Kind == MibTokenKind.Word
        && !MibKeywords.Contains(_here.Value)
        && _here.Value is not ("IDENTIFIER" or "SYNTAX" or "OF" or "STRING")
        && (_ahead.Is("::=") || _ahead.Is("OBJECT") || (_ahead.Kind == MibTokenKind.Word && MibKeywords.IsMacro(_ahead.Value)));

    private void SkipTo(string end)
    {
        int line = _here.Line;
        while (!_here.Is(end))
        {
            if (_here.Kind == MibTokenKind.End)
            {
                throw new MibSyntaxException(line, $"has no {end} that would end this");
            }

            Step();
        }
    }

    /// <summary>From an opening sign to behind the closing one that belongs to it.</summary>
    private void SkipBlock(string open, string close)
    {
        int line = _here.Line;
        int depth = 0;
        do
        {
            depth += _here.Is(open) ? 1 : _here.Is(close) ? -1 : 0;
            if (_here.Kind == MibTokenKind.End)
            {
                throw new MibSyntaxException(line, $"has no {close} for this {open}");
            }

            Step();
        }
        while (depth > 0);
    }

    private MibToken Step()
    {
        MibToken token = _here;
        _here = _ahead;
        if (_ahead.Kind != MibTokenKind.End)
        {
            // What cannot be cut into tokens is behind both when the reading goes on.
            _ahead = new MibToken(MibTokenKind.Sign, "", _here.Line);
            _ahead = _tokens.Next();
        }

        return token;
    }

    private MibToken ReadWord(string what) => _here.Kind == MibTokenKind.Word ? Step() : throw Unexpected(what);

    private void Expect(string value, string where)
    {
        if (!_here.Is(value))
        {
            throw Unexpected($"{value} {where}");
        }

        Step();
    }

    private MibSyntaxException Unexpected(string expected) => new(_here.Line, $"has {_here}; there must be {expected}");
}
