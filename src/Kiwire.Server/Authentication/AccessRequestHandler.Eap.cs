using Kiwire.Radius.Eap;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>The way of an Access-Request that carries EAP (RFC 3579): a turn in its conversation, then admission like any other.</summary>
internal sealed partial class AccessRequestHandler
{
    private bool TryHandleEap(scoped in Login login, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        if (progress.Turn is null && !TryTakeTurn(in login, ref progress, out reply))
        {
            return true;
        }

        EapTurn turn = progress.Turn!;
        progress.Code ??= turn.Code;
        while (true)
        {
            switch (turn.Outcome)
            {
                case EapOutcome.NeedsCredential(ReadOnlyMemory<byte> identity):
                    if (!TryResolveAccount(in login, identity.Span, ref progress))
                    {
                        return false;
                    }

                    if (progress.Account is not { HasAuthenticator: true } && TryBeginCode(in login, identity.Span, ref progress) && !progress.Code!.LookedUp)
                    {
                        return progress.MustWait(LoginWait.Code);
                    }

                    turn.Code = progress.Code;
                    turn.Supply(CredentialOf(in login, identity.Span, progress.Account, progress.Code));
                    continue;

                case EapOutcome.NeedsVerdict(ReadOnlyMemory<byte> text):
                    if (!TryJudgeText(in login, turn, text.Span, ref progress))
                    {
                        return false;
                    }

                    continue;

                case EapOutcome.Challenge or EapOutcome.Failed when turn.Outcome.WrongPassword && progress.Code is { Stored: not null, AttemptsLeft: null }:
                    return progress.MustWait(LoginWait.WrongCode);

                case EapOutcome.Challenge challenge:
                    CountWrongPassword(in login, turn);
                    reply = Challenge(in login, turn, challenge);
                    return true;

                case EapOutcome.Succeeded succeeded:
                    return TryAdmitPeer(in login, turn, succeeded, ref progress, out reply);

                case EapOutcome.Failed failed:
                    CountWrongPassword(in login, turn);
                    reply = Refuse(
                        in login,
                        failed.Reason is EapFailure.WrongPassword ? LoginReason.WrongPassword : LoginReason.BadRequest,
                        progress.Account,
                        MethodOf(turn.Method),
                        failed.Message.Span);
                    return true;

                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    private bool TryTakeTurn(scoped in Login login, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        Span<byte> message = stackalloc byte[PacketView.MaximumLength];
        if (!EapMessage.TryJoin(login.Request.Packet, message, out int length))
        {
            reply = Refuse(in login, LoginReason.BadRequest);
            return false;
        }

        bool taken = conversations.TryTake(
            new EapNas(login.Tenant.TenantId, login.Request.Nas.NasId),
            login.Tenant.Policy.EapMethods,
            login.Fields.State,
            login.Fields.UserName,
            message[..length],
            out progress.Turn);
        return taken;
    }

    /// <summary>A pair that is shut out is treated like a name that nobody has: the same messages, and nothing is right.</summary>
    private EapCredential CredentialOf(scoped in Login login, ReadOnlySpan<byte> identity, AccountEntry? account, CodeTurn? code)
    {
        if (code is not null)
        {
            return CredentialOfCode(in login, identity, account, code);
        }

        return account is null || IsLockedOut(in login, identity)
            ? EapCredential.Unknown
            : account.HasAuthenticator ? EapCredential.JudgedByCaller()
            : EapCredential.OfPassword(account.PasswordUtf8.ToArray(), acceptsEmpty: account.IsVoucher);
    }

    /// <summary>The code that the portal had sent, alone or behind the password, as it would let in without EAP.</summary>
    private EapCredential CredentialOfCode(scoped in Login login, ReadOnlySpan<byte> identity, AccountEntry? account, CodeTurn turn)
    {
        long now = login.Request.ReceivedAt;
        turn.Taken = turn.Stored is not null && turn.Stored.IsReusable(now, login.Fields.Device);
        return turn.Stored is { } stored
            && (turn.Taken || stored.IsAlive(now, turn.Policy.MaxAttempts))
            && !IsLockedOut(in login, identity)
            && verification.Reveal(stored) is { } code
            && CandidatesOf(turn, account, code) is [byte[] first, ..]
            ? EapCredential.OfPassword(first, acceptsEmpty: false)
            : EapCredential.Unknown;
    }

    private void CountWrongPassword(scoped in Login login, EapTurn turn)
    {
        if (!turn.Outcome.WrongPassword)
        {
            return;
        }

        CountWrong(in login, turn.Identity.Span);
    }

    /// <summary>The peer has proved itself; its account is looked up again, for it may have changed since the conversation began.</summary>
    private bool TryAdmitPeer(
        scoped in Login login, EapTurn turn, EapOutcome.Succeeded succeeded, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        if (!TryResolveAccount(in login, turn.Identity.Span, ref progress))
        {
            return false;
        }

        Proof proof = new(MethodOf(succeeded.Method))
        {
            EapSuccess = succeeded.Message.Span,
            EapFailure = succeeded.FailureMessage.Span,
            Keys = succeeded.Keys,
        };
        if (progress.Account is null && progress.Code is { Lost: false })
        {
            return progress.MustWait(LoginWait.SignUp);
        }

        if (progress.Account is null || progress.Code is { Lost: true } || (progress.Account.HasAuthenticator && !turn.HasProvedCode))
        {
            reply = Refuse(in login, LoginReason.WrongPassword, progress.Account, proof.Method, proof.EapFailure);
            return true;
        }

        ForgetWrong(in login, turn.Identity.Span);
        return TryAdmit(in login, progress.Account, in proof, ref progress, out reply);
    }

    private RadiusReply Challenge(scoped in Login login, EapTurn turn, EapOutcome.Challenge challenge)
    {
        PacketWriter writer = login.Writer;
        ReplyWriter.Begin(writer, in login.Request, RadiusCode.AccessChallenge);
        ReplyWriter.AppendState(writer, turn.State);
        ReplyWriter.AppendSessionTimeout(writer, conversations.AnswerSeconds);
        ReplyWriter.AppendEap(writer, challenge.Message.Span);
        if (challenge.Repeated)
        {
            ReplyWriter.AppendErrorCause(writer, ReplyWriter.InvalidEapPacket);
        }

        ReplyWriter.Finish(writer, in login.Request, login.Fields.HasProxyState);
        metrics.Challenged();
        return new RadiusReply(writer.Memory);
    }

    private static LoginMethod MethodOf(EapType type) => type switch
    {
        EapType.Md5Challenge => LoginMethod.EapMd5,
        EapType.MsChapV2 => LoginMethod.EapMsChapV2,
        EapType.GenericTokenCard => LoginMethod.EapGtc,
        _ => LoginMethod.None,
    };
}
