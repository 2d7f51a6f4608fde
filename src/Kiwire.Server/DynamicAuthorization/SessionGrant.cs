using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What a client is to have from now on: all that an Access-Accept would say. 0 is no limit.</summary>
internal sealed record SessionGrant
{
    private const byte SessionTimeout = 27;
    private const byte IdleTimeout = 28;
    private const byte AcctInterimInterval = 85;

    /// <summary>Session-Timeout: how long from now on.</summary>
    public uint SessionSeconds { get; init; }

    /// <summary>Idle-Timeout.</summary>
    public uint IdleSeconds { get; init; }

    /// <summary>Acct-Interim-Interval.</summary>
    public uint InterimSeconds { get; init; }

    /// <summary>Rates, and what volume is left from now on.</summary>
    public AcceptFacts Limits { get; init; }

    /// <summary>Appends it as a maker's equipment wants it.</summary>
    /// <param name="writer">The request.</param>
    /// <param name="type">The maker's.</param>
    /// <param name="whole">Timeouts too, and not only rates and volume.</param>
    public void AppendTo(PacketWriter writer, NasType type, bool whole)
    {
        if (whole)
        {
            Append(writer, SessionTimeout, SessionSeconds);
            Append(writer, IdleTimeout, IdleSeconds);
            Append(writer, AcctInterimInterval, InterimSeconds);
        }

        type.AppendAcceptAttributes(writer, Limits);
    }

    private static void Append(PacketWriter writer, byte type, uint value)
    {
        if (value > 0)
        {
            writer.Append(type, value);
        }
    }
}
