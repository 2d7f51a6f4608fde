using System.Security.Cryptography;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>
/// Compares what a request proves with what an account has (PAP, CHAP, MS-CHAP, MS-CHAPv2). An account that does not exist is compared
/// with a password nobody has, so that it takes the same work. What is right leaves behind what the answer must carry.
/// </summary>
internal ref struct Credentials
{
    /// <summary>Compared with, where there is no account; no client can send it, for it is made anew at each start.</summary>
    private static readonly byte[] NobodysPassword = RandomNumberGenerator.GetBytes(16);

    /// <summary>How the client proved itself.</summary>
    public LoginMethod Method { get; private set; }

    /// <summary>The request's credentials could be read: right lengths, a challenge where one is needed.</summary>
    public bool Readable { get; private set; }

    /// <summary>They are the account's.</summary>
    public bool Right { get; private set; }

    /// <summary>The password that they prove, where it is right and the answer's keys are made of it (MS-CHAP); else empty.</summary>
    public ReadOnlySpan<byte> Password { get; private set; }

    /// <summary>
    /// Checks the one kind of credentials that the request has. None is an empty password, which only vouchers have: clients leave the
    /// attribute out.
    /// </summary>
    public static Credentials Check(scoped in RadiusRequest request, in AccessFields fields, AccountEntry? account) => fields.Credentials switch
    {
        CredentialKinds.None => new Credentials { Method = LoginMethod.Pap, Readable = account is { IsVoucher: true }, Right = account is { IsVoucher: true } },
        CredentialKinds.Pap => Pap(in request, in fields, account),
        CredentialKinds.Chap => Chap(in request, in fields, account),
        CredentialKinds.MsChap => MsChapV1(in fields, account),
        CredentialKinds.MsChapV2 => MsChapV2Response(in fields, account),
        _ => default,
    };

    /// <summary>Checks the one kind of credentials that the request has against one password. None is an empty one.</summary>
    public static Credentials CheckPassword(scoped in RadiusRequest request, scoped in AccessFields fields, ReadOnlySpan<byte> password)
    {
        switch (fields.Credentials)
        {
            case CredentialKinds.None:
                return new Credentials { Method = LoginMethod.Pap, Readable = true, Right = password.IsEmpty };

            case CredentialKinds.Pap:
                Span<byte> sent = stackalloc byte[UserPassword.MaximumLength];
                int length = 0;
                bool readable = fields.UserPassword.IsEmpty
                    || UserPassword.TryReveal(fields.UserPassword, request.Nas.Secret, request.Packet.Authenticator, sent, out length);
                bool right = readable && CryptographicOperations.FixedTimeEquals(sent[..length], password);
                CryptographicOperations.ZeroMemory(sent[..length]);
                return new Credentials { Method = LoginMethod.Pap, Readable = readable, Right = right };

            case CredentialKinds.Chap when fields.ChapPassword.Length == 17:
                ReadOnlySpan<byte> challenge = fields.ChapChallenge.IsEmpty ? request.Packet.Authenticator : fields.ChapChallenge;
                return new Credentials { Method = LoginMethod.Chap, Readable = true, Right = ChapPassword.Verify(fields.ChapPassword, password, challenge) };

            case CredentialKinds.MsChap when fields.MsChapResponse.Length == 50 && fields.MsChapChallenge.Length == 8:
                return new Credentials
                {
                    Method = LoginMethod.MsChap,
                    Readable = true,
                    Right = MsChap.VerifyV1(fields.MsChapChallenge, fields.MsChapResponse, password),
                    Password = password,
                };

            case CredentialKinds.MsChapV2 when fields.MsChap2Response.Length == 50 && fields.MsChapChallenge.Length == 16:
                return new Credentials { Method = LoginMethod.MsChapV2, Readable = true, Right = VerifyV2(in fields, password), Password = password };

            default:
                return default;
        }
    }

    private static Credentials Pap(scoped in RadiusRequest request, scoped in AccessFields fields, AccountEntry? account)
    {
        Span<byte> password = stackalloc byte[UserPassword.MaximumLength];
        int length = 0;
        if (!fields.UserPassword.IsEmpty && !UserPassword.TryReveal(fields.UserPassword, request.Nas.Secret, request.Packet.Authenticator, password, out length))
        {
            return new Credentials { Method = LoginMethod.Pap };
        }

        bool right = IsPassword(account, password[..length]);
        CryptographicOperations.ZeroMemory(password[..length]);
        return new Credentials { Method = LoginMethod.Pap, Readable = true, Right = right };
    }

    /// <summary>Whether a password in clear is the account's. A voucher's code is its password in either case, and so is an empty one.</summary>
    internal static bool IsPassword(AccountEntry? account, ReadOnlySpan<byte> password)
    {
        if (account is null)
        {
            _ = CryptographicOperations.FixedTimeEquals(password, NobodysPassword);
            return false;
        }

        if (!account.IsVoucher)
        {
            return CryptographicOperations.FixedTimeEquals(password, account.PasswordUtf8);
        }

        return password.IsEmpty || System.Text.Ascii.EqualsIgnoreCase(password, account.PasswordUtf8);
    }

    private static Credentials Chap(scoped in RadiusRequest request, scoped in AccessFields fields, AccountEntry? account)
    {
        if (fields.ChapPassword.Length != 17)
        {
            return new Credentials { Method = LoginMethod.Chap };
        }

        // RFC 2865, 2.2: the challenge is the CHAP-Challenge attribute or, where there is none, the Request Authenticator.
        ReadOnlySpan<byte> challenge = fields.ChapChallenge.IsEmpty ? request.Packet.Authenticator : fields.ChapChallenge;
        bool right = ChapPassword.Verify(fields.ChapPassword, account is null ? NobodysPassword : account.PasswordUtf8, challenge);
        if (!right && account is { IsVoucher: true })
        {
            right = ChapPassword.Verify(fields.ChapPassword, fields.UserName, challenge) || ChapPassword.Verify(fields.ChapPassword, default, challenge);
        }

        return new Credentials { Method = LoginMethod.Chap, Readable = true, Right = right && account is not null };
    }

    private static Credentials MsChapV1(in AccessFields fields, AccountEntry? account)
    {
        if (fields.MsChapResponse.Length != 50 || fields.MsChapChallenge.Length != 8)
        {
            return new Credentials { Method = LoginMethod.MsChap };
        }

        ReadOnlySpan<byte> password = account is null ? NobodysPassword : account.PasswordUtf8;
        bool right = MsChap.VerifyV1(fields.MsChapChallenge, fields.MsChapResponse, password);
        if (!right && account is { IsVoucher: true })
        {
            password = MsChap.VerifyV1(fields.MsChapChallenge, fields.MsChapResponse, fields.UserName) ? fields.UserName : default;
            right = !password.IsEmpty || MsChap.VerifyV1(fields.MsChapChallenge, fields.MsChapResponse, default);
        }

        return new Credentials { Method = LoginMethod.MsChap, Readable = true, Right = right && account is not null, Password = password };
    }

    private static Credentials MsChapV2Response(in AccessFields fields, AccountEntry? account)
    {
        // MS-CHAP2-Response (RFC 2548, 2.3.2): ident, flags, 16 octets of peer challenge, 8 reserved, 24 of NT response.
        if (fields.MsChap2Response.Length != 50 || fields.MsChapChallenge.Length != 16)
        {
            return new Credentials { Method = LoginMethod.MsChapV2 };
        }

        ReadOnlySpan<byte> password = account is null ? NobodysPassword : account.PasswordUtf8;
        bool right = VerifyV2(in fields, password);
        if (!right && account is { IsVoucher: true })
        {
            password = VerifyV2(in fields, fields.UserName) ? fields.UserName : default;
            right = !password.IsEmpty || VerifyV2(in fields, default);
        }

        return new Credentials { Method = LoginMethod.MsChapV2, Readable = true, Right = right && account is not null, Password = password };
    }

    private static bool VerifyV2(scoped in AccessFields fields, ReadOnlySpan<byte> password)
    {
        Span<byte> authenticatorResponse = stackalloc byte[MsChapV2.AuthenticatorResponseLength];
        return MsChapV2.VerifyResponse(fields.MsChapChallenge, fields.MsChap2Response, fields.UserName, password, authenticatorResponse);
    }
}
