namespace Kiwire.Server.OneTimeCodes;

/// <summary>What became of a <see cref="CodeRequest"/>.</summary>
internal abstract record CodeAnswer
{
    private CodeAnswer()
    {
    }

    /// <summary>A code is on its way.</summary>
    /// <param name="CodeId">Names it; no secret.</param>
    /// <param name="Recipient">The number as the guest is shown it.</param>
    /// <param name="ResendAt">From when on another one may be asked for.</param>
    /// <param name="ExpiresAt">Until when it is good.</param>
    public sealed record Sent(long CodeId, string Recipient, DateTimeOffset ResendAt, DateTimeOffset ExpiresAt) : CodeAnswer;

    /// <summary>One is on its way already; nothing more was sent.</summary>
    /// <param name="CodeId">Names it; no secret.</param>
    /// <param name="Recipient">The number as the guest is shown it.</param>
    /// <param name="ResendAt">From when on another one may be asked for.</param>
    /// <param name="ExpiresAt">Until when it is good.</param>
    public sealed record AlreadySent(long CodeId, string Recipient, DateTimeOffset ResendAt, DateTimeOffset ExpiresAt) : CodeAnswer;

    /// <summary>Nothing was sent.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Sentence">The same in words, for whoever asked; it tells nothing of accounts.</param>
    /// <param name="RetryAt">From when on it may be tried again; null: that does not help.</param>
    public sealed record Refused(CodeRefusal Reason, string Sentence, DateTimeOffset? RetryAt) : CodeAnswer;
}

/// <summary>Why no code is sent.</summary>
internal enum CodeRefusal
{
    /// <summary>The tenant has no SMS policy, or it is not enabled.</summary>
    Off,

    /// <summary>The number is outside of the policy's prefixes.</summary>
    Prefix,

    /// <summary>The number has had its codes.</summary>
    PerPhone,

    /// <summary>The guest's address has asked for its codes.</summary>
    PerAddress,

    /// <summary>The tenant has sent its codes.</summary>
    PerTenant,

    /// <summary>Codes to this country, or for this address, are ordered and not used.</summary>
    Guard,

    /// <summary>The day's segments are spent.</summary>
    Budget,

    /// <summary>Too many messages wait.</summary>
    Busy,
}
