namespace Kiwire.Snmp;

/// <summary>What a client has done since it was made.</summary>
/// <param name="Sent">Requests sent for the first time.</param>
/// <param name="Resent">Requests sent again, because no answer came or the agent's engine had to be learnt first.</param>
/// <param name="Answered">Requests answered, also with an error-status.</param>
/// <param name="Unanswered">Requests given up.</param>
/// <param name="Malformed">Datagrams that are no SNMP messages, or no answers that can be read.</param>
/// <param name="Unexpected">Messages that nobody waits for: late, repeated, or from a stranger.</param>
public readonly record struct SnmpClientStatistics(long Sent, long Resent, long Answered, long Unanswered, long Malformed, long Unexpected);
