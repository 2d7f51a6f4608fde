using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>What the audit log says of a change to a profile.</summary>
internal static class ProfileChanges
{
    /// <param name="before">Null: it is new.</param>
    /// <param name="after">As it is now.</param>
    public static AuditChanges Between(Profile? before, Profile after) => new AuditChanges()
        .Compare("name", before?.Name, after.Name)
        .Compare("price", before?.Price ?? 0, after.Price)
        .Compare("type", before is null ? null : ProfileValidator.NameOf(before.Type), ProfileValidator.NameOf(after.Type))
        .Compare("edx", before?.Edx ?? "", after.Edx)
        .Compare("minutes", before?.Minutes ?? 0, after.Minutes)
        .Compare("volumeLimited", before?.VolumeLimited ?? false, after.VolumeLimited)
        .Compare("volumeGigabytes", before?.VolumeGigabytes ?? 0, after.VolumeGigabytes)
        .Compare("idleMinutes", before?.IdleMinutes ?? 0, after.IdleMinutes)
        .Compare("simultaneous", before?.Simultaneous ?? 0, after.Simultaneous)
        .Compare("downKbps", before?.DownKbps ?? 0, after.DownKbps)
        .Compare("upKbps", before?.UpKbps ?? 0, after.UpKbps)
        .Compare("minDownKbps", before?.MinDownKbps ?? 0, after.MinDownKbps)
        .Compare("minUpKbps", before?.MinUpKbps ?? 0, after.MinUpKbps)
        .Compare("autoReset", ProfileValidator.NameOf(before?.AutoReset ?? UsageReset.Never), ProfileValidator.NameOf(after.AutoReset))
        .Compare("loginHours", before?.LoginHours?.Text ?? "", after.LoginHours?.Text ?? "");
}
