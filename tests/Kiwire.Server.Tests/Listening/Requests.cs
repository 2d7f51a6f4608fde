using System.Buffers.Binary;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Requests as a NAS makes them. Each has its own Request Authenticator, made from a number so that runs are alike.</summary>
internal static class Requests
{
    public const byte UserName = 1;
    public const byte NasIdentifier = 32;
    public const byte ProxyState = 33;
    public const byte AcctStatusType = 40;
    public const byte EapMessage = 79;

    public static readonly SharedSecret Secret = new("testing123");

    public static byte[] Access(byte identifier = 1, int number = 1, bool messageAuthenticator = true, SharedSecret? secret = null, params (byte Type, byte[] Value)[] attributes) =>
        Write(RadiusCode.AccessRequest, identifier, number, messageAuthenticator, secret, [(UserName, "alice"u8.ToArray()), .. attributes]);

    public static byte[] Status(byte identifier = 1, int number = 1, bool messageAuthenticator = true) =>
        Write(RadiusCode.StatusServer, identifier, number, messageAuthenticator, null, []);

    public static byte[] Accounting(byte identifier = 1, int number = 1, bool messageAuthenticator = false, SharedSecret? secret = null, params (byte Type, byte[] Value)[] attributes)
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccountingRequest, identifier, default, messageAuthenticator);
        writer.Append(AcctStatusType, 1);
        writer.Append(44, (uint)number);
        Append(writer, attributes);
        writer.FinishSignedRequest(secret ?? Secret);
        return writer.Octets.ToArray();
    }

    private static byte[] Write(
        RadiusCode code, byte identifier, int number, bool messageAuthenticator, SharedSecret? secret, ReadOnlySpan<(byte Type, byte[] Value)> attributes)
    {
        Span<byte> authenticator = stackalloc byte[16];
        new Random(number).NextBytes(authenticator);
        BinaryPrimitives.WriteInt32BigEndian(authenticator, number);
        PacketWriter writer = new();
        writer.Begin(code, identifier, authenticator, messageAuthenticator);
        Append(writer, attributes);
        writer.FinishAccessRequest(secret ?? Secret);
        return writer.Octets.ToArray();
    }

    private static void Append(PacketWriter writer, ReadOnlySpan<(byte Type, byte[] Value)> attributes)
    {
        foreach ((byte type, byte[] value) in attributes)
        {
            writer.Append(type, value);
        }
    }
}
