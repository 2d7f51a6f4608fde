namespace Kiwire.Server.Portal;

/// <summary>
/// What the portal knows of a guest's visit. It goes with the guest from page to page, sealed: the server keeps nothing, and the guest can
/// neither read nor change it.
/// </summary>
internal sealed record Visit
{
    public required long TenantId { get; init; }

    /// <summary>Unix milliseconds: when the guest came.</summary>
    public required long CameAt { get; init; }

    /// <summary>The NAS's type; empty: the guest came by no NAS.</summary>
    public string Type { get; init; } = "";

    /// <summary>0: it is not known which.</summary>
    public long NasId { get; init; }

    /// <summary>The device's MAC address; empty: not known.</summary>
    public string Device { get; init; } = "";

    /// <summary>The device's IP address as the NAS gave it; empty: not known.</summary>
    public string Address { get; init; } = "";

    /// <summary>Where credentials are handed to; empty: nowhere. It has been judged.</summary>
    public string LoginAddress { get; init; } = "";

    /// <summary>What else the NAS gave that it wants back.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>The page that the guest wanted; empty: none that a browser can be sent to.</summary>
    public string Wanted { get; init; } = "";

    /// <summary>The number that a code was sent to, in E.164; empty: none yet.</summary>
    public string Phone { get; init; } = "";

    /// <summary>The same as the guest is shown it.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>Unix milliseconds: from when on another code may be asked for.</summary>
    public long ResendAt { get; init; }
}
