using System.Buffers.Binary;
using System.Security.Cryptography;
using Kiwire.Radius.Eap;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Eap;

/// <summary>The other side of a conversation: answers requests as a peer with a name and a password does.</summary>
internal sealed class Peer(string name, string password, params EapType[] wants)
{
    private readonly byte[] _name = System.Text.Encoding.UTF8.GetBytes(name);
    private readonly byte[] _password = System.Text.Encoding.UTF8.GetBytes(password);

    /// <summary>The keys as the peer has them: its send key is the server's receive key.</summary>
    public byte[] SendKey { get; } = new byte[16];

    public byte[] ReceiveKey { get; } = new byte[16];

    /// <summary>What the server said in MSCHAPv2's success or failure request.</summary>
    public string Said { get; private set; } = "";

    public byte[] Identity(byte identifier) => EapMessage.Response(identifier, EapType.Identity, _name);

    public byte[] Answer(ReadOnlySpan<byte> request)
    {
        Assert.That(EapView.TryParse(request, out EapView packet), Is.True);
        Assert.That(packet.Code, Is.EqualTo(EapCode.Request));
        if (packet.Type == EapType.Identity)
        {
            return Identity(packet.Identifier);
        }

        if (wants.Length > 0 && !wants.Contains(packet.Type))
        {
            return EapMessage.Response(packet.Identifier, EapType.Nak, [.. wants.Select(static want => (byte)want)]);
        }

        byte[] typeData = packet.Type switch
        {
            EapType.Md5Challenge => Md5Response(packet.Identifier, packet.TypeData),
            EapType.MsChapV2 => MsChapV2Response(packet.TypeData),
            EapType.GenericTokenCard => _password,
            _ => throw new AssertionException($"Type {packet.Type}"),
        };
        return EapMessage.Response(packet.Identifier, packet.Type, typeData);
    }

    private byte[] Md5Response(byte identifier, ReadOnlySpan<byte> typeData)
    {
        Assert.That(typeData[0], Is.EqualTo(16));
        byte[] joined = [identifier, .. _password, .. typeData.Slice(1, 16)];
        byte[] value = new byte[16];
        Md5.Hash(joined, value);
        return [16, .. value, .. _name];
    }

    private byte[] MsChapV2Response(ReadOnlySpan<byte> typeData)
    {
        Assert.That(BinaryPrimitives.ReadUInt16BigEndian(typeData[2..]), Is.EqualTo(typeData.Length), "MS-Length");
        switch (typeData[0])
        {
            case 1:
                Assert.That(typeData[4], Is.EqualTo(16), "Value-Size");
                byte[] challenge = RandomNumberGenerator.GetBytes(16);
                byte[] response = new byte[24];
                MsChapV2.NtResponse(typeData.Slice(5, 16), challenge, _name, _password, response);
                MsChapV2.DeriveKeys(_password, response, sendKey: ReceiveKey, receiveKey: SendKey);

                // OpCode, ID, MS-Length, Value-Size, peer's challenge, reserved, NT-Response, flags, name.
                byte[] data = [2, typeData[1], 0, 0, 49, .. challenge, .. new byte[8], .. response, 0, .. _name];
                BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2), (ushort)data.Length);
                return data;
            case 3 or 4:
                Said = System.Text.Encoding.ASCII.GetString(typeData[4..]);
                return [typeData[0]];
            default:
                throw new AssertionException($"OpCode {typeData[0]}");
        }
    }
}
