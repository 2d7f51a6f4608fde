using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Messages;

/// <summary>A received PDU of any kind but the trap of SNMPv1: its fields, and the octets of its bindings.</summary>
internal readonly ref struct PduView
{
    public PduType Type { get; private init; }

    public int RequestId { get; private init; }

    public SnmpErrorStatus ErrorStatus { get; private init; }

    /// <summary>Which binding the error is about, from 1; 0: none.</summary>
    public int ErrorIndex { get; private init; }

    /// <summary>The bindings, for <see cref="BindingReader"/>.</summary>
    public ReadOnlySpan<byte> Bindings { get; private init; }

    /// <summary>Reads a PDU that a message's octets begin with.</summary>
    /// <param name="octets">The message from the PDU's tag on.</param>
    /// <param name="pdu">The PDU.</param>
    /// <param name="fault">What is wrong with it; empty: nothing.</param>
    public static bool TryParse(ReadOnlySpan<byte> octets, out PduView pdu, out string fault)
    {
        pdu = default;
        fault = "";
        BerReader message = new(octets);
        if (!message.TryRead(out byte tag, out ReadOnlySpan<byte> content))
        {
            fault = "its PDU is cut off, or of a length that cannot be";
            return false;
        }

        if ((PduType)tag is not (>= PduType.GetRequest and <= PduType.Report) or PduType.TrapV1)
        {
            fault = "its PDU is of an unknown type";
            return false;
        }

        BerReader reader = new(content);
        if (!reader.TryReadInt32(out int requestId))
        {
            fault = "its request-id is not an integer of 32 bits";
            return false;
        }

        if (!reader.TryReadInt32(out int errorStatus) || !reader.TryReadInt32(out int errorIndex))
        {
            fault = "its error-status or error-index is not an integer of 32 bits";
            return false;
        }

        if (!reader.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> bindings))
        {
            fault = "its list of bindings is cut off, or is none";
            return false;
        }

        pdu = new PduView { Type = (PduType)tag, RequestId = requestId, ErrorStatus = (SnmpErrorStatus)errorStatus, ErrorIndex = errorIndex, Bindings = bindings };
        return true;
    }
}
