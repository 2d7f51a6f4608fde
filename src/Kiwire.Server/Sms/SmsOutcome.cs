namespace Kiwire.Server.Sms;

/// <summary>What became of handing a message to a gateway.</summary>
internal abstract record SmsOutcome
{
    private SmsOutcome()
    {
    }

    /// <summary>The gateway took it.</summary>
    /// <param name="ProviderId">Its name for the message; empty: it gave none.</param>
    /// <param name="Segments">Into how many it split it; null: it did not say.</param>
    public sealed record Sent(string ProviderId, int? Segments = null) : SmsOutcome;

    /// <summary>This connector will not send it, however often it is asked.</summary>
    /// <param name="Error">Why: no secret, no number, no text of the message.</param>
    public sealed record Final(string Error) : SmsOutcome;

    /// <summary>It may go well later.</summary>
    /// <param name="Error">Why: no secret, no number, no text of the message.</param>
    /// <param name="After">How long the gateway wants to be left alone; null: it did not say.</param>
    public sealed record Retry(string Error, TimeSpan? After = null) : SmsOutcome;
}

/// <summary>An outcome with what the gateway answered.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Status">The HTTP status; null: there was no answer.</param>
/// <param name="Answer">The body's beginning, with secrets blotted out.</param>
internal sealed record SmsAttempt(SmsOutcome Outcome, int? Status, string Answer);

/// <summary>A gateway's answer as it came.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">As text, cut where it is too long.</param>
/// <param name="RetryAfter">What Retry-After says.</param>
/// <param name="Filter">Blots out what must not be shown.</param>
internal sealed record SmsAnswer(int Status, string Body, TimeSpan? RetryAfter, SecretFilter Filter)
{
    private const int LongestExcerpt = 300;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>408, 429 and 5xx pass; the others do not.</summary>
    public bool MayPass => Status is 408 or 429 or >= 500;

    /// <summary>What it is when it is no success: for this time, or for good.</summary>
    /// <param name="detail">The gateway's own words, where they were understood; null: the body's beginning.</param>
    public SmsOutcome ToFailure(string? detail = null)
    {
        string text = detail ?? Excerpt;
        string error = Status is >= 300 and < 400
            ? $"HTTP {Status}: it sends elsewhere, which is not followed."
            : text.Length == 0 ? $"HTTP {Status}" : $"HTTP {Status}: {text}";
        return MayPass ? new SmsOutcome.Retry(error, RetryAfter) : new SmsOutcome.Final(error);
    }

    /// <summary>The body's beginning in one line. What is secret is blotted out first: half of it behind the cut would not be known again.</summary>
    public string Excerpt
    {
        get
        {
            string line = string.Join(' ', Filter.Apply(Body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length <= LongestExcerpt ? line : line[..LongestExcerpt] + "…";
        }
    }
}
