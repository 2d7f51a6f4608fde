using Kiwire.Radius.Packets;

namespace Kiwire.Server.Network;

/// <summary>Decides on Access-Requests. Authentication implements it; the listeners call it, and know nothing else of that room.</summary>
internal interface IAccessRequestHandler
{
    /// <summary>
    /// Handles one request. Completes synchronously unless it has to wait; then it has copied the packet, and the reply lies in memory of
    /// its own. Null: no answer.
    /// </summary>
    /// <param name="request">The request; valid until the synchronous part returns.</param>
    /// <param name="writer">The calling thread's writer, for the synchronous path: the reply may lie in it until it is next used.</param>
    /// <param name="cancellationToken">The server is stopping.</param>
    ValueTask<RadiusReply?> HandleAsync(scoped in RadiusRequest request, PacketWriter writer, CancellationToken cancellationToken);
}

/// <summary>A finished answer.</summary>
/// <param name="Octets">The signed packet.</param>
/// <param name="Delay">How long to hold it back (reject_delay); zero: not at all.</param>
internal readonly record struct RadiusReply(ReadOnlyMemory<byte> Octets, TimeSpan Delay = default);
