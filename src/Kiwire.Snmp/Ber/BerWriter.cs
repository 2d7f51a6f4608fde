using System.Formats.Asn1;

namespace Kiwire.Snmp.Ber;

/// <summary>Writes messages one after another into the same memory; one for each thread that writes.</summary>
internal sealed class BerWriter
{
    /// <summary>The most that a UDP datagram over IPv4 holds.</summary>
    public const int MaximumLength = 65_507;

    private const int LongestObjectId = ((ObjectId.MaximumLength + 1) * 5) + 4;

    [ThreadStatic]
    private static BerWriter? _ofThread;

    private readonly byte[] _objectId = new byte[LongestObjectId];

    private BerWriter()
    {
    }

    /// <summary>This thread's writer, emptied. Whoever takes it is done with it before anybody else on the thread can want it.</summary>
    public static BerWriter Begin()
    {
        BerWriter writer = _ofThread ??= new BerWriter();
        writer.Asn.Reset();
        return writer;
    }

    /// <summary>What is written with.</summary>
    public AsnWriter Asn { get; } = new(AsnEncodingRules.BER, 512);

    /// <summary>Copies what was written to a buffer, which is made larger where it must be.</summary>
    /// <returns>How many octets it is.</returns>
    public int CopyTo(ref byte[] buffer)
    {
        int length = Asn.GetEncodedLength();
        if (buffer.Length < length)
        {
            buffer = new byte[Math.Max(length, buffer.Length * 2)];
        }

        return Asn.Encode(buffer);
    }

    /// <summary>An object identifier. Fewer than two sub-identifiers cannot be written; zeros take the place of the missing.</summary>
    public void WriteObjectId(ObjectId id)
    {
        // AsnWriter takes these as text only. Written from the back, where the length of what follows is known.
        ReadOnlySpan<uint> subIdentifiers = id.SubIdentifiers;
        int position = _objectId.Length;
        for (int i = subIdentifiers.Length - 1; i >= 2; i--)
        {
            WriteSubIdentifier(subIdentifiers[i], ref position);
        }

        ulong top = subIdentifiers.Length > 0 ? subIdentifiers[0] : 0;
        ulong second = subIdentifiers.Length > 1 ? subIdentifiers[1] : 0;
        WriteSubIdentifier((top * 40) + second, ref position);

        int length = _objectId.Length - position;
        if (length > 0xFF)
        {
            _objectId[--position] = (byte)length;
            _objectId[--position] = (byte)(length >> 8);
            _objectId[--position] = 0x82;
        }
        else if (length > 0x7F)
        {
            _objectId[--position] = (byte)length;
            _objectId[--position] = 0x81;
        }
        else
        {
            _objectId[--position] = (byte)length;
        }

        _objectId[--position] = (byte)SnmpType.ObjectIdentifier;
        Asn.WriteEncodedValue(_objectId.AsSpan(position));
    }

    /// <summary>A value, or the exception that stands for it.</summary>
    public void WriteValue(SnmpValue value)
    {
        switch (value.Type)
        {
            case SnmpType.Integer32:
                Asn.WriteInteger(value.AsInt64);
                break;
            case SnmpType.ObjectIdentifier:
                WriteObjectId(value.AsObjectId);
                break;
            case SnmpType.OctetString:
                Asn.WriteOctetString(value.Octets.Span);
                break;
            case SnmpType.IpAddress or SnmpType.Opaque:
                Asn.WriteOctetString(value.Octets.Span, TagOf(value.Type));
                break;
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64:
                Asn.WriteInteger(value.AsUInt64, TagOf(value.Type));
                break;
            case SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                Asn.WriteNull(new Asn1Tag(TagClass.ContextSpecific, (int)value.Type & 0x1F));
                break;
            default:
                Asn.WriteNull();
                break;
        }
    }

    private static Asn1Tag TagOf(SnmpType type) => new(TagClass.Application, (int)type & 0x1F);

    private void WriteSubIdentifier(ulong value, ref int position)
    {
        _objectId[--position] = (byte)(value & 0x7F);
        for (value >>= 7; value > 0; value >>= 7)
        {
            _objectId[--position] = (byte)(value | 0x80);
        }
    }
}
