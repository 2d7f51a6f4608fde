using System.Net;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Portal;

/// <summary>Where a guest gets what the portal has for them: a code, and with the right one the way in.</summary>
internal sealed class PortalCounter(
    CodeRequests codes, CodeVerification verification, OnlineLogin online, NasDirectory directory, NasTypeCatalog types, NasStore store, PortalMetrics metrics)
{
    /// <summary>Has a code sent.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; nothing was sent.</exception>
    public async Task<CodeAnswer> RequestAsync(CodeRequest request, CancellationToken cancellationToken)
    {
        CodeAnswer answer = await codes.RequestAsync(request, cancellationToken);
        metrics.Asked(answer);
        return answer;
    }

    /// <summary>Judges a code, and uses up the right one.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; the code is as good as before.</exception>
    public async Task<CodeVerdict> VerifyAsync(
        long tenantId, Sms.PhoneNumber phone, string code, string? password, MacAddress device, CancellationToken cancellationToken)
    {
        CodeVerdict verdict = await verification.VerifyAsync(tenantId, phone, code, password, device, cancellationToken);
        metrics.Judged(verdict);
        return verdict;
    }

    /// <summary>Makes of credentials what the guest's NAS takes.</summary>
    /// <param name="visit">The guest.</param>
    /// <param name="account">The account's name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="returnTo">Where the NAS may send the guest afterwards.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null: the NAS takes nothing from a browser, or gave what nothing can be made of.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<HandOver?> HandOverAsync(Visit visit, string account, string password, string returnTo, CancellationToken cancellationToken)
    {
        if (visit.LoginAddress.Length == 0 || !types.TryGet(visit.Type, out NasType? type) || type.Portal?.Login is not { } login)
        {
            return null;
        }

        HotspotCredentials credentials = new()
        {
            Username = account,
            Password = password,
            ReturnTo = returnTo,
            UamSecret = login.Chap == PortalChap.Uam && visit.NasId != 0 ? await store.GetUamSecretAsync(visit.TenantId, visit.NasId, cancellationToken) : [],
        };
        return Portal.HandOver.TryMake(login, new Uri(visit.LoginAddress), visit.Given, credentials, out HandOver? handOver, out _) ? handOver : null;
    }

    /// <summary>Has the guest's device let in by login/online.</summary>
    /// <param name="tenantId">Whose guest.</param>
    /// <param name="nasId">Where the guest is; 0: not known.</param>
    /// <param name="device">The guest's device; none: not known.</param>
    /// <param name="address">The device's address.</param>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null: NAS or device is not known, or the NAS takes credentials from the guest's browser.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<OnlineOutcome?> LetInAsync(long tenantId, long nasId, MacAddress device, IPAddress address, string account, CancellationToken cancellationToken) =>
        device.IsNone || !directory.TryGet(tenantId, nasId, out NasEntry? nas) || nas.Type.Portal?.Login is not null
            ? null
            : await online.LetInAsync(tenantId, new OnlineOrder { Nas = nas, Device = device, Address = address, User = account }, cancellationToken);
}
