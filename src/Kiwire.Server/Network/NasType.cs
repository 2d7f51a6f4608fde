namespace Kiwire.Server.Network;

/// <summary>How a maker's equipment wants its answers, read from <c>dictionaries/nas-types/</c>.</summary>
internal sealed class NasType
{
    public required string Name { get; init; }

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>Where such equipment usually listens for CoA- and Disconnect-Requests (RFC 5176, 3: 3799).</summary>
    public int CoaPort { get; init; } = 3799;
}
