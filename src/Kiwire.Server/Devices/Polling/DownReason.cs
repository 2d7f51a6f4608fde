using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>Finds out why a device does not answer, at the poll by which it counts as down: silence has many reasons.</summary>
internal sealed class DownReason(SnmpClient client)
{
    public async Task<PollResult> FindAsync(PolledDevice device, PollResult result, CancellationToken cancellationToken)
    {
        if (result.Fault != SnmpFault.NoAnswer || device.Condition.Missed != DeviceCondition.MissesToDown - 1 || device.Target is not { } target)
        {
            return result;
        }

        SnmpOutcome outcome = await client.DiagnoseAsync(target, cancellationToken);
        return outcome.IsAnswered ? result : result with { Fault = outcome.Fault, Text = outcome.Describe(target) };
    }
}
