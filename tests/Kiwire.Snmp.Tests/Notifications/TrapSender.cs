using System.Net;
using System.Net.Sockets;
using System.Text;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Notifications;

/// <summary>A device that sends notifications, true and false ones, from a port of its own.</summary>
internal sealed class TrapSender : IDisposable
{
    public static readonly ObjectId SysUpTime = ObjectId.Parse("1.3.6.1.2.1.1.3.0");
    public static readonly ObjectId SnmpTrapOid = ObjectId.Parse("1.3.6.1.6.3.1.1.4.1.0");
    public static readonly ObjectId LinkDown = ObjectId.Parse("1.3.6.1.6.3.1.1.5.3");
    public static readonly ObjectId IfIndex = ObjectId.Parse("1.3.6.1.2.1.2.2.1.1.7");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint _to;

    public TrapSender(IPEndPoint to)
    {
        _to = to;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    /// <summary>A notification of SNMPv2c.</summary>
    public static byte[] V2c(PduType type, int requestId, string community = "public", params VariableBinding[] more)
    {
        BerWriter writer = BerWriter.Begin();
        using (writer.Asn.PushSequence())
        {
            writer.Asn.WriteInteger((int)SnmpVersion.V2c);
            writer.Asn.WriteOctetString(Encoding.UTF8.GetBytes(community));
            Pdu(type, more).WriteTo(writer, requestId);
        }

        return writer.Asn.Encode();
    }

    /// <summary>A notification of SNMPv3, to or from an engine with this clock.</summary>
    public static byte[] V3(
        PduType type, UsmCredentials credentials, byte[] engineId, int boots, int seconds, UsmFlags? level = null, int requestId = 1, string? text = null)
    {
        BerWriter writer = BerWriter.Begin();
        ScopedPdu.Begin(writer.Asn, engineId, []);
        Pdu(type, text is null ? [] : [new VariableBinding(IfIndex, SnmpValue.OctetString(text))]).WriteTo(writer, requestId);
        ScopedPdu.End(writer.Asn);
        byte[] scoped = writer.Asn.Encode();
        UserKeys keys = new(
            credentials.AuthenticationProtocol, credentials.PrivacyProtocol,
            PasswordKeyCache.Get(credentials.AuthenticationProtocol, credentials.AuthenticationPassword),
            PasswordKeyCache.Get(credentials.AuthenticationProtocol, credentials.PrivacyPassword),
            engineId);
        byte[] buffer = [];
        V3Header header = new()
        {
            Id = 1,
            Flags = (level ?? keys.Level) | (type == PduType.TrapV2 ? UsmFlags.None : UsmFlags.Reportable),
            EngineId = engineId,
            Boots = boots,
            Seconds = seconds,
            User = Encoding.UTF8.GetBytes(credentials.User),
        };
        int length = V3MessageWriter.Write(header, keys, scoped, ref buffer);
        return buffer[..length];
    }

    public void Send(ReadOnlySpan<byte> datagram) => _socket.SendTo(datagram, _to);

    /// <summary>What comes back next.</summary>
    public async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[65_536];
        int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        return buffer[..length];
    }

    public void Dispose() => _socket.Dispose();

    private static PduRequest Pdu(PduType type, params VariableBinding[] more) => new()
    {
        Type = type,
        Bindings = (VariableBinding[])
        [
            new(SysUpTime, SnmpValue.TimeTicks(4711)),
            new(SnmpTrapOid, SnmpValue.ObjectIdentifier(LinkDown)),
            new(IfIndex, SnmpValue.Integer32(7)),
            .. more,
        ],
    };
}
