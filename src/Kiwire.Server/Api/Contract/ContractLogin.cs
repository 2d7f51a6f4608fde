using System.Net;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Api.Contract;

/// <summary><c>/admin/agent/api_login.php</c>: the MD5 of an administrator's name and password for a token.</summary>
internal sealed class ContractLogin(ContractGate gate, AdministratorLogin administrators, ApiTokenStore tokens)
{
    public async Task<ContractAnswer> AnswerAsync(ContractParameters parameters, IPAddress? address, CancellationToken cancellationToken)
    {
        (Tenant? tenant, string? error) = gate.FindTenant(parameters);
        if (tenant is null)
        {
            return new ContractAnswer.Failed(error!);
        }

        string code = parameters.Required("code", "the MD5 of username|password in hexadecimal");
        if (parameters.Faults.Count > 0)
        {
            return ContractAnswer.Of(parameters.Faults);
        }

        return await administrators.ByCodeAsync(tenant.TenantId, code.ToLowerInvariant(), address, cancellationToken) switch
        {
            AdministratorProof.Admitted admitted => new ContractAnswer.LoggedIn(await tokens.IssueAsync(admitted.Administrator, cancellationToken)),
            AdministratorProof.Busy => new ContractAnswer.Failed("Too many log-ins are being looked at; try again in a few seconds."),
            _ => new ContractAnswer.Failed(ContractErrors.NotValidUser),
        };
    }
}
