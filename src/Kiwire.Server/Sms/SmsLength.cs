using System.Collections.Frozen;

namespace Kiwire.Server.Sms;

/// <summary>The alphabets of an SMS (3GPP TS 23.038).</summary>
internal enum SmsAlphabet
{
    /// <summary>GSM 7 bit default alphabet with its extension table.</summary>
    Gsm7,

    /// <summary>UCS-2, as soon as one character is in neither table.</summary>
    Ucs2,
}

/// <summary>How long a message is on the air, which is what gateways charge for.</summary>
/// <param name="Alphabet">In which alphabet.</param>
/// <param name="Units">Septets, or 16-bit units.</param>
/// <param name="Segments">How many messages it takes.</param>
internal readonly record struct SmsLength(SmsAlphabet Alphabet, int Units, int Segments)
{
    // 3GPP TS 23.038, 6.2.1: the default alphabet without its escape.
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    // 6.2.1.1: an escape and one septet each.
    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenSet<char> BasicCharacters = Basic.ToFrozenSet();
    private static readonly FrozenSet<char> ExtensionCharacters = Extension.ToFrozenSet();

    /// <summary>Measures a text. A part of a longer message gives up 7 septets or 3 units to the header that joins them (TS 23.040, 9.2.3.24.1).</summary>
    public static SmsLength Of(string text)
    {
        bool isGsm = text.All(c => BasicCharacters.Contains(c) || ExtensionCharacters.Contains(c));
        return isGsm ? Count(SmsAlphabet.Gsm7, text, 160, 153) : Count(SmsAlphabet.Ucs2, text, 70, 67);
    }

    // A character of two units, an escaped one or a surrogate pair, is not torn apart: it begins the next part.
    private static SmsLength Count(SmsAlphabet alphabet, string text, int single, int part)
    {
        int units = 0;
        int segments = 1;
        int inPart = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = alphabet == SmsAlphabet.Ucs2 && char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            int width = isPair || (alphabet == SmsAlphabet.Gsm7 && ExtensionCharacters.Contains(text[i])) ? 2 : 1;
            i += isPair ? 1 : 0;
            units += width;
            inPart += width;
            if (inPart > part)
            {
                segments++;
                inPart = width;
            }
        }

        return new SmsLength(alphabet, units, units <= single ? 1 : segments);
    }
}
