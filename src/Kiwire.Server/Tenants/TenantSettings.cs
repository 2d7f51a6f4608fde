namespace Kiwire.Server.Tenants;

/// <summary>What is given for a tenant; null: not given.</summary>
internal sealed record TenantSettings
{
    /// <summary>A new tenant's; it cannot be changed later.</summary>
    public string? CloudId { get; init; }

    public string? Name { get; init; }

    /// <summary>An IANA name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>False suspends the tenant: nobody logs in to anything of it. Nothing is lost.</summary>
    public bool? Active { get; init; }

    /// <summary>Whether /apiv2 answers for it.</summary>
    public bool? ApiEnabled { get; init; }

    /// <summary>Names of <see cref="ApiPermissions"/>; they replace those that it had.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    public PolicySettings? Policy { get; init; }

    /// <summary>Reply-Messages by reason; an empty one gives the default back, and reasons that are not here stay.</summary>
    public IReadOnlyDictionary<string, string?>? ReplyTexts { get; init; }
}
