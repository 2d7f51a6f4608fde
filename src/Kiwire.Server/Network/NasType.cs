using Kiwire.Radius.Packets;

namespace Kiwire.Server.Network;

/// <summary>How a maker's equipment wants its answers, read from <c>dictionaries/nas-types/</c>.</summary>
internal sealed class NasType
{
    /// <summary>Where equipment listens for CoA- and Disconnect-Requests by default (RFC 5176, 2.1).</summary>
    public const int DefaultCoaPort = 3799;

    public required string Name { get; init; }

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>Where such equipment usually listens for CoA- and Disconnect-Requests.</summary>
    public int CoaPort { get; init; } = DefaultCoaPort;

    /// <summary>How it wants CoA- and Disconnect-Requests.</summary>
    public DynamicAuthorizationForm DynamicAuthorization { get; init; } = new();

    /// <summary>How it works with a captive portal; null: in no way that is known.</summary>
    public PortalForm? Portal { get; init; }

    internal AcceptAttribute[] Accept { get; init; } = [];

    /// <summary>Appends rates and volume to an accept as this equipment wants them; nothing for what is not set. Allocates nothing.</summary>
    public void AppendAcceptAttributes(PacketWriter writer, in AcceptFacts facts)
    {
        AcceptFact set = facts.Set;
        foreach (AcceptAttribute attribute in Accept)
        {
            attribute.AppendTo(writer, in facts, set);
        }
    }
}
