using System.Data.Common;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Microsoft.Extensions.Primitives;

namespace Kiwire.Server.Portal;

/// <summary>
/// <c>/portal/{cloud_id}</c>: the captive portal's pages. Anybody may come; what costs something has a rate, and what the guest carries from page
/// to page is sealed.
/// </summary>
internal sealed class PortalEndpoints(
    PortalRequest requests, PortalCounter counter, Arrivals arrivals, VisitSeal seal, PortalSettingsDirectory settings, PortalLogos logos, PortalMetrics metrics, TimeProvider time)
{
    /// <summary>The longest that a guest types.</summary>
    private const int LongestInput = 253;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder portal = routes.MapGroup("/portal/{cloudId}").AllowAnonymous().ExcludeFromDescription();
        portal.MapGet("", (HttpContext http, PortalEndpoints pages) => pages.SafelyAsync(http, http.Request.Query[PortalLinks.Language], pages.ComeAsync));
        portal.MapPost("", (HttpContext http, PortalEndpoints pages) => pages.WithFormAsync(http, pages.SentAsync));
        portal.MapGet(PortalLinks.OnlineSegment, (HttpContext http, PortalEndpoints pages) => pages.SafelyAsync(http, http.Request.Query[PortalLinks.Language], pages.OnlineAsync));
        portal.MapGet("/logo", (HttpContext http, PortalEndpoints pages) => pages.SafelyAsync(http, null, pages.LogoAsync));
        portal.MapPost("/codes", (HttpContext http, PortalEndpoints pages) => pages.WithFormAsync(http, pages.CodeAsync)).Accepts<FormBody>("application/x-www-form-urlencoded");
        portal.MapPost("/verify", (HttpContext http, PortalEndpoints pages) => pages.WithFormAsync(http, pages.VerifyAsync)).Accepts<FormBody>("application/x-www-form-urlencoded");
        portal.MapPost("/login", (HttpContext http, PortalEndpoints pages) => pages.WithFormAsync(http, pages.LogInAsync)).Accepts<FormBody>("application/x-www-form-urlencoded");
    }

    private Task<IResult> ComeAsync(PortalScene scene, HttpContext http) =>
        ShowAsync(scene, name => http.Request.Query.TryGetValue(name, out StringValues value) ? value[0] : null, http);

    /// <summary>Some hotspots have the guest's browser post what others write into the address.</summary>
    private Task<IResult> SentAsync(PortalScene scene, IFormCollection form, HttpContext http) => ShowAsync(
        scene, name => form.TryGetValue(name, out StringValues value) || http.Request.Query.TryGetValue(name, out value) ? value[0] : null, http);

    private Task<IResult> ShowAsync(PortalScene scene, Func<string, string?> valueOf, HttpContext http)
    {
        if (valueOf(PortalLinks.Visit) is { } carried)
        {
            return Task.FromResult<IResult>(seal.TryOpen(scene.Tenant!.TenantId, carried, out Visit? visit)
                ? Page(At(scene, visit), Step(At(scene, visit), visit, valueOf(PortalLinks.Step)))
                : Old(scene));
        }

        Arrival arrival = arrivals.Read(scene.Tenant!.TenantId, valueOf);
        metrics.Arrived(arrival);
        PortalScene here = At(scene, arrival.Visit);
        return Task.FromResult<IResult>(arrival switch
        {
            { Fault.Length: > 0 } => Page(here, PortalEndings.Stop(here, here.Language.Say(PortalText.AddressRefused, ("host", arrival.RefusedHost)), arrival.Fault), StatusCodes.Status400BadRequest),
            { Outcome: ArrivalOutcome.Success } when OwnPage(here, arrival.Visit, http) is { } own => new RedirectResult(own),
            { Outcome: ArrivalOutcome.Success } => Page(here, PortalEndings.Online(here, Onwards(arrival.Visit, http))),
            { Outcome: ArrivalOutcome.Failure } => Page(here, Step(here, arrival.Visit, null, new PortalFault(here[PortalText.LoginFailed]))),
            _ => Page(here, Step(here, arrival.Visit, null)),
        });
    }

    private async Task<IResult> CodeAsync(PortalScene scene, IFormCollection form, HttpContext http)
    {
        if (!seal.TryOpen(scene.Tenant!.TenantId, form[PortalLinks.Visit], out Visit? visit))
        {
            return Old(scene);
        }

        // Asked for again, the number is the one that the visit has.
        scene = At(scene, visit);
        string typed = form.ContainsKey(PortalPages.PhoneField) ? Input(form, PortalPages.PhoneField) : visit.Phone;
        if (!PortalRequest.TryReadPhone(scene.Policy, typed, out PhoneNumber phone, out _))
        {
            PortalText text = typed.Length == 0 ? PortalText.PhoneMissing : PortalRequest.LacksCountry(typed) ? PortalText.PhoneCountry : PortalText.PhoneWrong;
            return Page(scene, PortalPages.Phone(scene, typed, new PortalFault(scene[text], PortalPages.PhoneField)), StatusCodes.Status400BadRequest);
        }

        CodeAnswer answer = await counter.RequestAsync(
            new CodeRequest
            {
                TenantId = visit.TenantId,
                Phone = phone,
                Address = PortalRequest.AddressOf(http),
                Device = DeviceOf(visit),
                NasId = visit.NasId,
                Language = scene.Language.Code,
            },
            http.RequestAborted);
        return answer switch
        {
            CodeAnswer.Sent sent => Sent(scene, visit, phone, sent.Recipient, sent.ResendAt),
            CodeAnswer.AlreadySent sent => Sent(scene, visit, phone, sent.Recipient, sent.ResendAt),
            CodeAnswer.Refused refused => Refused(scene, visit, typed, refused),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<IResult> VerifyAsync(PortalScene scene, IFormCollection form, HttpContext http)
    {
        if (!seal.TryOpen(scene.Tenant!.TenantId, form[PortalLinks.Visit], out Visit? visit) || !PhoneNumber.TryParse(visit.Phone, out PhoneNumber phone))
        {
            return Old(scene);
        }

        scene = At(scene, visit);
        string code = Input(form, PortalPages.CodeField);
        string password = form[PortalPages.NewPasswordField].ToString();
        PortalFault? fault = code.Length == 0 ? new PortalFault(scene[PortalText.CodeMissing], PortalPages.CodeField)
            : password.Length > 0 && CodeVerification.FindPasswordFault(password) is not null ? new PortalFault(scene[PortalText.PasswordWrong], PortalPages.NewPasswordField)
            : null;
        if (fault is not null)
        {
            return Page(scene, Step(scene, visit, null, fault), StatusCodes.Status400BadRequest);
        }

        return await counter.VerifyAsync(visit.TenantId, phone, code, password, DeviceOf(visit), http.RequestAborted) switch
        {
            CodeVerdict.Right right => await EnterAsync(scene, visit, right, http),
            CodeVerdict.Wrong { AttemptsLeft: > 0 } wrong => WrongCode(scene, visit, scene.Language.Say(PortalText.CodeWrong, ("attempts", wrong.AttemptsLeft))),
            _ => WrongCode(scene, visit, scene[PortalText.CodeGone]),
        };
    }

    /// <summary>A password of old goes to the NAS unseen: whether it is right, RADIUS says.</summary>
    private async Task<IResult> LogInAsync(PortalScene scene, IFormCollection form, HttpContext http)
    {
        if (!seal.TryOpen(scene.Tenant!.TenantId, form[PortalLinks.Visit], out Visit? visit))
        {
            return Old(scene);
        }

        scene = At(scene, visit);
        string name = Input(form, PortalPages.NameField);
        string password = form[PortalPages.PasswordField].ToString();
        PortalFault? fault = name.Length == 0 ? new PortalFault(scene[PortalText.NameMissing], PortalPages.NameField)
            : password.Length is 0 or > LongestInput ? new PortalFault(scene[PortalText.PasswordMissing], PortalPages.PasswordField)
            : null;
        if (fault is not null)
        {
            return Page(scene, PortalPages.LogIn(scene, name, fault), StatusCodes.Status400BadRequest);
        }

        // A number is typed as people write it; accounts are called as E.164 has it.
        string account = name[0] is '+' or '0' && PortalRequest.TryReadPhone(scene.Policy, name, out PhoneNumber phone, out _) ? phone.E164 : name;
        return await counter.HandOverAsync(visit, account, password, ReturnTo(scene, visit, http), http.RequestAborted) is { } handOver
            ? HandedOver(scene, handOver)
            : Page(scene, PortalEndings.Stop(scene, scene[PortalText.LoginFailed]), StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> EnterAsync(PortalScene scene, Visit visit, CodeVerdict.Right right, HttpContext http)
    {
        if (await counter.HandOverAsync(visit, right.Account, right.Password, ReturnTo(scene, visit, http), http.RequestAborted) is { } handOver)
        {
            return HandedOver(scene, handOver);
        }

        System.Net.IPAddress address = System.Net.IPAddress.TryParse(visit.Address, out System.Net.IPAddress? given) ? given : PortalRequest.AddressOf(http);
        return await counter.LetInAsync(visit.TenantId, visit.NasId, DeviceOf(visit), address, right.Account, http.RequestAborted) switch
        {
            null => Page(scene, PortalEndings.Shown(scene, right.Account, right.Password)),
            OnlineOutcome.Granted { IsSuccess: true, Answer: not null } => Page(scene, PortalEndings.Online(scene, Onwards(visit, http))),
            OnlineOutcome.Granted => Page(scene, PortalEndings.Waiting(scene)),
            OnlineOutcome.Refused => Page(scene, PortalEndings.Denied(scene), StatusCodes.Status403Forbidden),
            _ => Page(scene, PortalEndings.Stop(scene, scene[PortalText.Unavailable]), StatusCodes.Status503ServiceUnavailable),
        };
    }

    private Task<IResult> OnlineAsync(PortalScene scene, HttpContext http)
    {
        Visit? visit = seal.TryOpen(scene.Tenant!.TenantId, http.Request.Query[PortalLinks.Visit], out Visit? opened) ? opened : null;
        return Task.FromResult<IResult>(Page(scene, PortalEndings.Online(scene, Onwards(visit, http))));
    }

    private async Task<IResult> LogoAsync(PortalScene scene, HttpContext http)
    {
        if (await logos.GetAsync(scene.Tenant!.TenantId, scene.Policy.ConnectorId, http.RequestAborted) is not { } logo)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Bytes(logo.Picture, logo.MediaType);
    }

    /// <summary>The page that a visit has come to.</summary>
    private Html Step(PortalScene scene, Visit visit, string? step, PortalFault? fault = null)
    {
        if (scene.TakesPasswords && (step == PortalLinks.LogInStep || !scene.Policy.Enabled))
        {
            return PortalPages.LogIn(scene, fault: fault);
        }

        if (!scene.Policy.Enabled)
        {
            return PortalEndings.Stop(scene, scene[PortalText.RefusedOff]);
        }

        if (visit.Phone.Length == 0)
        {
            return PortalPages.Phone(scene, fault: fault);
        }

        int wait = (int)Math.Clamp((visit.ResendAt - time.GetUtcNow().ToUnixTimeMilliseconds() + 999) / 1000, 0, 3600);
        return PortalPages.Code(scene, visit.Recipient, seal.Seal(visit with { Phone = "", Recipient = "", ResendAt = 0 }), wait, fault);
    }

    private RedirectResult Sent(PortalScene scene, Visit visit, PhoneNumber phone, string recipient, DateTimeOffset resendAt) => new(
        PortalLinks.To(scene, seal.Seal(visit with { Phone = phone.E164, Recipient = recipient, ResendAt = resendAt.ToUnixTimeMilliseconds() })));

    private PortalAnswer Refused(PortalScene scene, Visit visit, string typed, CodeAnswer.Refused refused)
    {
        string said = PortalFaults.Say(scene.Language, refused, time.GetUtcNow());
        Html page = visit.Phone.Length > 0 ? Step(scene, visit, null, new PortalFault(said)) : PortalPages.Phone(scene, typed, new PortalFault(said, PortalPages.PhoneField));
        return Page(scene, page, PortalFaults.StatusOf(refused.Reason));
    }

    private PortalAnswer WrongCode(PortalScene scene, Visit visit, string said) =>
        Page(scene, Step(scene, visit, null, new PortalFault(said, PortalPages.CodeField)), StatusCodes.Status400BadRequest);

    private PortalAnswer HandedOver(PortalScene scene, HandOver handOver)
    {
        Uri[] targets = Uri.TryCreate(settings.Of(scene.Tenant!.TenantId).LandingUrl, UriKind.Absolute, out Uri? landing) ? [handOver.Address, landing] : [handOver.Address];
        return new PortalAnswer(scene, PortalEndings.HandOver(scene, handOver), StatusCodes.Status200OK, targets);
    }

    /// <summary>Where the NAS sends the guest who is online: to the operator's page, else to the portal's.</summary>
    private string ReturnTo(PortalScene scene, Visit visit, HttpContext http) =>
        settings.Of(visit.TenantId).LandingUrl is { Length: > 0 } landing
            ? landing
            : $"{http.Request.Scheme}://{http.Request.Host}{PortalLinks.ToOnline(scene, seal.Seal(new Visit { TenantId = visit.TenantId, CameAt = visit.CameAt, Wanted = visit.Wanted }))}";

    /// <summary>A NAS that says the guest is online, and with it the page that it was told to send the guest to: the portal's own, whose visit has what was before.</summary>
    private static string? OwnPage(PortalScene scene, Visit visit, HttpContext http) =>
        WebAddress.TryRead(visit.Wanted, out Uri? wanted)
        && wanted.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && wanted.AbsolutePath == PortalLinks.OnlinePath(scene)
            ? wanted.PathAndQuery
            : null;

    private Uri? Onwards(Visit? visit, HttpContext http)
    {
        string onwards = visit is not null && settings.Of(visit.TenantId).LandingUrl is { Length: > 0 } landing ? landing : visit?.Wanted ?? "";
        return WebAddress.TryRead(onwards, out Uri? address) && !address.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase) ? address : null;
    }

    private PortalScene At(PortalScene scene, Visit visit) => scene with { Seal = seal.Seal(visit), TakesPasswords = visit.LoginAddress.Length > 0 };

    private static MacAddress DeviceOf(Visit visit) => MacAddress.TryParse(visit.Device, out MacAddress device) ? device : default;

    private static string Input(IFormCollection form, string field)
    {
        string text = form[field].ToString().Trim();
        return text.Length > LongestInput ? text[..LongestInput] : text;
    }

    private static PortalAnswer Old(PortalScene scene) => Page(scene, PortalEndings.Stop(scene, scene[PortalText.VisitOld]), StatusCodes.Status400BadRequest);

    private static PortalAnswer Page(PortalScene scene, Html page, int status = StatusCodes.Status200OK) => new(scene, page, status);

    private async Task<IResult> WithFormAsync(HttpContext http, Func<PortalScene, IFormCollection, HttpContext, Task<IResult>> answer)
    {
        int wait = requests.SecondsToWait(http);
        if (wait > 0)
        {
            http.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return await SafelyAsync(http, null, (scene, _) => Task.FromResult<IResult>(
                Page(scene, PortalEndings.Stop(scene, scene.Language.Say(PortalText.TooMany, ("seconds", wait))), StatusCodes.Status429TooManyRequests)));
        }

        IFormCollection form = await PortalRequest.ReadFormAsync(http) ?? FormCollection.Empty;
        return await SafelyAsync(http, form[PortalLinks.Language], (scene, request) => answer(scene, form, request));
    }

    /// <summary>A page in any case: also where there is no such portal, and where the database is away.</summary>
    private async Task<IResult> SafelyAsync(HttpContext http, string? chosen, Func<PortalScene, HttpContext, Task<IResult>> answer)
    {
        PortalScene? scene = null;
        try
        {
            scene = await requests.SceneAsync(http, chosen);
            return scene.Tenant is null
                ? Page(scene, PortalEndings.Stop(scene, scene[PortalText.NotHere]), StatusCodes.Status404NotFound)
                : await answer(scene, http);
        }
        catch (DbException) when (scene is not null)
        {
            return Page(scene, PortalEndings.Stop(scene, scene[PortalText.Unavailable]), StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Names the kind of body; the form is read by hand, within bounds.</summary>
    private sealed record FormBody;

    /// <summary>After what was posted, a page that can be loaded again without sending anything again.</summary>
    private sealed class RedirectResult(string to) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = to;
            return Task.CompletedTask;
        }
    }
}
