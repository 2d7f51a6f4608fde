namespace Kiwire.Server.OneTimeCodes;

/// <summary>A code as it is counted.</summary>
internal sealed class GuardCode
{
    public required long TenantId { get; init; }

    public required long CodeId { get; init; }

    public required string PhoneHash { get; init; }

    public required string Source { get; init; }

    public required string Country { get; init; }

    public required long HourStart { get; init; }

    public required long DayStart { get; init; }

    /// <summary>1: as sent and not verified.</summary>
    public required int Counted { get; init; }
}
