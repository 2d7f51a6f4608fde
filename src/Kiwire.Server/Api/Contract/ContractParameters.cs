using System.Globalization;
using System.Text;

namespace Kiwire.Server.Api.Contract;

/// <summary>
/// A request's parameters by their names in the contract. Reading one checks it; what is wrong with those that were read is in
/// <see cref="Faults"/>. Those that nobody reads are passed over.
/// </summary>
internal sealed class ContractParameters
{
    /// <summary>The most characters of a parameter's value.</summary>
    public const int LongestValue = 8000;

    /// <summary>The most rows of a list.</summary>
    public const int MostRows = 10_000;

    private const int LongestShown = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, Given> _given = [];
    private readonly List<string> _faults = [];

    /// <summary>What is wrong with the parameters that were read: sentences that name them.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Takes one as it came, decoded.</summary>
    public void Add(string name, byte[] value) => _given[name] = new Given(value, _given.TryGetValue(name, out Given first) ? first.Times + 1 : 1);

    /// <summary>A text; null: not given, or at fault.</summary>
    public string? Text(string name)
    {
        if (!_given.TryGetValue(name, out Given given))
        {
            return null;
        }

        if (given.Times > 1)
        {
            return Fault(name, $"is given {given.Times} times; it must be given once.");
        }

        string text;
        try
        {
            text = StrictUtf8.GetString(given.Value);
        }
        catch (DecoderFallbackException)
        {
            return Fault(name, "has octets that are not UTF-8; it must be text in UTF-8.");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return Fault(name, "has a NUL character; it must be plain text.");
        }

        return text.Length > LongestValue ? Fault(name, $"has {text.Length} characters; {LongestValue} is the most.") : text;
    }

    /// <summary>A word of a list, a number or another thing's name, which cannot be empty: null too where it is, as forms send what was left out.</summary>
    public string? Word(string name) => Text(name)?.Trim() is { Length: > 0 } word ? word : null;

    /// <summary>A text that must be there; empty: it is at fault.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="wanted">What it must be.</param>
    public string Required(string name, string wanted)
    {
        int before = _faults.Count;
        string? text = Text(name)?.Trim();
        if (text is not { Length: > 0 } && _faults.Count == before)
        {
            Fault(name, $"is {(text is null ? "missing" : "empty")}; it must be {wanted}.");
        }

        return text ?? "";
    }

    /// <summary>A whole number; null: not given, or at fault.</summary>
    public int? Integer(string name, int least = 0, int most = int.MaxValue)
    {
        if (Word(name) is not { } word)
        {
            return null;
        }

        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(name, string.Create(CultureInfo.InvariantCulture, $"is '{Shown(word)}'; it must be a whole number from {least} to {most}."));
        return null;
    }

    /// <summary>A number; null: not given, or at fault.</summary>
    public decimal? Number(string name)
    {
        if (Word(name) is not { } word)
        {
            return null;
        }

        if (decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return number;
        }

        Fault(name, $"is '{Shown(word)}'; it must be a number such as 9.90.");
        return null;
    }

    /// <summary>One of two words; null: not given, or at fault.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="on">The word for true.</param>
    /// <param name="off">The word for false.</param>
    public bool? Switch(string name, string on, string off) => Word(name) is { } word ? ReadSwitch(name, word, on, off) : null;

    /// <summary>true or false; PHP's curl sends them as <c>1</c> and as nothing.</summary>
    public bool? Flag(string name) => Text(name)?.Trim() switch
    {
        null => null,
        "1" => true,
        "0" or "" => false,
        var word => ReadSwitch(name, word, "true", "false"),
    };

    /// <summary>Which rows of a list are wanted.</summary>
    /// <param name="defaultLimit">How many where it is not said.</param>
    public (int Start, int Limit) Rows(int defaultLimit) => (Integer("start") ?? 0, Integer("limit", 1, MostRows) ?? defaultLimit);

    /// <summary>Takes note of a fault.</summary>
    public string? Fault(string name, string fault)
    {
        _faults.Add($"{name} {fault}");
        return null;
    }

    /// <summary>As much of a value as belongs into a sentence.</summary>
    public static string Shown(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    private bool? ReadSwitch(string name, string word, string on, string off)
    {
        bool isOn = word.Equals(on, StringComparison.OrdinalIgnoreCase);
        if (isOn || word.Equals(off, StringComparison.OrdinalIgnoreCase))
        {
            return isOn;
        }

        Fault(name, $"is '{Shown(word)}'; it must be {on} or {off}.");
        return null;
    }

    private readonly record struct Given(byte[] Value, int Times);
}
