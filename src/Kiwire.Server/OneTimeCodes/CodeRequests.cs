using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// Sends codes. One unit of work decides, keeps the code and puts its message into the outbox: what was answered is durable, and where two
/// servers are asked at the same time, one code is sent.
/// </summary>
internal sealed class CodeRequests(
    SmsPolicyDirectory policies,
    CodeGuard guard,
    CodeSecrets secrets,
    CodeText texts,
    SmsOutbox outbox,
    AccountDirectory accounts,
    CommitQueue commits,
    IdSource ids,
    TimeProvider time,
    OneTimeCodesMetrics metrics)
{
    /// <summary>How long a password that was sent may make its account.</summary>
    private static readonly TimeSpan PasswordLifetime = TimeSpan.FromDays(1);

    /// <summary>Has a code sent, if one may be.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; nothing was sent.</exception>
    public async Task<CodeAnswer> RequestAsync(CodeRequest request, CancellationToken cancellationToken)
    {
        CodeAnswer answer = policies.EnabledOf(request.TenantId) is { } policy
            ? await RequestAsync(policy, request, cancellationToken)
            : new CodeAnswer.Refused(CodeRefusal.Off, "Codes are not sent here.", RetryAt: null);
        metrics.Requested(answer);
        return answer;
    }

    private async Task<CodeAnswer> RequestAsync(SmsPolicy policy, CodeRequest request, CancellationToken cancellationToken)
    {
        Draft draft = await DraftAsync(policy, request, cancellationToken);
        try
        {
            return await commits.EnqueueInTurnAsync(unit => IssueAsync(unit, draft), cancellationToken);
        }
        catch (NotSentException e)
        {
            // Another server sent one in the same moment, which is as good; or the outbox is full. Nothing of this one was kept.
            return e.Answer ?? await commits.EnqueueInTurnAsync(unit => IssueAsync(unit, draft), cancellationToken);
        }
    }

    /// <summary>All that takes time and no transaction.</summary>
    private async Task<Draft> DraftAsync(SmsPolicy policy, CodeRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isPassword = policy.Mode == SmsMode.PasswordOnce;
        TimeSpan lifetime = isPassword ? PasswordLifetime : TimeSpan.FromSeconds(policy.CodeLifetimeSeconds);
        string account = request.Account.Length > 0 ? request.Account : request.Phone.E164;
        string code = isPassword ? await PasswordOfAsync(policy, account, now, cancellationToken) : CodeSecrets.NextCode(policy);
        StoredCode stored = new()
        {
            TenantId = policy.TenantId,
            PhoneHash = secrets.HashOf(request.Phone),
            CodeId = ids.Next(),
            Kind = isPassword ? CodeKind.Password : CodeKind.Code,
            Code = secrets.Protect(code),
            Recipient = policy.Show(request.Phone),
            SentAt = now.ToUnixTimeMilliseconds(),
            ResendAt = now.AddSeconds(policy.ResendAfterSeconds).ToUnixTimeMilliseconds(),
            ExpiresAt = (now + lifetime).ToUnixTimeMilliseconds(),
        };
        return new Draft(policy, request, stored, new SmsOrder
        {
            TenantId = policy.TenantId,
            MessageId = stored.CodeId,
            Phone = request.Phone,
            Text = texts.Of(policy, request, code, account, now, lifetime),
            Purpose = isPassword ? SmsPurpose.Password : SmsPurpose.Code,
            Account = account,
            Connectors = policy.Connectors,
            ExpiresAt = now + lifetime,
            Secrets = [code],
        });
    }

    /// <summary>The password that a number's account has is sent again; one that has none, or has expired, gets a new one with its first use.</summary>
    private async Task<string> PasswordOfAsync(SmsPolicy policy, string account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        AccountEntry? entry = await accounts.LoadAsync(policy.TenantId, Encoding.UTF8.GetBytes(account), cancellationToken);
        bool isGood = entry is { HasPassword: true, IsVoucher: false } && (entry.ExpiresAt == 0 || entry.ExpiresAt > now.ToUnixTimeMilliseconds());
        return isGood ? Encoding.UTF8.GetString(entry!.PasswordUtf8) : CodeSecrets.NextPassword(policy);
    }

    private async Task<CodeAnswer> IssueAsync(UnitOfWork unit, Draft draft)
    {
        StoredCode code = draft.Code;
        GuardQuestion question = draft.Question;
        StoredCode? last = await CodeStore.FindAsync(unit, code.TenantId, code.PhoneHash);
        if (last is { UsedAt: null, Kind: not CodeKind.Pass } && code.SentAt < last.ResendAt)
        {
            return last.IsAlive(code.SentAt, draft.Policy.MaxAttempts)
                ? new CodeAnswer.AlreadySent(last.CodeId, last.Recipient, Moment(last.ResendAt), Moment(last.ExpiresAt))
                : new CodeAnswer.Refused(CodeRefusal.PerPhone, "Too many wrong codes. Try again in a moment.", Moment(last.ResendAt));
        }

        if (await guard.JudgeAsync(unit, question) is GuardVerdict.Refused refusal)
        {
            return new CodeAnswer.Refused(refusal.Reason, refusal.Sentence, refusal.RetryAt);
        }

        if (!await CodeStore.TryPutAsync(unit, code, last?.CodeId ?? 0))
        {
            throw new NotSentException(answer: null);
        }

        if (last is not null && last.IsAlive(code.SentAt, draft.Policy.MaxAttempts))
        {
            // It may still wait for a gateway, and is no good any more.
            await outbox.WithdrawAsync(unit, last.TenantId, last.CodeId);
        }

        switch (await outbox.EnqueueAsync(unit, draft.Order))
        {
            case SmsEnqueued.Queued:
                await guard.SentAsync(unit, question, code.CodeId);
                return new CodeAnswer.Sent(code.CodeId, code.Recipient, Moment(code.ResendAt), Moment(code.ExpiresAt));
            case SmsEnqueued.Full:
                throw new NotSentException(new CodeAnswer.Refused(
                CodeRefusal.Busy, "Too many messages wait to be sent. Try again in a moment.", Moment(code.ResendAt)));
            case SmsEnqueued.Refused refused:
                throw new InvalidOperationException("A code's message was refused: " + refused.Faults[0].Message);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static DateTimeOffset Moment(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

    /// <summary>What is to be kept and sent, if it may be.</summary>
    private sealed record Draft(SmsPolicy Policy, CodeRequest Request, StoredCode Code, SmsOrder Order)
    {
        public GuardQuestion Question => new()
        {
            Policy = Policy,
            Phone = Request.Phone,
            PhoneHash = Code.PhoneHash,
            Address = Request.Address,
            Device = Request.Device,
            Segments = SmsLength.Of(Order.Text).Segments,
            Now = Code.SentAt,
        };

        /// <summary>Without the code.</summary>
        public override string ToString() => Order.ToString();
    }

    /// <summary>Rolls back what was begun.</summary>
    /// <param name="answer">To give; null: look again.</param>
    private sealed class NotSentException(CodeAnswer? answer) : Exception("Nothing was sent.")
    {
        public CodeAnswer? Answer => answer;
    }
}
