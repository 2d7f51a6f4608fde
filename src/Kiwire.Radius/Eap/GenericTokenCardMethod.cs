using System.Security.Cryptography;

namespace Kiwire.Radius.Eap;

/// <summary>
/// Generic Token Card (RFC 3748, 5.6): a prompt, and what is typed in answer to it. That is the password, or whatever the caller says
/// it is: a one-time code, or a password and then a code.
/// </summary>
internal sealed class GenericTokenCardMethod : EapMethod
{
    private EapPeer? _peer;

    public override EapType Type => EapType.GenericTokenCard;

    public override EapStep Begin(EapPeer peer, byte identifier)
    {
        _peer = peer;
        return new EapStep.Request("Password: "u8.ToArray());
    }

    public override EapStep Handle(ReadOnlySpan<byte> typeData, byte nextIdentifier)
    {
        EapCredential credential = _peer!.Credential;
        if (credential.CallerJudgesText)
        {
            return new EapStep.Wait(typeData.ToArray());
        }

        bool password = CryptographicOperations.FixedTimeEquals(typeData, credential.Password.Span);
        bool empty = typeData.IsEmpty & credential.AcceptsEmptyPassword;
        return Judge(credential.IsKnown && (password | empty));
    }

    public override EapStep HandleVerdict(EapVerdict verdict) =>
        verdict is EapVerdict.Asked(ReadOnlyMemory<byte> prompt) ? new EapStep.Request(prompt) : Judge(verdict is EapVerdict.Accepted);

    private static EapStep Judge(bool right) =>
        right ? new EapStep.Success(null) : new EapStep.Failure(EapFailure.WrongPassword, WrongPassword: true);
}
