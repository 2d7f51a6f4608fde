namespace Kiwire.Radius.Tests.Packets;

/// <summary>Octets from the hexadecimal of an RFC's example; blanks and line ends do not count.</summary>
internal static class Hex
{
    public static byte[] Octets(string text) => Convert.FromHexString(string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter))));
}
