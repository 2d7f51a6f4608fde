using System.Globalization;

namespace Kiwire.Snmp.Mibs;

/// <summary>What stands in an assignment: the clauses of macros, types, values.</summary>
internal sealed partial class MibParser
{
    /// <summary>A macro's clauses and its value.</summary>
    private ParsedNode ReadInvocation(MibToken name)
    {
        string macro = Step().Value;
        ParsedSyntax? syntax = null;
        string units = "";
        string access = "";
        string status = "";
        string augments = "";
        string enterprise = "";
        List<string> index = [];
        bool isObject = macro == "OBJECT-TYPE";
        while (!_here.Is("::="))
        {
            if (_here.Kind == MibTokenKind.End || _here.Is("END"))
            {
                throw Unexpected($"::= and a value, which end {name.Value} {macro}");
            }

            if (_here.Is("{"))
            {
                SkipBlock("{", "}");
                continue;
            }

            MibToken clause = Step();
            switch (clause.Kind == MibTokenKind.Word ? clause.Value : "")
            {
                case "SYNTAX" when isObject:
                    syntax = ReadType();
                    break;
                case "UNITS" when isObject && _here.Kind == MibTokenKind.Text:
                    units = Step().Value;
                    break;
                case "ACCESS" or "MAX-ACCESS" when isObject && _here.Kind == MibTokenKind.Word:
                    access = Step().Value;
                    break;
                case "STATUS" when _here.Kind == MibTokenKind.Word:
                    status = Step().Value;
                    break;
                case "INDEX" when isObject:
                    index = ReadNames();
                    break;
                case "AUGMENTS" when isObject:
                    augments = ReadNames() is [var only] ? only : throw Unexpected("one name in AUGMENTS { }");
                    break;
                case "ENTERPRISE" when macro == "TRAP-TYPE":
                    enterprise = _here.Is("{") ? ReadNames() is [var one] ? one : "" : ReadWord("the enterprise's name").Value;
                    break;
            }
        }

        Step();
        return new ParsedNode
        {
            Name = name.Value,
            Line = name.Line,
            Macro = macro,
            Value = macro == "TRAP-TYPE" ? ReadTrapValue(enterprise) : ReadIdentifierValue(),
            Syntax = isObject ? syntax ?? throw new MibSyntaxException(name.Line, $"has {name.Value} OBJECT-TYPE without SYNTAX") : null,
            Units = units,
            Access = access,
            Status = status,
            Index = index,
            Augments = augments,
        };
    }

    /// <summary>{ IMPLIED a, b } as in INDEX; types stand there too in SMIv1.</summary>
    private List<string> ReadNames()
    {
        Expect("{", "which opens a list of names");
        List<string> names = [];
        while (!_here.Is("}"))
        {
            if (_here.Is(",") || _here.Is("IMPLIED"))
            {
                Step();
                continue;
            }

            MibToken name = ReadWord("a name, or } behind the last");
            names.Add(_here.Is(".") && _ahead.Kind == MibTokenKind.Word ? ReadQualified() : name.Value);
            if (_here.Is("("))
            {
                SkipBlock("(", ")");
            }
        }

        Step();
        return names;

        string ReadQualified()
        {
            Step();
            return Step().Value;
        }
    }

    /// <summary>RFC 1215, 2.1 and RFC 2576, 3.1: a trap of SMIv1 is its enterprise, 0 and its number.</summary>
    private List<ParsedPart> ReadTrapValue(string enterprise)
    {
        if (_here.Kind != MibTokenKind.Number)
        {
            return ReadIdentifierValue();
        }

        MibToken number = Step();
        return [new ParsedPart(null, enterprise, null), new ParsedPart(null, null, 0), new ParsedPart(null, null, NumberOf(number))];
    }

    /// <summary>{ parent 1 }, { iso org(3) dod(6) 1 }, { 1 3 6 1 }.</summary>
    private List<ParsedPart> ReadIdentifierValue()
    {
        int line = _here.Line;
        Expect("{", "which opens an object identifier's value");
        List<ParsedPart> parts = [];
        while (!_here.Is("}"))
        {
            if (parts.Count >= ObjectId.MaximumLength)
            {
                throw new MibSyntaxException(line, $"has an object identifier of more than {ObjectId.MaximumLength} parts");
            }

            parts.Add(ReadPart());
            if (_here.Is(","))
            {
                Step();
            }
        }

        Step();
        return parts.Count > 0 ? parts : throw new MibSyntaxException(line, "has an empty object identifier; in { } must stand a parent's name and a number");
    }

    private ParsedPart ReadPart()
    {
        if (_here.Kind == MibTokenKind.Number)
        {
            return new ParsedPart(null, null, NumberOf(Step()));
        }

        string? module = null;
        string name = ReadWord("a name or a number").Value;
        if (_here.Is("."))
        {
            Step();
            module = name;
            name = ReadWord("a name behind the module's").Value;
        }

        if (!_here.Is("("))
        {
            return new ParsedPart(module, name, null);
        }

        Step();
        uint number = _here.Kind == MibTokenKind.Number ? NumberOf(Step()) : throw Unexpected("a number in ( )");
        Expect(")", "behind the number");
        return new ParsedPart(null, name, number);
    }

    private static uint NumberOf(MibToken token) => uint.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
        ? number
        : throw new MibSyntaxException(token.Line, $"has {token} in an object identifier; a sub-identifier is at most 4294967295");

    /// <summary>What stands behind Name ::=.</summary>
    private ParsedSyntax ReadTypeDefinition()
    {
        if (!_here.Is("TEXTUAL-CONVENTION"))
        {
            return ReadType();
        }

        int line = Step().Line;
        string hint = "";
        while (!_here.Is("SYNTAX"))
        {
            if (_here.Kind == MibTokenKind.End || _here.Is("END") || IsAtAssignment())
            {
                throw new MibSyntaxException(line, "has a TEXTUAL-CONVENTION without SYNTAX");
            }

            if (Step().Is("DISPLAY-HINT") && _here.Kind == MibTokenKind.Text)
            {
                hint = Step().Value;
            }
        }

        Step();
        ParsedSyntax syntax = ReadType();
        return new ParsedSyntax { Line = syntax.Line, Name = syntax.Name, IsSequenceOf = syntax.IsSequenceOf, Values = syntax.Values, DisplayHint = hint };
    }

    /// <summary>INTEGER { up(1) }, OCTET STRING (SIZE (0..255)), SEQUENCE OF IfEntry, [APPLICATION 1] IMPLICIT ..., DisplayString (SIZE (1..32)).</summary>
    private ParsedSyntax ReadType()
    {
        if (_here.Is("["))
        {
            SkipBlock("[", "]");
        }

        if (_here.Is("IMPLICIT") || _here.Is("EXPLICIT"))
        {
            Step();
        }

        MibToken first = ReadWord("a type");
        string name = first.Value;
        bool isSequenceOf = false;
        switch (name)
        {
            case "OCTET" or "BIT" when _here.Is("STRING"):
            case "OBJECT" when _here.Is("IDENTIFIER"):
                name = $"{name} {Step().Value}";
                break;
            case "SEQUENCE" when _here.Is("OF"):
                Step();
                name = ReadWord("the row's type behind SEQUENCE OF").Value;
                isSequenceOf = true;
                break;
            case "SEQUENCE" or "CHOICE" when _here.Is("{"):
                SkipBlock("{", "}");
                break;
            default:
                if (_here.Is(".") && _ahead.Kind == MibTokenKind.Word)
                {
                    Step();
                    name = Step().Value;
                }

                break;
        }

        Dictionary<long, string> values = _here.Is("{") ? ReadValues() : [];
        while (_here.Is("("))
        {
            SkipBlock("(", ")");
        }

        return new ParsedSyntax { Line = first.Line, Name = name, IsSequenceOf = isSequenceOf, Values = values };
    }

    /// <summary>{ up(1), down(2) } of INTEGER and BITS.</summary>
    private Dictionary<long, string> ReadValues()
    {
        Step();
        Dictionary<long, string> values = [];
        while (!_here.Is("}"))
        {
            MibToken name = _here.Kind is MibTokenKind.Word or MibTokenKind.Number ? Step() : throw Unexpected("a value's name, as in up(1)");
            Expect("(", $"behind {name}, as in up(1)");
            bool isNegative = _here.Is("-");
            if (isNegative)
            {
                Step();
            }

            if (_here.Kind != MibTokenKind.Number || !long.TryParse(_here.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                throw Unexpected($"a number behind {name.Value}(");
            }

            Step();
            Expect(")", $"behind {name.Value}({number}");
            values[isNegative ? -number : number] = name.Value;
            if (_here.Is(","))
            {
                Step();
            }
        }

        Step();
        return values;
    }
}
