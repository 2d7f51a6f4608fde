using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sms;

namespace Kiwire.Server.Authentication;

/// <summary>Wrong passwords, counted for one account from one client device.</summary>
internal sealed partial class AccessRequestHandler
{
    private bool IsLockedOut(scoped in Login login, scoped ReadOnlySpan<byte> name) =>
        login.Tenant.Policy.Lockout && lockout.IsLockedOut(login.Tenant.TenantId, CountedName(in login, name), login.Fields.Device);

    /// <summary>Something wrong was given for the user name, from this device; too often, and they are locked out.</summary>
    private void CountWrong(scoped in Login login) => CountWrong(in login, login.Fields.UserName);

    private void CountWrong(scoped in Login login, scoped ReadOnlySpan<byte> name)
    {
        if (lockout.Failed(login.Tenant.TenantId, CountedName(in login, name), login.Fields.Device))
        {
            metrics.LockedOut();
        }
    }

    private void ForgetWrong(scoped in Login login, scoped ReadOnlySpan<byte> name) =>
        lockout.Succeeded(login.Tenant.TenantId, CountedName(in login, name), login.Fields.Device);

    /// <summary>
    /// The name itself; but of a telephone number, which finds its account in whatever way it is written, the one way that accounts have. So it
    /// is whether there is such an account or not, lest the answer tell.
    /// </summary>
    private ReadOnlySpan<byte> CountedName(scoped in Login login, ReadOnlySpan<byte> name) =>
        policies.EnabledOf(login.Tenant.TenantId) is { } policy
        && TryReadPhone(in login, name, policy, out PhoneNumber phone)
        && accounts.TryFind(login.Tenant.TenantId, name, out _) != AccountLookup.Found
            ? Encoding.ASCII.GetBytes(phone.E164)
            : name;
}
