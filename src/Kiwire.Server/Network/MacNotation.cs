using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Network;

/// <summary>A way to write a MAC address, told by an example such as <c>AA-BB-CC-DD-EE-FF</c>.</summary>
internal sealed class MacNotation
{
    private static readonly MacNotation[] All =
    [
        new("AA-BB-CC-DD-EE-FF"), new("aa-bb-cc-dd-ee-ff"), new("AA:BB:CC:DD:EE:FF"), new("aa:bb:cc:dd:ee:ff"), new("AABBCCDDEEFF"),
        new("aabbccddeeff"), new("aabb.ccdd.eeff"),
    ];

    private MacNotation(string example) => Example = example;

    /// <summary>RFC 3580, 3.21.</summary>
    public static MacNotation Ieee => All[0];

    /// <summary>Twelve digits in lower case.</summary>
    public static MacNotation Bare { get; } = All[5];

    /// <summary>All examples.</summary>
    public static IEnumerable<string> Examples => All.Select(notation => notation.Example);

    public string Example { get; }

    public static bool TryGet(string example, [NotNullWhen(true)] out MacNotation? notation)
    {
        notation = Array.Find(All, known => known.Example == example);
        return notation is not null;
    }

    /// <summary>The address so written; empty for none.</summary>
    public string Write(MacAddress mac)
    {
        if (mac.IsNone)
        {
            return "";
        }

        string digits = (mac.Value & 0xFFFF_FFFF_FFFF).ToString(char.IsUpper(Example[0]) ? "X12" : "x12", System.Globalization.CultureInfo.InvariantCulture);
        return string.Create(Example.Length, (Example, digits), static (text, from) =>
        {
            int next = 0;
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = char.IsAsciiLetter(from.Example[i]) ? from.digits[next++] : from.Example[i];
            }
        });
    }
}
