using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp;

/// <content>Why a device does not answer.</content>
public sealed partial class SnmpClient
{
    private static readonly ObjectId[] s_sysUpTime = [new(1, 3, 6, 1, 2, 1, 1, 3, 0)];

    /// <summary>
    /// Asks for the device's sysUpTime, and where that fails finds out why. Agents are silent to a wrong community; whether there is one at
    /// all is then asked by the discovery of SNMPv3 (RFC 3414, 4), which agents that have SNMPv3 answer to anybody, and by the community's
    /// other version. It takes twice as long as a request that is not answered.
    /// </summary>
    /// <param name="target">The device.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The answer, or the fault; <see cref="SnmpOutcome.Describe"/> has the sentence.</returns>
    /// <inheritdoc cref="TryGetAsync"/>
    public async ValueTask<SnmpOutcome> DiagnoseAsync(SnmpTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        SnmpOutcome outcome = await TryGetAsync(target, s_sysUpTime, cancellationToken).ConfigureAwait(false);
        return outcome.Fault == SnmpFault.NoAnswer && target.Credentials is CommunityCredentials credentials
            ? await DiagnoseSilenceAsync(target, credentials, outcome, cancellationToken).ConfigureAwait(false)
            : outcome;
    }

    private async ValueTask<SnmpOutcome> DiagnoseSilenceAsync(
        SnmpTarget target, CommunityCredentials credentials, SnmpOutcome silence, CancellationToken cancellationToken)
    {
        Task<SnmpOutcome> discovery = ExchangeAsync(
            target.With(EngineProbeCredentials.Instance), new PduRequest { Type = PduType.GetRequest }, cancellationToken).AsTask();
        SnmpOutcome other = await TryGetAsync(target.With(credentials.OtherVersion()), s_sysUpTime, cancellationToken).ConfigureAwait(false);
        SnmpOutcome engine = await discovery.ConfigureAwait(false);
        SnmpOutcome found = (other.Fault, engine.Fault) switch
        {
            (not SnmpFault.NoAnswer and not SnmpFault.Unreachable, _) => SnmpOutcome.Failed(
                SnmpFault.WrongVersion, $"it answers to this community by {credentials.OtherVersion().Version}"),
            (_, SnmpFault.UnknownEngine) => SnmpOutcome.Failed(SnmpFault.WrongCommunity, $"its SNMPv3 engine is {engine.Detail}"),
            _ => SnmpOutcome.Failed(SnmpFault.NoAnswer, "it does not answer the discovery of SNMPv3 either, which needs no password"),
        };
        return found.WithTrip(silence.Sends, TimeSpan.Zero);
    }
}
