using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sms;

/// <summary><c>/api/v1/sms/messages</c>: the log, and messages to be sent.</summary>
internal static class SmsMessageEndpoints
{
    private const string Path = "/api/v1/sms/messages/";

    public static void MapSmsMessages(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder messages = routes.MapGroup("/sms/messages").WithTags("SMS messages");
        messages.MapGet("", ListAsync).RequireScope(ApiScope.SmsRead).WithSummary("Lists messages, the newest first, without their texts");
        messages.MapGet("/{id}", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows what became of a message");
        messages.MapPost("", SendAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Sends a text or a template to a number, or to accounts");
    }

    private static async Task<Results<Ok<Page<SmsMessageBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, [AsParameters] SmsMessageQuery query, HttpContext http, SmsLogStore log, SmsOutbox outbox, CancellationToken cancellationToken)
    {
        string list = "sms-messages " + query;
        if (!page.TryRead(list, out int limit, out string[]? after, out FieldFault? fault) || !query.TryRead(outbox, out SmsLogFilter? filter, out fault))
        {
            return Problems.Invalid([fault]);
        }

        long before = after is [var last] && long.TryParse(last, CultureInfo.InvariantCulture, out long id) ? id : long.MaxValue;
        IReadOnlyList<SmsLogEntry> found = await log.ListAsync(http.Caller.TenantId, filter, before, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(limit, SmsMessageBody.Of, entry => Cursor.Write(list, entry.MessageId.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task<Results<Ok<SmsMessageBody>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, SmsLogStore log, CancellationToken cancellationToken) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long messageId)
            && await log.GetAsync(http.Caller.TenantId, messageId, cancellationToken) is { } entry
                ? TypedResults.Ok(SmsMessageBody.Of(entry))
                : Problems.NotFound("message", id);

    private static async Task<Results<Accepted<SmsQueuedBody>, ProblemHttpResult>> SendAsync(
        SmsMessageRequest message, HttpContext http, SmsMessages messages, CancellationToken cancellationToken)
    {
        (IReadOnlyList<SmsOrder> orders, IReadOnlyList<SmsEnqueued> outcomes) = await messages.SendAsync(http.Caller.TenantId, message, cancellationToken);
        switch (outcomes[0])
        {
            case SmsEnqueued.Refused refused:
                return Problems.Invalid(refused.Faults);
            case SmsEnqueued.Full full:
                return Problems.Of(
                    StatusCodes.Status429TooManyRequests, "outbox-full", $"{full.Limit} messages may wait (Kiwire:Sms:OutboxLimit); try again when some are sent.");
            default:
                SmsQueuedBody body = SmsQueuedBody.Of(orders, [.. outcomes.Cast<SmsEnqueued.Queued>()]);
                return TypedResults.Accepted(body.Messages.Count == 1 ? Path + body.Messages[0].Id : Path.TrimEnd('/'), body);
        }
    }
}

/// <summary>Which messages are wanted.</summary>
internal sealed record SmsMessageQuery
{
    [Description("A number with its calling code.")]
    public string? Phone { get; init; }

    [Description("queued, sending, sent, delivered or failed.")]
    public string? State { get; init; }

    [Description("code, password, notice, test or campaign.")]
    public string? Purpose { get; init; }

    [Description("The name of the connector that was tried last.")]
    public string? Connector { get; init; }

    public string? Account { get; init; }

    [Description("Not before.")]
    public DateTimeOffset? From { get; init; }

    [Description("Before.")]
    public DateTimeOffset? To { get; init; }

    public bool TryRead(
        SmsOutbox outbox,
        [NotNullWhen(true)] out SmsLogFilter? filter,
        [NotNullWhen(false)] out FieldFault? fault)
    {
        filter = null;
        fault = null;
        PhoneNumber phone = default;
        if (Phone is not null && !PhoneNumber.TryParse(Phone, country: null, out phone, out string? wrong))
        {
            fault = new FieldFault("phone", wrong);
            return false;
        }

        if (!EnumWord.TryRead("state", State, out SmsState? state, out fault) || !EnumWord.TryRead("purpose", Purpose, out SmsPurpose? purpose, out fault))
        {
            return false;
        }

        filter = new SmsLogFilter
        {
            PhoneHash = Phone is null ? null : outbox.HashOf(phone),
            State = state,
            Purpose = purpose,
            Connector = Connector,
            Account = Account,
            From = From?.ToUnixTimeMilliseconds(),
            To = To?.ToUnixTimeMilliseconds(),
        };
        return true;
    }
}

/// <summary>A message in the log.</summary>
internal sealed record SmsMessageBody
{
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required SmsPurpose Purpose { get; init; }

    [Description("Masked.")]
    public required string Phone { get; init; }

    public string? Account { get; init; }

    [Description("The connector that was tried last.")]
    public string? Connector { get; init; }

    public required SmsState State { get; init; }

    [Description("The gateway's name for it.")]
    public string? ProviderId { get; init; }

    [Description("Why it failed, or why it waits for another try.")]
    public string? Error { get; init; }

    public required int Segments { get; init; }

    [Description("How often a gateway was asked.")]
    public required int Attempts { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    [Description("When it was delivered or had failed.")]
    public DateTimeOffset? EndedAt { get; init; }

    public static SmsMessageBody Of(SmsLogEntry entry) => new()
    {
        Id = entry.MessageId.ToString(CultureInfo.InvariantCulture),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(entry.CreatedAt),
        Purpose = entry.Purpose,
        Phone = entry.Phone,
        Account = Given(entry.Account),
        Connector = Given(entry.Connector),
        State = entry.State,
        ProviderId = Given(entry.ProviderId),
        Error = Given(entry.Error),
        Segments = entry.Segments,
        Attempts = entry.Attempts,
        SentAt = Moment(entry.SentAt),
        EndedAt = Moment(entry.EndedAt),
    };

    private static string? Given(string text) => text.Length > 0 ? text : null;

    private static DateTimeOffset? Moment(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>Messages that wait to be sent.</summary>
internal sealed record SmsQueuedBody
{
    [Description("Where there is one message only.")]
    public string? Id => Messages.Count == 1 ? Messages[0].Id : null;

    [Description("Of all together.")]
    public required int Segments { get; init; }

    public required IReadOnlyList<SmsQueuedMessageBody> Messages { get; init; }

    public static SmsQueuedBody Of(IReadOnlyList<SmsOrder> orders, IReadOnlyList<SmsEnqueued.Queued> queued) => new()
    {
        Segments = queued.Sum(message => message.Length.Segments),
        Messages =
        [
            .. orders.Zip(queued, (order, message) => new SmsQueuedMessageBody
            {
                Id = message.MessageId.ToString(CultureInfo.InvariantCulture),
                Account = order.Account.Length > 0 ? order.Account : null,
                Phone = order.Phone.Masked,
                Segments = message.Length.Segments,
            }),
        ],
    };
}

/// <summary>One of them.</summary>
internal sealed record SmsQueuedMessageBody
{
    public required string Id { get; init; }

    public string? Account { get; init; }

    [Description("Masked.")]
    public required string Phone { get; init; }

    public required int Segments { get; init; }
}

/// <summary>A message to be sent: a text, or a template with values, to a number or to accounts.</summary>
internal sealed record SmsMessageRequest
{
    [Description("With its calling code.")]
    public string? Phone { get; init; }

    [Description("In the place of phone: 1 to 100 accounts by name; each must have a number with its calling code. All get the message, or none.")]
    public IReadOnlyList<string>? Accounts { get; init; }

    [Description("1 to 1600 characters, sent as it is.")]
    public string? Text { get; init; }

    [Description("The name of a template, in the place of text.")]
    public string? Template { get; init; }

    [Description("A value for each variable of the template; phone, and an account's username, profile and expiry, are known.")]
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    [Description("The connector that is tried first; may be left out where there is one active connector only.")]
    public string? Connector { get; init; }

    [Description("Connectors that are tried after it, in this order.")]
    public IReadOnlyList<string>? Fallbacks { get; init; }

    [Description("For how long it is of use, in seconds: 10 to 259200 (three days); 86400 where it is not given.")]
    public int? LifetimeSeconds { get; init; }

    /// <summary>Without the text.</summary>
    public override string ToString() => $"message by {Connector}";
}
