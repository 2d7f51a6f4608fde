using System.Net;

namespace Kiwire.Server.Listening;

/// <summary>
/// A bound UDP socket that one thread receives from, a batch at a time, and that any number of threads answer through, each with a
/// <see cref="DatagramBatch"/> of its own.
/// </summary>
internal abstract class DatagramSocket : IDisposable
{
    /// <summary>The most datagrams that one <see cref="Receive"/> brings, and that a <see cref="DatagramBatch"/> holds.</summary>
    public const int BatchSize = 64;

    /// <summary>Room for a datagram: one octet more than a RADIUS packet may have, so that longer ones are seen to be longer.</summary>
    public const int DatagramRoom = Radius.Packets.PacketView.MaximumLength + 1;

    /// <summary>Where the socket is bound.</summary>
    public abstract IPEndPoint EndPoint { get; }

    /// <summary>How much the system keeps of datagrams that were not received yet.</summary>
    public abstract int ReceiveBufferOctets { get; }

    /// <summary>Waits for datagrams; returns how many have come, and 0 once <see cref="StopReceiving"/> was called.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The socket is broken.</exception>
    public abstract int Receive();

    /// <summary>A datagram of the last <see cref="Receive"/>, at most <see cref="DatagramRoom"/> octets of it.</summary>
    public abstract ReadOnlySpan<byte> Datagram(int index);

    /// <summary>Where that datagram came from.</summary>
    public abstract ref readonly DatagramPath Path(int index);

    /// <summary>A place to gather answers in.</summary>
    public abstract DatagramBatch CreateBatch();

    /// <summary>Makes <see cref="Receive"/> return 0. Answers can still be sent.</summary>
    public abstract void StopReceiving();

    public abstract void Dispose();
}

/// <summary>Datagrams that leave together. Not for use by two threads at once.</summary>
internal abstract class DatagramBatch : IDisposable
{
    /// <summary>How many are waiting to leave.</summary>
    public abstract int Count { get; }

    public bool IsFull => Count == DatagramSocket.BatchSize;

    /// <summary>Copies a datagram of at most 4096 octets into the batch, which must not be full.</summary>
    public abstract void Add(ReadOnlySpan<byte> octets, in DatagramPath path);

    /// <summary>Sends all; returns how many of them the system would not send. They are not tried again: the NAS asks again.</summary>
    public abstract int Flush();

    public abstract void Dispose();
}
