using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Authentication;

/// <summary>The second half of the way: admission, and the answers.</summary>
internal sealed partial class AccessRequestHandler
{
    /// <summary>Somebody has proved to be the account's; may they come in?</summary>
    private bool TryAdmit(scoped in Login login, AccountEntry account, scoped in Proof proof, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        long now = login.Request.ReceivedAt;
        TenantPolicy policy = login.Tenant.Policy;
        AdmissionDecision decision = Decide(in login, account);
        if (!decision.Admitted)
        {
            SuspendWhereAsked(login.Tenant, account, decision.Reason);
            reply = Refuse(in login, decision.Reason, account, proof.Method, proof.EapFailure);
            return true;
        }

        Profile profile = account.Profile!;
        if (profile.Type == ProfileType.Expiration && account.FirstLoginAt == 0)
        {
            progress.Account = account;
            return progress.MustWait(LoginWait.FirstLogin);
        }

        if (policy.MacAutoRegister && account.Macs is not { Length: > 0 } && !login.Fields.Device.IsNone && !progress.Registered)
        {
            progress.Account = account;
            progress.Device = login.Fields.Device;
            return progress.MustWait(LoginWait.Registration);
        }

        long loginId = progress.LoginId != 0 ? progress.LoginId : ids.Next();
        if (!account.Presence.TryReserve(
            login.Fields.Device, loginId, profile.Simultaneous, policy.AutoDisconnectPrevious && profile.Simultaneous == 1, now))
        {
            reply = Refuse(in login, LoginReason.Simultaneous, account, proof.Method, proof.EapFailure);
            return true;
        }

        if (proof.Method == LoginMethod.Grant && !progress.GrantTaken)
        {
            progress.LoginId = loginId;
            return progress.MustWait(LoginWait.Grant);
        }

        if (progress.Code is { Taken: false })
        {
            progress.LoginId = loginId;
            return progress.MustWait(LoginWait.UseCode);
        }

        reply = Accept(in login, account, profile, in decision, in proof, loginId, progress.ByDevice);
        return true;
    }

    /// <summary>Checks 2 to 8.</summary>
    private AdmissionDecision Decide(scoped in Login login, AccountEntry account) => Admission.Decide(new AdmissionFacts
    {
        Account = account,
        PasswordRight = true,
        Policy = login.Tenant.Policy,
        ZoneAdmits = account.AllowNas is null || AdmitsZone(in login, account.AllowNas),
        Device = login.Fields.Device,
        TimeZone = login.Tenant.TimeZone,
        Usage = windows.UsageOf(account, login.Request.ReceivedAt),
        Now = login.Request.ReceivedAt,
    });

    private bool AdmitsZone(scoped in Login login, string[] allowNas) =>
        zones.Admits(
            allowNas,
            login.Request.Nas,
            login.Fields.CalledStationId,
            login.Fields.NasIdentifier,
            login.Request.Source.Address,
            login.Fields.NasAddress);

    private RadiusReply Accept(
        scoped in Login login, AccountEntry account, Profile profile, scoped in AdmissionDecision decision, scoped in Proof proof, long loginId, bool byDevice)
    {
        PacketWriter writer = login.Writer;
        ReplyWriter.Begin(writer, in login.Request, RadiusCode.AccessAccept);
        int begun = writer.Length;
        AcceptFields accept = new(new AcceptFacts
        {
            DownKbps = profile.DownKbps,
            UpKbps = profile.UpKbps,
            MinDownKbps = profile.MinDownKbps,
            MinUpKbps = profile.MinUpKbps,
            VolumeLeftOctets = decision.VolumeLeftOctets == 0 ? null : decision.VolumeLeftOctets,
        })
        {
            SessionSeconds = decision.SessionSeconds,
            IdleSeconds = (uint)profile.IdleMinutes * 60,
            InterimSeconds = (uint)login.Tenant.Policy.InterimIntervalSeconds,
            Class = new LoginClass(account.AccountId, loginId),
            AccountName = byDevice ? account.NameUtf8 : default,
        };
        ReplyWriter.AppendAccept(writer, in login.Request, in accept);

        // What the history keeps ends here: keys, proofs and EAP-Message come after it, Message-Authenticator is before.
        ReadOnlySpan<byte> granted = writer.Octets[begun..];
        AppendKeys(in login, in proof);
        if (!proof.EapSuccess.IsEmpty)
        {
            ReplyWriter.AppendEap(writer, proof.EapSuccess);
        }

        ReplyWriter.Finish(writer, in login.Request, login.Fields.HasProxyState);
        ReadOnlySpan<byte> detail = Explanation.OfAccept(
            account, profile, in decision, login.Request.ReceivedAt, stackalloc byte[Explanation.LongestOfAccept]);
        metrics.Decided(LoginOutcome.Accepted, LoginReason.None, proof.Method);
        Record(in login, account, loginId, LoginOutcome.Accepted, proof.Method, LoginReason.None, detail, granted);
        return new RadiusReply(writer.Memory);
    }

    private static void AppendKeys(scoped in Login login, scoped in Proof proof)
    {
        switch (proof.Method)
        {
            case LoginMethod.MsChap:
                MicrosoftReply.AppendV1Keys(login.Writer, in login.Request, proof.Password);
                break;
            case LoginMethod.MsChapV2:
                MicrosoftReply.AppendV2Success(login.Writer, in login.Request, in login.Fields, proof.Password);
                break;
        }

        if (proof.Keys is { } keys)
        {
            MicrosoftReply.AppendKeys(login.Writer, in login.Request, keys.SendKey.Span, keys.ReceiveKey.Span);
        }
    }

    /// <param name="login">What is refused.</param>
    /// <param name="reason">The first check that failed.</param>
    /// <param name="account">Whose.</param>
    /// <param name="method">By what it would have been proved.</param>
    /// <param name="eapFailure">The EAP-Failure, where EAP is spoken.</param>
    /// <param name="text">A Reply-Message that says more than the default; the tenant's own goes before it.</param>
    /// <param name="detail">What the history says; null: what the reason's check compared.</param>
    private RadiusReply Refuse(
        scoped in Login login,
        LoginReason reason,
        AccountEntry? account = null,
        LoginMethod method = LoginMethod.None,
        scoped ReadOnlySpan<byte> eapFailure = default,
        string? text = null,
        string? detail = null)
    {
        PacketWriter writer = login.Writer;
        TenantPolicy policy = login.Tenant.Policy;
        ReplyWriter.Begin(writer, in login.Request, RadiusCode.AccessReject);
        int begun = writer.Length;
        ReadOnlySpan<byte> said = default;
        if (!eapFailure.IsEmpty)
        {
            ReplyWriter.AppendEap(writer, eapFailure);
        }
        else
        {
            // RFC 3579, 2.6.5: no Reply-Message beside EAP-Message.
            ReplyWriter.AppendReplyMessage(writer, ReplyTexts.Octets(reason, policy, text));
            said = writer.Octets[begun..];
        }

        if (login.Fields.Credentials is CredentialKinds.MsChap or CredentialKinds.MsChapV2)
        {
            MicrosoftReply.AppendError(writer, in login.Fields);
        }

        ReplyWriter.Finish(writer, in login.Request, login.Fields.HasProxyState);
        metrics.Decided(LoginOutcome.Rejected, reason, method);
        Record(in login, account, ids.Next(), LoginOutcome.Rejected, method, reason, detail is null ? Explanation.Of(in login, reason, account) : Encoding.UTF8.GetBytes(detail), said);
        return new RadiusReply(writer.Memory, TimeSpan.FromSeconds(policy.RejectDelaySeconds));
    }

    private void Record(
        scoped in Login login,
        AccountEntry? account,
        long loginId,
        LoginOutcome outcome,
        LoginMethod method,
        LoginReason reason,
        scoped ReadOnlySpan<byte> detail,
        scoped ReadOnlySpan<byte> reply)
    {
        if (!history.TryRecord(new LoginEvent
        {
            TenantId = login.Tenant.TenantId,
            LoginId = loginId,
            At = login.Request.ReceivedAt,
            UserName = login.Fields.UserName,
            AccountId = account?.AccountId ?? 0,
            NasId = login.Request.Nas.NasId,
            Device = login.Fields.Device,
            ClientAddress = login.Fields.ClientAddress,
            Outcome = outcome,
            Method = method,
            Reason = reason,
            Detail = detail,
            Reply = reply,
        }))
        {
            metrics.HistoryDropped();
        }
    }

    private void SuspendWhereAsked(Tenant tenant, AccountEntry account, LoginReason reason)
    {
        bool asked = reason switch
        {
            LoginReason.Expired => tenant.Policy.SuspendWhenExpired,
            LoginReason.NoCredit or LoginReason.Volume => tenant.Policy.SuspendWhenExhausted,
            _ => false,
        };
        // What is reset is not used up for good.
        if (asked && (reason == LoginReason.Expired || account.Profile is { AutoReset: UsageReset.Never }))
        {
            suspensions.TryAdd(account.TenantId, account.AccountId);
        }
    }
}
