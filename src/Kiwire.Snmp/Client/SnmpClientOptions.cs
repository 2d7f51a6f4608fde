using System.Net;

namespace Kiwire.Snmp;

/// <summary>How a <see cref="SnmpClient"/> uses the network.</summary>
public sealed record SnmpClientOptions
{
    /// <summary>The address to send from, for agents of its family; null: the system chooses.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>How many requests may be under way at once: 1 to 65536. Further ones wait their turn.</summary>
    public int MaximumUnderWay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 65_536);
            field = value;
        }
    } = 8192;

    /// <summary>Octets of each socket's receive buffer; at least 65536.</summary>
    public int ReceiveBufferOctets
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 65_536);
            field = value;
        }
    } = 4 << 20;
}
