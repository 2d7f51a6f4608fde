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
