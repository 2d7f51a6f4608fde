using Kiwire.Radius.Dictionaries;

namespace Kiwire.Server.Network;

/// <summary>
/// How a maker's equipment wants CoA- and Disconnect-Requests (RFC 5176), read from <c>dictionaries/nas-types/</c>. The defaults are
/// those of a file that says nothing.
/// </summary>
internal sealed record DynamicAuthorizationForm
{
    /// <summary>Names sessions as RFC 5176, 3 recommends: by user and Acct-Session-Id, the client's address where it is known.</summary>
    public static IReadOnlyList<IReadOnlyList<SessionAttribute>> DefaultIdentities { get; } =
    [
        [SessionAttribute.UserName, SessionAttribute.AcctSessionId, SessionAttribute.CallingStationId],
        [SessionAttribute.UserName, SessionAttribute.AcctSessionId],
        [SessionAttribute.AcctSessionId],
    ];

    /// <summary>False: such equipment takes neither request, and none is sent.</summary>
    public bool Listens { get; init; } = true;

    /// <summary>Whether requests carry Event-Timestamp (RFC 5176, 3.3).</summary>
    public bool EventTimestamp { get; init; } = true;

    /// <summary>Whether requests carry Message-Authenticator (RFC 5176, 3.4).</summary>
    public bool MessageAuthenticator { get; init; } = true;

    /// <summary>Whether requests carry NAS-IP-Address or NAS-IPv6-Address.</summary>
    public bool NasIpAddress { get; init; } = true;

    public NasIdentifierForm NasIdentifier { get; init; }

    /// <summary>How Calling-Station-Id is written where the NAS itself has not.</summary>
    public MacNotation CallingStationId { get; init; } = MacNotation.Ieee;

    /// <summary>Attributes that make such equipment refuse or ignore a request.</summary>
    public IReadOnlyList<DictionaryAttribute> Forbidden { get; init; } = [];

    /// <summary>Where it takes Disconnect-Requests, if elsewhere than CoA-Requests; else null.</summary>
    public int? DisconnectPort { get; init; }

    /// <summary>The sets of attributes that name a session in a Disconnect-Request, in the order in which they are tried.</summary>
    public IReadOnlyList<IReadOnlyList<SessionAttribute>> DisconnectIdentities { get; init; } = DefaultIdentities;

    /// <summary>Such equipment gives no Error-Cause, and refuses a Disconnect-Request only for a session that it does not have.</summary>
    public bool BareRefusalIsUnknown { get; init; }

    public AuthorizeForm Authorize { get; init; } = new();

    public NasAdvice Advice { get; init; } = new();
}

/// <summary>How a session is given other rights while it lasts.</summary>
internal sealed record AuthorizeForm
{
    /// <summary>How a client is let in (or in again) with all of an accept.</summary>
    public AuthorizeBy By { get; init; } = AuthorizeBy.None;

    /// <summary>How rates and volume are changed.</summary>
    public AuthorizeBy Limits { get; init; } = AuthorizeBy.None;

    /// <summary>Reauthentication is asked for by a Disconnect-Request: the client comes back at once, and the NAS asks again.</summary>
    public bool ByDisconnect { get; init; }

    /// <summary>What a CoA-Request leaves out is taken as no limit, so that it has to carry everything.</summary>
    public bool WholeSet { get; init; }

    /// <summary>The sets of attributes that name a session in a CoA-Request, in the order in which they are tried.</summary>
    public IReadOnlyList<IReadOnlyList<SessionAttribute>> Identities { get; init; } = DynamicAuthorizationForm.DefaultIdentities;

    /// <summary>What such a CoA-Request carries besides: the form of a reauthentication, or what goes with a push.</summary>
    public IReadOnlyList<AttributeValue> Attributes { get; init; } = [];
}

/// <summary>How a session's rights are changed.</summary>
internal enum AuthorizeBy
{
    /// <summary>Not at all: the next login has them.</summary>
    None,

    /// <summary>A CoA-Request carries the accept's attributes.</summary>
    Push,

    /// <summary>The NAS is told to ask again.</summary>
    Reauthenticate,
}

/// <summary>What a request's NAS-Identifier says.</summary>
internal enum NasIdentifierForm
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>The NAS entry's identity.</summary>
    Identity,

    /// <summary>The access point's MAC address, twelve digits in lower case: from the identity, else from Called-Station-Id.</summary>
    ApMac,
}

/// <summary>What to look at on such equipment, in words; empty: nothing special.</summary>
internal sealed record NasAdvice
{
    /// <summary>Where it does not answer.</summary>
    public string Silence { get; init; } = "";

    /// <summary>Where its clock is out.</summary>
    public string Clock { get; init; } = "";

    /// <summary>Where it refuses.</summary>
    public string Refusal { get; init; } = "";
}
