using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Security;

/// <summary>
/// Asks an agent for its engine's id (RFC 3414, 4): a request without a user, an engine and objects, that agents answer to anybody with a
/// report. As a model it is a whole request, which that report ends as <see cref="SnmpFault.UnknownEngine"/> with the id as its detail.
/// </summary>
internal sealed class EngineProbe : MessageModel
{
    public override SnmpVersion Version => SnmpVersion.V3;

    /// <summary>Writes the request.</summary>
    public static int Write(int id, ref byte[] buffer)
    {
        BerWriter writer = BerWriter.Begin();
        ScopedPdu.Begin(writer.Asn, [], []);
        new PduRequest { Type = PduType.GetRequest }.WriteTo(writer, id);
        ScopedPdu.End(writer.Asn);
        byte[] scoped = writer.Asn.Encode();
        return V3MessageWriter.Write(new V3Header { Id = id, Flags = UsmFlags.Reportable }, keys: null, scoped, ref buffer);
    }

    /// <summary>Whether it is the report that answers it, whatever it complains of.</summary>
    public static bool IsReport(in V3Message message) =>
        (message.Flags & UsmFlags.Level) == UsmFlags.None
        && EngineId.IsUsable(message.EngineId)
        && ScopedPdu.TryParse(message.Data, out ScopedPdu scoped)
        && PduView.TryParse(scoped.Pdu, out PduView pdu, out _)
        && pdu.Type == PduType.Report;

    public override int Wrap(SnmpTarget target, in PduRequest request, int id, TimeProvider time, ref object? exchange, ref byte[] buffer) => Write(id, ref buffer);

    public override UnwrappedMessage Unwrap(SnmpTarget target, Span<byte> message, int id, TimeProvider time, ref object? exchange)
    {
        if (!V3Message.TryParse(message, out V3Message report, out _) || report.Id != id || !IsReport(report))
        {
            return UnwrappedMessage.Ignored;
        }

        return UnwrappedMessage.Failed(SnmpFault.UnknownEngine, Convert.ToHexStringLower(report.EngineId));
    }
}
