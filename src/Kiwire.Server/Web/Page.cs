using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Kiwire.Server.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Kiwire.Server.Web;

/// <summary>Some of a list.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="Next">Given as <c>cursor</c>, it continues the list; null: this was the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Making pages.</summary>
internal static class PageExtensions
{
    /// <summary>A page of what was read with one item more than fits, which tells whether there is a next page.</summary>
    /// <param name="found">At most <paramref name="limit"/> + 1 items.</param>
    /// <param name="limit">How many belong to this page.</param>
    /// <param name="show">An item as it is answered.</param>
    /// <param name="cursorAfter">The cursor that continues after an item.</param>
    public static Page<TBody> ToPage<T, TBody>(this IReadOnlyList<T> found, int limit, Func<T, TBody> show, Func<T, string> cursorAfter) =>
        new([.. found.Take(limit).Select(show)], found.Count > limit ? cursorAfter(found[limit - 1]) : null);
}

/// <summary>Which part of a list is wanted: the same two parameters everywhere.</summary>
internal readonly record struct PageRequest
{
    public const int DefaultLimit = 50;
    public const int MostLimit = 1000;

    /// <summary>What is wrong with a cursor that was not made by the list that it was given to.</summary>
    public static FieldFault ForeignCursor { get; } =
        new("cursor", "is not one that this list gave out with these filters and this sort; leave it out to begin anew.");

    [Description("How many items at most: 1 to 1000; 50 where it is not given.")]
    public int? Limit { get; init; }

    [Description("A page's next; continues that list, with the same filters and sort.")]
    public string? Cursor { get; init; }

    /// <summary>What is wrong with it, and where in the list it begins.</summary>
    /// <param name="list">Names the list with its filters and sort: a cursor of another one is refused.</param>
    /// <param name="limit">How many items.</param>
    /// <param name="after">The sort key's values of the last item seen; null: from the beginning.</param>
    /// <param name="fault">What is wrong.</param>
    public bool TryRead(string list, out int limit, out string[]? after, [NotNullWhen(false)] out FieldFault? fault)
    {
        limit = Limit ?? DefaultLimit;
        after = null;
        fault = null;
        if (limit is < 1 or > MostLimit)
        {
            fault = new FieldFault("limit", $"is {limit}; it must be 1 to {MostLimit}.");
        }
        else if (Cursor is not null && !Web.Cursor.TryRead(Cursor, list, out after))
        {
            fault = ForeignCursor;
        }

        return fault is null;
    }
}

/// <summary>Where a list goes on: the sort key of the last item, opaque to clients, and good for that list alone.</summary>
internal static class Cursor
{
    private const int Longest = 4096;

    /// <param name="list">Names the list with its filters and sort.</param>
    /// <param name="key">The sort key's values of the last item.</param>
    public static string Write(string list, params string[] key) =>
        WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes((string[])[list, .. key]));

    public static bool TryRead(string cursor, string list, [NotNullWhen(true)] out string[]? key)
    {
        key = null;
        if (cursor.Length > Longest)
        {
            return false;
        }

        try
        {
            if (JsonSerializer.Deserialize<string[]>(WebEncoders.Base64UrlDecode(cursor)) is [var of, .. var values] && of == list && !values.Contains(null))
            {
                key = values;
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            // Not one of ours.
        }

        return key is not null;
    }
}
