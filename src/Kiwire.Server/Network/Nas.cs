namespace Kiwire.Server.Network;

/// <summary>A NAS as an operator reads it back: everything but its secrets, which are never returned.</summary>
internal sealed record Nas
{
    public required long TenantId { get; init; }

    public required long NasId { get; init; }

    public required string Identity { get; init; }

    /// <summary>An address, or a prefix as <c>address/length</c>.</summary>
    public required string Address { get; init; }

    public required string Type { get; init; }

    /// <summary>Where it listens for CoA- and Disconnect-Requests.</summary>
    public required int CoaPort { get; init; }

    public required MessageAuthenticatorPolicy RequireMessageAuthenticator { get; init; }

    public string Location { get; init; } = "";

    /// <summary>The address of this server as the NAS knows it; stored, not used.</summary>
    public string Server { get; init; } = "";

    public string Description { get; init; } = "";

    public string Username { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Goes up with each change by an operator.</summary>
    public long Version { get; init; } = 1;
}
