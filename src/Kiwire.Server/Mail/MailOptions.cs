using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Mail;

/// <summary>By which mail server e-mail is sent. Section <c>Kiwire:Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Kiwire:Mail";

    /// <summary>The mail server; empty: no e-mail is sent.</summary>
    public string Host { get; set; } = "";

    /// <summary>587 where mail is submitted with a password (RFC 6409), 25 at a relay.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection is encrypted by STARTTLS (RFC 3207); a server that cannot is then given no mail.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>For the mail server; empty: it wants none.</summary>
    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>How long the mail server may take for a message, in seconds.</summary>
    [Range(1, 300)]
    public int RequestSeconds { get; set; } = 30;
}

/// <summary>Checks the annotations.</summary>
[OptionsValidator]
internal sealed partial class MailOptionsAnnotations : IValidateOptions<MailOptions>;

/// <summary>Checks what goes together.</summary>
internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        List<string> errors = [];
        if (options.Host.Length > 0 && !MailAddress.TryCreate(options.From, out _))
        {
            errors.Add($"{MailOptions.Section}:From is '{options.From}'; with {MailOptions.Section}:Host it must be the sender's address, such as radius@example.net.");
        }

        if (options.Username.Length > 0 && !options.StartTls)
        {
            errors.Add($"{MailOptions.Section}:Username is given and {MailOptions.Section}:StartTls is false; a password is sent by an encrypted connection only.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
