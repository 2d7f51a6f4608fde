using System.Globalization;

namespace Kiwire.Snmp;

/// <summary>The sentences that faults are told in.</summary>
internal static class SnmpFaultText
{
    public static string Of(in SnmpOutcome outcome, SnmpTarget target)
    {
        string sentence = string.Create(CultureInfo.InvariantCulture, $"{Sentence(outcome, target)}");
        return outcome.Detail is null ? sentence : $"{sentence[..^1]}: {outcome.Detail}.";
    }

    private static string Sentence(in SnmpOutcome outcome, SnmpTarget target) => outcome.Fault switch
    {
        SnmpFault.None => Invariant($"{target} answered."),
        SnmpFault.NoAnswer when target.Credentials.Version == SnmpVersion.V3 => Invariant(
            $"{target} did not answer within {target.Timeout.TotalSeconds:0.###} s, asked {outcome.Sends} times: it is off, unreachable, has no agent with SNMPv3 on this port, or does not let this address ask."),
        SnmpFault.NoAnswer => Invariant(
            $"{target} did not answer within {target.Timeout.TotalSeconds:0.###} s, asked {outcome.Sends} times: it is off, unreachable, has no agent on this port, does not let this address ask, or the community is another."),
        SnmpFault.WrongCommunity => Invariant(
            $"{target} has an agent that answers, but not to this community: the community is another, or the agent's access list leaves this address out."),
        SnmpFault.WrongVersion => Invariant($"{target} has an agent that is silent to this version of SNMP."),
        SnmpFault.UnknownUser => Invariant($"{target} does not know this user."),
        SnmpFault.WrongPassword => Invariant($"{target} knows the user, but its authentication password or protocol is another."),
        SnmpFault.NotInTimeWindow => Invariant($"{target} and this client do not agree about the agent's time."),
        SnmpFault.UnsupportedSecurityLevel => Invariant($"{target} does not let this user ask at this security level."),
        SnmpFault.DecryptionFailed => Invariant($"{target} and this client cannot read each other: the privacy password or protocol is another."),
        SnmpFault.UnknownEngine => Invariant($"{target} does not know the engine identifier that it was asked under."),
        SnmpFault.UnknownContext => Invariant($"{target} has no such context."),
        SnmpFault.ErrorStatus when outcome.ErrorIndex > 0 => Invariant($"{target} refused with {outcome.ErrorStatus} at binding {outcome.ErrorIndex}."),
        SnmpFault.ErrorStatus => Invariant($"{target} refused with {outcome.ErrorStatus}."),
        SnmpFault.TooBig => Invariant($"{target} answers tooBig even to the smallest request."),
        SnmpFault.NotIncreasing => Invariant($"{target} goes in circles: what it gave as the next object is not behind the one asked for."),
        SnmpFault.WalkTooLong => Invariant($"{target} does not come to an end when it is walked."),
        SnmpFault.Malformed => Invariant($"{target} answered with what cannot be read."),
        SnmpFault.Unreachable => Invariant($"The request to {target} could not be sent."),
        _ => Invariant($"{target}: {outcome.Fault}."),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
