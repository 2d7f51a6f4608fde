using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>A session, as it is read.</summary>
internal sealed record SessionBody
{
    public required string Id { get; init; }

    [Description("As the NAS reported it.")]
    public required string UserName { get; init; }

    [Description("The account's name; null: there was none, or it is gone.")]
    public required string? Account { get; init; }

    [Description("The login that began it, in /api/v1/logins; null: not known.")]
    public required string? LoginId { get; init; }

    [Description("The NAS's identity; null: it is gone.")]
    public required string? Nas { get; init; }

    [Description("Acct-Session-Id, as the NAS wrote it.")]
    public required string AcctSessionId { get; init; }

    [Description("aa:bb:cc:dd:ee:ff; empty where the NAS gave none.")]
    public required string Mac { get; init; }

    [Description("The client's address; empty where the NAS gave none.")]
    public required string Ip { get; init; }

    [Description("As the NAS wrote it; often the access point and the SSID.")]
    public required string CalledStationId { get; init; }

    [Description("NAS-Port, else NAS-Port-Id; empty where the NAS gave neither.")]
    public required string NasPort { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    [Description("The newest event that counted.")]
    public required DateTimeOffset LastNewsAt { get; init; }

    [Description("Null: it is open.")]
    public required DateTimeOffset? EndedAt { get; init; }

    [Description("RFC 2866, 5.10: User-Request, Idle-Timeout ...; null: none was given.")]
    public required string? TerminateCause { get; init; }

    public required long Seconds { get; init; }

    [Description("From the client (upload).")]
    public required long OctetsIn { get; init; }

    [Description("To the client (download).")]
    public required long OctetsOut { get; init; }

    [Description("What an ended session on a Pay As You Use profile costs; null: nothing.")]
    public required decimal? Charge { get; init; }

    public static SessionBody Of(SessionInfo session, long tenantId, NasDirectory directory) => new()
    {
        Id = session.SessionId.ToString(CultureInfo.InvariantCulture),
        UserName = session.UserName,
        Account = session.Account,
        LoginId = session.LoginId?.ToString(CultureInfo.InvariantCulture),
        Nas = directory.TryGet(tenantId, session.NasId, out NasEntry? nas) ? nas.Identity : null,
        AcctSessionId = session.AcctSessionId,
        Mac = session.Mac,
        Ip = session.ClientIp,
        CalledStationId = session.CalledStationId,
        NasPort = session.NasPort,
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(session.StartedAt),
        LastNewsAt = DateTimeOffset.FromUnixTimeMilliseconds(session.LastNewsAt),
        EndedAt = session.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        TerminateCause = Sessions.TerminateCause.Word(session.TerminateCause),
        Seconds = session.Seconds,
        OctetsIn = session.OctetsIn,
        OctetsOut = session.OctetsOut,
        Charge = session.Charge is { } charge ? decimal.Parse(charge, CultureInfo.InvariantCulture) : null,
    };
}

/// <summary>Which sessions a list is to have.</summary>
internal readonly record struct SessionFilter
{
    [Description("true: only open ones; false: only ended ones.")]
    public bool? Open { get; init; }

    [Description("Only those of the account of this name or, where there is none, reported under this name; case does not count.")]
    public string? Username { get; init; }

    [Description("Only those at the NAS of this identity.")]
    public string? Nas { get; init; }

    [Description("Only those in this zone, as it and the NAS entries are now.")]
    public string? Zone { get; init; }

    [Description("Only those of this client device, in any notation.")]
    public string? Mac { get; init; }

    [Description("Started at or after.")]
    public DateTimeOffset? From { get; init; }

    [Description("Started before.")]
    public DateTimeOffset? To { get; init; }

    public bool TryRead(long tenantId, NasDirectory directory, ZoneDirectory zones, out SessionQuery query, [NotNullWhen(false)] out FieldFault? fault)
    {
        query = new SessionQuery { TenantId = tenantId };
        if (!HistoryFilters.TryReadNas(Nas, tenantId, directory, out long? nasId, out fault)
            || !HistoryFilters.TryReadMac(Mac, out string? mac, out fault)
            || !HistoryFilters.IsRange(From, To, out fault))
        {
            return false;
        }

        if (Zone is not null && !zones.HasZone(tenantId, Zone))
        {
            fault = new FieldFault("zone", $"is '{Zone}', which no zone is called; it must be a zone's name.");
            return false;
        }

        query = query with
        {
            OpenOnly = Open == true,
            EndedOnly = Open == false,
            UserName = Username,
            NasId = nasId,
            Mac = mac,
            From = From?.ToUnixTimeMilliseconds(),
            To = To?.ToUnixTimeMilliseconds(),
        };
        return true;
    }
}
