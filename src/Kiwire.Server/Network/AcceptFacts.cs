namespace Kiwire.Server.Network;

/// <summary>What an accept grants, as far as makers spell it in their own ways. 0 is no limit.</summary>
internal readonly record struct AcceptFacts
{
    /// <summary>To the client; 1 Mbps = 1024 Kbps.</summary>
    public int DownKbps { get; init; }

    /// <summary>From the client.</summary>
    public int UpKbps { get; init; }

    /// <summary>Guaranteed to the client.</summary>
    public int MinDownKbps { get; init; }

    /// <summary>Guaranteed from the client.</summary>
    public int MinUpKbps { get; init; }

    /// <summary>Octets that may still pass, both directions together; null: no limit.</summary>
    public long? VolumeLeftOctets { get; init; }
}
