using System.Net;

namespace Kiwire.Snmp.Notifications;

/// <summary>What a <see cref="SnmpNotificationListener"/> listens to, and whom.</summary>
public sealed record SnmpListenerOptions
{
    /// <summary>The port that notifications are sent to.</summary>
    public const int NotificationPort = 162;

    /// <summary>Where it listens; IPv6Any takes IPv4 too. Port 0: a free one.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.IPv6Any, NotificationPort);

    /// <summary>The communities whose notifications are taken; each for its version. None: no notification of SNMPv1 and SNMPv2c.</summary>
    public IReadOnlyList<CommunityCredentials> Communities { get; init; } = [];

    /// <summary>
    /// The users whose notifications are taken, at exactly the level of their protocols: a user with a password is never believed without
    /// it. Several may have one name with different passwords, on different devices. None: no notification of SNMPv3.
    /// </summary>
    public IReadOnlyList<UsmCredentials> Users { get; init; } = [];

    /// <summary>How many notifications wait to be read: 1 to 100000. Where they are too many, traps are lost, and informs are not answered,
    /// so that their senders send them again.</summary>
    public int Capacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100_000);
            field = value;
        }
    } = 1024;

    /// <summary>
    /// The snmpEngineID by which senders of SNMPv3 informs know this listener: 5 to 32 octets, the same after every restart. Empty: one is
    /// made of the machine's name and the port (RFC 3411, 5).
    /// </summary>
    public ReadOnlyMemory<byte> EngineId
    {
        get;
        init
        {
            if (value.Length is not 0 and (< Security.EngineId.MinimumLength or > Security.EngineId.MaximumLength))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value.Length, "An engine id has 5 to 32 octets (RFC 3411, 5).");
            }

            field = value;
        }
    }

    /// <summary>
    /// The snmpEngineBoots: how often it was started, for whoever counts that. 0: the seconds from 2024 to its start, which are more at each
    /// start as long as the machine's clock goes forward.
    /// </summary>
    public int EngineBoots
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
}
