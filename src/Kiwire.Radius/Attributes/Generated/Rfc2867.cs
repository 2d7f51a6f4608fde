// Written by dictionaries/Generate.cs from dictionary.rfc2867: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 2867: RADIUS Accounting Modifications for Tunnel Protocol Support.</summary>
public static class Rfc2867
{
    /// <summary>Acct-Tunnel-Connection (68): string.</summary>
    public static readonly AttributeKey<string> AcctTunnelConnection =
        new("Acct-Tunnel-Connection", AttributePath.Standard(68), Codecs.Text);

    /// <summary>Acct-Tunnel-Packets-Lost (86): integer.</summary>
    public static readonly AttributeKey<uint> AcctTunnelPacketsLost =
        new("Acct-Tunnel-Packets-Lost", AttributePath.Standard(86), Codecs.Integer);
}
