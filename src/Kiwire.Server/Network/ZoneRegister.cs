using System.Net;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Network;

/// <summary>
/// Creates, changes and deletes zones. When a call returns, the change is committed, this server acts on it, and other servers have
/// been told. Accounts name zones: one that is renamed or deleted admits none of them any more.
/// </summary>
internal sealed class ZoneRegister(ZoneDirectory directory, NetworkLoader loader, IEnumerable<IUse> uses, CommitQueue commits, IdSource ids)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "zone";

    /// <summary>A NAS's location has at most so many characters.</summary>
    private const int LongestLocation = 1000;

    /// <summary>An SSID has at most so many octets (IEEE 802.11).</summary>
    private const int LongestSsid = 32;

    /// <summary>The tenant's zones, by name.</summary>
    public IReadOnlyList<Zone> List(long tenantId) => [.. directory.Zones.Where(zone => zone.TenantId == tenantId)];

    /// <summary>The tenant's zone of that name, whatever the case; null: there is none.</summary>
    public Zone? Find(long tenantId, string name) =>
        directory.Zones.FirstOrDefault(zone => zone.TenantId == tenantId && FoldedName.Fold(zone.Name) == FoldedName.Fold(name.Trim()));

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(
        long tenantId, string name, IReadOnlyList<ZoneMember> members, CancellationToken cancellationToken)
    {
        Zone zone = Canonical(tenantId, ids.Next(), name, members);
        if (FindFaults(zone) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        bool inserted = await commits.EnqueueAsync(
            async unit =>
            {
                if (!await ZoneStore.InsertAsync(unit, zone))
                {
                    return false;
                }

                unit.Announce(new Change(ChangeKind.Zone, tenantId, zone.ZoneId));
                await unit.AuditAsync(
                    tenantId, AuditAction.Create, Kind, zone.Name, new AuditChanges().Set("name", zone.Name).Set("members", Texts(zone)));
                return true;
            },
            cancellationToken);
        if (!inserted)
        {
            return new SaveOutcome.Exists();
        }

        await loader.LoadZonesAsync(cancellationToken);
        return new SaveOutcome.Saved(zone.ZoneId);
    }

    /// <summary>Changes what is given of a zone; members, where given, replace those it had.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="zoneId">Which.</param>
    /// <param name="name">Null: it stays.</param>
    /// <param name="members">Null: they stay.</param>
    /// <param name="ifVersion">Only if the zone still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, long zoneId, string? name, IReadOnlyList<ZoneMember>? members, long ifVersion, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                await ZoneStore.LockAsync(unit, tenantId, zoneId);
                if (await ZoneStore.GetAsync(unit, tenantId, zoneId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                Zone zone = Canonical(tenantId, zoneId, name ?? current.Name, members ?? current.Members);
                if (FindFaults(zone) is { Count: > 0 } faults)
                {
                    return new SaveOutcome.Refused(faults);
                }

                if (await ZoneStore.IsNameTakenAsync(unit, tenantId, zone.Name, zoneId))
                {
                    return new SaveOutcome.Exists();
                }

                _ = await ZoneStore.UpdateAsync(unit, zone);
                unit.Announce(new Change(ChangeKind.Zone, tenantId, zoneId));
                await unit.AuditAsync(
                    tenantId,
                    AuditAction.Update,
                    Kind,
                    current.Name,
                    new AuditChanges().Compare("name", current.Name, zone.Name).CompareLists("members", Texts(current), Texts(zone)));
                return new SaveOutcome.Saved(zoneId);
            },
            cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await loader.LoadZonesAsync(cancellationToken);
        }

        return outcome;
    }

    /// <summary>Deletes a zone; what it was called is in the audit log.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="zoneId">Which.</param>
    /// <param name="ifVersion">Only if the zone still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Saved, Missing, Stale or InUse.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> DeleteAsync(long tenantId, long zoneId, long ifVersion, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                await ZoneStore.LockAsync(unit, tenantId, zoneId);
                if (await ZoneStore.GetAsync(unit, tenantId, zoneId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                if (await uses.FindUseAsync(unit, tenantId, UsedKind.Zone, zoneId) is { } use)
                {
                    return new SaveOutcome.InUse(use);
                }

                _ = await ZoneStore.DeleteAsync(unit, tenantId, zoneId);
                unit.Announce(new Change(ChangeKind.Zone, tenantId, zoneId));
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, current.Name, AuditChanges.None);
                return new SaveOutcome.Saved(zoneId);
            },
            cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await loader.LoadZonesAsync(cancellationToken);
        }

        return outcome;
    }

    private static string[] Texts(Zone zone) => [.. zone.Members.Select(member => $"{member.Kind}: {member.Value}")];

    private static Zone Canonical(long tenantId, long zoneId, string name, IReadOnlyList<ZoneMember> members) => new()
    {
        TenantId = tenantId,
        ZoneId = zoneId,
        Name = name.Trim(),
        Members = [.. members.Select(Canonical)],
    };

    private static ZoneMember Canonical(ZoneMember member) => member.Kind switch
    {
        // Blanks belong to an SSID.
        ZoneMemberKind.Ssid => member,
        ZoneMemberKind.NasIpPrefix when NasAddress.TryParse(member.Value, out IPNetwork network) =>
            member with { Value = NasAddress.ToText(network) },
        _ => member with { Value = member.Value.Trim() },
    };

    private static List<FieldFault> FindFaults(Zone zone)
    {
        List<FieldFault> faults = [];
        if (NasValidator.FindNameFault(zone.Name) is { } fault)
        {
            faults.Add(new("name", $"{fault}; it must be a zone's name, 1 to 253 octets without a comma."));
        }

        foreach (ZoneMember member in zone.Members)
        {
            if (FindFault(member) is { } memberFault)
            {
                faults.Add(new("members", memberFault));
            }
        }

        return faults;
    }

    private static string? FindFault(ZoneMember member) => member.Kind switch
    {
        ZoneMemberKind.NasIdentity when NasValidator.FindNameFault(member.Value) is { } fault =>
            $"has a NAS identity that {fault}; it must be one that a NAS has.",
        ZoneMemberKind.NasLocation when member.Value.Length is 0 or > LongestLocation =>
            $"has a NAS location of {member.Value.Length} characters; it must have 1 to {LongestLocation}.",
        ZoneMemberKind.Ssid when System.Text.Encoding.UTF8.GetByteCount(member.Value) is 0 or > LongestSsid =>
            $"has the SSID '{member.Value}', which must have 1 to {LongestSsid} octets.",
        ZoneMemberKind.NasIpPrefix when !NasAddress.TryParse(member.Value, out _) =>
            $"has '{member.Value}', which is neither an address such as 192.0.2.1 nor a prefix such as 192.0.2.0/24.",
        ZoneMemberKind.NasIdentity or ZoneMemberKind.NasLocation or ZoneMemberKind.Ssid or ZoneMemberKind.NasIpPrefix => null,
        _ => "has a member of no known kind; it must be a NAS identity, a NAS location, an SSID or a NAS-IP prefix.",
    };
}
