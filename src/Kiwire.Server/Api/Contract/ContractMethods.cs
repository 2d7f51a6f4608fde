using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.Api.Contract;

/// <summary>Every module and method of the contract, with who may call it.</summary>
internal sealed class ContractMethods(LoginModule login, AdminModule admin, UserModule user, VoucherModule voucher, NasModule nas, DeviceModule device, ProfileModule profile)
{
    private readonly FrozenDictionary<string, ContractMethod> _methods = new Dictionary<string, ContractMethod>
    {
        ["login/history"] = new(ApiPermissions.LoginRecord, null, login.HistoryAsync),
        ["login/online"] = new(ApiPermissions.AddUser, ApiScope.SessionsWrite, login.OnlineAsync),
        ["login/unauthorize"] = new(ApiPermissions.LoginRecord, null, login.UnauthorizeAsync),
        ["admin/create"] = new(ApiPermissions.AddAdmin, ApiScope.AdministratorsWrite, admin.CreateAsync),
        ["admin/update"] = new(ApiPermissions.UpdateAdmin, ApiScope.AdministratorsWrite, admin.UpdateAsync),
        ["admin/delete"] = new(ApiPermissions.DeleteAdmin, ApiScope.AdministratorsWrite, admin.DeleteAsync),
        ["admin/get"] = new(ApiPermissions.None, null, admin.GetAsync),
        ["user/create"] = new(ApiPermissions.AddUser, ApiScope.AccountsWrite, user.CreateAsync),
        ["user/update"] = new(ApiPermissions.UpdateUser, ApiScope.AccountsWrite, user.UpdateAsync),
        ["user/delete"] = new(ApiPermissions.DeleteUser, ApiScope.AccountsWrite, user.DeleteAsync),
        ["user/get"] = new(ApiPermissions.UserInformation, null, user.GetAsync),
        ["voucher/create"] = new(ApiPermissions.AddUser, ApiScope.AccountsWrite, voucher.CreateAsync),
        ["voucher/delete"] = new(ApiPermissions.DeleteUser, ApiScope.AccountsWrite, voucher.DeleteAsync),
        ["voucher/get"] = new(ApiPermissions.UserInformation, null, voucher.GetAsync),
        ["nas/create"] = new(ApiPermissions.AddNas, ApiScope.NetworkWrite, nas.CreateAsync),
        ["nas/update"] = new(ApiPermissions.UpdateNas, ApiScope.NetworkWrite, nas.UpdateAsync),
        ["nas/delete"] = new(ApiPermissions.DeleteNas, ApiScope.NetworkWrite, nas.DeleteAsync),
        ["nas/get"] = new(ApiPermissions.None, null, nas.GetAsync),
        ["device/create"] = new(ApiPermissions.AddDevice, ApiScope.DevicesWrite, device.CreateAsync),
        ["device/update"] = new(ApiPermissions.UpdateDevice, ApiScope.DevicesWrite, device.UpdateAsync),
        ["device/delete"] = new(ApiPermissions.DeleteDevice, ApiScope.DevicesWrite, device.DeleteAsync),
        ["device/get"] = new(ApiPermissions.None, null, device.GetAsync),
        ["profile/create"] = new(ApiPermissions.AddProfile, ApiScope.AccountsWrite, profile.CreateAsync),
        ["profile/update"] = new(ApiPermissions.UpdateProfile, ApiScope.AccountsWrite, profile.UpdateAsync),
        ["profile/delete"] = new(ApiPermissions.DeleteProfile, ApiScope.AccountsWrite, profile.DeleteAsync),
        ["profile/get"] = new(ApiPermissions.None, null, profile.GetAsync),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Each as module/method.</summary>
    public IReadOnlyList<string> Names => _methods.Keys;

    public bool TryGet(string module, string method, [NotNullWhen(true)] out ContractMethod? found) => _methods.TryGetValue($"{module}/{method}", out found);
}
