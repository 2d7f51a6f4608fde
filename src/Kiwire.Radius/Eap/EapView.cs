using System.Buffers.Binary;

namespace Kiwire.Radius.Eap;

/// <summary>
/// An EAP packet read in place (RFC 3748, 4). <see cref="TryParse"/> checks its structure once; the view lives no longer than the
/// buffer.
/// </summary>
public readonly ref struct EapView
{
    /// <summary>Octets of code, identifier and length.</summary>
    public const int HeaderLength = 4;

    private EapView(ReadOnlySpan<byte> octets) => Octets = octets;

    /// <summary>The packet, without what may follow its length.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Its kind.</summary>
    public EapCode Code => (EapCode)Octets[0];

    /// <summary>What ties a Response to its Request.</summary>
    public byte Identifier => Octets[1];

    /// <summary>The type of a Request or Response; <see cref="EapType.None"/> for Success and Failure, which have none.</summary>
    public EapType Type => Octets.Length > HeaderLength ? (EapType)Octets[HeaderLength] : EapType.None;

    /// <summary>What follows the type; empty for Success and Failure.</summary>
    public ReadOnlySpan<byte> TypeData => Octets.Length > HeaderLength ? Octets[(HeaderLength + 1)..] : default;

    /// <summary>
    /// Checks that octets are an EAP packet: a code of 1 to 4, a Length field of no more than there is, at least 5 for Request and Response
    /// and exactly 4 for Success and Failure. Octets past the length are padding (RFC 3748, 4).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out EapView packet)
    {
        packet = default;
        if (message.Length < HeaderLength)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        bool fits = (EapCode)message[0] switch
        {
            EapCode.Request or EapCode.Response => length > HeaderLength,
            EapCode.Success or EapCode.Failure => length == HeaderLength,
            _ => false,
        };
        if (!fits || length > message.Length)
        {
            return false;
        }

        packet = new EapView(message[..length]);
        return true;
    }
}
