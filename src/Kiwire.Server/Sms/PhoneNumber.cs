using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kiwire.Server.Sms;

/// <summary>A telephone number as E.164 has it: <c>+</c>, a calling code that exists, 7 to 15 digits in all.</summary>
internal readonly record struct PhoneNumber
{
    private const int LeastDigits = 7;
    private const int MostDigits = 15;
    private const int LongestText = 40;
    private const string Right = "it must be a number such as +60123456789.";

    private PhoneNumber(string digits, CallingCode code)
    {
        Digits = digits;
        Code = code;
    }

    /// <summary>Without the <c>+</c>.</summary>
    public string Digits { get; }

    /// <summary>The country calling code that it begins with.</summary>
    public CallingCode Code { get; }

    /// <summary><c>+60123456789</c>.</summary>
    public string E164 => "+" + Digits;

    /// <summary>As it is shown to people: <c>+6012****789</c>.</summary>
    public string Masked
    {
        get
        {
            int shown = Digits.Length > 8 ? 4 : 2;
            int end = Digits.Length > 8 ? 3 : 2;
            return $"+{Digits[..shown]}{new string('*', Digits.Length - shown - end)}{Digits[^end..]}";
        }
    }

    /// <summary>
    /// Reads what people and systems write: <c>+60 12-345 6789</c>, <c>0060…</c>, <c>60\123456789</c> (calling code, backslash, number), and, where
    /// a country is given, its national forms.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="country">Calling code or ISO code of the country that a national number is in; null: such a number is refused.</param>
    /// <param name="number">The number.</param>
    /// <param name="fault">What is wrong and would be right, without the name in front, where the answer is false.</param>
    public static bool TryParse(string? text, string? country, out PhoneNumber number, [NotNullWhen(false)] out string? fault)
    {
        number = default;
        text = text?.Trim() ?? "";
        if (text.Length == 0)
        {
            fault = $"is empty; {Right}";
        }
        else if (text.Length > LongestText)
        {
            fault = $"has {text.Length} characters; {Right}";
        }
        else if (ToInternational(text, country, out string digits, out fault))
        {
            fault = Check(digits, out CallingCode? code);
            if (fault is null)
            {
                number = new PhoneNumber(digits, code!);
            }
        }

        return fault is null;
    }

    /// <summary>The number, where it is one.</summary>
    public static bool TryParse(string? text, out PhoneNumber number) => TryParse(text, country: null, out number, out _);

    /// <summary>Masked: a number is not for logs.</summary>
    public override string ToString() => Digits is null ? "" : Masked;

    private static bool ToInternational(string text, string? country, out string digits, out string? fault)
    {
        int backslash = text.IndexOf('\\', StringComparison.Ordinal);
        bool isInternational = text.StartsWith('+') || backslash > 0;
        if (!TryReadDigits(text, backslash, out digits, out fault))
        {
            return false;
        }

        if (digits.StartsWith("00", StringComparison.Ordinal))
        {
            digits = digits[2..];
            isInternational = true;
        }

        if (isInternational)
        {
            return true;
        }

        if (country is null || !CallingCode.TryGet(country, out CallingCode? home))
        {
            fault = $"has no country calling code; {Right}";
            return false;
        }

        digits = ToInternational(digits, home);
        return true;
    }

    // "0123456789", "123456789" and "60123456789" are all written for +60123456789.
    private static string ToInternational(string digits, CallingCode home)
    {
        if (home.Trunk.Length > 0 && digits.StartsWith(home.Trunk, StringComparison.Ordinal)
            && (home.Trunk != home.Code || IsNational(digits.Length - home.Trunk.Length, home)))
        {
            return home.Code + digits[home.Trunk.Length..];
        }

        bool hasCode = digits.StartsWith(home.Code, StringComparison.Ordinal)
            && !IsNational(digits.Length, home)
            && IsNational(digits.Length - home.Code.Length, home);
        return hasCode ? digits : home.Code + digits;
    }

    private static bool IsNational(int length, CallingCode home) => length >= home.Least && length <= home.Most;

    // Only ASCII digits: other scripts' digits look alike to people and are other numbers to gateways.
    private static bool TryReadDigits(string text, int backslash, out string digits, out string? fault)
    {
        digits = "";
        fault = null;
        StringBuilder kept = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c))
            {
                kept.Append(c);
            }
            else if (!(c is ' ' or '-' or '.' or '(' or ')' or '/' || (c == '+' && i == 0) || (c == '\\' && i == backslash && i > 0)))
            {
                fault = char.IsDigit(c)
                    ? $"has a digit that is not one of 0 to 9; {Right}"
                    : $"has a character that no number has; {Right}";
                return false;
            }
        }

        digits = kept.ToString();
        return true;
    }

    private static string? Check(string digits, out CallingCode? code)
    {
        code = null;
        if (digits.Length < LeastDigits)
        {
            return $"is too short: {digits.Length} digits; it must have {LeastDigits} to {MostDigits} with the calling code, such as +60123456789.";
        }

        if (digits.Length > MostDigits)
        {
            return $"is too long: {digits.Length} digits; it must have {LeastDigits} to {MostDigits} with the calling code, such as +60123456789.";
        }

        return CallingCode.TryFind(digits, out code) ? null : $"begins with no country calling code; {Right}";
    }
}
