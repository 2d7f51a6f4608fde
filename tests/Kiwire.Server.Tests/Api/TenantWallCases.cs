using System.Net.Http.Headers;
using System.Text;

namespace Kiwire.Server.Tests.Api;

/// <summary>What an administrator of another tenant is answered, route by route.</summary>
internal static class TenantWallCases
{
    /// <summary>Of the whole installation, or of what requests themselves change: the owner's view of them is not compared.</summary>
    public static readonly string[] NotOfOneTenant =
    [
        "GET /api/v1/audit", "GET /api/v1/status", "GET /api/v1/settings", "GET /api/v1/tenants",
        "GET /api/v1/sms/messages", "GET /api/v1/sms/messages/{id}", "GET /api/v1/devices/{identity}/metrics", "GET /api/v1/sms/guard",
    ];

    public static readonly Dictionary<string, WallCase> V1 = new()
    {
        ["POST /api/v1/password"] = new(400, new { currentPassword = "wrong-password", newPassword = "another-password" }),

        // Only the default tenant's administrators may.
        ["GET /api/v1/tenants"] = new(403),
        ["GET /api/v1/tenants/{cloudId}"] = new(403),
        ["POST /api/v1/tenants"] = new(403, new { cloudId = "mine" }),
        ["PATCH /api/v1/tenants/{cloudId}"] = new(403, new { name = "mine" }),
        ["POST /api/v1/tenants/{cloudId}/administrators/{username}/password"] = new(403),
        ["GET /api/v1/status"] = new(403),
        ["GET /api/v1/settings"] = new(403),

        // One's own.
        ["GET /api/v1/tenant"] = new(200),
        ["PATCH /api/v1/tenant"] = new(200, new { name = "mine" }),
        ["POST /api/v1/tenant/api-key/rotate"] = new(200, new { keepOldSeconds = 0 }),
        ["GET /api/v1/policy"] = new(200),
        ["PATCH /api/v1/policy"] = new(200, new { }),
        ["GET /api/v1/reply-texts"] = new(200),
        ["PUT /api/v1/reply-texts/{reason}"] = new(200, new { text = "mine" }),
        ["DELETE /api/v1/reply-texts/{reason}"] = new(404),
        ["GET /api/v1/audit"] = new(200),
        ["GET /api/v1/portal"] = new(200),
        ["PATCH /api/v1/portal"] = new(200, new { loginHosts = new[] { "10.5.50.1" } }),
        ["GET /api/v1/nas-types"] = new(200),
        ["GET /api/v1/nas-types/{name}"] = new(200),
        ["GET /api/v1/mibs"] = new(200),
        ["GET /api/v1/mibs/{name}"] = new(200),

        ["GET /api/v1/administrators"] = new(200),
        ["GET /api/v1/administrators/{username}"] = new(404),
        ["POST /api/v1/administrators"] = new(201, new { username = "alpha-admin", role = "operator" }),
        ["PATCH /api/v1/administrators/{username}"] = new(404, new { fullName = "mine" }),
        ["DELETE /api/v1/administrators/{username}"] = new(404),
        ["POST /api/v1/administrators/{username}/password"] = new(200, new { }),
        ["GET /api/v1/keys"] = new(200),
        ["GET /api/v1/keys/{name}"] = new(404),
        ["POST /api/v1/keys"] = new(201, new { name = "alpha-key", scopes = new[] { "audit:read" } }),
        ["DELETE /api/v1/keys/{name}"] = new(404),

        ["GET /api/v1/zones"] = new(200),
        ["GET /api/v1/zones/{name}"] = new(404),
        ["POST /api/v1/zones"] = new(201, new { name = "alpha-zone", members = Array.Empty<object>() }),
        ["PATCH /api/v1/zones/{name}"] = new(404, new { members = Array.Empty<object>() }),
        ["DELETE /api/v1/zones/{name}"] = new(404),
        ["GET /api/v1/nas"] = new(200),
        ["GET /api/v1/nas/{identity}"] = new(404),
        ["POST /api/v1/nas"] = new(201, new { identity = "alpha-nas", address = "192.0.2.200", secret = "my-own-secret", type = "generic" }),
        ["PATCH /api/v1/nas/{identity}"] = new(404, new { description = "mine" }),
        ["DELETE /api/v1/nas/{identity}"] = new(404),
        ["POST /api/v1/nas/{identity}/relax-message-authenticator"] = new(200),
        ["GET /api/v1/devices"] = new(200),
        ["GET /api/v1/devices/{identity}"] = new(404),
        ["POST /api/v1/devices"] = new(201, new { identity = "alpha-device", address = "192.0.2.99" }),
        ["PATCH /api/v1/devices/{identity}"] = new(404, new { description = "mine" }),
        ["DELETE /api/v1/devices/{identity}"] = new(404),
        ["GET /api/v1/devices/{identity}/events"] = new(404),
        ["GET /api/v1/devices/{identity}/metrics"] = new(404),
        ["POST /api/v1/devices/{identity}/test"] = new(200),
        ["GET /api/v1/device-events"] = new(200),
        ["GET /api/v1/device-webhook"] = new(404),
        ["PUT /api/v1/device-webhook"] = new(200, new { url = "https://mine.invalid/events" }),
        ["DELETE /api/v1/device-webhook"] = new(404),

        ["GET /api/v1/profiles"] = new(200),
        ["GET /api/v1/profiles/{name}"] = new(404),
        ["POST /api/v1/profiles"] = new(201, new { name = "alpha-plan", type = "Free" }),
        ["PATCH /api/v1/profiles/{name}"] = new(404, new { price = 1 }),
        ["DELETE /api/v1/profiles/{name}"] = new(404),
        ["GET /api/v1/accounts"] = new(200),
        ["GET /api/v1/accounts/{name}"] = new(404),
        ["POST /api/v1/accounts"] = new(201, new { username = "alpha-user", password = "secret-88" }),
        ["PATCH /api/v1/accounts/{name}"] = new(404, new { remark = "mine" }),
        ["DELETE /api/v1/accounts/{name}"] = new(404),
        ["GET /api/v1/accounts/{name}/authenticator"] = new(404),
        ["DELETE /api/v1/accounts/{name}/authenticator"] = new(404),

        // One's own by now, under the same name.
        ["POST /api/v1/accounts/{name}/authenticator"] = new(201, new { }),
        ["POST /api/v1/accounts/{name}/authenticator/confirm"] = new(400, new { code = "mine" }),
        ["POST /api/v1/accounts/{name}/authenticator/resynchronise"] = new(400, new { code = "mine", nextCode = "mine" }),
        ["GET /api/v1/vouchers"] = new(200),
        ["GET /api/v1/vouchers/{code}"] = new(404),
        ["POST /api/v1/vouchers"] = new(201, new { quantity = 1 }),
        ["PATCH /api/v1/vouchers/{code}"] = new(404, new { remark = "mine" }),
        ["DELETE /api/v1/vouchers/{code}"] = new(404),

        ["POST /api/v1/accounts/import"] = new(200, new StringContent("username,password\nalpha-imported,secret-99\n", Encoding.UTF8, "text/csv")),
        ["GET /api/v1/accounts/export"] = new(200),
        ["POST /api/v1/vouchers/import"] = new(200, new StringContent("code,profile\nV_MINE23456,alpha-plan\n", Encoding.UTF8, "text/csv")),
        ["GET /api/v1/vouchers/export"] = new(200),
        ["GET /api/v1/vouchers/sheet"] = new(400, Query: "?codes={vouchers}"),

        ["POST /api/v1/one-time-codes"] = new(409, new { phone = "+60123456789" }),
        ["POST /api/v1/one-time-codes/verify"] = new(200, new { phone = "+60123456789", code = "123456" }),
        ["GET /api/v1/sms/policy"] = new(200),
        ["PATCH /api/v1/sms/policy"] = new(400, new { connector = "alpha-connector" }),
        ["GET /api/v1/sms/presets"] = new(200),
        ["GET /api/v1/sms/connectors"] = new(200),
        ["GET /api/v1/sms/connectors/{name}"] = new(404),
        ["POST /api/v1/sms/connectors"] = new(201, new { name = "beta", provider = "generic", method = "GET", uri = "https://mine.invalid/send", phoneVariable = "to", messageVariable = "text" }),
        ["PATCH /api/v1/sms/connectors/{name}"] = new(404, new { active = false }),
        ["DELETE /api/v1/sms/connectors/{name}"] = new(404),
        ["GET /api/v1/sms/connectors/{name}/logo"] = new(404),
        ["PUT /api/v1/sms/connectors/{name}/logo"] = new(404, Picture()),
        ["DELETE /api/v1/sms/connectors/{name}/logo"] = new(404),
        ["POST /api/v1/sms/connectors/{name}/test"] = new(404, new { phone = "+60123456789", message = "mine" }),
        ["GET /api/v1/sms/templates"] = new(200),
        ["GET /api/v1/sms/templates/{name}"] = new(404),
        ["POST /api/v1/sms/templates"] = new(201, new { name = "alpha-template", text = "mine" }),
        ["PATCH /api/v1/sms/templates/{name}"] = new(404, new { text = "mine" }),
        ["DELETE /api/v1/sms/templates/{name}"] = new(404),
        ["POST /api/v1/sms/templates/preview"] = new(200, new { text = "mine" }),
        ["GET /api/v1/sms/messages"] = new(200),
        ["GET /api/v1/sms/messages/{id}"] = new(404),
        ["POST /api/v1/sms/messages"] = new(400, new { phone = "+60123456780", text = "mine", connector = "alpha-connector" }),

        ["GET /api/v1/sms/campaigns"] = new(200),
        ["GET /api/v1/sms/campaigns/{id}"] = new(404),
        ["POST /api/v1/sms/campaigns"] = new(400, new { name = "mine", text = "mine", connector = "alpha-connector" }),
        ["PATCH /api/v1/sms/campaigns/{id}"] = new(404, new { name = "mine" }),
        ["DELETE /api/v1/sms/campaigns/{id}"] = new(404),
        ["POST /api/v1/sms/campaigns/{id}/dry-run"] = new(404),
        ["POST /api/v1/sms/campaigns/{id}/start"] = new(404),
        ["POST /api/v1/sms/campaigns/{id}/pause"] = new(404),
        ["POST /api/v1/sms/campaigns/{id}/resume"] = new(404),
        ["POST /api/v1/sms/campaigns/{id}/cancel"] = new(404),
        ["GET /api/v1/sms/opt-outs"] = new(200),
        ["GET /api/v1/sms/opt-outs/{id}"] = new(404),
        ["POST /api/v1/sms/opt-outs"] = new(201, new { number = "+60123456780", remark = "mine" }),
        ["DELETE /api/v1/sms/opt-outs/{id}"] = new(404),
        ["GET /api/v1/sms/guard"] = new(200),
        ["GET /api/v1/sms/guard/decisions"] = new(200),
        ["DELETE /api/v1/sms/guard/stops/{id}"] = new(404),
        ["GET /api/v1/sms/guard/allowed"] = new(200),
        ["GET /api/v1/sms/guard/allowed/{id}"] = new(404),
        ["POST /api/v1/sms/guard/allowed"] = new(201, new { number = "+60123456780", remark = "mine" }),
        ["PATCH /api/v1/sms/guard/allowed/{id}"] = new(404, new { remark = "mine" }),
        ["DELETE /api/v1/sms/guard/allowed/{id}"] = new(404),

        ["GET /api/v1/sessions"] = new(200),
        ["GET /api/v1/sessions/{id}"] = new(404),
        ["GET /api/v1/logins"] = new(200),
        ["GET /api/v1/logins/{id}"] = new(404),
        ["GET /api/v1/logins/{id}/explain"] = new(404),
        ["GET /api/v1/unauthorised-devices"] = new(200),
        ["DELETE /api/v1/unauthorised-devices/{mac}"] = new(404),
        ["POST /api/v1/sessions/{id}/disconnect"] = new(404),
        ["POST /api/v1/sessions/{id}/coa"] = new(404, new { attributes = new[] { new { name = "Session-Timeout", value = "1" } } }),
        ["GET /api/v1/dynamic-authorizations"] = new(200),

        // One's own by now, under the same names, and without sessions; login/online of the contract is tried without.
        ["POST /api/v1/accounts/{name}/disconnect"] = new(200),
        ["POST /api/v1/nas/{identity}/disconnect-all"] = new(200),
        ["POST /api/v1/nas/{identity}/test"] = new(400, Query: "?address=nowhere"),
        ["POST /api/v1/sessions/online"] = new(400, new { nas = "alpha-nas", device = "none", ip = "192.0.2.5", user = "alpha-user" }),
    };

    public static readonly Dictionary<string, ContractWallCase[]> Contract = new()
    {
        ["login/history"] = [new(false, null), new(true, "accounts")],
        ["login/online"] = [new(true, null, ("nas-id", "{nas}"), ("device", "02-5E-00-00-00-77"), ("ip", "192.0.2.5"), ("user", "{accounts}"))],
        ["login/unauthorize"] = [new(false, null), new(true, "nas")],
        ["admin/create"] = [new(false, null, ("username", "{administrators}"), ("groupname", "operator"))],
        ["admin/update"] = [new(true, "administrators", ("fullname", "mine"))],
        ["admin/delete"] = [new(true, "administrators")],
        ["admin/get"] = [new(false, null), new(true, "administrators")],
        ["user/create"] = [new(false, null, ("username", "{accounts}"), ("password", "secret-88"))],
        ["user/update"] = [new(true, "accounts", ("remark", "mine"))],
        ["user/delete"] = [new(true, "accounts")],
        ["user/get"] = [new(false, null), new(true, "accounts")],
        ["voucher/create"] = [new(true, null, ("plan", "{profiles}")), new(false, null, ("qty", "1"))],
        ["voucher/delete"] = [new(true, "vouchers")],
        ["voucher/get"] = [new(false, null), new(true, "vouchers")],
        ["nas/create"] = [new(false, null, ("nas-ip", "192.0.2.201"), ("nas-id", "{nas}"), ("type", "generic"), ("secret", "my-own-secret"))],
        ["nas/update"] = [new(true, "nas", ("description", "mine"))],
        ["nas/delete"] = [new(true, "nas")],
        ["nas/get"] = [new(false, null), new(true, "nas")],
        ["device/create"] = [new(false, null, ("device-ip", "192.0.2.99"), ("device-id", "{devices}"), ("type", "generic"))],
        ["device/update"] = [new(true, "devices", ("description", "mine"))],
        ["device/delete"] = [new(true, "devices")],
        ["device/get"] = [new(false, null), new(true, "devices")],
        ["profile/create"] = [new(false, null, ("profile-name", "{profiles}"), ("type", "Free"), ("price", "1"))],
        ["profile/update"] = [new(true, "profiles", ("price", "2"))],
        ["profile/delete"] = [new(true, "profiles")],
        ["profile/get"] = [new(false, null), new(true, "profiles")],
    };

    private static ByteArrayContent Picture()
    {
        ByteArrayContent picture = new([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1]);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return picture;
    }
}
