namespace Kiwire.Server.Devices.Polling;

/// <summary>Devices as they are read: what an operator set, and how they stand.</summary>
internal sealed class DeviceViews(PollStore polls, TimeProvider time)
{
    /// <summary>One, with its newest values.</summary>
    public async Task<DeviceBody> ShowAsync(Device device, CancellationToken cancellationToken)
    {
        StoredDevice? stored = await polls.FindAsync(device.TenantId, device.DeviceId, cancellationToken);
        return DeviceBody.Of(device, stored?.Condition, stored ?? StoredDevice.None, time.GetUtcNow());
    }

    /// <summary>Some of one tenant's, by their ids, without values.</summary>
    public async Task<IReadOnlyDictionary<long, DeviceBody>> ShowAsync(IReadOnlyList<Device> devices, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, DeviceCondition> conditions = devices.Count == 0
            ? new Dictionary<long, DeviceCondition>()
            : await polls.ListAsync(devices[0].TenantId, [.. devices.Select(device => device.DeviceId)], cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        return devices.ToDictionary(device => device.DeviceId, device => DeviceBody.Of(device, conditions.GetValueOrDefault(device.DeviceId), stored: null, now));
    }
}
