using System.Buffers;
using System.Text.Unicode;

namespace Kiwire.Server.Tenants;

/// <summary>What keeps a text from being stored and shown.</summary>
internal static class TextFault
{
    /// <summary>The fault's words, such as "has a control character"; null: none.</summary>
    /// <param name="text">What is given.</param>
    /// <param name="mostOctets">How many octets of UTF-8 it may have.</param>
    public static string? Find(string text, int mostOctets)
    {
        OperationStatus status = Utf8.FromUtf16(text, new byte[mostOctets], out _, out _, replaceInvalidSequences: false);
        return status switch
        {
            OperationStatus.DestinationTooSmall => $"has more than {mostOctets} octets",
            not OperationStatus.Done => "is not valid text",
            _ when text.Any(char.IsControl) => "has a control character",
            _ => null,
        };
    }

    /// <summary>The same for a name, which is not empty and has no spaces at its ends.</summary>
    public static string? FindInName(string name, int mostOctets) =>
        name.Length == 0 ? "is missing or empty"
        : char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]) ? "has a space at an end"
        : Find(name, mostOctets);
}
