using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices;

/// <summary>Creates, changes and deletes devices. When a call returns, the change is committed.</summary>
internal sealed class DeviceRegister(DeviceStore store, PollSetCatalog sets, CommitQueue commits, IdSource ids, TimeProvider time)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "device";

    /// <summary>What a device is where nothing is said.</summary>
    private const string DefaultType = "generic";

    /// <summary>v2c is what most equipment speaks.</summary>
    private const int DefaultSnmpVersion = 2;

    public Task<Device?> GetAsync(long tenantId, long deviceId, CancellationToken cancellationToken) =>
        store.GetAsync(tenantId, deviceId, cancellationToken);

    /// <summary>The tenant's device of that identity, whatever the case it is written in.</summary>
    public Task<Device?> FindAsync(long tenantId, string identity, CancellationToken cancellationToken) =>
        store.FindAsync(tenantId, identity, cancellationToken);

    /// <summary>By identity, <paramref name="limit"/> of them from the <paramref name="start"/>-th (0 is the first).</summary>
    public Task<IReadOnlyList<Device>> ListAsync(long tenantId, int start, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(new DeviceQuery { TenantId = tenantId, Start = start, Limit = limit }, cancellationToken);

    /// <summary>By identity, those of a query.</summary>
    public Task<IReadOnlyList<Device>> ListAsync(DeviceQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(long tenantId, DeviceSettings settings, CancellationToken cancellationToken)
    {
        if (DeviceValidator.FindFaults(settings, creating: true, sets) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        Device blank = new()
        {
            TenantId = tenantId,
            DeviceId = ids.Next(),
            Identity = "",
            Address = "",
            Type = DefaultType,
            SnmpVersion = DefaultSnmpVersion,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        Device device = Apply(blank, settings);
        if (DeviceSecurity.FindFaults(device, DeviceSecrets.None.With(settings), settings) is { Count: > 0 } insecure)
        {
            return new SaveOutcome.Refused(insecure);
        }

        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (!await store.InsertAsync(unit, device, settings))
                {
                    return new SaveOutcome.Exists();
                }

                unit.Announce(new Change(ChangeKind.Device, tenantId, device.DeviceId));
                await unit.AuditAsync(tenantId, AuditAction.Create, Kind, device.Identity, Changes(null, device, settings));
                return new SaveOutcome.Saved(device.DeviceId);
            },
            cancellationToken);
    }

    /// <summary>Changes what is given of a device.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="deviceId">Which.</param>
    /// <param name="settings">What is given.</param>
    /// <param name="ifVersion">Only if the device still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, long deviceId, DeviceSettings settings, long ifVersion, CancellationToken cancellationToken)
    {
        if (DeviceValidator.FindFaults(settings, creating: false, sets) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync(unit => UpdateAsync(unit, tenantId, deviceId, settings, ifVersion), cancellationToken);
    }

    /// <summary>Deletes a device.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="deviceId">Which.</param>
    /// <param name="ifVersion">Only if the device still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Saved, Missing or Stale.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> DeleteAsync(long tenantId, long deviceId, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(unit => DeleteAsync(unit, tenantId, deviceId, ifVersion), cancellationToken);

    private async Task<SaveOutcome> UpdateAsync(UnitOfWork unit, long tenantId, long deviceId, DeviceSettings settings, long ifVersion)
    {
        if (await DeviceStore.GetAsync(unit, tenantId, deviceId) is not { } current)
        {
            return new SaveOutcome.Missing();
        }

        if (!EntityTags.Matches(ifVersion, current.Version))
        {
            return new SaveOutcome.Stale();
        }

        Device changed = Apply(current, settings);
        DeviceSecrets secrets = (await store.GetSecretsAsync(unit, tenantId, deviceId)).With(settings);
        if (DeviceSecurity.FindFaults(changed, secrets, settings) is { Count: > 0 } insecure)
        {
            return new SaveOutcome.Refused(insecure);
        }

        if (await DeviceStore.IsIdentityTakenAsync(unit, tenantId, changed.Identity, deviceId))
        {
            return new SaveOutcome.Exists();
        }

        if (!await store.UpdateAsync(unit, changed, settings))
        {
            // Another server has changed it since it was read: what is not given here stays as it is now.
            return await UpdateAsync(unit, tenantId, deviceId, settings, ifVersion);
        }

        unit.Announce(new Change(ChangeKind.Device, tenantId, deviceId));
        await unit.AuditAsync(tenantId, AuditAction.Update, Kind, current.Identity, Changes(current, changed, settings));
        return new SaveOutcome.Saved(deviceId);
    }

    private static async Task<SaveOutcome> DeleteAsync(UnitOfWork unit, long tenantId, long deviceId, long ifVersion)
    {
        if (await DeviceStore.GetAsync(unit, tenantId, deviceId) is not { } current)
        {
            return new SaveOutcome.Missing();
        }

        if (!EntityTags.Matches(ifVersion, current.Version))
        {
            return new SaveOutcome.Stale();
        }

        if (!await DeviceStore.DeleteAsync(unit, tenantId, deviceId, current.Version))
        {
            return await DeleteAsync(unit, tenantId, deviceId, ifVersion);
        }

        await PollStore.DeleteAsync(unit, tenantId, deviceId);
        unit.Announce(new Change(ChangeKind.Device, tenantId, deviceId));
        await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, current.Identity, AuditChanges.None);
        return new SaveOutcome.Saved(deviceId);
    }

    private static AuditChanges Changes(Device? before, Device after, DeviceSettings given) => new AuditChanges()
        .Compare("identity", before?.Identity, after.Identity)
        .Compare("address", before?.Address, after.Address)
        .Compare("type", before?.Type, after.Type)
        .Compare("mac", before?.Mac, after.Mac)
        .Compare<int?>("snmpVersion", before?.SnmpVersion, after.SnmpVersion)
        .Secret("community", given.Community is not null)
        .Compare("mib", before?.Mib, after.Mib)
        .Compare("description", before?.Description, after.Description)
        .Compare("location", before?.Location, after.Location)
        .Compare("username", before?.Username, after.Username)
        .Secret("password", given.Password is not null)
        .Compare("authenticationProtocol", before?.AuthenticationProtocol ?? AuthenticationProtocol.None, after.AuthenticationProtocol)
        .Secret("authenticationPassword", given.AuthenticationPassword is not null)
        .Compare("privacyProtocol", before?.PrivacyProtocol ?? PrivacyProtocol.None, after.PrivacyProtocol)
        .Secret("privacyPassword", given.PrivacyPassword is not null)
        .Compare("pollSeconds", before?.PollSeconds ?? Device.DefaultPollSeconds, after.PollSeconds);

    private static Device Apply(Device device, DeviceSettings given) => device with
    {
        Identity = given.Identity?.Trim() ?? device.Identity,
        Address = given.Address is { } text && DeviceAddress.TryParse(text, out DeviceAddress address) ? address.ToString() : device.Address,
        Type = given.Type?.Trim() ?? device.Type,
        Mac = given.Mac is { } mac ? MacAddress.TryParse(mac.Trim(), out MacAddress parsed) ? parsed.ToString() : "" : device.Mac,
        SnmpVersion = given.SnmpVersion ?? device.SnmpVersion,
        Mib = given.Mib?.Trim() ?? device.Mib,
        Description = given.Description ?? device.Description,
        Location = given.Location?.Trim() ?? device.Location,
        Username = given.Username ?? device.Username,
        AuthenticationProtocol = given.AuthenticationProtocol ?? device.AuthenticationProtocol,
        PrivacyProtocol = given.PrivacyProtocol ?? device.PrivacyProtocol,
        PollSeconds = given.PollSeconds ?? device.PollSeconds,
    };
}
