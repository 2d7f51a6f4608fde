using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kiwire.Server.Sms;

/// <summary>A country calling code (ITU-T E.164), as <c>dictionaries/calling-codes.json</c> has it.</summary>
internal sealed record CallingCode
{
    private static readonly Lazy<FrozenDictionary<string, CallingCode>> All = new(Read);

    /// <summary>One to three digits.</summary>
    public required string Code { get; init; }

    /// <summary>Who has it, by ISO 3166 codes; the first is the one it is known for.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>What is dialled before a number inside the country and is no part of it; empty: nothing.</summary>
    public string Trunk { get; init; } = "";

    /// <summary>How many digits follow the code at least, as far as that is known.</summary>
    public int Least { get; init; } = 4;

    /// <summary>How many digits follow the code at most, as far as that is known.</summary>
    public int Most { get; init; } = 14;

    /// <summary>The code that international digits begin with; codes are prefix-free, so there is one at most.</summary>
    public static bool TryFind(ReadOnlySpan<char> digits, [NotNullWhen(true)] out CallingCode? code)
    {
        for (int length = 1; length <= Math.Min(3, digits.Length); length++)
        {
            if (All.Value.TryGetValue(digits[..length].ToString(), out code))
            {
                return true;
            }
        }

        code = null;
        return false;
    }

    /// <summary>The code itself (<c>60</c>, <c>+60</c>) or a country that has it (<c>MY</c>).</summary>
    public static bool TryGet(string codeOrCountry, [NotNullWhen(true)] out CallingCode? code)
    {
        string wanted = codeOrCountry.Trim().TrimStart('+');
        code = All.Value.GetValueOrDefault(wanted)
            ?? All.Value.Values.FirstOrDefault(known => known.Countries.Contains(wanted, StringComparer.OrdinalIgnoreCase));
        return code is not null;
    }

    private static FrozenDictionary<string, CallingCode> Read()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "dictionaries", "calling-codes.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.GetProperty("codes").Deserialize<CallingCode[]>(JsonSerializerOptions.Web)!.ToFrozenDictionary(code => code.Code);
    }
}
