using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>Devices that are let in by a grant (dynamic-authorization.md, login/online), whatever credentials their NAS sends for them.</summary>
internal sealed partial class AccessRequestHandler
{
    /// <summary>
    /// Whether the device may come in by a grant. The device is the one that calls or, where the NAS does not say which that is, the one
    /// whose address is the User-Name: a guest could type somebody else's. Who speaks EAP wants to be asked and proved, and is.
    /// </summary>
    private bool TryFindGrant(scoped in Login login, ref LoginProgress progress)
    {
        if (progress.Grant is not null)
        {
            return true;
        }

        MacAddress device = login.Fields.Device;
        if (login.Fields.Credentials == CredentialKinds.Eap || (device.IsNone && !MacAddress.TryParse(login.Fields.UserName, out device)))
        {
            return false;
        }

        return grants.TryFind(login.Tenant.TenantId, login.Request.Nas.NasId, device, login.Request.ReceivedAt, out progress.Grant);
    }

    /// <summary>
    /// All checks first, the ninth with its place taken; then the grant is used up; then the answer. A refusal leaves the grant for another
    /// try.
    /// </summary>
    private bool TryGrant(scoped in Login asked, ref LoginProgress progress, out RadiusReply? reply)
    {
        reply = null;
        Grant grant = progress.Grant!;
        progress.Account ??= accounts.TryFindById(grant.TenantId, grant.AccountId);
        if (progress.Account is not { } account)
        {
            return progress.MustWait(LoginWait.AccountOfGrant);
        }

        AccessFields fields = asked.Fields;
        fields.Device = grant.Device;
        Login login = new(in asked.Request, in fields, asked.Tenant, asked.Writer);
        progress.ByDevice = true;
        return TryAdmit(in login, account, new Proof(LoginMethod.Grant), ref progress, out reply);
    }
}
