using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>May this code be sent?</summary>
internal sealed record GuardQuestion
{
    /// <summary>The tenant's.</summary>
    public required SmsPolicy Policy { get; init; }

    public required PhoneNumber Phone { get; init; }

    /// <summary><see cref="SmsOutbox.HashOf"/>.</summary>
    public required string PhoneHash { get; init; }

    /// <summary>The guest's, as it was seen; null: not known, as with a RADIUS login.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The guest's device; it is the source where no address is known.</summary>
    public MacAddress Device { get; init; }

    /// <summary>Of the message.</summary>
    public int Segments { get; init; } = 1;

    /// <summary>Unix milliseconds.</summary>
    public required long Now { get; init; }

    public long TenantId => Policy.TenantId;

    /// <summary>The destination: ISO 3166, of a calling code that several have the one it is known for.</summary>
    public string Country => Phone.Code.Countries[0];

    /// <summary>What codes from one place are counted under; empty: it is not known.</summary>
    public string Source => GuardSource.Of(Address, Device);
}

/// <summary>The guard's answer.</summary>
internal abstract record GuardVerdict
{
    private GuardVerdict()
    {
    }

    /// <summary>It may; <see cref="CodeGuard.SentAsync"/> is to be told in the same transaction.</summary>
    public sealed record Passed : GuardVerdict;

    /// <summary>It may not.</summary>
    /// <param name="Reason">As the caller knows it.</param>
    /// <param name="Cause">As the list of decisions has it.</param>
    /// <param name="Sentence">For the guest.</param>
    /// <param name="RetryAt">When it may again; null: not at all.</param>
    public sealed record Refused(CodeRefusal Reason, GuardCause Cause, string Sentence, DateTimeOffset? RetryAt) : GuardVerdict;
}
