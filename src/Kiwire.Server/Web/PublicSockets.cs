using System.Net;
using System.Net.Sockets;

namespace Kiwire.Server.Web;

/// <summary>
/// Connects for an <see cref="HttpClient"/> to where an operator's text leads, which must not become a way into the network: private and special
/// addresses are refused after the name is resolved, on the very connection that is used.
/// </summary>
internal static class PublicSockets
{
    /// <summary>Connects to one of the addresses that the name has.</summary>
    /// <param name="target">What is connected to.</param>
    /// <param name="allowAny">Whether private and special addresses are allowed.</param>
    /// <param name="refusal">What is said where all are refused.</param>
    /// <param name="resolve">Addresses of a name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AddressRefusedException">The name leads to addresses that are not public.</exception>
    public static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint target, bool allowAny, string refusal, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = IPAddress.TryParse(target.Host, out IPAddress? literal) ? [literal] : await resolve(target.Host, cancellationToken);
        IPAddress[] allowed = allowAny ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (allowed.Length == 0 && addresses.Length > 0)
        {
            throw new AddressRefusedException(refusal);
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to addresses that are not public.</summary>
internal sealed class AddressRefusedException(string refusal) : IOException(refusal);
