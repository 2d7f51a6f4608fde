namespace Kiwire.Server.Portal;

/// <summary>The pages with which a visit ends, well or not.</summary>
internal static class PortalEndings
{
    /// <summary>
    /// Has the guest's browser bring the credentials to the NAS: of itself where the NAS takes them in an address, or where scripts run; else by the button.
    /// </summary>
    public static Html HandOver(PortalScene scene, HandOver handOver)
    {
        Html text = Html.Of($"<p>{scene[PortalText.HandOverText]}</p>");
        return handOver.IsPost
            ? PortalLayout.Of(
                scene,
                PortalText.HandOverTitle,
                Html.Of(
                    $"""
                    {text}
                    <form method="post" action="{handOver.Address.AbsoluteUri}" data-submit>{handOver.Fields.Select(field => PortalPages.Hidden(field.Key, field.Value))}
                    <button>{scene[PortalText.HandOverButton]}</button>
                    </form>
                    """))
            : PortalLayout.Of(
                scene,
                PortalText.HandOverTitle,
                Html.Of($"{text}<a class=\"button\" href=\"{handOver.Address.AbsoluteUri}\">{scene[PortalText.HandOverButton]}</a>"),
                head: Html.Of($"<meta http-equiv=\"refresh\" content=\"0; url={handOver.Address.AbsoluteUri}\">\n"));
    }

    /// <summary>The guest is online.</summary>
    /// <param name="scene">What pages have in common.</param>
    /// <param name="onwards">The page that the guest wanted or the operator wants; null: none is known.</param>
    public static Html Online(PortalScene scene, Uri? onwards)
    {
        Html link = onwards is null
            ? Html.Empty
            : Html.Of($"<a class=\"button\" href=\"{onwards.AbsoluteUri}\" rel=\"noreferrer\">{scene.Language.Say(PortalText.ContinueTo, ("host", onwards.IdnHost))}</a>");
        return PortalLayout.Of(scene, PortalText.OnlineTitle, Html.Of($"<p>{scene[PortalText.OnlineText]}</p>{link}"));
    }

    /// <summary>The guest comes in when the NAS next asks.</summary>
    public static Html Waiting(PortalScene scene) => Plain(scene, PortalText.WaitingTitle, PortalText.WaitingText);

    /// <summary>The account may not come in.</summary>
    public static Html Denied(PortalScene scene) => Plain(scene, PortalText.DeniedTitle, PortalText.DeniedText);

    /// <summary>The guest's NAS is not known, and so the guest is told what to log in with.</summary>
    public static Html Shown(PortalScene scene, string account, string password) => PortalLayout.Of(
        scene,
        PortalText.ShownTitle,
        Html.Of(
            $"""
            <p>{scene[PortalText.ShownText]}</p>
            <dl>
            <dt>{scene[PortalText.NameLabel]}</dt><dd id="account">{account}</dd>
            <dt>{scene[PortalText.PasswordLabel]}</dt><dd id="password">{password}</dd>
            </dl>
            """));

    /// <summary>It does not go on here.</summary>
    /// <param name="scene">What pages have in common.</param>
    /// <param name="said">Why.</param>
    /// <param name="advice">What whoever runs the network should know; empty: nothing.</param>
    public static Html Stop(PortalScene scene, string said, string advice = "") => PortalLayout.Of(
        scene,
        PortalText.PhoneTitle,
        advice.Length == 0 ? Html.Empty : Html.Of($"<p class=\"hint\">{scene.Language.Say(PortalText.AddressAdvice, ("fault", advice))}</p>"),
        new PortalFault(said));

    private static Html Plain(PortalScene scene, PortalText title, PortalText text) => PortalLayout.Of(scene, title, Html.Of($"<p>{scene[text]}</p>"));
}
