using System.Diagnostics.Metrics;

namespace Kiwire.Server.Mail;

/// <summary>What this room counts.</summary>
internal sealed class MailMetrics(IMeterFactory meters)
{
    public const string MeterName = "Kiwire.Mail";

    private readonly Counter<long> _messages = meters.Create(MeterName).CreateCounter<long>("kiwire.mail.messages", "{message}", "E-mails handed to the mail server, or not");

    public void Count(MailOutcome outcome) => _messages.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        MailOutcome.Sent => "sent",
        MailOutcome.Retry => "retry",
        _ => "final",
    }));
}
