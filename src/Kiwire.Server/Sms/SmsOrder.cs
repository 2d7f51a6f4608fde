using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>What a message is for. Numbers are the database's.</summary>
internal enum SmsPurpose
{
    /// <summary>A one-time code: somebody waits for it.</summary>
    Code = 0,

    /// <summary>An account's password.</summary>
    Password = 1,

    /// <summary>Anything else.</summary>
    Notice = 2,

    /// <summary>A connector is tried.</summary>
    Test = 3,

    /// <summary>One of a campaign's.</summary>
    Campaign = 4,
}

/// <summary>A message that is to be sent.</summary>
internal sealed record SmsOrder
{
    public required long TenantId { get; init; }

    /// <summary>Its number, from the server's source of identifiers, where that is known before; 0: it gets one.</summary>
    public long MessageId { get; init; }

    public required PhoneNumber Phone { get; init; }

    public required string Text { get; init; }

    public required SmsPurpose Purpose { get; init; }

    /// <summary>The account that it is about; empty: none.</summary>
    public string Account { get; init; } = "";

    /// <summary>By which connectors, in the order in which they are tried.</summary>
    public required IReadOnlyList<long> Connectors { get; init; }

    /// <summary>From then on it is of no use, and is not sent.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What in the text lets somebody in: it is kept out of the log, whatever a gateway answers.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Without the text.</summary>
    public override string ToString() => $"{Purpose} to {Phone}";
}

/// <summary>What became of an order.</summary>
internal abstract record SmsEnqueued
{
    private SmsEnqueued()
    {
    }

    /// <summary>It is in the outbox and will be sent, once.</summary>
    public sealed record Queued(long MessageId, SmsLength Length) : SmsEnqueued;

    /// <summary>It is not: the fields say why.</summary>
    public sealed record Refused(IReadOnlyList<FieldFault> Faults) : SmsEnqueued;

    /// <summary>So many of the tenant's messages wait that no more are taken.</summary>
    public sealed record Full(int Limit) : SmsEnqueued;
}
