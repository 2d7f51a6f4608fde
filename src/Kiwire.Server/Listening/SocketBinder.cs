using System.Net;
using System.Net.Sockets;

namespace Kiwire.Server.Listening;

/// <summary>Binds the sockets of one configured endpoint.</summary>
internal static class SocketBinder
{
    /// <summary>
    /// Binds <paramref name="threads"/> sockets (outside Linux one) to an endpoint. Port 0 picks a free port, which they all share.
    /// </summary>
    /// <param name="endPoint">Where.</param>
    /// <param name="threads">How many sockets share it.</param>
    /// <param name="receiveBufferOctets">What each asks the system to keep.</param>
    /// <param name="option">The configuration key that the endpoint is from, for the message.</param>
    /// <exception cref="StartUpException">The endpoint cannot be had; the message names it.</exception>
    public static DatagramSocket[] Bind(IPEndPoint endPoint, int threads, int receiveBufferOctets, string option)
    {
        List<Socket> bound = [];
        try
        {
            // The first one binds alone: SO_REUSEPORT would let it join whoever else has the port, and half the requests would be theirs.
            // Allowed afterwards, it lets our own further sockets in.
            Socket first = Open(endPoint, receiveBufferOctets);
            bound.Add(first);
            first.Bind(endPoint);
            if (OperatingSystem.IsLinux())
            {
                Share(first);
                while (bound.Count < threads)
                {
                    Socket further = Open(endPoint, receiveBufferOctets);
                    bound.Add(further);
                    Share(further);
                    further.Bind(first.LocalEndPoint!);
                }
            }

            return [.. bound.Select<Socket, DatagramSocket>(socket => OperatingSystem.IsLinux() ? new LinuxDatagramSocket(socket) : new PortableDatagramSocket(socket))];
        }
        catch (SocketException e)
        {
            bound.ForEach(socket => socket.Dispose());
            throw new StartUpException(Explain(endPoint, option, e), e);
        }
    }

    private static Socket Open(IPEndPoint endPoint, int receiveBufferOctets)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (OperatingSystem.IsWindows())
        {
            socket.ExclusiveAddressUse = true;
        }

        if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.IPv6Only, true);
        }

        socket.ReceiveBufferSize = receiveBufferOctets;
        if (OperatingSystem.IsLinux() && GrantedReceiveBuffer(socket) < receiveBufferOctets)
        {
            ForceReceiveBuffer(socket, receiveBufferOctets);
        }

        return socket;
    }

    /// <summary>What the system keeps of datagrams not yet received. Linux answers with twice that, for its own overhead (socket(7)).</summary>
    public static int GrantedReceiveBuffer(Socket socket) => OperatingSystem.IsLinux() ? socket.ReceiveBufferSize / 2 : socket.ReceiveBufferSize;

    private static void ForceReceiveBuffer(Socket socket, int octets)
    {
        try
        {
            socket.SetRawSocketOption(LinuxSocketCalls.SocketLevel, LinuxSocketCalls.ReceiveBufferForce, BitConverter.GetBytes(octets));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied)
        {
            // Only an administrator may go past net.core.rmem_max; the start says what was granted.
        }
    }

    private static void Share(Socket socket) =>
        socket.SetRawSocketOption(LinuxSocketCalls.SocketLevel, LinuxSocketCalls.ReusePort, [1, 0, 0, 0]);

    private static string Explain(IPEndPoint endPoint, string option, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"The RADIUS port {endPoint} ({option}) is in use: another program, or another instance of this one, listens there. Stop it, or name another endpoint.",
        SocketError.AddressNotAvailable => $"The address of {endPoint} ({option}) is none of this machine's.",
        SocketError.AccessDenied => $"The RADIUS port {endPoint} ({option}) may not be opened by this user.",
        SocketError.AddressFamilyNotSupported => $"This machine does not have the kind of address that {endPoint} ({option}) is.",
        _ => $"The RADIUS port {endPoint} ({option}) cannot be opened: {e.Message}",
    };
}
