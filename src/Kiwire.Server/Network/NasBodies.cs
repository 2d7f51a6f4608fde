using System.ComponentModel;

namespace Kiwire.Server.Network;

/// <summary>A NAS, as it is read; its secrets are never.</summary>
internal sealed record NasBody
{
    public required string Identity { get; init; }

    [Description("An address, or a prefix such as 192.0.2.0/24.")]
    public required string Address { get; init; }

    public required string Type { get; init; }

    [Description("UDP port on which it takes CoA- and Disconnect-Requests.")]
    public required int CoaPort { get; init; }

    [Description("auto becomes yes by itself; see observed.enforcedAt.")]
    public required MessageAuthenticatorPolicy RequireMessageAuthenticator { get; init; }

    public required string Location { get; init; }

    [Description("This server's address as the NAS knows it; kept, not used.")]
    public required string Server { get; init; }

    public required string Description { get; init; }

    public required string Username { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("What it was seen to send, as this server knows at this moment; null: its secret cannot be decrypted, so its packets are dropped.")]
    public required NasObservedBody? Observed { get; init; }

    public static NasBody Of(Nas nas, NasDirectory directory) => new()
    {
        Identity = nas.Identity,
        Address = nas.Address,
        Type = nas.Type,
        CoaPort = nas.CoaPort,
        RequireMessageAuthenticator = nas.RequireMessageAuthenticator,
        Location = nas.Location,
        Server = nas.Server,
        Description = nas.Description,
        Username = nas.Username,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(nas.CreatedAt),
        Observed = directory.TryGet(nas.TenantId, nas.NasId, out NasEntry? entry) ? NasObservedBody.Of(entry.Observations.Sightings) : null,
    };
}

/// <summary>What a NAS was seen to send.</summary>
internal sealed record NasObservedBody
{
    [Description("Access-Requests without EAP that had a valid Message-Authenticator.")]
    public required long WithMessageAuthenticator { get; init; }

    [Description("Access-Requests without EAP that had none.")]
    public required long WithoutMessageAuthenticator { get; init; }

    [Description("How many in a row had one; with 20, and none without in 24 hours, auto acts as yes.")]
    public required int Run { get; init; }

    public required DateTimeOffset? LastWithoutAt { get; init; }

    [Description("Since when auto acts as yes; null: it does not.")]
    public required DateTimeOffset? EnforcedAt { get; init; }

    [Description("Access-Requests with Proxy-State.")]
    public required long ProxyState { get; init; }

    [Description("Access-Requests with EAP-Message, which always need a Message-Authenticator and are not counted above.")]
    public required long Eap { get; init; }

    [Description("The last Access-Request, to the second.")]
    public required DateTimeOffset? LastSeenAt { get; init; }

    public static NasObservedBody Of(in NasSightings seen) => new()
    {
        WithMessageAuthenticator = seen.With,
        WithoutMessageAuthenticator = seen.Without,
        Run = Math.Min(seen.Run, NasObservations.RequiredRun),
        LastWithoutAt = Moment(seen.LastWithoutAt),
        EnforcedAt = Moment(seen.EnforcedAt),
        ProxyState = seen.ProxyState,
        Eap = seen.Eap,
        LastSeenAt = Moment(seen.LastSeenAt),
    };

    private static DateTimeOffset? Moment(long at) => at == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(at);
}

/// <summary>A NAS, as it is made or changed; what is not given stays. A class, and not a record, so that it does not print its secrets.</summary>
internal sealed class NasRequest
{
    [Description("What its NAS-Identifier says: 1 to 253 octets, no comma. May be changed.")]
    public string? Identity { get; init; }

    [Description("An address such as 192.0.2.1 or a prefix such as 192.0.2.0/24.")]
    public string? Address { get; init; }

    [Description("A name or an alias of /api/v1/nas-types; generic where it is not given.")]
    public string? Type { get; init; }

    [Description("1 to 65535; the type's where it is not given.")]
    public int? CoaPort { get; init; }

    [Description("The shared secret, 1 to 256 octets. Never returned. The next packet must be made with it.")]
    public string? Secret { get; init; }

    [Description("auto where it is not given.")]
    public MessageAuthenticatorPolicy? RequireMessageAuthenticator { get; init; }

    public string? Location { get; init; }

    public string? Server { get; init; }

    public string? Description { get; init; }

    [Description("Never returned.")]
    public string? Community { get; init; }

    public string? Username { get; init; }

    [Description("Never returned.")]
    public string? Password { get; init; }

    [Description("What a ChilliSpot-like NAS and the captive portal share, its uamsecret; empty: nothing. Never returned.")]
    public string? UamSecret { get; init; }

    public NasSettings ToSettings() => new()
    {
        Identity = Identity,
        Address = Address,
        Type = Type,
        CoaPort = CoaPort,
        Secret = Secret,
        RequireMessageAuthenticator = RequireMessageAuthenticator,
        Location = Location,
        Server = Server,
        Description = Description,
        Community = Community,
        Username = Username,
        Password = Password,
        UamSecret = UamSecret,
    };
}

/// <summary>Which NASes a list is to have.</summary>
internal readonly record struct NasFilter
{
    [Description("Only those of this type, under whatever name of it.")]
    public string? Type { get; init; }

    [Description("Only those of this location; the case of ASCII letters does not count.")]
    public string? Location { get; init; }

    [Description("Only those whose identity begins so; case does not count.")]
    public string? Q { get; init; }
}
