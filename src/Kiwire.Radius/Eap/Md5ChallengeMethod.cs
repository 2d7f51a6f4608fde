using System.Security.Cryptography;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Eap;

/// <summary>MD5-Challenge (RFC 3748, 5.4): CHAP with the EAP identifier in place of CHAP's (RFC 1994, 4.1).</summary>
internal sealed class Md5ChallengeMethod : EapMethod
{
    private readonly byte[] _challenge = RandomNumberGenerator.GetBytes(Md5.HashSize);
    private EapPeer? _peer;
    private byte _identifier;

    public override EapType Type => EapType.Md5Challenge;

    public override EapStep Begin(EapPeer peer, byte identifier)
    {
        _peer = peer;
        _identifier = identifier;

        // Value-Size, Value; the Name that may follow says nothing here.
        return new EapStep.Request((byte[])[Md5.HashSize, .. _challenge]);
    }

    public override EapStep Handle(ReadOnlySpan<byte> typeData, byte nextIdentifier)
    {
        if (typeData.Length < 1 + Md5.HashSize || typeData[0] != Md5.HashSize)
        {
            return EapStep.Ignore.Instance;
        }

        EapCredential credential = _peer!.Credential;
        ReadOnlySpan<byte> value = typeData.Slice(1, Md5.HashSize);
        bool password = Proves(value, credential.Password.Span);
        bool empty = Proves(value, default);
        return credential.IsKnown && (password | (empty & credential.AcceptsEmptyPassword))
            ? new EapStep.Success(null)
            : new EapStep.Failure(EapFailure.WrongPassword, WrongPassword: true);
    }

    private bool Proves(ReadOnlySpan<byte> value, ReadOnlySpan<byte> password)
    {
        Span<byte> expected = stackalloc byte[Md5.HashSize];
        Md5 md5 = Md5.Start();
        md5.Append([_identifier]);
        md5.Append(password);
        md5.Append(_challenge);
        md5.Finish(expected);
        return CryptographicOperations.FixedTimeEquals(expected, value);
    }
}
