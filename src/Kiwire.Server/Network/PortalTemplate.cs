using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Kiwire.Server.Network;

/// <summary>A text of a NAS type's <c>portal</c> in which <c>{names}</c> stand for what the NAS gave, and <c>{$names}</c> for what the portal gives.</summary>
internal sealed partial class PortalTemplate
{
    public const string Username = "$username";
    public const string Password = "$password";
    public const string Return = "$return";

    private static readonly string[] Given = [Username, Password, Return];

    private readonly (string Text, string Name)[] _pieces;

    private PortalTemplate(string text, (string Text, string Name)[] pieces)
    {
        Text = text;
        _pieces = pieces;
    }

    /// <summary>As it is written in the file.</summary>
    public string Text { get; }

    /// <summary>Whether it is one name and nothing else.</summary>
    public bool IsOneName => _pieces is [{ Text.Length: 0, Name.Length: > 0 }];

    /// <summary>The names of what the NAS gives.</summary>
    public IEnumerable<string> Parameters => _pieces.Select(piece => piece.Name).Where(name => name.Length > 0 && name[0] != '$');

    /// <param name="text">The text.</param>
    /// <param name="template">The template, where the answer is true.</param>
    /// <param name="fault">What is wrong and would be right, where it is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PortalTemplate? template, [NotNullWhen(false)] out string? fault)
    {
        List<(string Text, string Name)> pieces = [];
        template = null;
        int next = 0;
        while (next < text.Length)
        {
            int open = text.IndexOf('{', next);
            int close = open < 0 ? -1 : text.IndexOf('}', open);
            string name = close < 0 ? "" : text[(open + 1)..close];
            if (open >= 0 && !ParameterName().IsMatch(name) && !Given.Contains(name))
            {
                fault = $"has \"{text[open..(close < 0 ? text.Length : close + 1)]}\"; in braces must stand the name of a parameter that the NAS gives, or one of {string.Join(", ", Given)}";
                return false;
            }

            pieces.Add((text[next..(open < 0 ? text.Length : open)], name));
            next = open < 0 ? text.Length : close + 1;
        }

        template = new PortalTemplate(text, [.. pieces]);
        fault = null;
        return true;
    }

    /// <summary>Puts values in the names' places.</summary>
    /// <param name="valueOf">A name's value; null: there is none.</param>
    /// <param name="filled">The text, where the answer is true.</param>
    /// <returns>False: a name has no value.</returns>
    public bool TryFill(Func<string, string?> valueOf, [NotNullWhen(true)] out string? filled) => TryFill((_, name) => valueOf(name), out filled);

    /// <summary>
    /// Puts values into an address: all of it where it is one name; else only what cannot end its part of the address before the query, and
    /// percent-encoded in the query.
    /// </summary>
    /// <param name="valueOf">A name's value; null: there is none.</param>
    /// <param name="address">The address, where the answer is true.</param>
    /// <returns>False: a name has no value, or one that such a place does not take.</returns>
    public bool TryFillAddress(Func<string, string?> valueOf, [NotNullWhen(true)] out string? address) => IsOneName
        ? TryFill(valueOf, out address)
        : TryFill(
            (before, name) => valueOf(name) is not { } value ? null
                : before.Contains('?', StringComparison.Ordinal) ? Uri.EscapeDataString(value)
                : AddressPart().IsMatch(value) ? value
                : null,
            out address);

    public override string ToString() => Text;

    private bool TryFill(Func<string, string, string?> valueOf, [NotNullWhen(true)] out string? filled)
    {
        StringBuilder written = new();
        foreach ((string text, string name) in _pieces)
        {
            written.Append(text);
            if (name.Length > 0)
            {
                if (valueOf(written.ToString(), name) is not { } value)
                {
                    filled = null;
                    return false;
                }

                written.Append(value);
            }
        }

        filled = written.ToString();
        return true;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"^[A-Za-z0-9.:\[\]-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPart();
}
