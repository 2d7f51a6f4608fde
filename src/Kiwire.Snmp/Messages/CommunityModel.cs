using System.Formats.Asn1;
using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Messages;

/// <summary>The messages of SNMPv1 and community-based SNMPv2: a version, a community, a PDU (RFC 1157, 4; RFC 1901, 3).</summary>
internal sealed class CommunityModel(SnmpVersion version, byte[] community) : MessageModel
{
    public override SnmpVersion Version => version;

    public override int Wrap(SnmpTarget target, in PduRequest request, int id, TimeProvider time, ref object? exchange, ref byte[] buffer)
    {
        BerWriter writer = BerWriter.Begin();
        AsnWriter asn = writer.Asn;
        asn.PushSequence();
        asn.WriteInteger((int)version);
        asn.WriteOctetString(community);
        request.WriteTo(writer, id);
        asn.PopSequence();
        return writer.CopyTo(ref buffer);
    }

    // The community that an answer says is not compared: agents with several write another of theirs, and it proves nothing.
    public override UnwrappedMessage Unwrap(SnmpTarget target, Span<byte> message, int id, TimeProvider time, ref object? exchange)
    {
        if (!MessageHeader.TryParse(message, out MessageHeader header) || header.Version != version)
        {
            return UnwrappedMessage.Ignored;
        }

        if (!PduView.TryParse(header.Pdu, out PduView pdu, out string fault))
        {
            return UnwrappedMessage.Failed(SnmpFault.Malformed, fault);
        }

        return pdu.Type == PduType.Response ? UnwrappedMessage.Answer(pdu) : UnwrappedMessage.Ignored;
    }
}
