namespace Kiwire.Server.Tests.Api;

/// <summary>What another tenant is answered by a route of /api/v1, asked with the owner's names.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">What is sent; null: nothing.</param>
/// <param name="Query">The query that it needs; in braces stand the owner's names.</param>
internal sealed record WallCase(int Status, object? Body = null, string Query = "");

/// <summary>What another tenant is answered by a method of /apiv2.</summary>
/// <param name="Fails">Whether it is an error.</param>
/// <param name="Named">Which of the owner's names is the path's value; null: there is none.</param>
/// <param name="Parameters">What is sent besides; in braces stand the owner's names.</param>
internal sealed record ContractWallCase(bool Fails, string? Named, params (string Name, string Value)[] Parameters);
