using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Server.Portal;

/// <summary>What is around every page: head, the operator's name and picture, languages. Style and script are in the page itself: one answer is all of it.</summary>
internal static class PortalLayout
{
    private static readonly string Style = Read("portal.css");
    private static readonly string Script = Read("portal.js");

    /// <summary>Nothing but the page's own, and forms to where they belong.</summary>
    private static readonly string PolicyStart =
        $"default-src 'none'; img-src 'self' data:; style-src 'sha256-{HashOf(Style)}'; script-src 'sha256-{HashOf(Script)}'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <summary>The page's Content-Security-Policy.</summary>
    /// <param name="formTargets">Where its forms may lead besides the portal, as browsers count redirections of what is posted too.</param>
    public static string Policy(params ReadOnlySpan<Uri> formTargets)
    {
        StringBuilder policy = new(PolicyStart);
        foreach (Uri target in formTargets)
        {
            policy.Append(' ').Append(target.GetLeftPart(UriPartial.Authority));
        }

        return policy.ToString();
    }

    /// <summary>A whole page.</summary>
    /// <param name="scene">What pages have in common.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="body">What it says.</param>
    /// <param name="fault">What is wrong; null: nothing.</param>
    /// <param name="head">What else belongs into its head.</param>
    public static Html Of(PortalScene scene, PortalText title, Html body, PortalFault? fault = null, Html? head = null)
    {
        PortalLanguage language = scene.Language;
        string name = scene.Tenant is { } tenant ? language.Say(PortalText.Welcome, ("tenant", tenant.Name)) : "Wi-Fi";
        string wrong = fault is null ? "" : $"{scene[PortalText.Error]}: ";
        Html general = fault is { Field: "" } ? Html.Of($"<p class=\"alert\" role=\"alert\">{fault.Said}</p>") : Html.Empty;
        Html logo = scene.HasLogo ? Html.Of($"<img src=\"{scene.Path}/logo\" alt=\"{scene[PortalText.Logo]}\">") : Html.Empty;
        return Html.Of(
            $"""
            <!doctype html>
            <html lang="{language.Tag}" dir="{(language.RightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <link rel="icon" href="data:,">
            <title>{wrong}{scene[title]} - {name}</title>
            {head}<style>{Html.Raw(Style)}</style>
            </head>
            <body>
            <div class="page">
            <header>{logo}<p>{name}</p></header>
            <main>
            <h1>{scene[title]}</h1>
            {general}{body}
            </main>
            {Languages(scene)}
            </div>
            <script>{Html.Raw(Script)}</script>
            </body>
            </html>

            """);
    }

    private static Html Languages(PortalScene scene)
    {
        IEnumerable<Html> links = scene.Languages.Select(language => language == scene.Language
            ? Html.Of($"<li><strong lang=\"{language.Tag}\" aria-current=\"true\">{language.Name}</strong></li>")
            : Html.Of($"<li><a href=\"{PortalLinks.To(scene, scene.Seal, language.Code)}\" lang=\"{language.Tag}\" hreflang=\"{language.Tag}\">{language.Name}</a></li>"));
        return Html.Of($"<footer><nav aria-label=\"{scene[PortalText.Language]}\"><ul>{links}</ul></nav></footer>");
    }

    // Browsers hash what stands between the tags.
    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Kiwire.Server.Portal.{name}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

/// <summary>Addresses of the portal's pages.</summary>
internal static class PortalLinks
{
    public const string Visit = "visit";
    public const string Language = "lang";
    public const string Step = "step";
    public const string LogInStep = "login";
    public const string OnlineSegment = "/online";

    /// <summary>The page that a visit has come to.</summary>
    /// <param name="scene">Whose portal.</param>
    /// <param name="seal">The visit, sealed; empty: none.</param>
    /// <param name="language">Null: the guest's, where they have chosen one.</param>
    /// <param name="step">Another page than that; empty: that one.</param>
    public static string To(PortalScene scene, string seal, string? language = null, string step = "")
    {
        string chosen = language ?? Chosen(scene);
        (string Name, string Value)[] parameters = [(Visit, seal), (Language, chosen), (Step, step)];
        string query = string.Join('&', parameters.Where(parameter => parameter.Value.Length > 0).Select(parameter => $"{parameter.Name}={parameter.Value}"));
        return query.Length == 0 ? scene.Path : $"{scene.Path}?{query}";
    }

    /// <summary>The page that says that the guest is online.</summary>
    public static string OnlinePath(PortalScene scene) => scene.Path + OnlineSegment;

    /// <summary>The same, with what it is to know of the visit, sealed, and in the language that the guest has chosen.</summary>
    public static string ToOnline(PortalScene scene, string seal) =>
        $"{OnlinePath(scene)}?{Visit}={seal}{(scene.HasChosen ? $"&{Language}={Chosen(scene)}" : "")}";

    private static string Chosen(PortalScene scene) => scene.HasChosen ? scene.Language.Code : "";
}
