using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Portal;

/// <summary>The pages on which a guest types something. They need no script.</summary>
internal static class PortalPages
{
    public const string PhoneField = "phone";
    public const string CodeField = "code";
    public const string NewPasswordField = "new-password";
    public const string NameField = "username";
    public const string PasswordField = "password";

    /// <summary>Asks for the number.</summary>
    /// <param name="scene">What pages have in common.</param>
    /// <param name="typed">What was typed before.</param>
    /// <param name="fault">What is wrong; null: nothing.</param>
    public static Html Phone(PortalScene scene, string typed = "", PortalFault? fault = null)
    {
        PortalInput phone = new(PhoneField, scene[PortalText.PhoneLabel], "tel")
        {
            Hint = scene[scene.Policy.DefaultCountry.Length > 0 ? PortalText.PhoneHintNational : PortalText.PhoneHint],
            Attributes = Html.Raw("inputmode=\"tel\" autocomplete=\"tel\" maxlength=\"40\""),
            Value = typed,
        };
        Html logIn = scene.TakesPasswords
            ? Html.Of($"<div class=\"more\"><a href=\"{PortalLinks.To(scene, scene.Seal, step: PortalLinks.LogInStep)}\">{scene[PortalText.HaveAccount]}</a></div>")
            : Html.Empty;
        return PortalLayout.Of(
            scene,
            PortalText.PhoneTitle,
            Html.Of(
                $"""
                <p>{scene[PortalText.PhoneIntro]}</p>
                <form method="post" action="{scene.Path}/codes">{Carried(scene)}
                {phone.Render(fault)}
                <button>{scene[PortalText.SendCode]}</button>
                </form>
                {logIn}
                """),
            fault);
    }

    /// <summary>Asks for the code that was sent.</summary>
    /// <param name="scene">What pages have in common.</param>
    /// <param name="recipient">Where to, as it is shown.</param>
    /// <param name="withoutPhone">The visit without the number, sealed.</param>
    /// <param name="waitSeconds">Until another one may be asked for.</param>
    /// <param name="fault">What is wrong; null: nothing.</param>
    public static Html Code(PortalScene scene, string recipient, string withoutPhone, int waitSeconds, PortalFault? fault = null)
    {
        PortalInput code = new(CodeField, scene[PortalText.CodeLabel], "text")
        {
            Hint = scene[PortalText.CodeHint],
            Attributes = Html.Raw(
                $"class=\"code\" {(scene.Policy.PasswordSecurity == PasswordSecurity.Low ? "inputmode=\"numeric\" " : "")}autocomplete=\"one-time-code\" autocapitalize=\"none\" spellcheck=\"false\" maxlength=\"40\""),
        };
        PortalInput password = new(NewPasswordField, scene[PortalText.NewPasswordLabel], "password")
        {
            Hint = scene[PortalText.NewPasswordHint],
            Attributes = Html.Raw("autocomplete=\"new-password\" maxlength=\"128\""),
            IsRequired = false,
        };
        return PortalLayout.Of(
            scene,
            PortalText.CodeTitle,
            Html.Of(
                $"""
                <p>{scene.Language.Say(PortalText.CodeSent, ("recipient", recipient))}</p>
                <form method="post" action="{scene.Path}/verify">{Carried(scene)}
                {code.Render(fault)}
                {(scene.Policy.Mode == SmsMode.Registration ? password.Render(fault) : Html.Empty)}
                <button>{scene[PortalText.Connect]}</button>
                </form>
                <div class="more">
                <p>{scene[PortalText.NoCode]}</p>
                <form method="post" action="{scene.Path}/codes">{Carried(scene)}
                <button class="second" data-wait="{waitSeconds}" data-text="{scene[PortalText.ResendIn]}">{scene[PortalText.Resend]}</button>
                </form>
                <a href="{PortalLinks.To(scene, withoutPhone)}">{scene[PortalText.OtherNumber]}</a>
                </div>
                """),
            fault);
    }

    /// <summary>Asks for a name and its password.</summary>
    /// <param name="scene">What pages have in common.</param>
    /// <param name="typed">The name that was typed before.</param>
    /// <param name="fault">What is wrong; null: nothing.</param>
    public static Html LogIn(PortalScene scene, string typed = "", PortalFault? fault = null)
    {
        PortalInput name = new(NameField, scene[PortalText.NameLabel], "text")
        {
            Attributes = Html.Raw("autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" maxlength=\"253\""),
            Value = typed,
        };
        PortalInput password = new(PasswordField, scene[PortalText.PasswordLabel], "password")
        {
            Attributes = Html.Raw("autocomplete=\"current-password\" maxlength=\"128\""),
        };
        Html code = scene.Policy.Enabled
            ? Html.Of($"<div class=\"more\"><a href=\"{PortalLinks.To(scene, scene.Seal)}\">{scene[PortalText.NoAccount]}</a></div>")
            : Html.Empty;
        return PortalLayout.Of(
            scene,
            PortalText.LogInTitle,
            Html.Of(
                $"""
                <form method="post" action="{scene.Path}/login">{Carried(scene)}
                {name.Render(fault)}
                {password.Render(fault)}
                <button>{scene[PortalText.LogIn]}</button>
                </form>
                {code}
                """),
            fault);
    }

    /// <summary>What goes with a form.</summary>
    private static Html Carried(PortalScene scene) => Html.Of(
        $"{Hidden(PortalLinks.Visit, scene.Seal)}{(scene.HasChosen ? Hidden(PortalLinks.Language, scene.Language.Code) : Html.Empty)}");

    public static Html Hidden(string name, string value) => Html.Of($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
}

/// <summary>A field with its label, its hint and what is wrong with it, each tied to the others for who cannot see them.</summary>
/// <param name="Name">What it is sent as.</param>
/// <param name="Label">What is asked.</param>
/// <param name="Type">HTML's type.</param>
internal sealed record PortalInput(string Name, string Label, string Type)
{
    /// <summary>Empty: there is none.</summary>
    public string Hint { get; init; } = "";

    public Html Attributes { get; init; } = Html.Empty;

    public string Value { get; init; } = "";

    public bool IsRequired { get; init; } = true;

    public Html Render(PortalFault? fault)
    {
        bool isWrong = fault?.Field == Name;
        string described = string.Join(' ', ((string?[])[isWrong ? $"{Name}-error" : null, Hint.Length > 0 ? $"{Name}-hint" : null]).OfType<string>());
        return Html.Of(
            $"""
            <label for="{Name}">{Label}</label>
            {(Hint.Length > 0 ? Html.Of($"<p class=\"hint\" id=\"{Name}-hint\">{Hint}</p>") : Html.Empty)}{(isWrong ? Html.Of($"<p class=\"error\" id=\"{Name}-error\" role=\"alert\">{fault!.Said}</p>") : Html.Empty)}
            <input type="{Type}" id="{Name}" name="{Name}" value="{Value}" {Attributes}{(described.Length > 0 ? Html.Of($" aria-describedby=\"{described}\"") : Html.Empty)}{Html.Raw(isWrong ? " aria-invalid=\"true\" autofocus" : "")}{Html.Raw(IsRequired ? " required" : "")}>
            """);
    }
}
