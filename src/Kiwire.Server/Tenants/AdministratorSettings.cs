using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>What is given for an administrator; null: not given.</summary>
internal sealed record AdministratorSettings
{
    /// <summary>Cannot be changed later: the password's hash holds it.</summary>
    public string? Username { get; init; }

    /// <summary>One of <see cref="AdministratorRole"/>.</summary>
    public string? Role { get; init; }

    public string? FullName { get; init; }

    public string? Email { get; init; }

    /// <summary>Gets an e-mail when a device goes down or comes back.</summary>
    public bool? Monitor { get; init; }

    /// <summary>The password must be changed before anything else is done at /api/v1; a new administrator's, unless it is said otherwise.</summary>
    public bool? MustChangePassword { get; init; }

    /// <summary>A new administrator's; null: one is generated.</summary>
    public string? Password { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Username} ({Role})";
}

/// <summary>What became of making an administrator, or of giving one another password.</summary>
/// <param name="Outcome">Saved, or why not.</param>
/// <param name="GeneratedPassword">To be shown once; null: not saved, or the password was given.</param>
internal sealed record PasswordOutcome(SaveOutcome Outcome, string? GeneratedPassword = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => Outcome.ToString();
}
