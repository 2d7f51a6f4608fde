using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Messages;

/// <summary>What any message says of itself before its security is looked at: its version, and the id that its request is found by.</summary>
internal readonly ref struct MessageHeader
{
    public SnmpVersion Version { get; private init; }

    /// <summary>The request-id (v1, v2c) or the msgID (v3); 0 for the trap of SNMPv1, which has none.</summary>
    public int Id { get; private init; }

    /// <summary>v1, v2c: the community.</summary>
    public ReadOnlySpan<byte> Community { get; private init; }

    /// <summary>v1, v2c: the message from the PDU's tag on.</summary>
    public ReadOnlySpan<byte> Pdu { get; private init; }

    /// <summary>
    /// Reads it. Octets behind the message are no fault: some agents pad.
    /// <code>
    /// v1, v2c: SEQUENCE { version INTEGER, community OCTET STRING, PDU }
    /// v3:      SEQUENCE { version INTEGER, SEQUENCE { msgID INTEGER, ... }, ... }
    /// </code>
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out MessageHeader header)
    {
        header = default;
        BerReader outer = new(datagram);
        if (!outer.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> content))
        {
            return false;
        }

        BerReader message = new(content);
        if (!message.TryReadInt32(out int version))
        {
            return false;
        }

        if (version == (int)SnmpVersion.V3)
        {
            if (!message.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> global) || !new BerReader(global).TryReadInt32(out int messageId))
            {
                return false;
            }

            header = new MessageHeader { Version = SnmpVersion.V3, Id = messageId };
            return true;
        }

        if ((SnmpVersion)version is not (SnmpVersion.V1 or SnmpVersion.V2c) || !message.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> community))
        {
            return false;
        }

        // The trap of SNMPv1 has no request-id.
        ReadOnlySpan<byte> pdu = message.Rest;
        int requestId = 0;
        if (!message.TryRead(out byte tag, out ReadOnlySpan<byte> fields)
            || ((PduType)tag != PduType.TrapV1 && !new BerReader(fields).TryReadInt32(out requestId)))
        {
            return false;
        }

        header = new MessageHeader { Version = (SnmpVersion)version, Id = requestId, Community = community, Pdu = pdu };
        return true;
    }
}
