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

    /// <summary>The value of one fact; 0: not set. A guaranteed rate is never over its limit.</summary>
    public long this[AcceptFact fact] => fact switch
    {
        AcceptFact.DownKbps => DownKbps,
        AcceptFact.UpKbps => UpKbps,
        AcceptFact.MinDownKbps => DownKbps > 0 ? Math.Min(MinDownKbps, DownKbps) : MinDownKbps,
        AcceptFact.MinUpKbps => UpKbps > 0 ? Math.Min(MinUpKbps, UpKbps) : MinUpKbps,
        AcceptFact.VolumeLeftOctets => VolumeLeftOctets ?? 0,
        _ => 0,
    };

    /// <summary>Which facts are set.</summary>
    public AcceptFact Set =>
        (DownKbps > 0 ? AcceptFact.DownKbps : 0)
        | (UpKbps > 0 ? AcceptFact.UpKbps : 0)
        | (MinDownKbps > 0 ? AcceptFact.MinDownKbps : 0)
        | (MinUpKbps > 0 ? AcceptFact.MinUpKbps : 0)
        | (VolumeLeftOctets > 0 ? AcceptFact.VolumeLeftOctets : 0);
}
