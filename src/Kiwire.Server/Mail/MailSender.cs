using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Mail;

/// <summary>Hands plain text to the mail server of the configuration.</summary>
internal sealed class MailSender(IOptions<MailOptions> options, TimeProvider time, MailMetrics metrics)
{
    /// <summary>Whether there is a mail server.</summary>
    public bool IsConfigured => options.Value.Host.Length > 0;

    /// <summary>Whether a text is an address that mail can be sent to.</summary>
    public static bool IsAddress(string text) => MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text;

    /// <summary>Sends one message, once.</summary>
    /// <param name="to">An address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="cancellationToken">Gives up; whether the mail server has it is not known then.</param>
    public async Task<MailOutcome> SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        if (!IsConfigured || !MailAddress.TryCreate(to, out MailAddress? recipient))
        {
            return Count(new MailOutcome.Final(IsConfigured ? $"'{to}' is no address of e-mail." : $"There is no mail server: {MailOptions.Section}:Host is not set."));
        }

        MailOptions settings = options.Value;
        using MailMessage message = new(new MailAddress(settings.From), recipient)
        {
            Subject = OneLine(subject),
            Body = text,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };

        // RFC 3834, 5: nobody's absence notice need answer it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using SmtpClient client = new(settings.Host, settings.Port)
        {
            EnableSsl = settings.StartTls,
            UseDefaultCredentials = false,
            Credentials = settings.Username.Length > 0 ? new NetworkCredential(settings.Username, settings.Password) : null,
        };
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(settings.RequestSeconds), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await client.SendMailAsync(message, either.Token);
            return Count(new MailOutcome.Sent());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Count(new MailOutcome.Retry($"The mail server did not take it within {settings.RequestSeconds} s."));
        }
        catch (SmtpException e)
        {
            return Count(Judge(e));
        }
    }

    // RFC 5321, 4.2.1: 4yz may go well later, 5yz will not; below that nothing was answered. 53z is about who we are (RFC 4954, 6), which the
    // configuration may mend.
    private static MailOutcome Judge(SmtpException failure)
    {
        string reason = failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message;
        return (int)failure.StatusCode is >= 500 and not (>= 530 and < 540)
            ? new MailOutcome.Final($"The mail server refused it: {reason}")
            : new MailOutcome.Retry($"The mail server did not take it: {reason}");
    }

    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    private MailOutcome Count(MailOutcome outcome)
    {
        metrics.Count(outcome);
        return outcome;
    }
}
