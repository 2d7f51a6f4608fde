using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Kiwire.Server.Network;

namespace Kiwire.Server.Portal;

/// <summary>A host that login addresses may have: a name, all names below one (<c>*.example.net</c>), an address or a prefix.</summary>
internal sealed partial class LoginHost
{
    private const string Right = "it must be a host such as login.example.net, *.hotspot.example.net, 10.5.50.1 or 10.5.50.0/24";
    private const int LongestName = 253;

    // What is wider says nothing of whose it is.
    private const int ShortestPrefix = 8;
    private const int ShortestPrefix6 = 32;

    private readonly IPNetwork? _network;

    private LoginHost(string text, IPNetwork? network)
    {
        Text = text;
        _network = network;
    }

    /// <summary>As it is kept and shown.</summary>
    public string Text { get; }

    /// <param name="text">What was written.</param>
    /// <param name="host">The host, where the answer is true.</param>
    /// <param name="fault">What is wrong and would be right, where it is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LoginHost? host, [NotNullWhen(false)] out string? fault)
    {
        text = text.Trim();
        host = null;
        fault = null;
        if (NasAddress.TryParse(text, out IPNetwork network))
        {
            int shortest = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? ShortestPrefix : ShortestPrefix6;
            if (network.PrefixLength < shortest)
            {
                fault = $"has '{text}', which is so wide that it says nothing; a prefix must have at least /{shortest}.";
                return false;
            }

            host = new LoginHost(NasAddress.ToText(network), network);
            return true;
        }

        bool isBelow = text.StartsWith("*.", StringComparison.Ordinal);
        if (!TryReadName(isBelow ? text[2..] : text, out string name) || (isBelow && !name.Contains('.', StringComparison.Ordinal)))
        {
            fault = $"has '{text}'; {Right}.";
            return false;
        }

        host = new LoginHost(isBelow ? "*." + name : name, network: null);
        return true;
    }

    /// <summary>Whether an address's host is it.</summary>
    /// <param name="address">An absolute address with a host.</param>
    public bool Holds(Uri address)
    {
        if (_network is { } network)
        {
            return IPAddress.TryParse(address.IdnHost, out IPAddress? ip) && network.Contains(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip);
        }

        string name = address.IdnHost.TrimEnd('.');
        return Text.StartsWith('*') ? name.EndsWith(Text[1..], StringComparison.OrdinalIgnoreCase) && name.Length > Text.Length - 1
            : name.Equals(Text, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryReadName(string text, out string name)
    {
        name = "";
        try
        {
            name = new IdnMapping().GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        // What ends in a number is an address to browsers.
        return name.Length <= LongestName && HostName().IsMatch(name);
    }

    [GeneratedRegex(@"^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
