namespace Kiwire.Server.Network;

/// <summary>
/// What an operator gives for a NAS. Null: not given - on an update the value stays, on a create it has its default. A class, and not
/// a record, so that it does not print its secrets.
/// </summary>
internal sealed class NasSettings
{
    public string? Identity { get; init; }

    public string? Address { get; init; }

    public string? Type { get; init; }

    /// <summary>Not given on a create: the type's.</summary>
    public int? CoaPort { get; init; }

    public string? Secret { get; init; }

    public MessageAuthenticatorPolicy? RequireMessageAuthenticator { get; init; }

    public string? Location { get; init; }

    public string? Server { get; init; }

    public string? Description { get; init; }

    public string? Community { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>What a ChilliSpot-like NAS and the captive portal share; empty: nothing.</summary>
    public string? UamSecret { get; init; }
}
