namespace Kiwire.Server.Devices.Events;

/// <summary>Where a tenant wants to be told of events; without its secret.</summary>
internal sealed record Webhook
{
    public required long TenantId { get; init; }

    public required string Url { get; init; }

    public bool Active { get; init; } = true;

    public long Version { get; init; } = 1;
}
