using System.Globalization;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sessions;
using Kiwire.Server.Sms;

namespace Kiwire.Server.Authentication;

/// <summary>
/// Check 10, one-time codes (otp-sms.md): a password, or an empty one where the account has none, is answered by a challenge; its State
/// and the code let in. So does a code that the portal had sent, alone or behind the password.
/// </summary>
internal sealed partial class AccessRequestHandler
{
    private const int LongestPhone = 40;

    /// <summary>Whether the account, or the number that is no account yet, needs a code. Costs an account without a number nothing.</summary>
    private bool TryBeginCode(scoped in Login login, ReadOnlySpan<byte> name, ref LoginProgress progress)
    {
        AccountEntry? account = progress.Account;
        if (progress.Code is not null)
        {
            return true;
        }

        if (account is not null && (account.IsVoucher || (account.PhoneUtf8.IsEmpty && account.NameUtf8[0] != '+')))
        {
            return false;
        }

        if (policies.EnabledOf(login.Tenant.TenantId) is not { } policy || !NeedsCode(policy, account))
        {
            return false;
        }

        bool isNamed = account is null ? TryReadPhone(in login, name, policy, out PhoneNumber phone) : TryParse(account.NameUtf8, null, out phone) && account.NameUtf8[0] == '+';
        if (!isNamed && (account is null || !TryParse(account.PhoneUtf8, policy, out phone)))
        {
            return false;
        }

        progress.Code = new CodeTurn(policy, phone, isNamed);
        return true;
    }

    private static bool NeedsCode(SmsPolicy policy, AccountEntry? account) =>
        policy.Mode == SmsMode.EveryLogin || (policy.Mode == SmsMode.PasswordOnce && account is null);

    /// <summary>The number that a user name is, where it is one: also in its national form. A device's address that is all digits is none.</summary>
    private static bool TryReadPhone(scoped in Login login, ReadOnlySpan<byte> name, SmsPolicy policy, out PhoneNumber phone)
    {
        phone = default;
        if (name.IsEmpty || !(name[0] == '+' || char.IsAsciiDigit((char)name[0])))
        {
            return false;
        }

        bool isAddress = name[0] != '+' && MacAddress.TryParse(name, out MacAddress mac) && (login.Fields.Device.IsNone || login.Fields.Device == mac);
        return !isAddress && TryParse(name, policy, out phone);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, SmsPolicy? policy, out PhoneNumber phone)
    {
        phone = default;
        return text.Length is > 0 and <= LongestPhone
            && PhoneNumber.TryParse(Encoding.UTF8.GetString(text), policy is { DefaultCountry.Length: > 0 } ? policy.DefaultCountry : null, out phone, out _);
    }

    private bool TryDecideByCode(scoped in Login login, ref LoginProgress progress, out RadiusReply? reply)
    {
        CodeTurn turn = progress.Code!;
        reply = turn switch
        {
            { Answer: CodeAnswer.Refused refused } => RefuseCode(in login, progress.Account, refused),
            { Answer: CodeAnswer.Sent sent } => ChallengeForCode(in login, turn, progress.Account, sent.CodeId, sent.Recipient, "a code was sent to"),
            { Answer: CodeAnswer.AlreadySent sent } => ChallengeForCode(in login, turn, progress.Account, sent.CodeId, sent.Recipient, "a code is on its way to"),
            { AttemptsLeft: { } left } => AnswerWrongCode(in login, turn, progress.Account, left),
            { Lost: true } => RefuseWrong(in login, progress.Account, "the code was used in the same moment, or came to its end"),
            _ => null,
        };
        if (reply is not null)
        {
            return true;
        }

        return turn.Proved is not null ? TryAdmitByCode(in login, ref progress, out reply)
            : turn.LookedUp ? TryJudgeCode(in login, ref progress, out reply)
            : TryBegin(in login, turn, ref progress, out reply);
    }

    /// <summary>Nothing has been waited for yet: it is an answer to a challenge, what deserves one, or perhaps a code.</summary>
    private bool TryBegin(scoped in Login login, CodeTurn turn, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        AccountEntry? account = progress.Account;
        if (!login.Fields.State.IsEmpty)
        {
            if (states.TryRead(login.Tenant.TenantId, login.Fields.UserName, login.Fields.State, out long codeId))
            {
                turn.AskedFor = codeId;
                return progress.MustWait(LoginWait.Code);
            }

            CountWrong(in login);
            reply = RefuseWrong(in login, account, "the State is not one that this user was given");
            return true;
        }

        Credentials first = account is { HasPassword: true }
            ? Credentials.Check(in login.Request, in login.Fields, account)
            : Credentials.CheckPassword(in login.Request, in login.Fields, default);
        if (!first.Readable)
        {
            reply = Refuse(in login, LoginReason.BadRequest, account, first.Method);
            return true;
        }

        if (first.Right && turn.Policy.AsksAtLogin)
        {
            reply = FindRefusal(in login, account, first.Method);
            return reply is not null || progress.MustWait(LoginWait.CodeRequest);
        }

        if (turn.IsNamedByPhone || turn.Policy.Append || account is not { HasPassword: true })
        {
            return progress.MustWait(LoginWait.Code);
        }

        CountWrong(in login);
        reply = Refuse(in login, LoginReason.WrongPassword, account, first.Method);
        return true;
    }

    /// <summary>No code is sent to whom an earlier check shuts out.</summary>
    private RadiusReply? FindRefusal(scoped in Login login, AccountEntry? account, LoginMethod method)
    {
        if (account is null)
        {
            return null;
        }

        AdmissionDecision decision = Decide(in login, account);
        if (!decision.Admitted)
        {
            SuspendWhereAsked(login.Tenant, account, decision.Reason);
            return Refuse(in login, decision.Reason, account, method);
        }

        int limit = account.Profile!.Simultaneous;
        return account.Presence.HasPlace(login.Fields.Device, limit, login.Tenant.Policy.AutoDisconnectPrevious && limit == 1, login.Request.ReceivedAt)
            ? null
            : Refuse(in login, LoginReason.Simultaneous, account, method);
    }

    /// <summary>The last code that went to the number is known: does the request prove it?</summary>
    private bool TryJudgeCode(scoped in Login login, ref LoginProgress progress, out RadiusReply? reply)
    {
        CodeTurn turn = progress.Code!;
        AccountEntry? account = progress.Account;
        reply = null;
        long now = login.Request.ReceivedAt;
        bool reusable = turn.Stored is not null && turn.Stored.IsReusable(now, login.Fields.Device);
        if (turn.Stored is not { } stored
            || (turn.AskedFor != 0 && (stored.CodeId != turn.AskedFor || stored.Kind != CodeKind.Code))
            || !(reusable || stored.IsAlive(now, turn.Policy.MaxAttempts))
            || verification.Reveal(stored) is not { } code)
        {
            CountWrong(in login);
            reply = RefuseWrong(in login, account, "there is no code that could be right: none was sent lately, or it is used, out of date or guessed at too often");
            return true;
        }

        foreach (byte[] candidate in CandidatesOf(turn, account, code))
        {
            Credentials credentials = Credentials.CheckPassword(in login.Request, in login.Fields, candidate);
            if (!credentials.Readable)
            {
                reply = Refuse(in login, LoginReason.BadRequest, account, credentials.Method);
                return true;
            }

            if (credentials.Right)
            {
                turn.Proved = candidate;
                turn.Taken = reusable;
                return TryAdmitByCode(in login, ref progress, out reply);
            }
        }

        CountWrong(in login);
        if (!reusable)
        {
            return progress.MustWait(LoginWait.WrongCode);
        }

        reply = RefuseWrong(in login, account, "the code is wrong");
        return true;
    }

    /// <summary>What would be right: the code where it is asked for or alone is enough, else the password with the code behind it. Letters may be typed in lower case.</summary>
    private static List<byte[]> CandidatesOf(CodeTurn turn, AccountEntry? account, byte[] code)
    {
        List<byte[]> codes = [code];
        byte[] lower = new byte[code.Length];
        Ascii.ToLower(code, lower, out _);
        if (!lower.AsSpan().SequenceEqual(code))
        {
            codes.Add(lower);
        }

        bool alone = turn.AskedFor != 0 || turn.IsNamedByPhone || account is not { HasPassword: true };
        List<byte[]> candidates = alone ? [.. codes] : [];
        if (turn.Policy.Append && account is { HasPassword: true })
        {
            candidates.AddRange(codes.Select(typed => (byte[])[.. account.PasswordUtf8, .. typed]));
        }

        return candidates;
    }

    private bool TryAdmitByCode(scoped in Login login, ref LoginProgress progress, out RadiusReply? reply)
    {
        CodeTurn turn = progress.Code!;
        reply = null;
        if (progress.Account is not { } account)
        {
            return progress.MustWait(LoginWait.SignUp);
        }

        ForgetWrong(in login, login.Fields.UserName);
        return TryAdmit(in login, account, new Proof(MethodOf(login.Fields.Credentials)) { Password = turn.Proved }, ref progress, out reply);
    }

    private RadiusReply ChallengeForCode(scoped in Login login, CodeTurn turn, AccountEntry? account, long codeId, string recipient, string detail, string before = "")
    {
        PacketWriter writer = login.Writer;
        ReplyWriter.Begin(writer, in login.Request, RadiusCode.AccessChallenge);
        int begun = writer.Length;
        ReplyWriter.AppendReplyMessage(writer, Encoding.UTF8.GetBytes($"{before}Enter the code sent to {recipient}"));
        ReplyWriter.AppendSessionTimeout(writer, (uint)turn.Policy.CodeLifetimeSeconds);
        ReadOnlySpan<byte> said = writer.Octets[begun..];
        ReplyWriter.AppendState(writer, states.Write(login.Tenant.TenantId, login.Fields.UserName, codeId));
        ReplyWriter.Finish(writer, in login.Request, login.Fields.HasProxyState);
        metrics.Challenged();
        Record(
            in login, account, ids.Next(), LoginOutcome.Challenged, MethodOf(login.Fields.Credentials), LoginReason.None,
            Encoding.UTF8.GetBytes($"{detail} {turn.Phone.Masked}"), said);
        return new RadiusReply(writer.Memory);
    }

    private RadiusReply AnswerWrongCode(scoped in Login login, CodeTurn turn, AccountEntry? account, int left) =>
        turn.AskedFor != 0 && left > 0
            ? ChallengeForCode(
                in login, turn, account, turn.AskedFor, turn.Stored!.Recipient,
                string.Create(CultureInfo.InvariantCulture, $"the code was wrong, attempts left: {left}; another one may be tried of"), "Wrong code. ")
            : RefuseWrong(in login, account, string.Create(CultureInfo.InvariantCulture, $"the code is wrong, attempts left: {left}"));

    private RadiusReply RefuseWrong(scoped in Login login, AccountEntry? account, string detail) =>
        Refuse(in login, LoginReason.WrongPassword, account, MethodOf(login.Fields.Credentials), detail: detail);

    private RadiusReply RefuseCode(scoped in Login login, AccountEntry? account, CodeAnswer.Refused refused) => Refuse(
        in login, LoginReason.NoCode, account, MethodOf(login.Fields.Credentials), text: refused.Sentence, detail: $"no code was sent: {refused.Reason}");

    /// <summary>Does what a login with a code has to wait for.</summary>
    private async Task WaitForCodeAsync(NasEntry nas, CodeTurn turn, LoginWait wait, AccountEntry? account, MacAddress device, CancellationToken cancellationToken)
    {
        switch (wait)
        {
            case LoginWait.CodeRequest:
                turn.Answer = await codes.RequestAsync(
                    new CodeRequest
                    {
                        TenantId = nas.TenantId,
                        Phone = turn.Phone,
                        Device = device,
                        NasId = nas.NasId,
                        Account = turn.IsNamedByPhone || account is null ? "" : account.ToString(),
                    },
                    cancellationToken).ConfigureAwait(false);
                break;

            case LoginWait.Code:
                turn.Stored = await verification.FindAsync(nas.TenantId, turn.Phone, cancellationToken).ConfigureAwait(false);
                turn.LookedUp = true;
                break;

            case LoginWait.WrongCode:
                turn.AttemptsLeft = await verification.WrongAsync(turn.Policy, turn.Stored!, cancellationToken).ConfigureAwait(false);
                break;

            case LoginWait.UseCode:
                turn.Taken = await verification.TryUseAsync(turn.Policy, turn.Stored!, device, cancellationToken).ConfigureAwait(false);
                turn.Lost = !turn.Taken;
                break;
        }
    }

    private static LoginMethod MethodOf(CredentialKinds kind) => kind switch
    {
        CredentialKinds.Chap => LoginMethod.Chap,
        CredentialKinds.MsChap => LoginMethod.MsChap,
        CredentialKinds.MsChapV2 => LoginMethod.MsChapV2,
        CredentialKinds.Eap => LoginMethod.None,
        _ => LoginMethod.Pap,
    };
}
