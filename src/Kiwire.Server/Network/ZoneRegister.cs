using System.Net;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// Creates, changes and deletes zones. When a call returns, the change is committed, this server acts on it, and other servers have
/// been told. Accounts name zones: one that is renamed or deleted admits none of them any more.
/// </summary>
internal sealed class ZoneRegister(ZoneDirectory directory, NetworkLoader loader, CommitQueue commits, IdSource ids)
{
    /// <summary>A NAS's location has at most so many characters.</summary>
    private const int LongestLocation = 1000;

    /// <summary>An SSID has at most so many octets (IEEE 802.11).</summary>
    private const int LongestSsid = 32;

    /// <summary>The tenant's zones, by name.</summary>
    public IReadOnlyList<Zone> List(long tenantId) => [.. directory.Zones.Where(zone => zone.TenantId == tenantId)];

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
                unit.Announce(new Change(ChangeKind.Zone, tenantId, zone.ZoneId));
                return await ZoneStore.InsertAsync(unit, zone);
            },
            cancellationToken);
        if (!inserted)
        {
            return new SaveOutcome.Exists();
        }

        await loader.LoadZonesAsync(cancellationToken);
        return new SaveOutcome.Saved(zone.ZoneId);
    }

    /// <summary>Replaces name and members.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, long zoneId, string name, IReadOnlyList<ZoneMember> members, CancellationToken cancellationToken)
    {
        Zone zone = Canonical(tenantId, zoneId, name, members);
        if (FindFaults(zone) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        SaveOutcome outcome = await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await ZoneStore.IsNameTakenAsync(unit, tenantId, zone.Name, zoneId))
                {
                    return new SaveOutcome.Exists();
                }

                unit.Announce(new Change(ChangeKind.Zone, tenantId, zoneId));
                return await ZoneStore.UpdateAsync(unit, zone) ? new SaveOutcome.Saved(zoneId) : new SaveOutcome.Missing();
            },
            cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await loader.LoadZonesAsync(cancellationToken);
        }

        return outcome;
    }

    /// <summary>False: there is no such zone.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<bool> DeleteAsync(long tenantId, long zoneId, CancellationToken cancellationToken)
    {
        bool deleted = await commits.EnqueueAsync(
            async unit =>
            {
                unit.Announce(new Change(ChangeKind.Zone, tenantId, zoneId));
                return await ZoneStore.DeleteAsync(unit, tenantId, zoneId);
            },
            cancellationToken);
        if (deleted)
        {
            await loader.LoadZonesAsync(cancellationToken);
        }

        return deleted;
    }

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
            faults.Add(new("name", $"name {fault}; it must be a zone's name, 1 to 253 octets without a comma."));
        }

        foreach (ZoneMember member in zone.Members)
        {
            if (FindFault(member) is { } memberFault)
            {
                faults.Add(new("members", $"members: {memberFault}"));
            }
        }

        return faults;
    }

    private static string? FindFault(ZoneMember member) => member.Kind switch
    {
        ZoneMemberKind.NasIdentity when NasValidator.FindNameFault(member.Value) is { } fault =>
            $"the NAS identity {fault}; it must be one that a NAS has.",
        ZoneMemberKind.NasLocation when member.Value.Length is 0 or > LongestLocation =>
            $"the NAS location has {member.Value.Length} characters; it must have 1 to {LongestLocation}.",
        ZoneMemberKind.Ssid when System.Text.Encoding.UTF8.GetByteCount(member.Value) is 0 or > LongestSsid =>
            $"the SSID '{member.Value}' must have 1 to {LongestSsid} octets.",
        ZoneMemberKind.NasIpPrefix when !NasAddress.TryParse(member.Value, out _) =>
            $"'{member.Value}' is neither an address such as 192.0.2.1 nor a prefix such as 192.0.2.0/24.",
        ZoneMemberKind.NasIdentity or ZoneMemberKind.NasLocation or ZoneMemberKind.Ssid or ZoneMemberKind.NasIpPrefix => null,
        _ => "a member is of no known kind; it must be a NAS identity, a NAS location, an SSID or a NAS-IP prefix.",
    };
}
