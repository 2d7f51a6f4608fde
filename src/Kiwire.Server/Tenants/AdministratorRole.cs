namespace Kiwire.Server.Tenants;

/// <summary>What an administrator may do; <see cref="Web.ApiScope.OfRole"/> says which scopes each has.</summary>
internal static class AdministratorRole
{
    /// <summary>Everything of the tenant.</summary>
    public const string Administrator = "administrator";

    /// <summary>Accounts, sessions and devices; reads the rest.</summary>
    public const string Operator = "operator";

    /// <summary>Reads.</summary>
    public const string ReadOnly = "read-only";

    public static IReadOnlyList<string> All { get; } = [Administrator, Operator, ReadOnly];

    /// <summary>The role as it is kept; null: there is no such role.</summary>
    public static string? Find(string text) => All.FirstOrDefault(role => role.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
}
