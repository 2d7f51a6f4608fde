using System.Net;
using System.Net.Sockets;

namespace Kiwire.Peers.Tests;

/// <summary>
/// UDP ports for programs that cannot be told to take any. They lie below those that the kernel gives to who asks for any (from 32768 on), so that nobody gets one
/// between our finding it free and the program's taking it, or while a program is started again on it.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int s_next = Environment.ProcessId * 61;

    /// <summary>One that is free on 127.0.0.1, and that this process was not given before.</summary>
    public static int Take()
    {
        for (int i = 0; i < Count; i++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another's.
            }
        }

        throw new InvalidOperationException("No UDP port is free.");
    }
}
