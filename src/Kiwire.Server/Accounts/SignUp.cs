namespace Kiwire.Server.Accounts;

/// <summary>A guest who proved to have a telephone number, and gets an account by it.</summary>
internal sealed record SignUp
{
    public required long TenantId { get; init; }

    public required string Name { get; init; }

    public required string Phone { get; init; }

    /// <summary>UTF-8; null: none, so that each login needs a code. An account that there is already keeps the one it has then.</summary>
    public required byte[]? Password { get; init; }

    public required long ProfileId { get; init; }

    /// <summary>Where it may log in; null: everywhere.</summary>
    public required string? Zone { get; init; }

    /// <summary>Unix milliseconds; null: never.</summary>
    public required long? ExpiresAt { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"sign-up of account in tenant {TenantId}";
}
