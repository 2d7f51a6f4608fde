using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>A decision on a login, as it is read.</summary>
internal sealed record LoginHistoryBody
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    [Description("As the NAS sent it.")]
    public required string UserName { get; init; }

    [Description("The account's name; null: there was none, or it is gone.")]
    public required string? Account { get; init; }

    [Description("The NAS's identity; null: it is gone.")]
    public required string? Nas { get; init; }

    [Description("aa:bb:cc:dd:ee:ff; empty where the NAS gave none.")]
    public required string Mac { get; init; }

    [Description("The client's address; empty where the NAS gave none.")]
    public required string Ip { get; init; }

    public required LoginOutcome Outcome { get; init; }

    [Description("PAP, CHAP, MS-CHAP, MS-CHAPv2, EAP-MD5, EAP-MSCHAPv2, EAP-GTC or MAC; empty where it did not come to that.")]
    public required string Method { get; init; }

    [Description("The word of the check that refused; empty where none did.")]
    public required string Reason { get; init; }

    [Description("What was compared.")]
    public required string Detail { get; init; }

    public static LoginHistoryBody Of(LoginInfo login, long tenantId, NasDirectory directory) => new()
    {
        Id = login.LoginId.ToString(CultureInfo.InvariantCulture),
        At = DateTimeOffset.FromUnixTimeMilliseconds(login.At),
        UserName = login.UserName,
        Account = login.Account,
        Nas = directory.TryGet(tenantId, login.NasId, out NasEntry? nas) ? nas.Identity : null,
        Mac = login.Mac,
        Ip = login.ClientIp,
        Outcome = login.Outcome,
        Method = login.Method,
        Reason = login.Reason,
        Detail = login.Detail,
    };
}

/// <summary>Which logins a list is to have.</summary>
internal readonly record struct LoginFilter
{
    [Description("Only those under this name, as the NAS sent it; case does not count.")]
    public string? Username { get; init; }

    [Description("Only those through the NAS of this identity.")]
    public string? Nas { get; init; }

    [Description("Only those of this client device, in any notation.")]
    public string? Mac { get; init; }

    [Description("accepted, rejected or challenged.")]
    public string? Outcome { get; init; }

    [Description("Only those refused by this check: wrong_password, zone ...")]
    public string? Reason { get; init; }

    [Description("At or after.")]
    public DateTimeOffset? From { get; init; }

    [Description("Before.")]
    public DateTimeOffset? To { get; init; }

    public bool TryRead(long tenantId, NasDirectory directory, out LoginQuery query, [NotNullWhen(false)] out FieldFault? fault)
    {
        query = new LoginQuery { TenantId = tenantId };
        if (!HistoryFilters.TryReadNas(Nas, tenantId, directory, out long? nasId, out fault)
            || !HistoryFilters.TryReadMac(Mac, out string? mac, out fault)
            || !HistoryFilters.IsReason(Reason, out fault)
            || !TryReadOutcome(out LoginOutcome? outcome, out fault)
            || !HistoryFilters.IsRange(From, To, out fault))
        {
            return false;
        }

        query = query with
        {
            UserName = Username,
            NasId = nasId,
            Mac = mac,
            Outcome = outcome,
            Reason = Reason,
            From = From?.ToUnixTimeMilliseconds(),
            To = To?.ToUnixTimeMilliseconds(),
        };
        return true;
    }

    private bool TryReadOutcome(out LoginOutcome? outcome, [NotNullWhen(false)] out FieldFault? fault)
    {
        outcome = Outcome switch
        {
            "accepted" => LoginOutcome.Accepted,
            "rejected" => LoginOutcome.Rejected,
            "challenged" => LoginOutcome.Challenged,
            _ => null,
        };
        fault = Outcome is null || outcome is not null
            ? null
            : new FieldFault("outcome", $"is '{Outcome}'; it must be accepted, rejected or challenged.");
        return fault is null;
    }
}
