using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>
/// A NAS on loopback that takes CoA- and Disconnect-Requests and answers as the test says. A request that it has answered and that comes again, as from a machine
/// that was too busy to take the answer in, gets the same answer (RFC 5080, 2.2.2) and has not arrived twice.
/// </summary>
internal sealed class FakeNas : IAsyncDisposable
{
    public static readonly SharedSecret Secret = new("testing123");

    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<CoaArrival> _arrivals = Channel.CreateUnbounded<CoaArrival>();
    private readonly Dictionary<string, byte[]> _answered = [];
    private readonly Task _loop;
    private int _handled;
    private int _replied;

    public FakeNas(Func<CoaArrival, byte[]?> answer, IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        Answer = answer;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        _socket.Bind(new IPEndPoint(address, 0));
        _loop = ReceiveAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>What it answers; null: nothing.</summary>
    public Func<CoaArrival, byte[]?> Answer { get; set; }

    /// <summary>Requests that it is done with.</summary>
    public int Handled => Volatile.Read(ref _handled);

    /// <summary>How many of them it answered.</summary>
    public int Replied => Volatile.Read(ref _replied);

    public static byte[] Ack(CoaArrival arrival) => Reply(
        arrival, arrival.Packet.Code == RadiusCode.CoaRequest ? RadiusCode.CoaAck : RadiusCode.DisconnectAck);

    public static byte[]? Silence(CoaArrival arrival) => null;

    /// <summary>A NAK with an Error-Cause; 0: with none.</summary>
    public static Func<CoaArrival, byte[]?> Nak(uint cause) => arrival => Reply(
        arrival, arrival.Packet.Code == RadiusCode.CoaRequest ? RadiusCode.CoaNak : RadiusCode.DisconnectNak, cause);

    public static byte[] Reply(CoaArrival arrival, RadiusCode code, uint cause = 0, SharedSecret? secret = null)
    {
        PacketWriter writer = new();
        writer.Begin(code, arrival.Packet.Identifier, arrival.Packet.View.Authenticator, messageAuthenticator: true);
        if (cause != 0)
        {
            writer.Append(101, cause);
        }

        writer.FinishResponse(secret ?? Secret);
        return writer.Octets.ToArray();
    }

    /// <summary>The next request that arrived.</summary>
    public async Task<CoaArrival> ReceiveNextAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        return await _arrivals.Reader.ReadAsync(patience.Token);
    }

    /// <summary>What has arrived and was not asked for yet.</summary>
    public List<CoaArrival> TakeAll()
    {
        List<CoaArrival> all = [];
        while (_arrivals.Reader.TryRead(out CoaArrival? arrival))
        {
            all.Add(arrival);
        }

        return all;
    }

    public void Send(byte[] octets, EndPoint to) => _socket.SendTo(octets, to);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[5000];
        IPEndPoint any = new(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        try
        {
            while (true)
            {
                SocketReceiveFromResult result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                if (!RadiusPacket.TryParse(buffer.AsSpan(0, result.ReceivedBytes), out RadiusPacket? packet, out _))
                {
                    continue;
                }

                CoaArrival arrival = new(packet, (IPEndPoint)result.RemoteEndPoint);
                string name = $"{arrival.From} {Convert.ToHexString(packet.Octets.Span)}";
                if (!_answered.TryGetValue(name, out byte[]? answer))
                {
                    await _arrivals.Writer.WriteAsync(arrival);
                    answer = Answer(arrival);
                }

                if (answer is not null)
                {
                    _answered[name] = answer;
                    Interlocked.Increment(ref _replied);
                    Send(answer, arrival.From);
                }

                Interlocked.Increment(ref _handled);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}

/// <summary>A request that arrived at a NAS.</summary>
internal sealed record CoaArrival(RadiusPacket Packet, IPEndPoint From)
{
    /// <summary>The types of its attributes, in order.</summary>
    public List<byte> Types
    {
        get
        {
            List<byte> types = [];
            foreach (AttributeView attribute in Packet.View)
            {
                types.Add(attribute.Type);
            }

            return types;
        }
    }

    /// <summary>The first attribute of a type as text; null: there is none.</summary>
    public string? Text(byte type) => Packet.View.TryGet(type, out ReadOnlySpan<byte> value) ? System.Text.Encoding.UTF8.GetString(value) : null;

    public byte[]? Octets(byte type) => Packet.View.TryGet(type, out ReadOnlySpan<byte> value) ? value.ToArray() : null;

    /// <summary>Its attributes by name, as the log has them.</summary>
    public string Description => Radius.Dictionaries.RadiusDictionary.BuiltIn.Describe(Packet.View);
}
