using System.Security.Cryptography;
using Kiwire.Radius.Eap;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>
/// Accounts with an authenticator (RFC 4226, RFC 6238): the password, then a challenge, then the code; or the code at once, behind the password where the
/// tenant's policy has it so, alone where there is no password.
/// </summary>
internal sealed partial class AccessRequestHandler
{
    private static ReadOnlySpan<byte> AskForCode => "Enter the code that your authenticator shows"u8;

    /// <summary>Only a code lets in here; a right password leads to the question for it.</summary>
    private bool TryDecideByAuthenticator(scoped in Login login, AccountEntry account, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        if (progress.CodeVerdict != OneTimePasswordVerdict.None)
        {
            return TryConclude(in login, account, ref progress, out reply);
        }

        bool isAnswer = !login.Fields.State.IsEmpty;
        progress.Round = isAnswer ? challenges.RoundOf(in login) : 0;
        if (isAnswer && progress.Round == 0)
        {
            reply = RefuseWrongCode(in login, account);
            return true;
        }

        Credentials credentials = Credentials.Check(in login.Request, in login.Fields, account);
        bool isEmpty = !account.HasPassword && Credentials.CheckPassword(in login.Request, in login.Fields, default).Right;
        if (!credentials.Readable && !isEmpty)
        {
            reply = Refuse(in login, LoginReason.BadRequest, account, credentials.Method);
            return true;
        }

        if (!isAnswer && (credentials.Right || isEmpty))
        {
            reply = Ask(in login, account, round: 1, credentials.Method);
            return true;
        }

        bool behindPassword = !isAnswer && account.HasPassword && policies.Of(login.Tenant.TenantId).Append;
        if (!isAnswer && account.HasPassword && !behindPassword)
        {
            reply = RefuseWrongCode(in login, account);
            return true;
        }

        progress.Account = account;
        progress.CodeProof = new CodeProof(in login, alone: isAnswer || !account.HasPassword, behindPassword ? account : null);
        return progress.MustWait(LoginWait.OneTimePassword);
    }

    private bool TryConclude(scoped in Login login, AccountEntry account, ref LoginProgress progress, out RadiusReply? reply)
    {
        LoginMethod method = MethodOf(login.Fields.Credentials);
        switch (progress.CodeVerdict)
        {
            case OneTimePasswordVerdict.Right:
                ForgetWrong(in login, login.Fields.UserName);
                return TryAdmit(in login, account, new Proof(method) { Password = progress.CodeProof!.Proved }, ref progress, out reply);
            case OneTimePasswordVerdict.LockedOut:
                reply = Refuse(in login, LoginReason.Lockout, account, method);
                return true;
            case OneTimePasswordVerdict.Wrong when progress.Round is > 0 and < LoginChallenges.MostRounds:
                CountWrong(in login);
                reply = Ask(in login, account, progress.Round + 1, method);
                return true;
            default:
                reply = RefuseWrongCode(in login, account);
                return true;
        }
    }

    private RadiusReply Ask(scoped in Login login, AccountEntry account, int round, LoginMethod method)
    {
        PacketWriter writer = login.Writer;
        ReplyWriter.Begin(writer, in login.Request, RadiusCode.AccessChallenge);
        ReplyWriter.AppendState(writer, challenges.Write(in login, round));
        int begun = writer.Length;
        ReplyWriter.AppendReplyMessage(writer, AskForCode);
        ReadOnlySpan<byte> said = writer.Octets[begun..];
        ReplyWriter.AppendSessionTimeout(writer, LoginChallenges.AnswerSeconds);
        ReplyWriter.Finish(writer, in login.Request, login.Fields.HasProxyState);
        metrics.Challenged();
        Record(in login, account, ids.Next(), LoginOutcome.Challenged, method, LoginReason.None, default, said);
        return new RadiusReply(writer.Memory);
    }

    private RadiusReply RefuseWrongCode(scoped in Login login, AccountEntry account)
    {
        CountWrong(in login);
        return Refuse(in login, LoginReason.WrongPassword, account, MethodOf(login.Fields.Credentials));
    }

    /// <summary>What a peer typed into EAP's token card; false: the database is to be asked.</summary>
    private bool TryJudgeText(scoped in Login login, EapTurn turn, ReadOnlySpan<byte> text, ref LoginProgress progress)
    {
        if (!TryResolveAccount(in login, turn.Identity.Span, ref progress))
        {
            return false;
        }

        OneTimePasswordVerdict verdict = progress.CodeVerdict;
        progress.CodeVerdict = OneTimePasswordVerdict.None;
        if (progress.Account is not { HasAuthenticator: true } account || verdict != OneTimePasswordVerdict.None)
        {
            turn.HasProvedCode = verdict == OneTimePasswordVerdict.Right;
            turn.Resume(turn.HasProvedCode ? EapVerdict.Right : EapVerdict.Wrong);
            return true;
        }

        bool behindPassword = !turn.HasProvedPassword && account.HasPassword && policies.Of(login.Tenant.TenantId).Append;
        if (!turn.HasProvedPassword && account.HasPassword && CryptographicOperations.FixedTimeEquals(text, account.PasswordUtf8))
        {
            turn.HasProvedPassword = true;
            turn.Resume(EapVerdict.Ask(AskForCode.ToArray()));
            return true;
        }

        if (!turn.HasProvedPassword && account.HasPassword && !behindPassword)
        {
            turn.Resume(EapVerdict.Wrong);
            return true;
        }

        progress.CodeProof = new CodeProof(text, alone: !behindPassword, behindPassword ? account : null);
        return progress.MustWait(LoginWait.OneTimePassword);
    }
}
