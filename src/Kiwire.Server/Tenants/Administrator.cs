namespace Kiwire.Server.Tenants;

/// <summary>Somebody who runs a tenant.</summary>
internal sealed record Administrator
{
    public required long TenantId { get; init; }

    public required long AdministratorId { get; init; }

    public required string Username { get; init; }

    /// <summary>One of <see cref="AdministratorRole"/>.</summary>
    public required string Role { get; init; }

    public string FullName { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>Gets an e-mail when a device goes down or comes back.</summary>
    public bool Monitor { get; init; }

    /// <summary>The password is a temporary one: /api/v1 wants another before anything else.</summary>
    public bool MustChange { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Goes up with each change.</summary>
    public long Version { get; init; } = 1;
}
