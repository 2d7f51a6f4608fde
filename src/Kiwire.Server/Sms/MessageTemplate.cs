using System.Text;

namespace Kiwire.Server.Sms;

/// <summary>
/// A message with variables in braces, <c>Your code is {code}</c>; a brace itself is written twice. What is filled in is not looked at again.
/// </summary>
internal sealed class MessageTemplate
{
    /// <summary>The most characters of a message that gateways take.</summary>
    public const int LongestText = 1600;

    private readonly (string Text, bool IsVariable)[] _pieces;

    private MessageTemplate((string Text, bool IsVariable)[] pieces) => _pieces = pieces;

    /// <summary>What templates may have filled in.</summary>
    public static IReadOnlyList<string> Known { get; } = ["code", "minutes", "username", "password", "tenant", "phone", "profile", "expiry"];

    /// <summary>Those whose values let somebody in: they are kept out of logs.</summary>
    public static IReadOnlyList<string> Secret { get; } = ["code", "password"];

    /// <summary>The variables that it has, each once.</summary>
    public IEnumerable<string> Variables => _pieces.Where(piece => piece.IsVariable).Select(piece => piece.Text).Distinct();

    /// <summary>Reads a template; null: it has the fault, a sentence's rest.</summary>
    public static MessageTemplate? Parse(string text, out string? fault)
    {
        fault = text.Trim().Length == 0 ? "is empty; it must be the text of a message."
            : text.Length > LongestText ? $"has {text.Length} characters; it must have at most {LongestText}."
            : null;
        if (fault is not null)
        {
            return null;
        }

        List<(string, bool)> pieces = [];
        StringBuilder literal = new();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
            }
            else if (i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (ReadVariable(text, ref i, out fault) is { } variable)
            {
                pieces.Add((literal.ToString(), false));
                pieces.Add((variable, true));
                literal.Clear();
            }
            else
            {
                return null;
            }
        }

        pieces.Add((literal.ToString(), false));
        return new MessageTemplate([.. pieces.Where(piece => piece.Item1.Length > 0)]);
    }

    /// <summary>The variables that it has and the values do not.</summary>
    public IReadOnlyList<string> FindMissing(IReadOnlyDictionary<string, string> values) => [.. Variables.Where(name => !values.ContainsKey(name))];

    /// <summary>The message.</summary>
    /// <exception cref="KeyNotFoundException">A variable has no value.</exception>
    public string Fill(IReadOnlyDictionary<string, string> values) =>
        string.Concat(_pieces.Select(piece => piece.IsVariable ? values[piece.Text] : piece.Text));

    private static string? ReadVariable(string text, ref int i, out string? fault)
    {
        int close = text.IndexOf('}', i);
        string known = string.Join(", ", Known.Select(name => $"{{{name}}}"));
        if (text[i] == '}' || close < 0)
        {
            fault = $"has a single '{text[i]}'; variables are {known}, and a brace itself is written twice.";
            return null;
        }

        string name = text[(i + 1)..close];
        if (!Known.Contains(name))
        {
            fault = $"has '{{{name}}}', which is no variable; variables are {known}, and a brace itself is written twice.";
            return null;
        }

        fault = null;
        i = close;
        return name;
    }
}
