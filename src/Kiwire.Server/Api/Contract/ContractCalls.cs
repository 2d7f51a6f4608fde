using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.Api.Contract;

/// <summary><c>/apiv2/{module}/{method}[/{value}]</c>: the contract's checks in its order, then the module.</summary>
internal sealed class ContractCalls(ContractGate gate, ContractMethods methods)
{
    /// <param name="path">The path's names: apiv2, module, method, value.</param>
    /// <param name="parameters">What came in the body.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ContractAnswer> AnswerAsync(string[] path, ContractParameters parameters, string address, CancellationToken cancellationToken)
    {
        (Tenant? tenant, string? error) = gate.FindTenant(parameters);
        if (tenant is null)
        {
            return new ContractAnswer.Failed(error!);
        }

        (Administrator? administrator, error) = await gate.FindCallerAsync(tenant, parameters, cancellationToken);
        if (administrator is null)
        {
            return new ContractAnswer.Failed(error!);
        }

        if (FindRefusal(path, tenant, administrator, out ContractMethod? method) is { } refusal)
        {
            return new ContractAnswer.Failed(refusal);
        }

        if (parameters.Word("time") is null)
        {
            parameters.Fault("time", "is missing; it must be the moment of the call as YmdHis, which api_key is made with.");
        }

        ChangeAuthor.Enter(new ChangeAuthor { TenantId = tenant.TenantId, Name = administrator.Username, Via = "apiv2", Address = address });
        ContractCall call = new()
        {
            Tenant = tenant,
            Administrator = administrator,
            // A slash of the value's own should have come as %2F; one that did not can mean nothing else.
            Value = string.Join('/', path[3..]),
            Parameters = parameters,
        };
        ContractAnswer answer = await method!.RunAsync(call, cancellationToken);
        return answer is ContractAnswer.Done done && path[1] == LoginModule.Name ? done with { OfLoginModule = true } : answer;
    }

    private string? FindRefusal(string[] path, Tenant tenant, Administrator administrator, out ContractMethod? method)
    {
        if (!methods.TryGet(path[1], path[2], out method))
        {
            return ContractErrors.ModuleNotExisted;
        }

        if (!tenant.Permissions.HasFlag(method.Permission))
        {
            return ContractErrors.ModuleDisabled;
        }

        IReadOnlyList<string> scopes = ApiScope.OfRole(administrator.Role, tenant.TenantId == TenantDirectory.DefaultTenantId);
        return method.Scope is not { } scope || ApiScope.Holds(scopes, scope) ? null : ContractErrors.PermissionDenied;
    }
}
