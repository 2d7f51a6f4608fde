namespace Kiwire.Radius.Attributes;

/// <summary>Where the tag of a tagged attribute stands (RFC 2868, 3).</summary>
internal enum TagPlace
{
    /// <summary>An octet before the value; an octet over 0x1F there is already the value (strings).</summary>
    BeforeUnlessPrintable,

    /// <summary>An octet before the value, always (Tunnel-Password: a salt follows).</summary>
    Before,

    /// <summary>In place of the highest octet of a 32-bit integer.</summary>
    InHighestOctet,
}
