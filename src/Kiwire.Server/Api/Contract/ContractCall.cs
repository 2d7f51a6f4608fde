using Kiwire.Server.Tenants;

namespace Kiwire.Server.Api.Contract;

/// <summary>A call whose caller has been proved and may make it.</summary>
internal sealed class ContractCall
{
    public required Tenant Tenant { get; init; }

    public required Administrator Administrator { get; init; }

    /// <summary>What stands after the method in the path; empty: nothing.</summary>
    public required string Value { get; init; }

    public required ContractParameters Parameters { get; init; }

    public long TenantId => Tenant.TenantId;

    /// <summary>What is wrong with the parameters that were read so far; null: nothing.</summary>
    public ContractAnswer? Fault => Parameters.Faults.Count == 0 ? null : ContractAnswer.Of(Parameters.Faults);

    /// <summary>The value of a call that needs one; empty: it is at fault.</summary>
    /// <param name="parameter">What it names.</param>
    public string RequiredValue(string parameter)
    {
        if (Value.Length == 0)
        {
            Parameters.Fault(parameter, "is missing at the end of the URL: /apiv2/{module}/{method}/{" + parameter + "}.");
        }

        return Value;
    }
}
