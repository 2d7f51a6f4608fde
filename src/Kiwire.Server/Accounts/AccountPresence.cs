using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>
/// What an account has used and who is in on it, as this server knows it at this moment: usage in the database plus what is journalled
/// and not yet applied; open sessions plus logins accepted in the last 60 s that have no accounting Start yet. Safe for concurrent use.
/// </summary>
internal sealed class AccountPresence
{
    /// <summary>How long an accepted login counts without an accounting Start.</summary>
    public const long ReservationMilliseconds = 60_000;

    public required long TenantId { get; init; }

    public required long AccountId { get; init; }

    /// <summary>Usage up to this moment.</summary>
    public UsageTotals Usage => throw new NotImplementedException();

    /// <summary>
    /// Takes a place for a login, atomically: another device's open session or live reservation counts, this device's own is replaced.
    /// False: <paramref name="limit"/> places are taken (0: no limit), and nothing has changed.
    /// </summary>
    /// <param name="device">The client device; none where the NAS sent no Calling-Station-Id (then every login is a device of its own).</param>
    /// <param name="loginId">Names the login; comes back in Class.</param>
    /// <param name="limit">The profile's simultaneous.</param>
    /// <param name="displaceOldest">With a limit of 1, take the place of the older session instead of failing (auto_disconnect_previous).</param>
    /// <param name="now">Unix milliseconds.</param>
    public bool TryReserve(MacAddress device, long loginId, int limit, bool displaceOldest, long now) => throw new NotImplementedException();

    /// <summary>Gives back the place of a login that was refused after all.</summary>
    public void CancelReservation(long loginId) => throw new NotImplementedException();
}
