namespace Kiwire.Snmp.Security;

/// <summary>What a message to be written says of itself.</summary>
internal readonly ref struct V3Header
{
    public int Id { get; init; }

    public UsmFlags Flags { get; init; }

    /// <summary>The authoritative engine; empty: asked for.</summary>
    public ReadOnlySpan<byte> EngineId { get; init; }

    public int Boots { get; init; }

    public int Seconds { get; init; }

    public ReadOnlySpan<byte> User { get; init; }
}
