using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>
/// Messages that are to be sent, in the database: several servers share it, and each message is handed to a gateway by one of them. A
/// message is claimed, durably, before it is sent. Where a server dies between, nobody can know whether the gateway has it, and it is not
/// sent again: the guest asks for another code, and gets no old one. What a server knows not to have been sent is taken up by any.
/// </summary>
internal sealed class SmsOutbox(
    SmsOutboxStore store, SecretBox secrets, Database database, CommitQueue commits, IdSource ids, TimeProvider time, IOptions<SmsOptions> options, SmsMetrics metrics)
{
    private const string PayloadPurpose = "sms.outbox";
    private const string PhonePurpose = "sms.phone";
    private const int MostConnectors = 10;

    /// <summary>Servers that may fill one outbox between two counts.</summary>
    private const int Sharers = 16;

    private readonly ConcurrentDictionary<long, long> _room = new();

    /// <summary>Takes an order; when this returns it is durable, and a server is on its way to send it.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; nothing was stored.</exception>
    public Task<SmsEnqueued> EnqueueAsync(SmsOrder order, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(unit => EnqueueAsync(unit, order), cancellationToken);

    /// <summary>Takes an order in a transaction under way: it is sent if and when that is committed.</summary>
    public async Task<SmsEnqueued> EnqueueAsync(UnitOfWork unit, SmsOrder order) => (await EnqueueAsync(unit, [order]))[0];

    /// <summary>Takes all of these orders, or none.</summary>
    /// <returns>One for each; or what speaks against them, alone.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away; nothing was stored.</exception>
    public Task<IReadOnlyList<SmsEnqueued>> EnqueueAsync(IReadOnlyList<SmsOrder> orders, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(unit => EnqueueAsync(unit, orders), cancellationToken);

    /// <summary>By which a number is found in the log.</summary>
    public string HashOf(PhoneNumber phone) => FingerprintOf(secrets, phone);

    /// <inheritdoc cref="HashOf"/>
    public static string FingerprintOf(SecretBox secrets, PhoneNumber phone) => secrets.Fingerprint(Encoding.ASCII.GetBytes(phone.Digits), PhonePurpose);

    /// <summary>Has a message that no gateway has yet given up, in a transaction under way: what it says does not hold any more.</summary>
    public Task WithdrawAsync(UnitOfWork unit, long tenantId, long messageId) => SmsOutboxStore.EndAsync(unit, tenantId, messageId, Now);

    /// <summary>Takes what is due, for this server alone; whoever claims must say what became of each before the claims end.</summary>
    public Task<IReadOnlyList<SmsClaim>> ClaimAsync(int limit, TimeSpan duration, CancellationToken cancellationToken) =>
        ClaimAsync(limit, noticeLimit: limit, duration, cancellationToken);

    /// <summary>The same with no more than so many of those that nobody waits for.</summary>
    public async Task<IReadOnlyList<SmsClaim>> ClaimAsync(int limit, int noticeLimit, TimeSpan duration, CancellationToken cancellationToken)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        IReadOnlyList<SmsOutboxRow> rows = await commits.EnqueueAsync(
            unit => store.ClaimAsync(unit, database.ServerId, now, now + (long)duration.TotalMilliseconds, limit, noticeLimit), cancellationToken);
        return [.. rows.Select(ToClaim)];
    }

    /// <summary>A gateway took it: the text is erased.</summary>
    public async Task SentAsync(SmsClaim claim, string connector, SmsOutcome.Sent sent)
    {
        await commits.EnqueueAsync(
            async unit =>
            {
                if (await SmsOutboxStore.DeleteAsync(unit, claim.TenantId, claim.MessageId, database.ServerId))
                {
                    await SmsLogStore.SentAsync(unit, claim, connector, sent, Now);
                }
            },
            CancellationToken.None);
        metrics.Messages(SmsState.Sent);
    }

    /// <summary>It is given up: the text is erased.</summary>
    public async Task FailedAsync(SmsClaim claim, string connector, string error)
    {
        await commits.EnqueueAsync(
            async unit =>
            {
                if (await SmsOutboxStore.DeleteAsync(unit, claim.TenantId, claim.MessageId, database.ServerId))
                {
                    await SmsLogStore.FailedAsync(unit, claim.TenantId, claim.MessageId, connector, error, claim.Attempts, Now);
                }
            },
            CancellationToken.None);
        metrics.Messages(SmsState.Failed);
    }

    /// <summary>It was not sent, and any server may try again.</summary>
    /// <param name="claim">With how far it has come.</param>
    /// <param name="connector">The connector that was tried.</param>
    /// <param name="error">Why it did not go well.</param>
    /// <param name="dueAt">From when on.</param>
    public Task AgainAsync(SmsClaim claim, string connector, string error, DateTimeOffset dueAt) => commits.EnqueueAsync(
        async unit =>
        {
            if (await SmsOutboxStore.ReleaseAsync(unit, claim, database.ServerId, dueAt.ToUnixTimeMilliseconds())
                && !await SmsLogStore.QueuedAsync(unit, claim, connector, error))
            {
                // The gateway did not answer in time, and has sent it: nobody is to get it twice.
                _ = await SmsOutboxStore.WithdrawAsync(unit, claim.TenantId, claim.MessageId);
            }

            unit.Announce(new Change(ChangeKind.SmsOutbox, claim.TenantId, 0));
        },
        CancellationToken.None);

    /// <summary>Gives up what nobody has a use for any more, and what servers held that died.</summary>
    /// <param name="ownToo">Also what this server held: it has just started, and is not the one that claimed it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task SweepAsync(bool ownToo, CancellationToken cancellationToken)
    {
        int given = await commits.EnqueueAsync(unit => store.SweepAsync(unit, Now, ownToo ? database.ServerId : null), cancellationToken);
        if (given > 0)
        {
            metrics.Messages(SmsState.Failed, given);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes all of these orders, or none, in a transaction under way.</summary>
    /// <returns>One for each; or what speaks against them, alone.</returns>
    public async Task<IReadOnlyList<SmsEnqueued>> EnqueueAsync(UnitOfWork unit, IReadOnlyList<SmsOrder> orders)
    {
        FieldFault[] faults = [.. orders.SelectMany(FindFaults).Distinct()];
        if (faults.Length > 0)
        {
            return [new SmsEnqueued.Refused(faults)];
        }

        if (!await HasRoomAsync(unit, orders[0].TenantId, orders.Count))
        {
            return [new SmsEnqueued.Full(options.Value.OutboxLimit)];
        }

        List<SmsEnqueued> queued = [];
        foreach (SmsOrder order in orders)
        {
            queued.Add(await AddAsync(unit, order));
        }

        return queued;
    }

    /// <summary>
    /// Whether the tenant's outbox takes so many more. It is counted now and then: after each count this server may fill a sixteenth of the room that is
    /// left, so that sixteen servers on a database do not fill more than there is.
    /// </summary>
    private async Task<bool> HasRoomAsync(UnitOfWork unit, long tenantId, int orders)
    {
        if (_room.AddOrUpdate(tenantId, -orders, (_, room) => room - orders) >= 0)
        {
            return true;
        }

        long free = options.Value.OutboxLimit - await SmsOutboxStore.CountAsync(unit, tenantId) - orders;
        _room[tenantId] = Math.Max(0, free / Sharers);
        return free >= 0;
    }

    private async Task<SmsEnqueued.Queued> AddAsync(UnitOfWork unit, SmsOrder order)
    {
        long now = Now;
        long messageId = order.MessageId == 0 ? ids.Next() : order.MessageId;
        SmsLength length = SmsLength.Of(order.Text);
        await SmsLogStore.InsertQueuedAsync(unit, new SmsLogEntry
        {
            TenantId = order.TenantId,
            MessageId = messageId,
            CreatedAt = now,
            Purpose = order.Purpose,
            Phone = order.Phone.Masked,
            PhoneHash = HashOf(order.Phone),
            Account = order.Account,
            Segments = length.Segments,
        });
        await SmsOutboxStore.InsertAsync(unit, new SmsOutboxRow
        {
            TenantId = order.TenantId,
            MessageId = messageId,
            Priority = order.Purpose is SmsPurpose.Code or SmsPurpose.Password ? 0 : 1,
            DueAt = now,
            ExpiresAt = order.ExpiresAt.ToUnixTimeMilliseconds(),
            Connectors = string.Join(' ', order.Connectors),
            Payload = secrets.Protect(
                JsonSerializer.SerializeToUtf8Bytes(new Payload(order.Phone.E164, order.Text, order.Secrets)), PayloadPurpose),
        });
        unit.Announce(new Change(ChangeKind.SmsOutbox, order.TenantId, 0));
        metrics.Messages(SmsState.Queued);
        return new SmsEnqueued.Queued(messageId, length);
    }

    private List<FieldFault> FindFaults(SmsOrder order)
    {
        List<FieldFault> faults = [];
        if (order.Text.Trim().Length == 0 || order.Text.Length > MessageTemplate.LongestText)
        {
            faults.Add(new("text", $"has {order.Text.Length} characters; it must have 1 to {MessageTemplate.LongestText}."));
        }

        if (order.Connectors.Count is 0 or > MostConnectors)
        {
            faults.Add(new("connector", $"leads to {order.Connectors.Count} connectors; there must be 1 to {MostConnectors}, with fall-backs."));
        }

        if (order.ExpiresAt <= time.GetUtcNow())
        {
            faults.Add(new("expiresAt", "is past; it must be to come."));
        }

        return faults;
    }

    private SmsClaim ToClaim(SmsOutboxRow row)
    {
        Payload? payload = secrets.TryUnprotect(row.Payload, PayloadPurpose, out byte[] json) ? JsonSerializer.Deserialize<Payload>(json) : null;
        return new SmsClaim
        {
            TenantId = row.TenantId,
            MessageId = row.MessageId,
            IsNotice = row.Priority > 0,
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt),
            Connectors = [.. row.Connectors.Split(' ').Select(long.Parse)],
            Position = row.Position,
            Tries = row.Tries,
            Attempts = row.Attempts,
            Phone = PhoneNumber.TryParse(payload?.Phone, out PhoneNumber phone) ? phone : null,
            Text = payload?.Text ?? "",
            Secrets = payload?.Secrets ?? [],
        };
    }

    private sealed record Payload(string Phone, string Text, IReadOnlyList<string> Secrets);
}

/// <summary>A message that this server has claimed.</summary>
internal sealed record SmsClaim
{
    public required long TenantId { get; init; }

    public required long MessageId { get; init; }

    /// <summary>Nobody waits for it.</summary>
    public bool IsNotice { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required IReadOnlyList<long> Connectors { get; init; }

    /// <summary>Which of the connectors is next.</summary>
    public required int Position { get; init; }

    /// <summary>How often that one was tried.</summary>
    public required int Tries { get; init; }

    /// <summary>How often any was.</summary>
    public required int Attempts { get; init; }

    /// <summary>Null: what was written cannot be read with this installation's key.</summary>
    public required PhoneNumber? Phone { get; init; }

    public required string Text { get; init; }

    public required IReadOnlyList<string> Secrets { get; init; }

    public bool HasNext => Position + 1 < Connectors.Count;

    public SmsClaim ToNext() => this with { Position = Position + 1, Tries = 0 };

    /// <summary>Without the text.</summary>
    public override string ToString() => $"message {MessageId}";
}
