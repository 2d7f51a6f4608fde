using System.ComponentModel;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>Which vouchers are printed, and what with.</summary>
internal readonly record struct VoucherSheetRequest
{
    private const int LongestTitle = 200;
    private const int LongestUrl = 500;

    [Description("With commas between, at most 1000. Either these or remark or q must be given.")]
    public string? Codes { get; init; }

    [Description("The vouchers of this remark, at most 63 characters.")]
    public string? Remark { get; init; }

    [Description("The vouchers whose codes begin so.")]
    public string? Q { get; init; }

    [Description("A link for the pictures, http or https, with {code} where the code goes: https://wifi.example/login?code={code}. Without it they hold the code alone.")]
    public string? Url { get; init; }

    [Description("Above the vouchers, at most 200 characters.")]
    public string? Title { get; init; }

    /// <summary>The codes that were asked for by name; each once.</summary>
    public IReadOnlyList<string> CodeList => Codes is null
        ? []
        : [.. Codes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).DistinctBy(AccountName.KeyOf)];

    /// <summary>What is wrong with it; empty: nothing.</summary>
    public List<FieldFault> FindFaults()
    {
        List<FieldFault> faults = [];
        bool byCodes = Codes is not null;
        bool byFilter = !string.IsNullOrEmpty(Remark) || !string.IsNullOrEmpty(Q);
        if (byCodes == byFilter)
        {
            faults.Add(new("codes", byCodes ? "are given together with remark or q; give one or the other." : "are missing; give codes, or remark or q."));
        }
        else if (byCodes && CodeList.Count is 0 or > VoucherSheet.MostVouchers)
        {
            faults.Add(new("codes", $"are {CodeList.Count}; they must be 1 to {VoucherSheet.MostVouchers} with commas between."));
        }

        if (Title is { Length: > LongestTitle })
        {
            faults.Add(new("title", $"has {Title.Length} characters; {LongestTitle} is the most."));
        }

        if (!string.IsNullOrEmpty(Url) && FindUrlFault(Url) is { } fault)
        {
            faults.Add(new("url", $"{fault}; it must be a link such as https://wifi.example/login?code={VoucherSheet.CodeInUrl}."));
        }

        return faults;
    }

    private static string? FindUrlFault(string url)
    {
        if (url.Length > LongestUrl)
        {
            return $"has {url.Length} characters, and {LongestUrl} is the most";
        }

        if (!url.Contains(VoucherSheet.CodeInUrl, StringComparison.Ordinal))
        {
            return $"has no {VoucherSheet.CodeInUrl}";
        }

        return !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            && Uri.TryCreate(VoucherSheet.LinkOf(url, "x"), UriKind.Absolute, out Uri? link)
            && (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps)
            && link.UserInfo.Length == 0
                ? null
                : "is no http or https link";
    }
}
