using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Portal;

/// <summary>What counts as an address that a browser may be sent to.</summary>
internal static class WebAddress
{
    /// <summary>Absolute, http:// or https://, with a host and without user and password.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="address">The address; whoever passes it on takes <see cref="Uri.AbsoluteUri"/>, so that browsers read it as it was read here.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        // Browsers read a '\' as a '/'.
        && !text.Contains('\\', StringComparison.Ordinal)
        && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0
        && address.IdnHost.Length > 0;
}
