using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.Portal;

/// <summary>Changes a tenant's portal settings. When a call returns, the change is committed, this server acts on it, and other servers have been told.</summary>
internal sealed class PortalSettingsRegister(PortalSettingsDirectory directory, CommitQueue commits)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "portal";

    /// <summary>Changes what is given.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="loginHosts">Null: they stay.</param>
    /// <param name="landingUrl">Null: it stays; empty: there is none.</param>
    /// <param name="ifVersion">Only if the settings still have that version; 0: whatever they have.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, IReadOnlyList<string?>? loginHosts, string? landingUrl, long ifVersion, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        string[]? hosts = loginHosts is null ? null : ReadHosts(loginHosts, faults);
        string? landing = landingUrl is null ? null : ReadLanding(landingUrl.Trim(), faults);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        SaveOutcome outcome = await commits.EnqueueAsync(unit => UpdateAsync(unit, tenantId, hosts, landing, ifVersion), cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await directory.LoadAsync(cancellationToken);
        }

        return outcome;
    }

    private static async Task<SaveOutcome> UpdateAsync(UnitOfWork unit, long tenantId, string[]? hosts, string? landing, long ifVersion)
    {
        // Two servers that change them at the same time do so one after the other.
        await TenantStore.LockAsync(unit, tenantId);
        PortalSettings current = await PortalSettingsStore.GetAsync(unit, tenantId);
        if (!EntityTags.Matches(ifVersion, current.Version))
        {
            return new SaveOutcome.Stale();
        }

        PortalSettings changed = current with { LoginHosts = hosts ?? current.LoginHosts, LandingUrl = landing ?? current.LandingUrl };
        AuditChanges changes = new AuditChanges()
            .CompareLists("loginHosts", [.. current.LoginHosts], [.. changed.LoginHosts])
            .Compare("landingUrl", current.LandingUrl, changed.LandingUrl);
        if (!changes.IsEmpty)
        {
            await PortalSettingsStore.SaveAsync(unit, changed);
            unit.Announce(new Change(ChangeKind.Portal, tenantId, tenantId));
            await unit.AuditAsync(tenantId, AuditAction.Update, Kind, "settings", changes);
        }

        return new SaveOutcome.Saved(tenantId);
    }

    private static string[] ReadHosts(IReadOnlyList<string?> given, List<FieldFault> faults)
    {
        if (given.Count > PortalSettings.MostLoginHosts)
        {
            faults.Add(new("loginHosts", $"has {given.Count} hosts; there may be {PortalSettings.MostLoginHosts}."));
            return [];
        }

        List<string> hosts = [];
        foreach (string? text in given)
        {
            if (LoginHost.TryParse(text ?? "", out LoginHost? host, out string? fault))
            {
                hosts.Add(host.Text);
            }
            else
            {
                faults.Add(new("loginHosts", fault));
            }
        }

        return [.. hosts.Distinct()];
    }

    private static string ReadLanding(string text, List<FieldFault> faults)
    {
        if (text.Length > 0 && (text.Length > PortalSettings.LongestLandingUrl || !WebAddress.TryRead(text, out _)))
        {
            faults.Add(new("landingUrl", $"must be empty or an address such as https://www.example.net/welcome, without user and password, of at most {PortalSettings.LongestLandingUrl} characters."));
        }

        return text;
    }
}
