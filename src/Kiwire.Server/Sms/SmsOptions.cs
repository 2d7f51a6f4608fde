using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>How messages are sent. Section <c>Kiwire:Sms</c>.</summary>
internal sealed class SmsOptions
{
    public const string Section = "Kiwire:Sms";

    /// <summary>Whether connectors may lead to private and loopback addresses, and be http://: a gateway in one's own network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a gateway may take to answer, in seconds.</summary>
    [Range(1, 60)]
    public int RequestSeconds { get; set; } = 10;

    /// <summary>The most messages that this server hands to gateways at a time.</summary>
    [Range(1, 1024)]
    public int ParallelRequests { get; set; } = 64;

    /// <summary>The most messages of one tenant that may wait; past it more are refused.</summary>
    [Range(1, 10_000_000)]
    public int OutboxLimit { get; set; } = 100_000;

    /// <summary>For how many days the log of messages is kept.</summary>
    [Range(1, 3650)]
    public int LogDays { get; set; } = 180;

    /// <summary>An HTTP proxy for the way to gateways; empty: none, whatever the environment says.</summary>
    public string Proxy { get; set; } = "";

    /// <summary>Under which address gateways reach this server's HTTP port, for their reports; empty: they are asked for none.</summary>
    public string PublicUrl { get; set; } = "";
}

/// <summary>Checks the annotations.</summary>
[OptionsValidator]
internal sealed partial class SmsOptionsAnnotations : IValidateOptions<SmsOptions>;

/// <summary>Checks the addresses.</summary>
internal sealed class SmsOptionsValidator : IValidateOptions<SmsOptions>
{
    public ValidateOptionsResult Validate(string? name, SmsOptions options)
    {
        List<string> errors = [];
        if (options.Proxy.Length > 0 && !(Uri.TryCreate(options.Proxy, UriKind.Absolute, out Uri? proxy) && proxy.Scheme is "http" or "https"))
        {
            errors.Add($"{SmsOptions.Section}:Proxy is not an address such as http://proxy.example.net:3128.");
        }

        if (options.PublicUrl.Length > 0
            && !(Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0))
        {
            errors.Add($"{SmsOptions.Section}:PublicUrl is not an address such as https://radius.example.net, without a query.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
