using Kiwire.Server.Tenants;

namespace Kiwire.Server.Api.Contract;

/// <summary>One method of a module.</summary>
/// <param name="Permission">The tenant's switch that it goes by; none: a valid key is enough.</param>
/// <param name="Scope">What the caller's role must allow; null: it only reads, which every role may.</param>
/// <param name="RunAsync">Carries it out.</param>
internal sealed record ContractMethod(
    ApiPermissions Permission, string? Scope, Func<ContractCall, CancellationToken, Task<ContractAnswer>> RunAsync);
