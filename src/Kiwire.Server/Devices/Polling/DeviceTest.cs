using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>Polls a device at once, for somebody who waits, and says what came back or precisely why nothing did. It leaves no trace in the history.</summary>
internal sealed class DeviceTest(DeviceStore store, CredentialsSource credentials, SnmpClient client, DevicePoll poll)
{
    /// <summary>Tests a device; null: it is gone.</summary>
    public async Task<DeviceTestBody?> RunAsync(long tenantId, long deviceId, CancellationToken cancellationToken)
    {
        if (await store.FindAccessAsync(tenantId, deviceId, cancellationToken) is not var (device, secrets)
            || !DeviceAddress.TryParse(device.Address, out DeviceAddress address))
        {
            return null;
        }

        PolledDevice tested = new(new DeviceAccess
        {
            TenantId = tenantId,
            DeviceId = deviceId,
            Identity = device.Identity,
            Address = address,
            Credentials = credentials.Find(device, secrets, out string fault),
            Fault = fault,
            Mib = device.Mib,
            PollSeconds = device.PollSeconds,
            Version = device.Version,
        });
        PollResult result = await poll.RunAsync(tested, cancellationToken);
        if (result.IsAlive && result.Text.Length == 0)
        {
            return DeviceTestBody.Success(result, tested);
        }

        if (result.Fault != SnmpFault.NoAnswer || tested.Target is not { } silent)
        {
            return DeviceTestBody.Failed(result.Fault, result.Text);
        }

        SnmpOutcome diagnosis = await client.DiagnoseAsync(silent, cancellationToken);
        return diagnosis.IsAnswered ? DeviceTestBody.Failed(result.Fault, result.Text) : DeviceTestBody.Failed(diagnosis.Fault, diagnosis.Describe(silent));
    }
}
