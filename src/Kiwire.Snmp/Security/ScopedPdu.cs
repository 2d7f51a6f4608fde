using System.Formats.Asn1;
using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Security;

/// <summary>A PDU with the context it is about (RFC 3412, 6.8): <c>SEQUENCE { contextEngineID, contextName, PDU }</c>.</summary>
internal readonly ref struct ScopedPdu
{
    public ReadOnlySpan<byte> ContextEngineId { get; private init; }

    public ReadOnlySpan<byte> ContextName { get; private init; }

    /// <summary>The PDU from its tag on.</summary>
    public ReadOnlySpan<byte> Pdu { get; private init; }

    /// <summary>Reads it. What is behind it is left alone: DES's padding.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out ScopedPdu scoped)
    {
        scoped = default;
        BerReader outer = new(octets);
        if (!outer.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> content))
        {
            return false;
        }

        BerReader reader = new(content);
        if (!reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> engineId) || !reader.TryRead(BerTag.OctetString, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        scoped = new ScopedPdu { ContextEngineId = engineId, ContextName = name, Pdu = reader.Rest };
        return !reader.IsAtEnd;
    }

    /// <summary>Begins to write one; the PDU follows, and <see cref="End"/>.</summary>
    public static void Begin(AsnWriter asn, ReadOnlySpan<byte> contextEngineId, ReadOnlySpan<byte> contextName)
    {
        asn.PushSequence();
        asn.WriteOctetString(contextEngineId);
        asn.WriteOctetString(contextName);
    }

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public static void End(AsnWriter asn) => asn.PopSequence();
}
