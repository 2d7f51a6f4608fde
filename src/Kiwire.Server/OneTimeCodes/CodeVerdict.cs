namespace Kiwire.Server.OneTimeCodes;

/// <summary>What a code was found to be.</summary>
internal abstract record CodeVerdict
{
    private CodeVerdict()
    {
    }

    /// <summary>It is right, and is used up.</summary>
    /// <param name="Account">The name of the guest's account.</param>
    /// <param name="Password">With which the NAS may log the guest in.</param>
    public sealed record Right(string Account, string Password) : CodeVerdict
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => $"{nameof(Right)} {Account}";
    }

    /// <summary>It is wrong.</summary>
    /// <param name="AttemptsLeft">How often another one may be tried.</param>
    public sealed record Wrong(int AttemptsLeft) : CodeVerdict;

    /// <summary>There is no code that could be right: none was sent, or it is out of date, used, or was guessed at too often.</summary>
    public sealed record Gone : CodeVerdict;
}
