namespace Kiwire.Server.Network;

/// <summary>How a maker's equipment wants its answers, read from <c>dictionaries/nas-types/</c>.</summary>
internal sealed class NasType
{
    public required string Name { get; init; }
}
