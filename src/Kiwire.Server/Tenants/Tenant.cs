namespace Kiwire.Server.Tenants;

/// <summary>An organisation, named by its cloud id. Everything belongs to one.</summary>
internal sealed record Tenant
{
    public required long TenantId { get; init; }

    public required string CloudId { get; init; }

    public required string Name { get; init; }

    public required bool Active { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    public required TenantPolicy Policy { get; init; }

    /// <summary>Whether the HTTP API answers for it.</summary>
    public bool ApiEnabled { get; init; }

    public ApiPermissions Permissions { get; init; }

    /// <summary>Until when the API key before the present one is valid too; null: there is none.</summary>
    public DateTimeOffset? PreviousApiKeyUntil { get; init; }

    /// <summary>Goes up with each change.</summary>
    public long Version { get; init; } = 1;
}
