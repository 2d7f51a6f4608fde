using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Eap;

/// <summary>
/// EAP-MSCHAPv2 (draft-kamath-pppext-eap-mschapv2; RFC 2759): challenge and response, then success or failure as a request of its own,
/// which the peer acknowledges. Both sides prove that they know the password, and keys come of it (RFC 3079).
/// </summary>
internal sealed class MsChapV2Method : EapMethod
{
    // OpCode, MS-CHAPv2-ID, MS-Length (2), then the operation's own fields.
    private const int HeaderLength = 4;

    // Peer-Challenge (16), reserved (8), NT-Response (24), flags (1).
    private const int ValueLength = 49;

    private enum OpCode : byte
    {
        Challenge = 1,
        Response = 2,
        Success = 3,
        Failure = 4,
    }

    private readonly byte[] _challenge = RandomNumberGenerator.GetBytes(MsChapV2.ChallengeLength);
    private EapPeer? _peer;
    private byte _identifier;
    private EapKeys? _keys;
    private Stage _stage;

    private enum Stage
    {
        Challenged,
        Proved,
        Refused,
    }

    public override EapType Type => EapType.MsChapV2;

    public override EapStep Begin(EapPeer peer, byte identifier)
    {
        _peer = peer;
        _identifier = identifier;

        // Value-Size, Challenge, Name.
        return Request(OpCode.Challenge, identifier, [MsChapV2.ChallengeLength, .. _challenge, .. "radius"u8], wrongPassword: false);
    }

    public override EapStep Handle(ReadOnlySpan<byte> typeData, byte nextIdentifier)
    {
        OpCode operation = typeData.IsEmpty ? default : (OpCode)typeData[0];
        return (_stage, operation) switch
        {
            (Stage.Challenged, OpCode.Response) => HandleResponse(typeData, nextIdentifier),
            (Stage.Proved, OpCode.Success) => new EapStep.Success(_keys),

            // The peer did not like the server's proof.
            (Stage.Proved, OpCode.Failure) => new EapStep.Failure(EapFailure.Abandoned),

            (Stage.Refused, _) => new EapStep.Failure(EapFailure.WrongPassword),
            _ => EapStep.Ignore.Instance,
        };
    }

    private EapStep HandleResponse(ReadOnlySpan<byte> typeData, byte nextIdentifier)
    {
        // MS-Length is not looked at: some peers have it wrong, and it says nothing that the packet's own length does not.
        if (typeData.Length < HeaderLength + 1 + ValueLength || typeData[1] != _identifier || typeData[HeaderLength] != ValueLength)
        {
            return EapStep.Ignore.Instance;
        }

        ReadOnlySpan<byte> value = typeData.Slice(HeaderLength + 1, ValueLength);
        ReadOnlySpan<byte> peerChallenge = value[..MsChapV2.ChallengeLength];
        ReadOnlySpan<byte> ntResponse = value.Slice(24, MsChap.NtResponseLength);
        ReadOnlySpan<byte> name = typeData[(HeaderLength + 1 + ValueLength)..];

        EapCredential credential = _peer!.Credential;
        Span<byte> proof = stackalloc byte[MsChapV2.AuthenticatorResponseLength];
        Span<byte> proofOfEmpty = stackalloc byte[MsChapV2.AuthenticatorResponseLength];
        bool password = MsChapV2.Verify(_challenge, peerChallenge, name, ntResponse, credential.Password.Span, proof);
        bool empty = MsChapV2.Verify(_challenge, peerChallenge, name, ntResponse, default, proofOfEmpty) & credential.AcceptsEmptyPassword;
        if (!credential.IsKnown || !(password | empty))
        {
            _stage = Stage.Refused;
            Span<byte> unused = stackalloc byte[MsChapV2.ChallengeLength];
            RandomNumberGenerator.Fill(unused);
            string text = MsChap.ErrorText(MsChap.AuthenticationFailure, mayRetry: false, unused, "Wrong username or password");
            return Request(OpCode.Failure, nextIdentifier, Encoding.ASCII.GetBytes(text), wrongPassword: true);
        }

        byte[] sendKey = new byte[MsChapV2.KeyLength];
        byte[] receiveKey = new byte[MsChapV2.KeyLength];
        MsChapV2.DeriveKeys(password ? credential.Password.Span : default, ntResponse, sendKey, receiveKey);
        _keys = new EapKeys(sendKey, receiveKey);
        _stage = Stage.Proved;
        return Request(OpCode.Success, _identifier, [.. password ? proof : proofOfEmpty, .. " M=Welcome"u8], wrongPassword: false);
    }

    private static EapStep.Request Request(OpCode operation, byte identifier, ReadOnlySpan<byte> fields, bool wrongPassword)
    {
        byte[] typeData = new byte[HeaderLength + fields.Length];
        typeData[0] = (byte)operation;
        typeData[1] = identifier;
        BinaryPrimitives.WriteUInt16BigEndian(typeData.AsSpan(2), (ushort)typeData.Length);
        fields.CopyTo(typeData.AsSpan(HeaderLength));
        return new EapStep.Request(typeData, wrongPassword);
    }
}
