using System.Text.Json;

namespace Kiwire.Server.Tenants;

/// <summary>What a tenant's API key may be used for; kept as a JSON list of these names.</summary>
[Flags]
internal enum ApiPermissions
{
    None = 0,
    AddUser = 1 << 0,
    UpdateUser = 1 << 1,
    DeleteUser = 1 << 2,
    AddAdmin = 1 << 3,
    UpdateAdmin = 1 << 4,
    DeleteAdmin = 1 << 5,
    AddNas = 1 << 6,
    UpdateNas = 1 << 7,
    DeleteNas = 1 << 8,
    AddDevice = 1 << 9,
    UpdateDevice = 1 << 10,
    DeleteDevice = 1 << 11,
    AddProfile = 1 << 12,
    UpdateProfile = 1 << 13,
    DeleteProfile = 1 << 14,
    UserInformation = 1 << 15,
    LoginRecord = 1 << 16,
    All = (1 << 17) - 1,
}

/// <summary>Their names, as they are kept and shown: <c>addUser</c>, <c>loginRecord</c> ...</summary>
internal static class ApiPermissionNames
{
    private static readonly ApiPermissions[] Each = [.. Enum.GetValues<ApiPermissions>().Where(one => int.IsPow2((int)one))];

    public static IReadOnlyList<string> All { get; } = Of(ApiPermissions.All);

    public static IReadOnlyList<string> Of(ApiPermissions permissions) =>
        [.. Each.Where(one => permissions.HasFlag(one)).Select(one => JsonNamingPolicy.CamelCase.ConvertName(one.ToString()))];

    public static bool TryRead(string? name, out ApiPermissions permission)
    {
        permission = Each.FirstOrDefault(one => one.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
        return permission != ApiPermissions.None;
    }
}
