using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Listening;

/// <summary>Checks <see cref="ListeningOptions"/> at start, reports every fault at once, and reads endpoints.</summary>
internal sealed class ListeningOptionsValidator : IValidateOptions<ListeningOptions>
{
    public ValidateOptionsResult Validate(string? name, ListeningOptions options)
    {
        List<string> faults = [];
        CheckEndpoints(nameof(ListeningOptions.Authentication), options.Authentication, faults);
        CheckEndpoints(nameof(ListeningOptions.Accounting), options.Accounting, faults);

        List<ValidationResult> results = [];
        _ = Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        faults.AddRange(results.Select(result => $"{ListeningOptions.Section}: {result.ErrorMessage}"));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Reads <c>address:port</c>, with an IPv6 address in brackets. Unlike <see cref="IPEndPoint.TryParse(string, out IPEndPoint)"/> it wants both
    /// parts: "1812" is not an address.</summary>
    public static bool TryParseEndPoint(string? text, out IPEndPoint endPoint)
    {
        endPoint = new IPEndPoint(IPAddress.Any, 0);
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        ReadOnlySpan<char> host = text.AsSpan(0, colon);
        bool bracketed = host[0] == '[' && host[^1] == ']';
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out IPAddress? address)
            || bracketed != (address.AddressFamily == AddressFamily.InterNetworkV6))
        {
            return false;
        }

        endPoint = new IPEndPoint(address, port);
        return true;
    }

    private static void CheckEndpoints(string list, IReadOnlyList<string> endpoints, List<string> faults)
    {
        for (int i = 0; i < endpoints.Count; i++)
        {
            if (!TryParseEndPoint(endpoints[i], out _))
            {
                faults.Add($"{ListeningOptions.Section}:{list}:{i} is \"{endpoints[i]}\", which is not an address and port such as 0.0.0.0:1812 or [::]:1812.");
            }
        }
    }
}
