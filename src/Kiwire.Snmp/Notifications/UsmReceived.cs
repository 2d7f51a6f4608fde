namespace Kiwire.Snmp.Notifications;

/// <summary>What a received SNMPv3 message is.</summary>
internal enum UsmReceived
{
    /// <summary>Not such a message.</summary>
    Malformed,

    /// <summary>Not to be believed, for one of the reasons of RFC 3414, 3.2; there may be a report about it to be sent.</summary>
    Refused,

    /// <summary>A question who we are; there is a report to be sent.</summary>
    Discovery,

    /// <summary>Genuine.</summary>
    Taken,
}
