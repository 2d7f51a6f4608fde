using System.Buffers.Binary;
using Kiwire.Radius.Packets;

namespace Kiwire.Server.Network;

/// <summary>One attribute that a NAS type adds to an accept, ready to be written: in the standard space (vendor 0) or a vendor's usual form.</summary>
internal abstract class AcceptAttribute
{
    /// <summary>A vendor's attribute holds no more (RFC 2865, 5.26).</summary>
    public const int LongestValue = 247;

    public required uint Vendor { get; init; }

    public required byte Type { get; init; }

    /// <summary>Appends it where the facts call for it. Allocates nothing.</summary>
    /// <param name="writer">The packet under way.</param>
    /// <param name="facts">What is granted.</param>
    /// <param name="set">Which of the facts are set.</param>
    public abstract void AppendTo(PacketWriter writer, in AcceptFacts facts, AcceptFact set);

    protected void Append(PacketWriter writer, ReadOnlySpan<byte> value)
    {
        if (Vendor == 0)
        {
            writer.Append(Type, value);
        }
        else
        {
            writer.AppendVendor(Vendor, Type, value);
        }
    }
}

/// <summary>A 32-bit number made of one fact.</summary>
internal sealed class AcceptNumber : AcceptAttribute
{
    public required AcceptFact Value { get; init; }

    public long Times { get; init; } = 1;

    public long DividedBy { get; init; } = 1;

    /// <summary>Which half is sent; null: the whole, or 4294967295 where that does not fit.</summary>
    public NumberPart? Part { get; init; }

    public override void AppendTo(PacketWriter writer, in AcceptFacts facts, AcceptFact set)
    {
        if ((set & Value) == 0)
        {
            return;
        }

        ulong value = (ulong)(((Int128)facts[Value] * Times + DividedBy - 1) / DividedBy);
        if (Part == NumberPart.High32 && value >> 32 == 0)
        {
            return;
        }

        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, Part switch
        {
            NumberPart.Low32 => (uint)value,
            NumberPart.High32 => (uint)(value >> 32),
            _ => (uint)Math.Min(value, uint.MaxValue),
        });
        Append(writer, octets);
    }
}

/// <summary>Half of a 64-bit number.</summary>
internal enum NumberPart
{
    Low32,
    High32,
}

/// <summary>A text in which the values of facts stand.</summary>
internal sealed class AcceptText : AcceptAttribute
{
    /// <summary>In order: octets as they are, then the fact that follows them.</summary>
    public required (byte[] Octets, AcceptFact Fact)[] Pieces { get; init; }

    /// <summary>At least one of these must be set.</summary>
    public required AcceptFact When { get; init; }

    /// <summary>None of these may be.</summary>
    public AcceptFact Unless { get; init; }

    public override void AppendTo(PacketWriter writer, in AcceptFacts facts, AcceptFact set)
    {
        if ((set & When) == 0 || (set & Unless) != 0)
        {
            return;
        }

        Span<byte> text = stackalloc byte[LongestValue];
        int length = 0;
        foreach ((byte[] octets, AcceptFact fact) in Pieces)
        {
            octets.CopyTo(text[length..]);
            length += octets.Length;
            if (fact != AcceptFact.None)
            {
                _ = facts[fact].TryFormat(text[length..], out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
                length += digits;
            }
        }

        Append(writer, text[..length]);
    }
}
