using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Kiwire.Radius.Dictionaries;
using Kiwire.Server.Accounts;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Api.Contract;

/// <summary>Module <c>login</c>: who was in, who was not let in, and letting somebody in.</summary>
internal sealed class LoginModule(
    AccountStore accounts, SessionStore sessions, LoginHistoryStore logins, NasDirectory nasDirectory, OnlineLogin online)
{
    public const string Name = "login";

    private const int DefaultLimit = 50;
    private const string NasId = "nas-id";
    private const string Moment = "yyyy-MM-dd HH:mm:ss";

    private static readonly FrozenDictionary<string, string> OnlineParameters =
        new Dictionary<string, string> { ["username"] = "user", ["allowNas"] = "allownas" }.ToFrozenDictionary();

    /// <summary>The sessions of an account, or of all, the newest first.</summary>
    public async Task<ContractAnswer> HistoryAsync(ContractCall call, CancellationToken cancellationToken)
    {
        (int start, int limit) = call.Parameters.Rows(DefaultLimit);
        long? from = ReadMoment(call, "start_time", laterOfTwo: false);
        long? to = ReadMoment(call, "end_time", laterOfTwo: true);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        Account? account = call.Value.Length == 0 ? null : await accounts.FindAsync(call.TenantId, call.Value, cancellationToken);
        if (call.Value.Length > 0 && account is null)
        {
            return ContractAnswer.Missing("username", call.Value);
        }

        IReadOnlyList<SessionInfo> found = await sessions.ListAsync(
            new SessionQuery
            {
                TenantId = call.TenantId,
                AccountId = account?.AccountId,
                From = from,
                // Until the end of that second.
                To = to + 1000,
                Start = start,
                Limit = limit,
            },
            cancellationToken);
        return ContractAnswer.Found([.. found.Select(session => SessionItem.Of(session, IdentityOf(call.TenantId, session.NasId), call.Tenant.TimeZone))]);
    }

    /// <summary>The client devices that tried and are not authorised, of a NAS or of all, the last seen first.</summary>
    public async Task<ContractAnswer> UnauthorizeAsync(ContractCall call, CancellationToken cancellationToken)
    {
        (int start, int limit) = call.Parameters.Rows(DefaultLimit);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        NasEntry? nas = null;
        if (call.Value.Length > 0 && !nasDirectory.TryGetByIdentity(call.TenantId, call.Value, out nas))
        {
            return ContractAnswer.Missing(NasId, call.Value);
        }

        IReadOnlyList<UnauthorisedDevice> found = await logins.ListUnauthorisedAsync(call.TenantId, nas?.NasId, start, limit, cancellationToken);
        return ContractAnswer.Found([.. found.Select(device => UnauthorisedItem.Of(device, IdentityOf(call.TenantId, device.NasId), call.Tenant.TimeZone))]);
    }

    /// <summary>Lets a guest's device in; an account that does not exist yet is made.</summary>
    public async Task<ContractAnswer> OnlineAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string nasId = call.Parameters.Required(NasId, "the identity of the NAS that the device is at");
        string device = call.Parameters.Required("device", "the device's MAC address, such as aa:bb:cc:dd:ee:ff");
        string ip = call.Parameters.Required("ip", "the device's address, such as 192.0.2.7");
        string user = call.Parameters.Required("user", "the account to log the device in with");
        MacAddress mac = default;
        IPAddress? address = null;
        if (device.Length > 0 && !MacAddress.TryParse(device, out mac))
        {
            call.Parameters.Fault("device", $"is '{ContractParameters.Shown(device)}', which is no MAC address; it must be one such as aa:bb:cc:dd:ee:ff.");
        }

        if (ip.Length > 0 && (ip.Contains('/', StringComparison.Ordinal) || !NasAddress.TryParse(ip, out _) || !IPAddress.TryParse(ip, out address)))
        {
            call.Parameters.Fault("ip", $"is '{ContractParameters.Shown(ip)}', which is no address; it must be one such as 192.0.2.7 or 2001:db8::7.");
        }

        (string? profile, string? allowNas, string? status, string? remark) =
            (call.Parameters.Word("profile"), call.Parameters.Text("allownas"), call.Parameters.Word("status"), call.Parameters.Word("remark"));
        if (call.Fault is { } fault)
        {
            return fault;
        }

        if (!nasDirectory.TryGetByIdentity(call.TenantId, nasId, out NasEntry? nas))
        {
            return ContractAnswer.Missing(NasId, nasId);
        }

        OnlineOutcome outcome = await online.LetInAsync(
            call.TenantId,
            new OnlineOrder { Nas = nas, Device = mac, Address = address!, User = user, Profile = profile, AllowNas = allowNas, Status = status, Remark = remark },
            cancellationToken);
        return outcome is OnlineOutcome.Invalid invalid
            ? ContractAnswer.Of(invalid.Faults, OnlineParameters)
            : new ContractAnswer.Done(outcome.Text, []);
    }

    private static long? ReadMoment(ContractCall call, string parameter, bool laterOfTwo)
    {
        if (call.Parameters.Word(parameter) is not { } text)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, Moment, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return LocalTime.ToUnixMilliseconds(local, call.Tenant.TimeZone, laterOfTwo);
        }

        call.Parameters.Fault(parameter, $"is '{ContractParameters.Shown(text)}'; it must be a moment such as 2030-12-31 18:00:00.");
        return null;
    }

    /// <summary>Empty: the NAS is gone.</summary>
    private string IdentityOf(long tenantId, long nasId) => nasDirectory.TryGet(tenantId, nasId, out NasEntry? nas) ? nas.Identity : "";
}

/// <summary>A session, as <c>history</c> shows it. Times are in the tenant's time zone.</summary>
internal sealed record SessionItem
{
    [JsonPropertyName("username")]
    public required string Username { get; init; }

    [JsonPropertyName("nas-id")]
    public required string NasId { get; init; }

    [JsonPropertyName("mac")]
    public required string Mac { get; init; }

    [JsonPropertyName("ip")]
    public required string Ip { get; init; }

    [JsonPropertyName("session_id")]
    public required string SessionId { get; init; }

    [JsonPropertyName("start_time")]
    public required string StartTime { get; init; }

    /// <summary>Empty: it is open.</summary>
    [JsonPropertyName("stop_time")]
    public required string StopTime { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("session_time")]
    public required long SessionSeconds { get; init; }

    /// <summary>From the client (upload).</summary>
    [JsonPropertyName("octets_in")]
    public required long OctetsIn { get; init; }

    /// <summary>To the client (download).</summary>
    [JsonPropertyName("octets_out")]
    public required long OctetsOut { get; init; }

    /// <summary>RFC 2866, 5.10, by name; empty: none was given.</summary>
    [JsonPropertyName("terminate_cause")]
    public required string TerminateCause { get; init; }

    [JsonPropertyName("open")]
    public required bool Open { get; init; }

    public static SessionItem Of(SessionInfo session, string nasId, TimeZoneInfo zone) => new()
    {
        Username = session.UserName,
        NasId = nasId,
        Mac = session.Mac,
        Ip = session.ClientIp,
        SessionId = session.AcctSessionId,
        StartTime = AccountExpiry.Format(session.StartedAt, zone),
        StopTime = AccountExpiry.Format(session.EndedAt, zone),
        SessionSeconds = session.Seconds,
        OctetsIn = session.OctetsIn,
        OctetsOut = session.OctetsOut,
        TerminateCause = session.TerminateCause is { } cause ? CauseName((uint)cause) : "",
        Open = session.EndedAt is null,
    };

    private static string CauseName(uint cause) =>
        RadiusDictionary.BuiltIn.TryGet("Acct-Terminate-Cause", out DictionaryAttribute? attribute) && attribute.TryGetValue(cause, out DictionaryValue? value)
            ? value.Name
            : cause.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A client device that was not let in, as <c>unauthorize</c> shows it. Times are in the tenant's time zone.</summary>
internal sealed record UnauthorisedItem
{
    [JsonPropertyName("mac")]
    public required string Mac { get; init; }

    [JsonPropertyName("ip")]
    public required string Ip { get; init; }

    [JsonPropertyName("nas-id")]
    public required string NasId { get; init; }

    /// <summary>The name that it tried last.</summary>
    [JsonPropertyName("username")]
    public required string Username { get; init; }

    /// <summary>The word of the check that failed.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    [JsonPropertyName("first_seen")]
    public required string FirstSeen { get; init; }

    [JsonPropertyName("last_seen")]
    public required string LastSeen { get; init; }

    [JsonPropertyName("times")]
    public required long Times { get; init; }

    public static UnauthorisedItem Of(UnauthorisedDevice device, string nasId, TimeZoneInfo zone) => new()
    {
        Mac = device.Mac,
        Ip = device.ClientIp,
        NasId = nasId,
        Username = device.UserName,
        Reason = device.Reason,
        FirstSeen = AccountExpiry.Format(device.FirstSeenAt, zone),
        LastSeen = AccountExpiry.Format(device.LastSeenAt, zone),
        Times = device.Times,
    };
}
