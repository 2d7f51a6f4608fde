using System.Net;
using System.Security.Cryptography;

namespace Kiwire.Server.Tenants;

/// <summary>What becomes of a log-in.</summary>
internal abstract record AdministratorProof
{
    private AdministratorProof()
    {
    }

    /// <summary>It is this one.</summary>
    public sealed record Admitted(Administrator Administrator) : AdministratorProof;

    /// <summary>There is no such tenant, name and password together.</summary>
    public sealed record Refused : AdministratorProof;

    /// <summary>Too many failed from this address or with this name: nothing was looked at.</summary>
    /// <param name="Again">After how long it will be.</param>
    public sealed record ShutOut(TimeSpan Again) : AdministratorProof;

    /// <summary>Too many log-ins wait already; to be tried again.</summary>
    public sealed record Busy : AdministratorProof;
}

/// <summary>
/// Finds out whether somebody is the administrator they say: past <see cref="LoginGuard"/>, by a slow hash in <see cref="LoginHasher"/>. A
/// name that does not exist costs as much as one that does.
/// </summary>
internal sealed partial class AdministratorLogin(
    TenantDirectory tenants, AdministratorStore administrators, LoginGuard guard, LoginHasher hasher, ILogger<AdministratorLogin> logger)
{
    private const int LongestPassword = 1024;

    // Nobody's: what it is made of is not known.
    private static readonly string NobodysHash =
        $"pbkdf2-sha256${LoginHash.Iterations}${Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}${Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>By tenant, name (whatever its case) and password.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<AdministratorProof> ByNameAsync(
        string cloudId, string username, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        long tenantId = tenants.TryGetByCloudId(cloudId, out Tenant? tenant) && tenant.Active ? tenant.TenantId : 0;
        if (guard.ShutFor(address, tenantId, username) is var again && again > TimeSpan.Zero)
        {
            return new AdministratorProof.ShutOut(again);
        }

        KeptLogin? kept = tenantId == 0 || password.Length > LongestPassword ? null : await administrators.FindLoginAsync(tenantId, username, cancellationToken);
        string code = kept is null ? "" : LoginCode.Of(kept.Administrator.Username, password);
        return await TryAsync([kept], code, tenantId, username, address);
    }

    /// <summary>By what /api_login is sent in the place of name and password; each of the tenant's administrators is tried.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<AdministratorProof> ByCodeAsync(long tenantId, string loginCode, IPAddress? address, CancellationToken cancellationToken)
    {
        if (guard.ShutFor(address, tenantId, LoginGuard.NoName) is var again && again > TimeSpan.Zero)
        {
            return new AdministratorProof.ShutOut(again);
        }

        IReadOnlyList<KeptLogin> all = loginCode.Length == LoginCode.Length ? await administrators.ListLoginsAsync(tenantId, cancellationToken) : [];
        return await TryAsync(all, loginCode, tenantId, LoginGuard.NoName, address);
    }

    /// <summary>Whether it is the password of somebody who has logged in already; wrong ones count as failures all the same.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<AdministratorProof> ProveAsync(long tenantId, string username, string password, IPAddress? address, CancellationToken cancellationToken) =>
        tenants.TryGet(tenantId, out Tenant? tenant)
            ? await ByNameAsync(tenant.CloudId, username, password, address, cancellationToken)
            : new AdministratorProof.Refused();

    private async Task<AdministratorProof> TryAsync(
        IReadOnlyList<KeptLogin?> candidates, string code, long tenantId, string username, IPAddress? address)
    {
        Task<AdministratorProof>? trying = hasher.TryRun<AdministratorProof>(() =>
        {
            // Again, one after another: of many that came at once only so many may be tried.
            if (guard.ShutFor(address, tenantId, username) is var again && again > TimeSpan.Zero)
            {
                return new AdministratorProof.ShutOut(again);
            }

            KeptLogin? found = candidates.FirstOrDefault(kept => LoginHash.Verify(kept?.LoginHash ?? NobodysHash, code));
            if (found is not null)
            {
                guard.Succeeded(address, tenantId, username);
                return new AdministratorProof.Admitted(found.Administrator);
            }

            if (guard.Failed(address, tenantId, username))
            {
                LogShut(address);
            }

            return new AdministratorProof.Refused();
        });
        AdministratorProof proof = trying is null ? new AdministratorProof.Busy() : await trying;
        if (proof is AdministratorProof.Admitted { Administrator: { } administrator })
        {
            LogAdmitted(administrator.Username, administrator.TenantId, address);
        }

        return proof;
    }

    [LoggerMessage(302, LogLevel.Warning, "Many log-ins of administrators failed, the last one from {Address}; those from there, or with that name, are refused for some minutes")]
    private partial void LogShut(IPAddress? address);

    [LoggerMessage(303, LogLevel.Information, "The administrator {Username} of tenant {TenantId} gave the right password from {Address}")]
    private partial void LogAdmitted(string username, long tenantId, IPAddress? address);
}
