using Microsoft.Extensions.Options;

namespace Kiwire.Server.Demo;

/// <summary>What counts with <c>--demo</c> only. Section <c>Kiwire:Demo</c>.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Kiwire:Demo";

    /// <summary>Where the connector <c>demo</c> posts its messages; empty: they are written to the log.</summary>
    public string SmsUrl { get; set; } = "";
}

/// <summary>Checks the address.</summary>
internal sealed class DemoOptionsValidator : IValidateOptions<DemoOptions>
{
    public ValidateOptionsResult Validate(string? name, DemoOptions options) =>
        options.SmsUrl.Length == 0 || (Uri.TryCreate(options.SmsUrl, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{DemoOptions.Section}:SmsUrl is not an address such as http://127.0.0.1:9000/sms.");
}
