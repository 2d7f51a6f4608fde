using System.Net;
using System.Net.Sockets;

namespace Kiwire.Snmp;

/// <summary>Takes what a port receives; the octets are the port's again afterwards.</summary>
internal delegate void DatagramReceived(PeerAddress from, Span<byte> datagram);

/// <summary>One UDP socket of a client, and what receives from it.</summary>
internal abstract class DatagramPort : IDisposable
{
    protected const int LongestDatagram = 65_536;

    protected DatagramPort(AddressFamily family, SnmpClientOptions options)
    {
        Socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Socket.ReceiveBufferSize = options.ReceiveBufferOctets;
            IPAddress any = family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
            Socket.Bind(new IPEndPoint(options.LocalAddress?.AddressFamily == family ? options.LocalAddress : any, 0));
        }
        catch
        {
            Socket.Dispose();
            throw;
        }
    }

    protected Socket Socket { get; }

    protected bool IsIPv4 => Socket.AddressFamily == AddressFamily.InterNetwork;

    public static DatagramPort Open(AddressFamily family, SnmpClientOptions options, DatagramReceived received) =>
        OperatingSystem.IsLinux() ? new LinuxDatagramPort(family, options, received) : new PortableDatagramPort(family, options, received);

    /// <summary>Sends a request's datagram, at once or, where many are under way, with others that come in the same moment.</summary>
    /// <returns>What went wrong where it could not be sent at once; what goes wrong later the exchange is told.</returns>
    public virtual SocketError Send(Exchange exchange, ReadOnlySpan<byte> octets, SocketAddress to, int underWay) => SendAlone(octets, to);

    /// <summary>Receives no more, and waits until what was being received is done with.</summary>
    public abstract Task StopAsync();

    public virtual void Dispose() => Socket.Dispose();

    protected SocketError SendAlone(ReadOnlySpan<byte> octets, SocketAddress to)
    {
        try
        {
            Socket.SendTo(octets, SocketFlags.None, to);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
        catch (ObjectDisposedException)
        {
            return SocketError.Shutdown;
        }
    }
}
