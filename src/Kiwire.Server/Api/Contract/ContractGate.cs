using Kiwire.Server.Tenants;

namespace Kiwire.Server.Api.Contract;

/// <summary>Who calls, and whether they may: the contract's checks of tenant, token and key, in its order.</summary>
internal sealed class ContractGate(TenantDirectory tenants, TenantStore store, ApiTokenStore tokens)
{
    /// <summary>The tenant that <c>cloud_id</c> names, or why it is not served.</summary>
    public (Tenant? Tenant, string? Error) FindTenant(ContractParameters parameters)
    {
        string? cloudId = parameters.Word("cloud_id");
        if (parameters.Faults is [var fault, ..])
        {
            return (null, fault);
        }

        if (cloudId is null)
        {
            return (null, ContractErrors.NoCloudId);
        }

        return !tenants.TryGetByCloudId(cloudId, out Tenant? tenant) ? (null, ContractErrors.CloudIdNotFound)
            : !tenant.Active ? (null, ContractErrors.CloudIdNotAvailable)
            : (tenant, null);
    }

    /// <summary>The administrator whose token it is, or why the call is not taken.</summary>
    public async Task<(Administrator? Administrator, string? Error)> FindCallerAsync(
        Tenant tenant, ContractParameters parameters, CancellationToken cancellationToken)
    {
        if (!tenant.ApiEnabled)
        {
            return (null, ContractErrors.ApiDisabled);
        }

        string? token = parameters.Word("token");
        string? apiKey = parameters.Word("api_key");
        string? time = parameters.Text("time");
        if (parameters.Faults is [var fault, ..])
        {
            return (null, fault);
        }

        if (token is null || apiKey is null)
        {
            return (null, ContractErrors.PermissionDenied);
        }

        if (await tokens.FindAsync(tenant.TenantId, token, cancellationToken) is not { } administrator)
        {
            return (null, ContractErrors.LoginExpired);
        }

        // Any clock will do: the time only feeds the hash.
        IReadOnlyList<string> realKeys = await store.ReadApiKeysAsync(tenant.TenantId, cancellationToken);
        return realKeys.Any(key => ApiKeyHash.Matches(apiKey, key, token, time ?? ""))
            ? (administrator, null)
            : (null, ContractErrors.InvalidApiKey);
    }
}
