using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Tests.Client;

/// <summary>An agent on loopback that has these objects, and answers as <see cref="Respond"/> says.</summary>
internal sealed class FakeAgent : IDisposable
{
    private readonly Socket _socket;
    private readonly Task _loop;
    private readonly Channel<AgentRequest> _arrivals = Channel.CreateUnbounded<AgentRequest>();
    private int _requests;

    public FakeAgent(IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        _socket.Bind(new IPEndPoint(address, 0));
        Respond = request => Send(Answer(request), request.From);
        _loop = Task.Run(AnswerAsync);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>What it has.</summary>
    public SortedDictionary<ObjectId, SnmpValue> Objects { get; } = [];

    /// <summary>How many requests have come.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The next request that has come and been dealt with.</summary>
    public ValueTask<AgentRequest> ArrivalAsync(CancellationToken cancellationToken) => _arrivals.Reader.ReadAsync(cancellationToken);

    /// <summary>What it does with a request; at first it answers from its objects.</summary>
    public Action<AgentRequest> Respond { get; set; }

    /// <summary>A request for more bindings than this, or whose answer would have more, gets tooBig.</summary>
    public int BindingLimit { get; set; } = int.MaxValue;

    /// <summary>The agent as a client sees it, that asks once and waits as long as it can: on a busy machine nothing is asked twice.</summary>
    public SnmpTarget Target(SnmpVersion version = SnmpVersion.V2c) =>
        new(EndPoint, new CommunityCredentials(version, "public")) { Timeout = TimeSpan.FromSeconds(60) };

    public void Send(ReadOnlySpan<byte> octets, EndPoint to) => _socket.SendTo(octets, to);

    /// <summary>The answer that an agent without faults would give.</summary>
    public byte[] Answer(AgentRequest request)
    {
        List<VariableBinding> found = [];
        foreach ((int index, VariableBinding binding) in request.Bindings.Index())
        {
            int repetitions = request.Type == PduType.GetBulkRequest && index >= request.NonRepeaters ? request.MaxRepetitions : 1;
            ObjectId id = binding.Id;
            for (int i = 0; i < repetitions; i++)
            {
                VariableBinding next = Find(request, binding with { Id = id });
                if (request.Version == SnmpVersion.V1 && next.Value.IsException)
                {
                    return Write(request, SnmpErrorStatus.NoSuchName, index + 1, request.Bindings);
                }

                found.Add(next);
                id = next.Id;
            }
        }

        return found.Count > BindingLimit
            ? Write(request, SnmpErrorStatus.TooBig, 0, request.Version == SnmpVersion.V1 ? request.Bindings : [])
            : Write(request, SnmpErrorStatus.NoError, 0, found);
    }

    /// <summary>An answer with these bindings.</summary>
    public static byte[] Write(AgentRequest request, SnmpErrorStatus status, int index, IReadOnlyList<VariableBinding> bindings)
    {
        BerWriter writer = BerWriter.Begin();
        AsnWriter asn = writer.Asn;
        using (asn.PushSequence())
        {
            asn.WriteInteger((int)request.Version);
            asn.WriteOctetString(request.Community);
            Asn1Tag response = new(TagClass.ContextSpecific, 2, isConstructed: true);
            using (asn.PushSequence(response))
            {
                asn.WriteInteger(request.RequestId);
                asn.WriteInteger((int)status);
                asn.WriteInteger(index);
                using (asn.PushSequence())
                {
                    foreach (VariableBinding binding in bindings)
                    {
                        using (asn.PushSequence())
                        {
                            writer.WriteObjectId(binding.Id);
                            writer.WriteValue(binding.Value);
                        }
                    }
                }
            }
        }

        return asn.Encode();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _loop.GetAwaiter().GetResult();
    }

    private VariableBinding Find(AgentRequest request, VariableBinding asked)
    {
        if (request.Type == PduType.SetRequest)
        {
            Objects[asked.Id] = asked.Value;
            return asked;
        }

        if (request.Type == PduType.GetRequest)
        {
            return asked with { Value = Objects.TryGetValue(asked.Id, out SnmpValue value) ? value : SnmpValue.Exception(SnmpType.NoSuchInstance) };
        }

        foreach ((ObjectId id, SnmpValue value) in Objects)
        {
            if (id > asked.Id)
            {
                return new VariableBinding(id, value);
            }
        }

        return asked with { Value = SnmpValue.Exception(SnmpType.EndOfMibView) };
    }

    private async Task AnswerAsync()
    {
        byte[] buffer = new byte[65_536];
        IPEndPoint any = new(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        try
        {
            while (true)
            {
                SocketReceiveFromResult result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any);
                if (AgentRequest.TryParse(buffer.AsSpan(0, result.ReceivedBytes), result.RemoteEndPoint) is { } request)
                {
                    Interlocked.Increment(ref _requests);
                    Respond(request);
                    _arrivals.Writer.TryWrite(request);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}

/// <summary>A request that a fake agent received.</summary>
internal sealed record AgentRequest(
    SnmpVersion Version, byte[] Community, PduType Type, int RequestId, int NonRepeaters, int MaxRepetitions, VariableBinding[] Bindings, EndPoint From)
{
    public static AgentRequest? TryParse(ReadOnlySpan<byte> datagram, EndPoint from) =>
        MessageHeader.TryParse(datagram, out MessageHeader header)
        && PduView.TryParse(header.Pdu, out PduView pdu, out _)
        && BindingReader.TryRead(pdu.Bindings, [], out VariableBinding[] bindings, out _)
            ? new AgentRequest(
                header.Version, header.Community.ToArray(), pdu.Type, pdu.RequestId, (int)pdu.ErrorStatus, pdu.ErrorIndex, bindings, from)
            : null;
}
