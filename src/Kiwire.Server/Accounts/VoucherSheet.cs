using System.Globalization;
using System.Net;
using System.Text;
using Kiwire.Server.Web;

namespace Kiwire.Server.Accounts;

/// <summary>A page of vouchers to print and cut: A4, everything in it, nothing fetched from anywhere.</summary>
internal static class VoucherSheet
{
    /// <summary>The most vouchers on one sheet.</summary>
    public const int MostVouchers = 1000;

    /// <summary>Where in a link the code goes.</summary>
    public const string CodeInUrl = "{code}";

    /// <summary>What a browser may do with the page: show its own style, nothing else.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Style =
        """
        @page { size: A4; margin: 10mm; }
        * { box-sizing: border-box; }
        body { margin: 0; font: 10pt/1.3 "Helvetica Neue", Arial, sans-serif; color: #000; background: #fff; }
        h1 { font-size: 14pt; margin: 0 0 4mm; overflow-wrap: anywhere; }
        main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0; }
        article { border: 0.2mm dashed #777; padding: 4mm; text-align: center; break-inside: avoid; page-break-inside: avoid; overflow-wrap: anywhere; }
        svg { width: 30mm; height: 30mm; display: block; margin: 0 auto 2mm; }
        strong { display: block; font: bold 13pt "Courier New", monospace; }
        p { margin: 1mm 0 0; }
        """;

    /// <summary>The page.</summary>
    /// <param name="vouchers">What is on it.</param>
    /// <param name="title">Above them; empty: nothing.</param>
    /// <param name="url">A link with <see cref="CodeInUrl"/>, for the picture; null: the code alone.</param>
    /// <param name="zone">In which the expiry is said.</param>
    public static string ToHtml(IReadOnlyList<Account> vouchers, string title, string? url, TimeZoneInfo zone)
    {
        string shown = WebUtility.HtmlEncode(title.Length == 0 ? "Vouchers" : title);
        StringBuilder html = new();
        _ = html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{shown}</title>\n<style>{Style}</style></head>\n<body>\n");
        if (title.Length > 0)
        {
            _ = html.Append(CultureInfo.InvariantCulture, $"<h1>{shown}</h1>\n");
        }

        _ = html.Append("<main>\n");
        foreach (Account voucher in vouchers)
        {
            _ = html.Append("<article>").Append(QrPicture.Of(url is null ? voucher.Name : LinkOf(url, voucher.Name)))
                .Append("<strong>").Append(WebUtility.HtmlEncode(voucher.Name)).Append("</strong>");
            if (voucher.ProfileName is { } profile)
            {
                _ = html.Append("<p>").Append(WebUtility.HtmlEncode(profile)).Append("</p>");
            }

            if (voucher.ExpiresAt is { } expiresAt)
            {
                _ = html.Append("<p>Valid until ").Append(AccountExpiry.Format(expiresAt, zone)).Append("</p>");
            }

            _ = html.Append("</article>\n");
        }

        return html.Append("</main>\n</body></html>\n").ToString();
    }

    /// <summary>A voucher's link: the code is escaped, so that it stays what it is wherever in the link it stands.</summary>
    public static string LinkOf(string url, string code) => url.Replace(CodeInUrl, Uri.EscapeDataString(code), StringComparison.Ordinal);
}
