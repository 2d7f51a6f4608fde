using System.Net.Sockets;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Client;

/// <summary>What became of a request.</summary>
public abstract record RadiusExchange
{
    private RadiusExchange()
    {
    }

    /// <summary>An answer came, and it is genuine.</summary>
    /// <param name="Request">The request as it was sent; its authenticator is needed to read hidden attributes of the answer.</param>
    /// <param name="Response">The answer.</param>
    /// <param name="Sends">How often the request was sent.</param>
    /// <param name="Elapsed">How long after the first sending it came.</param>
    public sealed record Answered(RadiusPacket Request, RadiusPacket Response, int Sends, TimeSpan Elapsed) : RadiusExchange;

    /// <summary>No genuine answer came in time.</summary>
    /// <param name="Sends">How often the request was sent.</param>
    /// <param name="Forged">How many answers came that were not genuine: more than none is a wrong secret, or an attack.</param>
    /// <param name="Fault">The last error of the socket, such as <see cref="SocketError.NetworkUnreachable"/>; else
    /// <see cref="SocketError.Success"/>.</param>
    public sealed record Unanswered(int Sends, int Forged, SocketError Fault) : RadiusExchange;
}
