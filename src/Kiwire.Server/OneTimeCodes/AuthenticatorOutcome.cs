using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What became of an enrolment, or of a code that was to confirm one.</summary>
internal abstract record AuthenticatorOutcome
{
    private AuthenticatorOutcome()
    {
    }

    /// <summary>It is made; its secret is told this once.</summary>
    /// <param name="Authenticator">As it is now.</param>
    /// <param name="Secret">In base 32.</param>
    /// <param name="Uri">For apps.</param>
    public sealed record Enrolled(Authenticator Authenticator, string Secret, string Uri) : AuthenticatorOutcome
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Authenticator.ToString();
    }

    /// <summary>It is done.</summary>
    public sealed record Changed(Authenticator Authenticator) : AuthenticatorOutcome;

    /// <summary>Nothing was changed: the fields say what is wrong.</summary>
    public sealed record Refused(IReadOnlyList<FieldFault> Faults) : AuthenticatorOutcome;

    /// <summary>Nothing was changed: too many codes were wrong.</summary>
    public sealed record LockedOut : AuthenticatorOutcome;

    /// <summary>Nothing was changed: the account has one that is confirmed.</summary>
    public sealed record Exists : AuthenticatorOutcome;

    /// <summary>There is no such user.</summary>
    public sealed record NoAccount : AuthenticatorOutcome;

    /// <summary>The user has none.</summary>
    public sealed record NoAuthenticator : AuthenticatorOutcome;
}
