using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Writes a packet as text for people: one attribute a line, what lies inside another one indented, secrets left out.</summary>
internal sealed class PacketText(RadiusDictionary dictionary)
{
    private const byte VendorSpecific = 26;
    private const byte More = 0x80;
    private const string Indentation = "    ";

    private readonly StringBuilder _text = new();

    public string Describe(PacketView packet)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{CodeName(packet.Code)}, identifier {packet.Identifier}, {packet.Octets.Length} octets");
        foreach (Whole whole in Join(packet))
        {
            byte[] octets = [.. whole.Octets];
            if (whole.Type == VendorSpecific)
            {
                DescribeVendorSpecific(octets);
            }
            else if (dictionary.TryGet(0, whole.Type, out DictionaryAttribute? outer)
                && outer.Type is DictionaryType.Extended or DictionaryType.LongExtended)
            {
                DescribeExtended(outer, octets);
            }
            else
            {
                DescribeValue(AttributePath.Standard(whole.Type), octets, depth: 1);
            }
        }

        return _text.ToString();
    }

    /// <summary>Puts together what lies in pieces: concatenated attributes, and long extended ones (RFC 6929, 2.2).</summary>
    private List<Whole> Join(PacketView packet)
    {
        var wholes = new List<Whole>();
        foreach (AttributeView attribute in packet)
        {
            Whole? last = wholes.Count > 0 && wholes[^1].Type == attribute.Type ? wholes[^1] : null;
            dictionary.TryGet(0, attribute.Type, out DictionaryAttribute? known);
            bool isLong = known?.Type == DictionaryType.LongExtended && attribute.Value.Length > 2;
            bool goesOn = isLong && (attribute.Value[1] & More) != 0;
            if (last is not null && known is { Flags.Concatenated: true })
            {
                last.Octets.AddRange(attribute.Value);
            }
            else if (last is { GoesOn: true } && isLong && attribute.Value[0] == last.Octets[0])
            {
                last.Octets.AddRange(attribute.Value[2..]);
                last.GoesOn = goesOn;
            }
            else
            {
                wholes.Add(new Whole(attribute.Type, [.. attribute.Value]) { GoesOn = goesOn });
            }
        }

        return wholes;
    }

    private void DescribeVendorSpecific(ReadOnlySpan<byte> octets)
    {
        // Vendor-Id (4) | attributes in the vendor's format (RFC 2865, 5.26)
        if (octets.Length <= sizeof(uint))
        {
            Line(1, "Vendor-Specific", Malformed(octets));
            return;
        }

        uint number = BinaryPrimitives.ReadUInt32BigEndian(octets);
        ReadOnlySpan<byte> inside = octets[sizeof(uint)..];
        DictionaryVendor vendor = dictionary.TryGetVendor(number, out DictionaryVendor? known)
            ? known
            : new DictionaryVendor(string.Empty, number, 1, 1, Continuation: false);
        if (!SubAttributeReader.IsWellFormed(inside, vendor.TypeOctets, vendor.LengthOctets, vendor.Continuation))
        {
            Line(1, $"Vendor-Specific of {(known is null ? number.ToString(CultureInfo.InvariantCulture) : known.Name)}", Malformed(inside));
            return;
        }

        var reader = new SubAttributeReader(inside, vendor.TypeOctets, vendor.LengthOctets, vendor.Continuation);
        while (reader.MoveNext())
        {
            DescribeValue(
                new AttributePath(number, vendor.TypeOctets, vendor.LengthOctets, vendor.Continuation, reader.Type, []), reader.Value, depth: 1);
        }
    }

    private void DescribeExtended(DictionaryAttribute outer, ReadOnlySpan<byte> octets)
    {
        int header = outer.Type == DictionaryType.LongExtended ? 2 : 1;
        if (octets.Length <= header)
        {
            Line(1, outer.Name, Malformed(octets));
            return;
        }

        byte type = (byte)outer.Path.First;
        AttributePath path = AttributePath.Extended(type, octets[0]);
        ReadOnlySpan<byte> inside = octets[header..];
        if (!dictionary.TryGet(path, out DictionaryAttribute? inner) || inner.Type != DictionaryType.ExtendedVendorSpecific)
        {
            DescribeValue(path, inside, depth: 1);
        }
        else if (inside.Length <= sizeof(uint) + 1)
        {
            Line(1, inner.Name, Malformed(inside));
        }
        else
        {
            // Vendor-Id (4) | Vendor-Type (1) | value (RFC 6929, 2.4)
            uint vendor = BinaryPrimitives.ReadUInt32BigEndian(inside);
            DescribeValue(AttributePath.ExtendedVendor(type, vendor, inside[sizeof(uint)]), inside[(sizeof(uint) + 1)..], depth: 1);
        }
    }

    private void DescribeValue(AttributePath path, ReadOnlySpan<byte> octets, int depth)
    {
        if (!dictionary.TryGet(path, out DictionaryAttribute? attribute))
        {
            Line(depth, $"Attr-{path}", Hexadecimal(octets));
        }
        else if (attribute.IsSecret)
        {
            Line(depth, attribute.Name, "(secret)");
        }
        else if (attribute.Type == DictionaryType.Tlv && SubAttributeReader.IsWellFormed(octets, 1, 1, false))
        {
            Line(depth, attribute.Name, "{}");
            var reader = new SubAttributeReader(octets, 1, 1, false);
            while (reader.MoveNext())
            {
                DescribeValue(path.Member((byte)reader.Type), reader.Value, depth + 1);
            }
        }
        else if (attribute.TryFormat(octets, out string? text))
        {
            Line(depth, attribute.Name, attribute.Type == DictionaryType.Text ? Quote(text) : text);
        }
        else
        {
            Line(depth, attribute.Name, $"{Hexadecimal(octets)} (no {DictionaryTypeNames.Spell(attribute)})");
        }
    }

    private void Line(int depth, string name, string value)
    {
        _text.Append('\n');
        for (int at = 0; at < depth; at++)
        {
            _text.Append(Indentation);
        }

        _text.Append(name).Append(" = ").Append(value);
    }

    // Octets in which no attribute can be told from another may hold a secret one.
    private static string Malformed(ReadOnlySpan<byte> octets) => string.Create(CultureInfo.InvariantCulture, $"(malformed, {octets.Length} octets)");

    private static string Hexadecimal(ReadOnlySpan<byte> octets) => "0x" + Convert.ToHexStringLower(octets);

    /// <summary>Text from the wire, made safe for a terminal and a log of lines.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                _ when char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string CodeName(RadiusCode code) => code switch
    {
        RadiusCode.AccessRequest => "Access-Request",
        RadiusCode.AccessAccept => "Access-Accept",
        RadiusCode.AccessReject => "Access-Reject",
        RadiusCode.AccountingRequest => "Accounting-Request",
        RadiusCode.AccountingResponse => "Accounting-Response",
        RadiusCode.AccessChallenge => "Access-Challenge",
        RadiusCode.StatusServer => "Status-Server",
        RadiusCode.StatusClient => "Status-Client",
        RadiusCode.DisconnectRequest => "Disconnect-Request",
        RadiusCode.DisconnectAck => "Disconnect-ACK",
        RadiusCode.DisconnectNak => "Disconnect-NAK",
        RadiusCode.CoaRequest => "CoA-Request",
        RadiusCode.CoaAck => "CoA-ACK",
        RadiusCode.CoaNak => "CoA-NAK",
        RadiusCode.ProtocolError => "Protocol-Error",
        _ => string.Create(CultureInfo.InvariantCulture, $"Code {(byte)code}"),
    };

    private sealed class Whole(byte type, List<byte> octets)
    {
        public byte Type { get; } = type;

        public List<byte> Octets { get; } = octets;

        public bool GoesOn { get; set; }
    }
}
