namespace Kiwire.Server.Mail;

/// <summary>What became of an e-mail.</summary>
internal abstract record MailOutcome
{
    private MailOutcome()
    {
    }

    /// <summary>The mail server took it.</summary>
    public sealed record Sent : MailOutcome;

    /// <summary>It may go well later.</summary>
    public sealed record Retry(string Error) : MailOutcome;

    /// <summary>It will not.</summary>
    public sealed record Final(string Error) : MailOutcome;
}
