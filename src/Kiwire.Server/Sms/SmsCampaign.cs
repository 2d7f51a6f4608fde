using System.Text.Json;

namespace Kiwire.Server.Sms;

/// <summary>How far a campaign has come. Numbers are the database's.</summary>
internal enum SmsCampaignState
{
    /// <summary>It may still be changed.</summary>
    Draft = 0,

    /// <summary>It begins by itself.</summary>
    Scheduled = 1,

    /// <summary>Its messages go into the outbox, a portion at a time.</summary>
    Running = 2,

    Paused = 3,

    /// <summary>All of its messages have gone into the outbox.</summary>
    Done = 4,

    Cancelled = 5,
}

/// <summary>A message to all accounts that a filter matches.</summary>
internal sealed class SmsCampaign
{
    public long TenantId { get; set; }

    public long CampaignId { get; set; }

    public string Name { get; set; } = "";

    public SmsCampaignState State { get; set; }

    public string Text { get; set; } = "";

    /// <summary>The name of the template that the text was when the campaign was made; null: the text is sent as it is.</summary>
    public string? Template { get; set; }

    /// <summary>JSON.</summary>
    public string Variables { get; set; } = "{}";

    /// <summary>JSON.</summary>
    public string Filter { get; set; } = "{}";

    /// <summary>Identifiers, in the order in which they are tried.</summary>
    public string Connectors { get; set; } = "";

    public int LifetimeSeconds { get; set; }

    public long? ScheduledAt { get; set; }

    public long CreatedAt { get; set; }

    public long? StartedAt { get; set; }

    public long? EndedAt { get; set; }

    public long Step { get; set; }

    public string? Place { get; set; }

    public long Queued { get; set; }

    public long Segments { get; set; }

    public long NoPhone { get; set; }

    public long BadPhone { get; set; }

    public long OptedOut { get; set; }

    public long Duplicate { get; set; }

    public long NoValue { get; set; }

    public string Problem { get; set; } = "";

    public long Version { get; set; } = 1;

    public IReadOnlyDictionary<string, string> Values => JsonSerializer.Deserialize<Dictionary<string, string>>(Variables) ?? [];

    public SmsRecipientFilter Recipients => JsonSerializer.Deserialize<SmsRecipientFilter>(Filter) ?? new();

    public IReadOnlyList<long> ConnectorIds => [.. Connectors.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];

    /// <summary>The same, to be changed.</summary>
    public SmsCampaign Copy() => (SmsCampaign)MemberwiseClone();
}

/// <summary>What a portion of a campaign, or all of it, comes to.</summary>
internal sealed class SmsCampaignTally
{
    public long Queued { get; set; }

    public long Segments { get; set; }

    public long NoPhone { get; set; }

    public long BadPhone { get; set; }

    public long OptedOut { get; set; }

    public long Duplicate { get; set; }

    public long NoValue { get; set; }

    /// <summary>The same, to be added to.</summary>
    public SmsCampaignTally Copy() => (SmsCampaignTally)MemberwiseClone();
}
