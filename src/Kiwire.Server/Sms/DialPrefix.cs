using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>Numbers that messages may go to: those of a country, by their prefix.</summary>
/// <param name="Country">Its ISO 3166 code, of two letters.</param>
/// <param name="Prefix">Digits that a number begins with, calling code first: <c>60</c>, <c>6012</c>.</param>
internal sealed record DialPrefix(string Country, string Prefix)
{
    private const int Most = 1000;

    /// <summary>Whether a message may go to a number: where there are no prefixes, to all.</summary>
    public static bool Admits(IReadOnlyList<DialPrefix> prefixes, PhoneNumber number) =>
        prefixes.Count == 0 || prefixes.Any(prefix => number.Digits.StartsWith(prefix.Prefix, StringComparison.Ordinal));

    /// <summary>The same with the prefix as digits alone: <c>+60 12</c> is 6012.</summary>
    public DialPrefix Canonical()
    {
        string digits = new([.. (Prefix ?? "").Where(c => c is not (' ' or '-' or '+'))]);
        return new DialPrefix((Country ?? "").Trim().ToUpperInvariant(), digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits);
    }

    /// <summary>What is wrong with a list of them, after <see cref="Canonical"/>.</summary>
    public static IReadOnlyList<FieldFault> FindFaults(IReadOnlyList<DialPrefix> prefixes, string field)
    {
        List<FieldFault> faults = [];
        if (prefixes.Count > Most)
        {
            faults.Add(new(field, $"has {prefixes.Count} prefixes; there may be {Most}."));
        }

        foreach (DialPrefix prefix in prefixes)
        {
            if (prefix.Prefix.Length is 0 or > 15 || !prefix.Prefix.All(char.IsAsciiDigit) || !CallingCode.TryFind(prefix.Prefix, out CallingCode? code))
            {
                faults.Add(new(field, $"has the prefix '{prefix.Prefix}' for {prefix.Country}; it must begin with a country calling code and have 1 to 15 digits, such as 60 or 6012."));
            }
            else if (!code.Countries.Contains(prefix.Country))
            {
                faults.Add(new(field, $"has the country '{prefix.Country}' with the prefix {prefix.Prefix}; it must be the ISO 3166 code of one that has it: {string.Join(", ", code.Countries)}."));
            }
        }

        return faults;
    }
}
