namespace Kiwire.Snmp.Mibs;

/// <summary>
/// Cuts a MIB file into tokens (RFC 2578, 3; ASN.1 of 1988). More is taken than the standard has, as vendors' files want it: names with
/// underscores or a digit in front. A comment goes to the end of its line: what ASN.1 would let follow a second pair of hyphens is mostly
/// the rest of a row of them.
/// </summary>
internal sealed class MibTokenizer(string text)
{
    private int _at;
    private int _line = 1;

    public MibToken Next()
    {
        SkipBlank();
        if (_at >= text.Length)
        {
            return new MibToken(MibTokenKind.End, "", _line);
        }

        char first = text[_at];
        return char.IsAsciiLetterOrDigit(first) ? ReadWord()
            : first == '"' ? ReadText()
            : first == '\'' ? ReadBinary()
            : ReadSign();
    }

    private void SkipBlank()
    {
        while (_at < text.Length)
        {
            char here = text[_at];
            if (here == '\n')
            {
                _line++;
                _at++;
            }
            else if (char.IsWhiteSpace(here) || here is '\uFEFF' or '\u001A')
            {
                _at++;
            }
            else if (here == '-' && _at + 1 < text.Length && text[_at + 1] == '-')
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private MibToken ReadWord()
    {
        int start = _at;
        bool isNumber = true;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_' || IsHyphenInWord()))
        {
            isNumber &= char.IsAsciiDigit(text[_at]);
            _at++;
        }

        return new MibToken(isNumber ? MibTokenKind.Number : MibTokenKind.Word, text[start.._at], _line);
    }

    /// <summary>One hyphen joins; two begin a comment.</summary>
    private bool IsHyphenInWord() => text[_at] == '-' && _at + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[_at + 1]) || text[_at + 1] == '_');

    private MibToken ReadText()
    {
        int line = _line;
        int start = ++_at;
        while (_at < text.Length)
        {
            char here = text[_at++];
            if (here == '\n')
            {
                _line++;
            }
            else if (here == '"')
            {
                // Two are one within the text.
                if (_at >= text.Length || text[_at] != '"')
                {
                    return new MibToken(MibTokenKind.Text, text[start..(_at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal), line);
                }

                _at++;
            }
        }

        throw new MibSyntaxException(line, "has a text that does not end: the closing quotation mark is missing");
    }

    private MibToken ReadBinary()
    {
        int start = _at;
        int end = text.IndexOf('\'', _at + 1);
        if (end < 0 || end + 1 >= text.Length || text[end + 1] is not ('H' or 'h' or 'B' or 'b'))
        {
            _at++;
            throw new MibSyntaxException(_line, "has ' without 'H or 'B behind it; a number in these is written '0F'H or '01'B");
        }

        for (int i = start; i < end; i++)
        {
            _line += text[i] == '\n' ? 1 : 0;
        }

        _at = end + 2;
        return new MibToken(MibTokenKind.Binary, text[start.._at], _line);
    }

    private MibToken ReadSign()
    {
        string sign = text.AsSpan(_at).StartsWith("::=") ? "::=" : text.AsSpan(_at).StartsWith("..") ? ".." : text[_at].ToString();
        _at += sign.Length;
        return new MibToken(MibTokenKind.Sign, sign, _line);
    }
}

/// <summary>What ends the reading of an assignment, or of a whole file. Stays within the reader.</summary>
internal sealed class MibSyntaxException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
