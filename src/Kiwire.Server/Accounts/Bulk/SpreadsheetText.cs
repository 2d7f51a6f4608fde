using System.Buffers;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>
/// Cells that no spreadsheet takes for a formula: one that would begin as a formula does gets an apostrophe in front, and so does one that begins
/// with an apostrophe, so that reading takes off exactly what writing put on.
/// </summary>
internal static class SpreadsheetText
{
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n'");

    public static string Guard(string text) => text.Length > 0 && Formula.Contains(text[0]) ? "'" + text : text;

    /// <summary>What <see cref="Guard"/> was given. An apostrophe before anything else stays.</summary>
    public static string Unguard(string text) => text.Length > 1 && text[0] == '\'' && Formula.Contains(text[1]) ? text[1..] : text;
}
