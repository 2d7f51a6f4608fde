using System.Buffers.Binary;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Eap;

/// <summary>Makes EAP packets, and takes them out of RADIUS packets.</summary>
public static class EapMessage
{
    /// <summary>The RADIUS attribute that carries EAP, in pieces of up to 253 octets (RFC 3579, 3.1).</summary>
    public const byte AttributeType = 79;

    /// <summary>
    /// Joins the EAP-Message attributes of a packet, in order. False where there are none; a length of 0 is an EAP-Start (RFC 3579, 2.1).
    /// </summary>
    /// <param name="packet">The RADIUS packet.</param>
    /// <param name="destination">Receives the EAP packet; 4096 octets are always enough.</param>
    /// <param name="length">How many octets it has.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static bool TryJoin(PacketView packet, Span<byte> destination, out int length)
    {
        bool found = false;
        length = 0;
        foreach (AttributeView attribute in packet)
        {
            if (attribute.Type == AttributeType)
            {
                attribute.Value.CopyTo(destination[length..]);
                length += attribute.Value.Length;
                found = true;
            }
        }

        return found;
    }

    /// <summary>A Request (RFC 3748, 4.1).</summary>
    /// <exception cref="ArgumentException">It would be longer than 65535 octets.</exception>
    public static byte[] Request(byte identifier, EapType type, ReadOnlySpan<byte> typeData) =>
        WithType(EapCode.Request, identifier, type, typeData);

    /// <summary>A Response (RFC 3748, 4.1).</summary>
    /// <exception cref="ArgumentException">It would be longer than 65535 octets.</exception>
    public static byte[] Response(byte identifier, EapType type, ReadOnlySpan<byte> typeData) =>
        WithType(EapCode.Response, identifier, type, typeData);

    /// <summary>A Success with the identifier of the Response that it answers (RFC 3748, 4.2).</summary>
    public static byte[] Success(byte identifier) => [(byte)EapCode.Success, identifier, 0, EapView.HeaderLength];

    /// <summary>A Failure with the identifier of the Response that it answers (RFC 3748, 4.2).</summary>
    public static byte[] Failure(byte identifier) => [(byte)EapCode.Failure, identifier, 0, EapView.HeaderLength];

    private static byte[] WithType(EapCode code, byte identifier, EapType type, ReadOnlySpan<byte> typeData)
    {
        int length = EapView.HeaderLength + 1 + typeData.Length;
        if (length > ushort.MaxValue)
        {
            throw new ArgumentException("An EAP packet has at most 65535 octets (RFC 3748, 4).", nameof(typeData));
        }

        byte[] message = new byte[length];
        message[0] = (byte)code;
        message[1] = identifier;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)length);
        message[4] = (byte)type;
        typeData.CopyTo(message.AsSpan(5));
        return message;
    }
}
