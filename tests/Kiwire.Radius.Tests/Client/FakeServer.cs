using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Client;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Client;

/// <summary>A UDP socket that receives when the test says so, and sends what the test says.</summary>
internal sealed class FakeServer : IDisposable
{
    public static readonly SharedSecret Secret = new("testing123");

    private readonly Socket _socket;

    public FakeServer(IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        _socket.Bind(new IPEndPoint(address, 0));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public RadiusServer Server => new(EndPoint, Secret);

    public async Task<Arrival> ReceiveAsync()
    {
        byte[] buffer = new byte[5000];
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        SocketReceiveFromResult result = await _socket.ReceiveFromAsync(
            buffer, SocketFlags.None, new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0), patience.Token);
        Assert.That(RadiusPacket.TryParse(buffer.AsSpan(0, result.ReceivedBytes), out RadiusPacket? packet, out _), Is.True);
        return new Arrival(packet!, (IPEndPoint)result.RemoteEndPoint);
    }

    public void Send(ReadOnlySpan<byte> octets, IPEndPoint to) => _socket.SendTo(octets, to);

    public void Answer(Arrival arrival, RadiusCode code) => Send(Response(arrival, code), arrival.From);

    /// <summary>A genuine answer, or one that is not in the way that is asked for.</summary>
    public static byte[] Response(
        Arrival arrival, RadiusCode code, bool messageAuthenticator = true, SharedSecret? secret = null, byte[]? eap = null)
    {
        PacketWriter writer = new();
        writer.Begin(code, arrival.Packet.Identifier, arrival.Packet.View.Authenticator, messageAuthenticator);
        writer.Append(18, "hello"u8);
        if (eap is not null)
        {
            writer.AppendInPieces(79, eap);
        }

        writer.FinishResponse(secret ?? Secret);
        return writer.Octets.ToArray();
    }

    public void Dispose() => _socket.Dispose();
}

internal sealed record Arrival(RadiusPacket Packet, IPEndPoint From);
