namespace Kiwire.Server.Network;

/// <summary>
/// How a maker's equipment sends a guest's browser to a captive portal, and how it takes the guest's credentials from there; read from
/// <c>dictionaries/nas-types/</c>.
/// </summary>
internal sealed record PortalForm
{
    /// <summary>The parameters by which such equipment is known: all of them are given.</summary>
    public IReadOnlyList<string> Recognise { get; init; } = [];

    /// <summary>What the device's MAC address is called; the first that is given counts. So for the following.</summary>
    public IReadOnlyList<string> Device { get; init; } = [];

    /// <summary>The device's IP address.</summary>
    public IReadOnlyList<string> Address { get; init; } = [];

    /// <summary>The identity of the NAS.</summary>
    public IReadOnlyList<string> Nas { get; init; } = [];

    /// <summary>The page that the guest wanted to see.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>How it says that the guest is logged in; null: it does not.</summary>
    public PortalSign? Success { get; init; }

    /// <summary>How it says that a login failed; null: it does not.</summary>
    public PortalSign? Failure { get; init; }

    /// <summary>How it takes credentials; null: not from a browser, the device is let in by login/online.</summary>
    public PortalLogin? Login { get; init; }
}

/// <summary>A parameter that says something by one of these values, or, where there are none, by being there.</summary>
internal sealed record PortalSign(string Parameter, IReadOnlyList<string> Values)
{
    public bool IsIn(Func<string, string?> valueOf) =>
        valueOf(Parameter) is { Length: > 0 } value && (Values.Count == 0 || Values.Contains(value, StringComparer.OrdinalIgnoreCase));
}

/// <summary>How credentials are handed to a NAS by the guest's browser.</summary>
internal sealed record PortalLogin
{
    /// <summary>Where to: the first that what the NAS gave suffices for.</summary>
    public required IReadOnlyList<PortalAddress> Addresses { get; init; }

    /// <summary>By a form that is posted; false: in the query of a GET.</summary>
    public bool IsPost { get; init; } = true;

    /// <summary>What is sent; a field whose parameter the NAS did not give is left out.</summary>
    public required IReadOnlyList<PortalField> Fields { get; init; }

    public PortalChap Chap { get; init; }

    /// <summary>The parameter that has the CHAP identifier.</summary>
    public string ChapIdentifier { get; init; } = "";

    /// <summary>The parameter that has the CHAP challenge.</summary>
    public string ChapChallenge { get; init; } = "";

    /// <summary>The maker's own hosts, which such equipment's login address may have without being a NAS entry's; <c>*.</c> in front: all below it.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}

/// <summary>A login address, and the parameters that must be given for it to count.</summary>
internal sealed record PortalAddress(PortalTemplate To, IReadOnlyList<string> When);

/// <summary>A field that goes to the NAS.</summary>
internal sealed record PortalField(string Name, PortalTemplate Value);

/// <summary>In which form a NAS wants the password.</summary>
internal enum PortalChap
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>MikroTik's HTTP CHAP, hex of MD5(identifier, password, challenge); as it is where the NAS gave no challenge.</summary>
    Http,

    /// <summary>ChilliSpot's UAM: hex of MD5(0, password, challenge), the challenge hashed with the uamsecret where there is one.</summary>
    Uam,
}
