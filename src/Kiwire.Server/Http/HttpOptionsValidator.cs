using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Http;

/// <summary>Checks <see cref="HttpOptions"/> at start, and reports every fault at once.</summary>
internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        List<string> faults = [];
        foreach (string url in options.ListUrls())
        {
            if (!IsListenable(url))
            {
                faults.Add($"{HttpOptions.Section}:{nameof(HttpOptions.Urls)} has '{url}', which is not an address such as http://127.0.0.1:8081 or https://*:8443.");
            }
        }

        if (options.ListUrls().Length == 0)
        {
            faults.Add($"{HttpOptions.Section}:{nameof(HttpOptions.Urls)} is empty; an address such as http://127.0.0.1:8081 is wanted.");
        }

        if (options.UsesHttps() && options.Certificate.Length == 0)
        {
            faults.Add(
                $"{HttpOptions.Section}:{nameof(HttpOptions.Urls)} has an https:// address, and there is no certificate: set "
                + $"{HttpOptions.Section}:{nameof(HttpOptions.Certificate)} to a PEM or PFX file.");
        }

        for (int i = 0; i < options.TrustedProxies.Count; i++)
        {
            if (!TryReadPrefix(options.TrustedProxies[i], out _))
            {
                faults.Add($"{HttpOptions.Section}:{nameof(HttpOptions.TrustedProxies)}:{i} is '{options.TrustedProxies[i]}', which is not an address such as 192.0.2.7 or a prefix such as 192.0.2.0/24.");
            }
        }

        List<ValidationResult> results = [];
        _ = Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        faults.AddRange(results.Select(result => $"{HttpOptions.Section}: {result.ErrorMessage}"));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Reads an address, which is a prefix of its whole length, or a prefix.</summary>
    public static bool TryReadPrefix(string? text, out IPNetwork prefix)
    {
        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            prefix = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out prefix);
    }

    private static bool IsListenable(string url)
    {
        try
        {
            BindingAddress address = BindingAddress.Parse(url);
            return address.Scheme.ToLowerInvariant() is "http" or "https" && address.PathBase.Length == 0 && !address.IsUnixPipe && !address.IsNamedPipe;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
