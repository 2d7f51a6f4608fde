using System.Globalization;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>What the audit log says of a change to a user or voucher.</summary>
internal static class AccountChanges
{
    /// <param name="before">Null: it is new.</param>
    /// <param name="after">As it is now; its password is what was given, if one was.</param>
    /// <param name="profile">The name of the profile that it is on now.</param>
    public static AuditChanges Between(Account? before, AccountRow after, string? profile) => new AuditChanges()
        .Compare("name", before?.Name, after.Name)
        .Secret("password", after.Password is not null)
        .Compare("fullName", before?.FullName ?? "", after.FullName)
        .Compare("email", before?.Email ?? "", after.Email)
        .Compare("phone", before?.Phone ?? "", after.Phone)
        .Compare("profile", before?.ProfileName, before?.ProfileId == after.ProfileId ? before?.ProfileName : profile)
        .Compare("remark", before?.Remark ?? "", after.Remark)
        .Compare("status", before is null ? null : AccountSettings.StatusOf(before.Active), AccountSettings.StatusOf(after.Active))
        .Compare("allowNas", before?.AllowNas, after.AllowNas)
        .Compare("expiresAt", MomentOf(before?.ExpiresAt), MomentOf(after.ExpiresAt))
        .CompareLists("macs", Texts(before?.Macs ?? []), Texts(after.Macs))
        .Compare("integration", before?.Integration ?? "", after.Integration)
        .Compare("statistics", before?.Statistics ?? "", after.Statistics);

    /// <summary>An order of vouchers; the codes are passwords too, and are not said.</summary>
    public static AuditChanges OfOrder(int? quantity, AccountDraft draft) => new AuditChanges()
        .Set("quantity", quantity)
        .Set("prefix", draft.Name)
        .Set("profile", draft.Profile)
        .Set("remark", draft.Remark)
        .Set("allowNas", draft.AllowNas)
        .Set("expiresAt", MomentOf(draft.ExpiresAt));

    /// <summary>A moment in ISO 8601, UTC; null: there is none.</summary>
    public static string? MomentOf(long? at) => at is { } milliseconds
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture)
        : null;

    private static string[] Texts(IEnumerable<MacAddress> macs) => [.. macs.Select(mac => mac.ToString()).Order(StringComparer.Ordinal)];
}
