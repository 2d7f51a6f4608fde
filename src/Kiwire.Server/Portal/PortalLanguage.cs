using System.Collections.Frozen;
using System.Globalization;

namespace Kiwire.Server.Portal;

/// <summary>The portal in one language.</summary>
internal sealed record PortalLanguage
{
    /// <summary>ISO 639, lower case: <c>en</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What the page's <c>lang</c> says: <c>zh-Hans</c>.</summary>
    public required string Tag { get; init; }

    /// <summary>What the language calls itself.</summary>
    public required string Name { get; init; }

    public bool RightToLeft { get; init; }

    public required FrozenDictionary<PortalText, string> Texts { get; init; }

    public string this[PortalText text] => Texts[text];

    /// <summary>A text with values in the places of its names.</summary>
    public string Say(PortalText text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        string said = Texts[text];
        foreach ((string name, object value) in values)
        {
            said = said.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return said;
    }
}

/// <summary>The languages that there are.</summary>
internal sealed class PortalLanguages
{
    /// <summary>The language that is always there.</summary>
    public const string English = "en";

    /// <summary>No browser has more wishes; what comes after them is not looked at.</summary>
    private const int MostWishes = 20;

    private readonly FrozenDictionary<string, PortalLanguage> _byCode;

    public PortalLanguages(IEnumerable<PortalLanguage> languages)
    {
        All = [.. languages.OrderBy(language => language.Code, StringComparer.Ordinal)];
        _byCode = All.ToFrozenDictionary(language => language.Code);
    }

    /// <summary>By code.</summary>
    public IReadOnlyList<PortalLanguage> All { get; }

    /// <summary>The language that was chosen; else the first of the browser's wishes that there is; else the operator's; else English.</summary>
    /// <param name="chosen">A code, or anything.</param>
    /// <param name="accepted">Accept-Language (RFC 9110, 12.5.4), or anything.</param>
    /// <param name="operators">The tenant's, for guests whose own there is not.</param>
    public PortalLanguage Choose(string? chosen, string? accepted, string operators) =>
        chosen is not null && _byCode.TryGetValue(chosen, out PortalLanguage? language) ? language
        : Wished(accepted) ?? _byCode.GetValueOrDefault(operators) ?? _byCode[English];

    private PortalLanguage? Wished(string? accepted)
    {
        List<(string Code, double Weight)> wishes = [];
        foreach (string part in (accepted ?? "").Split(',', MostWishes))
        {
            string[] pieces = part.Split(';', 2);
            string code = pieces[0].Split('-', 2)[0].Trim().ToLowerInvariant();
            double weight = pieces.Length < 2 ? 1
                : double.TryParse(pieces[1].Trim().TrimStart('q', '='), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double given) ? given
                : 0;
            if (weight > 0 && _byCode.ContainsKey(code))
            {
                wishes.Add((code, weight));
            }
        }

        // The first of those that are wished alike.
        return wishes.Count == 0 ? null : _byCode[wishes.OrderByDescending(wish => wish.Weight).First().Code];
    }
}
