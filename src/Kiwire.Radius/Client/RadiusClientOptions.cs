using System.Net;

namespace Kiwire.Radius.Client;

/// <summary>How a <see cref="RadiusClient"/> uses the network.</summary>
public sealed record RadiusClientOptions
{
    /// <summary>The address to send from, for servers of its family; null: the system chooses.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>
    /// How many source ports may be in use at once for each family of addresses: 1 to 1024. Each has 256 identifiers for each server, so
    /// 256 times as many requests may be under way to one server; further ones wait their turn.
    /// </summary>
    public int MaximumPorts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1024);
            field = value;
        }
    } = 16;

    /// <summary>Octets of each socket's receive buffer; at least 4096.</summary>
    public int ReceiveBufferOctets
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 4096);
            field = value;
        }
    } = 1 << 20;
}
