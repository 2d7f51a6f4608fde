using System.ComponentModel;
using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary><c>/api/v1/sessions/online</c>: lets a guest's device in.</summary>
internal static class OnlineEndpoints
{
    public static void MapOnline(this IEndpointRouteBuilder routes) => routes.MapPost("/sessions/online", LetInAsync).WithTags("Sessions")
        .RequireScope(ApiScope.SessionsWrite)
        .WithSummary("Lets a device in without its user typing anything")
        .WithDescription(
            "The account is made where there is none of that name, the checks of a login are gone through, and for 5 minutes the device is let in when its NAS asks, "
            + "once and whatever credentials the NAS sends. Equipment that can be told is told, and the answer says what it said, which may take 14 seconds.");

    private static async Task<Results<Ok<OnlineBody>, ProblemHttpResult>> LetInAsync(
        OnlineRequest request, HttpContext http, OnlineLogin online, NasDirectory directory, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        if (request.ToOrder(http.Caller.TenantId, directory, faults) is not { } order)
        {
            return Problems.Invalid(faults);
        }

        OnlineOutcome outcome = await online.LetInAsync(http.Caller.TenantId, order, cancellationToken);
        return outcome is OnlineOutcome.Invalid invalid
            ? Problems.Invalid([.. invalid.Faults.Select(fault => fault.Field == "username" ? fault with { Field = "user" } : fault)])
            : TypedResults.Ok(OnlineBody.Of(outcome));
    }
}

/// <summary>Who is to be let in, and where.</summary>
internal sealed record OnlineRequest
{
    [Description("The identity of the NAS that the device is at.")]
    public string? Nas { get; init; }

    [Description("The device's MAC address, such as aa:bb:cc:dd:ee:ff.")]
    public string? Device { get; init; }

    [Description("The device's address, such as 192.0.2.7.")]
    public string? Ip { get; init; }

    [Description("The account; a user is made where there is none of that name.")]
    public string? User { get; init; }

    [Description("For a user that is made; wx_temp where it is not given.")]
    public string? Profile { get; init; }

    [Description("For a user that is made: none, or zone names and NAS identities with commas between; none where it is not given.")]
    public string? AllowNas { get; init; }

    [Description("For a user that is made: active or suspended; active where it is not given.")]
    public string? Status { get; init; }

    [Description("For a user that is made; API Registration where it is not given.")]
    public string? Remark { get; init; }

    /// <summary>Null: the faults say what is wrong.</summary>
    public OnlineOrder? ToOrder(long tenantId, NasDirectory directory, List<FieldFault> faults)
    {
        if (!directory.TryGetByIdentity(tenantId, Nas ?? "", out NasEntry? nas))
        {
            faults.Add(new("nas", string.IsNullOrEmpty(Nas) ? "is missing; it must be the identity of a NAS." : $"is '{Nas}', which is no NAS of this tenant; it must be the identity of one."));
        }

        if (!MacAddress.TryParse(Device ?? "", out MacAddress device))
        {
            faults.Add(new("device", $"{Shown(Device)}; it must be a MAC address such as aa:bb:cc:dd:ee:ff."));
        }

        if (!IPAddress.TryParse(Ip ?? "", out IPAddress? address))
        {
            faults.Add(new("ip", $"{Shown(Ip)}; it must be an address such as 192.0.2.7 or 2001:db8::7."));
        }

        if (string.IsNullOrWhiteSpace(User))
        {
            faults.Add(new("user", "is missing; it must be an account's name."));
        }

        return faults.Count > 0
            ? null
            : new OnlineOrder { Nas = nas!, Device = device, Address = address!, User = User!, Profile = Profile, AllowNas = AllowNas, Status = Status, Remark = Remark };
    }

    private static string Shown(string? given) => string.IsNullOrEmpty(given) ? "is missing" : $"is '{given}'";
}

/// <summary>What became of it.</summary>
internal sealed record OnlineBody
{
    [Description("granted: the device is in, or comes in when its NAS asks; waiting: the NAS refused or did not answer, and the device comes in if it asks within 5 minutes; refused: it may not come in.")]
    public required OnlineResult Result { get; init; }

    [Description("In words.")]
    public required string Message { get; init; }

    [Description("The check of a login that failed, where refused: inactive, expired, zone, mac, no_profile, hours, no_credit, volume or simultaneous.")]
    public string? Reason { get; init; }

    public static OnlineBody Of(OnlineOutcome outcome) => new()
    {
        Result = outcome switch
        {
            { IsSuccess: true } => OnlineResult.Granted,
            OnlineOutcome.Granted => OnlineResult.Waiting,
            _ => OnlineResult.Refused,
        },
        Message = outcome.Text,
        Reason = outcome is OnlineOutcome.Refused refused ? Sessions.LoginWords.Of(refused.Reason) : null,
    };
}

/// <summary>What became of letting a device in.</summary>
internal enum OnlineResult
{
    Granted,
    Waiting,
    Refused,
}
