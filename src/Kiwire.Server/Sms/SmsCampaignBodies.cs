using System.ComponentModel;
using System.Globalization;

namespace Kiwire.Server.Sms;

/// <summary>A campaign, as it is read.</summary>
internal sealed record SmsCampaignBody
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required SmsCampaignState State { get; init; }

    [Description("What it waits for; null: it goes on.")]
    public string? Problem { get; init; }

    public required string Text { get; init; }

    [Description("The name of the template that the text was when the campaign was made; null: the text is sent as it is.")]
    public string? Template { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required SmsCampaignFilterBody Filter { get; init; }

    public required int LifetimeSeconds { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [Description("Messages that went into the outbox.")]
    public required long Messages { get; init; }

    public required long Segments { get; init; }

    public required SmsCampaignSkippedBody Skipped { get; init; }

    [Description("What became of the messages; in lists it is left out.")]
    public SmsCampaignProgressBody? Progress { get; init; }

    public static SmsCampaignBody Of(SmsCampaign campaign, IReadOnlyDictionary<SmsState, long>? progress) => new()
    {
        Id = campaign.CampaignId.ToString(CultureInfo.InvariantCulture),
        Name = campaign.Name,
        State = campaign.State,
        Problem = campaign.Problem.Length > 0 ? campaign.Problem : null,
        Text = campaign.Text,
        Template = campaign.Template,
        Variables = campaign.Values,
        Filter = SmsCampaignFilterBody.Of(campaign.Recipients),
        LifetimeSeconds = campaign.LifetimeSeconds,
        ScheduledAt = Moment(campaign.ScheduledAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(campaign.CreatedAt),
        StartedAt = Moment(campaign.StartedAt),
        EndedAt = Moment(campaign.EndedAt),
        Messages = campaign.Queued,
        Segments = campaign.Segments,
        Skipped = new SmsCampaignSkippedBody
        {
            NoPhone = campaign.NoPhone,
            BadPhone = campaign.BadPhone,
            OptedOut = campaign.OptedOut,
            Duplicate = campaign.Duplicate,
            NoValue = campaign.NoValue,
        },
        Progress = progress is null ? null : SmsCampaignProgressBody.Of(progress),
    };

    private static DateTimeOffset? Moment(long? at) => at is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}

/// <summary>Which accounts it is for; what is not given is not asked for.</summary>
internal sealed record SmsCampaignFilterBody
{
    [Description("active or suspended.")]
    public string? Status { get; init; }

    [Description("A profile's name. Not together with expiresBefore or expiresAfter.")]
    public string? Profile { get; init; }

    [Description("The beginning of names, whatever the case. Not together with expiresBefore or expiresAfter.")]
    public string? Q { get; init; }

    [Description("Those that expire before this moment.")]
    public DateTimeOffset? ExpiresBefore { get; init; }

    [Description("Those that expire at this moment or later; those that never do are left out.")]
    public DateTimeOffset? ExpiresAfter { get; init; }

    public static SmsCampaignFilterBody Of(SmsRecipientFilter filter) => new()
    {
        Status = filter.Status,
        Profile = filter.Profile,
        Q = filter.Q,
        ExpiresBefore = filter.ExpiresBefore,
        ExpiresAfter = filter.ExpiresAfter,
    };

    public SmsRecipientFilter ToFilter() =>
        new() { Status = Status, Profile = Profile, Q = Q, ExpiresBefore = ExpiresBefore, ExpiresAfter = ExpiresAfter };
}

/// <summary>Accounts that get no message, by reason.</summary>
internal sealed record SmsCampaignSkippedBody
{
    [Description("They have no number.")]
    public required long NoPhone { get; init; }

    [Description("What they have is no number with its calling code.")]
    public required long BadPhone { get; init; }

    [Description("The number is on the opt-out list.")]
    public required long OptedOut { get; init; }

    [Description("Another account with the number gets it.")]
    public required long Duplicate { get; init; }

    [Description("The template asks for something that the account has not, such as an expiry.")]
    public required long NoValue { get; init; }

    public static SmsCampaignSkippedBody Of(SmsCampaignTally tally) => new()
    {
        NoPhone = tally.NoPhone,
        BadPhone = tally.BadPhone,
        OptedOut = tally.OptedOut,
        Duplicate = tally.Duplicate,
        NoValue = tally.NoValue,
    };
}

/// <summary>What became of a campaign's messages, as far as the log still has them.</summary>
internal sealed record SmsCampaignProgressBody
{
    public required long Queued { get; init; }

    public required long Sending { get; init; }

    public required long Sent { get; init; }

    public required long Delivered { get; init; }

    public required long Failed { get; init; }

    public static SmsCampaignProgressBody Of(IReadOnlyDictionary<SmsState, long> counts) => new()
    {
        Queued = counts.GetValueOrDefault(SmsState.Queued),
        Sending = counts.GetValueOrDefault(SmsState.Sending),
        Sent = counts.GetValueOrDefault(SmsState.Sent),
        Delivered = counts.GetValueOrDefault(SmsState.Delivered),
        Failed = counts.GetValueOrDefault(SmsState.Failed),
    };
}

/// <summary>What a campaign would come to.</summary>
internal sealed record SmsCampaignEstimateBody
{
    [Description("Numbers that would get it.")]
    public required long Messages { get; init; }

    [Description("What gateways charge for.")]
    public required long Segments { get; init; }

    public required SmsCampaignSkippedBody Skipped { get; init; }

    [Description("There are more than 100 000 accounts: only so many were looked at.")]
    public required bool IsPartial { get; init; }

    [Description("The first message; null: there would be none.")]
    public string? Example { get; init; }

    public static SmsCampaignEstimateBody Of(SmsCampaignEstimate estimate) => new()
    {
        Messages = estimate.Tally.Queued,
        Segments = estimate.Tally.Segments,
        Skipped = SmsCampaignSkippedBody.Of(estimate.Tally),
        IsPartial = estimate.IsPartial,
        Example = estimate.Example,
    };
}

/// <summary>A campaign, as it is made or changed; what is not given stays.</summary>
internal sealed record SmsCampaignRequest
{
    [Description("1 to 200 octets.")]
    public string? Name { get; init; }

    [Description("1 to 1600 characters, sent as it is.")]
    public string? Text { get; init; }

    [Description("The name of a template, in the place of text; its text of now is used. It may not have {code} or {password}.")]
    public string? Template { get; init; }

    [Description("A value for each variable of the template; phone, and an account's username, profile and expiry, are known.")]
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    [Description("Which users; without it, all.")]
    public SmsCampaignFilterBody? Filter { get; init; }

    [Description("The connector that is tried first; may be left out where there is one active connector only.")]
    public string? Connector { get; init; }

    [Description("Connectors that are tried after it, in this order.")]
    public IReadOnlyList<string>? Fallbacks { get; init; }

    [Description("For how long each message is of use, in seconds: 60 to 259200 (three days); 86400 where it is not given.")]
    public int? LifetimeSeconds { get; init; }

    [Description("When it begins, once it is started; at once where it is not given or past.")]
    public DateTimeOffset? ScheduledAt { get; init; }
}
