// Written by dictionaries/Generate.cs from dictionary.tplink: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>TP-Link (vendor 11863).</summary>
public static class Tplink
{
    /// <summary>TPLink-Recv-limit (26.11863.1): integer; from the client.</summary>
    public static readonly AttributeKey<uint> RecvLimit =
        new("TPLink-Recv-limit", AttributePath.OfVendor(11863, 1), Codecs.Integer);

    /// <summary>TPLink-Xmit-limit (26.11863.2): integer; to the client.</summary>
    public static readonly AttributeKey<uint> XmitLimit =
        new("TPLink-Xmit-limit", AttributePath.OfVendor(11863, 2), Codecs.Integer);

    /// <summary>TPLink-Site (26.11863.6): string.</summary>
    public static readonly AttributeKey<string> Site =
        new("TPLink-Site", AttributePath.OfVendor(11863, 6), Codecs.Text);

    /// <summary>TPLink-Omada (26.11863.7): string.</summary>
    public static readonly AttributeKey<string> Omada =
        new("TPLink-Omada", AttributePath.OfVendor(11863, 7), Codecs.Text);

    /// <summary>TPLink-Redirect-Url (26.11863.8): string.</summary>
    public static readonly AttributeKey<string> RedirectUrl =
        new("TPLink-Redirect-Url", AttributePath.OfVendor(11863, 8), Codecs.Text);

    /// <summary>TPLink-Portal-Access-Status (26.11863.9): integer.</summary>
    public static readonly AttributeKey<uint> PortalAccessStatus =
        new("TPLink-Portal-Access-Status", AttributePath.OfVendor(11863, 9), Codecs.Integer);

    /// <summary>TPLink-Authentication-FindKey (26.11863.3): octets.</summary>
    public static readonly AttributeKey<byte[]> AuthenticationFindKey =
        new("TPLink-Authentication-FindKey", AttributePath.OfVendor(11863, 3), Codecs.Octets);

    /// <summary>TPLink-Authentication-FoundKey (26.11863.4): octets.</summary>
    public static readonly AttributeKey<byte[]> AuthenticationFoundKey =
        new("TPLink-Authentication-FoundKey", AttributePath.OfVendor(11863, 4), Codecs.Octets);

    /// <summary>TPLink-User-Command (26.11863.5): string.</summary>
    public static readonly AttributeKey<string> UserCommand =
        new("TPLink-User-Command", AttributePath.OfVendor(11863, 5), Codecs.Text);
}
