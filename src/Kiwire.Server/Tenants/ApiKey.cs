using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>A program's key to /api/v1, without what it is proved by.</summary>
internal sealed record ApiKey
{
    public required long TenantId { get; init; }

    public required long KeyId { get; init; }

    public required string Name { get; init; }

    /// <summary>Some of <see cref="Web.ApiScope.All"/>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The administrator's name, or <c>key:</c> and that of another key.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public long Version { get; init; } = 1;
}

/// <summary>What became of making a key.</summary>
/// <param name="Outcome">Saved, or why not; nothing else is set then.</param>
/// <param name="Key">What was made.</param>
/// <param name="Text">The key itself, to be shown once.</param>
internal sealed record ApiKeyCreation(SaveOutcome Outcome, ApiKey? Key = null, string? Text = null)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Outcome.ToString();
}
