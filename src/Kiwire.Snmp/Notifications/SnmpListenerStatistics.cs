namespace Kiwire.Snmp.Notifications;

/// <summary>What a listener has done so far.</summary>
/// <param name="Received">Notifications taken.</param>
/// <param name="Duplicates">Notifications that had been taken before; informs among them were answered again.</param>
/// <param name="Dropped">Notifications that there was no room for.</param>
/// <param name="Malformed">Datagrams that are none.</param>
/// <param name="Refused">Notifications of unknown communities and users, with wrong passwords, at other security levels or out of time.</param>
/// <param name="Reports">Reports sent to SNMPv3 senders: who we are, and what was wrong.</param>
public sealed record SnmpListenerStatistics(long Received, long Duplicates, long Dropped, long Malformed, long Refused, long Reports);
