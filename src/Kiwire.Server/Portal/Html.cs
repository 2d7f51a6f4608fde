using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Kiwire.Server.Portal;

/// <summary>
/// Markup. What stands in the holes of <c>Html.Of($"...")</c> is text and is written as text, unless it is markup itself: nothing that
/// somebody sent becomes markup by being forgotten.
/// </summary>
internal sealed class Html
{
    public static readonly Html Empty = new("");

    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    public static Html Of(Writer markup) => new(markup.ToString());

    /// <summary>The program's own markup as it stands: a style sheet, a script.</summary>
    public static Html Raw(string markup) => new(markup);

    public override string ToString() => _markup;

    /// <summary>Takes the pieces of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Writer
    {
        // Also what is not ASCII stays readable; what means something in markup never stays.
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _markup;

        public Writer(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 32));

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(Html? markup) => _markup.Append(markup?.ToString());

        public void AppendFormatted(IEnumerable<Html> markup) => _markup.AppendJoin("", markup);

        public void AppendFormatted(string? text) => _markup.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(int number) => _markup.Append(CultureInfo.InvariantCulture, $"{number}");

        public override string ToString() => _markup.ToString();
    }
}
